import type { LineText } from '../text/lineText.ts';

/** How a language marks comments that take whole lines, and what opens a string of several lines in it, in which a line that looks like a comment may be code, or run. */
export interface CommentLines {
  readonly mark: keyof typeof lineComment;
  /** Tested on one line. What only looks like it does no harm: comments behind it are read along. */
  readonly opens: RegExp;
  /** Such a line as a whole, where all that it opens ends on it. */
  readonly closed?: RegExp;
  /** What opens a string where a line begins with it, which ends where it stands again. */
  readonly quotes?: RegExp;
  /** What stands in every text of the language in which text is written between tags. */
  readonly markup?: RegExp;
}

/** With slashes (and asterisks over many lines), or with a hash. One that holds the end of a comment may stand in one that began behind code. */
const lineComment = { '//': /^\s*\/\/(?!.*\*\/)/, '#': /^\s*#/ };
const blockStart = /^\s*\/\*/;
/** In UTF-16 code units: longer ones are hardly written by hand. */
const longestLine = 1000;

/** Tells of lines, asked in their order, whether they are more than a comment. From the first on that may open a string whose end is not told at a glance, all are. */
export function lineCursor(text: LineText, comments: CommentLines | undefined): (index: number) => boolean {
  if (comments === undefined) return () => true;
  const { mark, markup } = comments;
  if (markup?.test(text.toString()) === true) return () => true;
  // Code up to and with `last`, then comments, up to `next`.
  let next = lineBehindComments(text, 0, mark);
  let last = -1;
  return (index) => {
    while (next <= index && last < index) {
      last = lastOfStrings(text, next, comments);
      next = lineBehindComments(text, last + 1, mark);
    }
    return index <= last;
  };
}

/** The line where what a line opens ends, with nothing behind; the last of the text where that cannot be told at a glance. */
function lastOfStrings(text: LineText, start: number, { opens, closed, quotes }: CommentLines): number {
  const line = text.line(start);
  if (!opens.test(line) || (line.length < longestLine && closed?.test(line) === true)) return start;
  const [before, quote] = quotes?.exec(line) ?? [];
  for (let at = start; before !== undefined && quote !== undefined && at < text.lineCount; at++) {
    const within = text.line(at).slice(at === start ? before.length : 0);
    const end = within.indexOf(quote);
    if (end === -1) continue;
    if (within.slice(end + quote.length).trim() === '' && !within.includes('\\')) return at;
    break;
  }
  return text.lineCount;
}

/** The first line from `index` on that is not all comment, where no string goes on. */
function lineBehindComments(text: LineText, index: number, mark: CommentLines['mark']): number {
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
