import { decodedMeaning, decoderOf } from './decoders.ts';
import { type Command, type ParsedScript, type Redirection, type SyntaxNode, type WordNode } from './unbash.ts';
import { joined, type Lookup, type Meaning, meaningOf, meaningOfHeredoc } from './words.ts';

/** What a command reads because a heredoc or herestring gives it. */
export function inputOf(command: Command, lookup: Lookup): Meaning | undefined {
  for (const redirect of redirectionsOf(command)) {
    if (redirect.type === 'HereString' && redirect.target !== undefined) return meaningOf(redirect.target, lookup);
    if (redirect.type === 'HereDoc') return meaningOfHeredoc(redirect.body, redirect.delimiter?.quoted === true, lookup);
  }
  return undefined;
}

/** What a command writes, as far as its words say so, and what comes in to it through a pipe. */
export function outputOf(node: SyntaxNode | undefined, lookup: Lookup, piped?: Meaning): Meaning | undefined {
  if (node?.type !== 'Command') return undefined;
  const name = node.name?.text ?? '';
  if (name === 'cat' || name === 'tee') return inputOf(node, lookup) ?? (name === 'tee' || node.suffix.length === 0 ? piped : undefined);
  if (name !== 'echo' && name !== 'printf') {
    const decode = decoderOf(node, lookup);
    const input = decode === undefined ? undefined : (inputOf(node, lookup) ?? piped);
    return decode === undefined || input === undefined ? undefined : decodedMeaning(input, decode);
  }
  const words = node.suffix.filter((item) => item.type === 'Word').filter((word, index) => index > 0 || !/^-[neE]+$|^(["']?)%s(?:\\n)?\1$/.test(word.text));
  return words.length === 0 ? undefined : joined(words.map((word) => meaningOf(word, lookup)));
}

/** What each command of a pipeline writes. */
export function outputsOf(commands: readonly SyntaxNode[], lookup: Lookup): (Meaning | undefined)[] {
  const outputs: (Meaning | undefined)[] = [];
  for (const command of commands) outputs.push(outputOf(command, lookup, outputs.at(-1)));
  return outputs;
}

/** What a script of one command or pipeline writes. */
function outputOfScript(script: ParsedScript | undefined, lookup: Lookup): Meaning | undefined {
  const [only, other] = script?.source === undefined ? (script?.commands ?? []) : [];
  if (only === undefined || other !== undefined) return undefined;
  return only.command.type === 'Pipeline' ? outputsOf(only.command.commands, lookup).at(-1) : outputOf(only.command, lookup);
}

/**
 * A word that is all a substitution of what the script itself writes, `"$(cat <<EOF …)"`, or makes readable again, `"$(echo … | base64 -d)"`, is what that
 * comes to; any other is what it says.
 * @param isSplit whether it is split into words where it stands without quotes
 */
export function meaningWithOutput(word: WordNode, lookup: Lookup, isSplit = true): Meaning {
  const [outer, second] = word.parts ?? [];
  const isQuoted = outer?.type === 'DoubleQuoted';
  const [part, other] = isQuoted ? outer.parts : [outer];
  const written = second === undefined && other === undefined && part?.type === 'CommandExpansion' ? outputOfScript(part.script, lookup) : undefined;
  if (written === undefined || part === undefined) return meaningOf(word, lookup);
  if (mayDecode.test(part.text)) return { ...written, pieces: written.pieces.map((piece) => ({ ...piece, isVerbatim: false })) };
  return isQuoted || !isSplit || !/\s/.test(written.text) ? written : meaningOf(word, lookup);
}

const mayDecode = /\b(?:base64|xxd|rev)\b/;

/** What stands in `<(…)` among the words of a command, when one command writes it. */
export function substitutedOf(command: Command, lookup: Lookup): Meaning | undefined {
  for (const word of command.suffix) {
    const [part, second] = word.type === 'Word' ? (word.parts ?? []) : [];
    if (part?.type !== 'ProcessSubstitution' || second !== undefined || part.script?.source !== undefined) continue;
    return outputOfScript(part.script, lookup);
  }
  return undefined;
}

export function redirectionsOf(command: Command): Redirection[] {
  return [...command.prefix, ...command.suffix].filter((item) => item.type === 'Redirect' || item.type === 'HereString' || item.type === 'HereDoc');
}
