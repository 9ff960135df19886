import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';

/** What lies between the lines at the start and the end that two texts have in common. */
export interface ChangedPart {
  readonly before: OffsetRange;
  readonly after: OffsetRange;
}

/** Lines that belong to nothing: what stands above them may have ended below. */
const idle = /^\s*(?:(?:#|\/\/|---).*(?!.)\s*)?$/;

/**
 * Each part reaches one line that says something into what is equal, on both sides: so whatever meets a part in one
 * text, and is still there, meets it in the other one too.
 */
export function changedPart(before: LineText, after: LineText): ChangedPart {
  const most = Math.min(before.lineCount, after.lineCount);
  let first = 0;
  while (first < most && before.line(first) === after.line(first)) first++;
  let last = 0;
  while (last < most - first && before.line(before.lineCount - 1 - last) === after.line(after.lineCount - 1 - last)) last++;
  while (first > 0 && idle.test(before.line(first - 1))) first--;
  while (last > 0 && idle.test(before.line(before.lineCount - last))) last--;
  first = Math.max(0, first - 1);
  last = Math.max(0, last - 1);
  const part = (text: LineText) => new OffsetRange(startOf(text, first), Math.max(startOf(text, first), startOf(text, text.lineCount - last)));
  return { before: part(before), after: part(after) };
}

export function wholeOf(before: LineText, after: LineText): ChangedPart {
  return { before: new OffsetRange(0, before.length), after: new OffsetRange(0, after.length) };
}

/** The first line of a part that says something, to underline where nothing else is left. */
export function firstLineIn(text: LineText, part: OffsetRange): OffsetRange {
  for (let { line } = text.positionAt(part.start); line < text.lineCount && text.startOfLine(line) < part.endExclusive; line++) {
    const written = text.line(line);
    if (written.trim() !== '') return OffsetRange.ofLength(text.startOfLine(line) + written.length - written.trimStart().length, written.trim().length);
  }
  return OffsetRange.empty(part.start);
}

function startOf(text: LineText, line: number): number {
  return line < text.lineCount ? text.startOfLine(line) : text.length;
}
