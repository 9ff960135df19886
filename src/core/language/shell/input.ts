import { type Command, type Redirection, type SyntaxNode } from './unbash.ts';
import { joined, type Lookup, type Meaning, meaningOf, meaningOfHeredoc } from './words.ts';

/** What a command reads because a heredoc or herestring gives it. */
export function inputOf(command: Command, lookup: Lookup): Meaning | undefined {
  for (const redirect of redirectionsOf(command)) {
    if (redirect.type === 'HereString' && redirect.target !== undefined) return meaningOf(redirect.target, lookup);
    if (redirect.type === 'HereDoc') return meaningOfHeredoc(redirect.body, redirect.delimiter?.quoted === true, lookup);
  }
  return undefined;
}

/** What a command writes, as far as its words say so. */
export function outputOf(node: SyntaxNode | undefined, lookup: Lookup): Meaning | undefined {
  if (node?.type !== 'Command') return undefined;
  const name = node.name?.text ?? '';
  if (name === 'cat' || name === 'tee') return inputOf(node, lookup);
  if (name !== 'echo' && name !== 'printf') return undefined;
  const words = node.suffix.filter((item) => item.type === 'Word').filter((word, index) => index > 0 || !/^-[neE]+$/.test(word.text));
  return words.length === 0 ? undefined : joined(words.map((word) => meaningOf(word, lookup)));
}

/** What stands in `<(…)` among the words of a command, when one command writes it. */
export function substitutedOf(command: Command, lookup: Lookup): Meaning | undefined {
  for (const word of command.suffix) {
    const [part, second] = word.type === 'Word' ? (word.parts ?? []) : [];
    if (part?.type !== 'ProcessSubstitution' || second !== undefined || part.script?.source !== undefined) continue;
    const [only, other] = part.script?.commands ?? [];
    return other === undefined ? outputOf(only?.command, lookup) : undefined;
  }
  return undefined;
}

export function redirectionsOf(command: Command): Redirection[] {
  return [...command.prefix, ...command.suffix].filter((item) => item.type === 'Redirect' || item.type === 'HereString' || item.type === 'HereDoc');
}
