import type { LineText } from '../text/lineText.ts';

/** How a language marks comments that take whole lines: with slashes (and asterisks over many lines), or with a hash. */
export type CommentMark = '//' | '#';

/** A shebang, an attribute of Rust and an interpolation of Ruby are none; what MySQL runs is written as one. */
const lineComment: Readonly<Record<CommentMark, RegExp>> = { '//': /^\s*\/\//, '#': /^\s*#(?![{[!])/ };
const blockStart = /^\s*\/\*(?!!)/;

/**
 * The first line from `index` on that is not all comment, told by the lines alone. A string over many lines can hold lines
 * that look like comments: what stands there is a comment in shell and SQL as well.
 */
export function lineBehindComments(text: LineText, index: number, mark: CommentMark): number {
  for (let at = index; ; ) {
    const line = text.line(at);
    if (lineComment[mark].test(line)) at++;
    else {
      const end = mark === '//' && blockStart.test(line) ? lastOfBlock(text, at) : undefined;
      if (end === undefined) return at;
      at = end + 1;
    }
  }
}

/** Undefined for a block that does not end, or behind whose end something else stands. */
function lastOfBlock(text: LineText, start: number): number | undefined {
  for (let at = start; at < text.lineCount; at++) {
    const line = text.line(at);
    const end = line.indexOf('*/', at === start ? line.indexOf('/*') + 2 : 0);
    if (end !== -1) return line.slice(end + 2).trim() === '' ? at : undefined;
  }
  return undefined;
}
