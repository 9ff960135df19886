import { parse, type ParsedScript } from 'unbash';

export { forEachChild } from 'unbash';
export type { Assignment, ArrayValue, Command, CommandExpansionPart, HereDocBody, ParsedScript, Redirection, SyntaxNode, Word as WordNode, WordPart } from 'unbash';

/** Beyond this many open brackets the parser turns quadratic or runs out of stack; people stay below twenty. */
const deepestNesting = 200;

function isShallow(text: string): boolean {
  let parentheses = 0;
  let braces = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x28) parentheses++;
    else if (code === 0x29) parentheses = Math.max(0, parentheses - 1);
    else if (code === 0x7b) braces++;
    else if (code === 0x7d) braces = Math.max(0, braces - 1);
    if (parentheses > deepestNesting || braces > deepestNesting) return false;
  }
  return true;
}

/**
 * Positions are offsets of the text as given. Broken input gives the part of the tree that could be made out; fails for
 * a text that is nested too deeply to be parsed in bounded time: what could not be looked at is not empty.
 */
export function parseScript(text: string): ParsedScript {
  if (!isShallow(text)) throw new Error(`its shell code has more than ${deepestNesting} open brackets`);
  return parse(withPlainLineEnds(text));
}

/**
 * No shell understands '\r'. It is replaced by as many characters, so that offsets stay: a line end becomes two (an
 * empty line changes nothing), a continued line keeps its backslash right before the '\n'.
 */
function withPlainLineEnds(text: string): string {
  if (!text.includes('\r\n')) return text;
  return text.replace(/(?<!\\)((?:\\\\)*)\\\r\n/g, '$1 \\\n').replaceAll('\r\n', '\n\n');
}
