import { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { differences } from './differences.ts';
import { slack } from './lineDifferences.ts';
import { isBare } from './notes/alignLines.ts';

/**
 * The bare lines, brackets above all, of a later text of which it cannot be told whether an AI wrote them: some came or went among others that read alike but
 * for their indentation, and not all of these were the AI's. Ranges of the text `now`, without indentation and line ends. @param isByAi whether an AI wrote
 * some of a range of the text before
 */
export function untoldLines(before: string, now: string, isByAi: (range: OffsetRange) => boolean): OffsetRange[] {
  const [old, after] = [new LineText(before), new LineText(now)];
  const [oldLines, newLines] = [trimmedLines(old), trimmedLines(after)];
  const untold: OffsetRange[] = [];
  for (const { oldStart, oldCount, newStart, newCount } of differences(oldLines, newLines)) {
    if (oldCount > 0 && newCount > 0) continue;
    const [lines, start, count] = newCount > 0 ? [newLines, newStart, newCount] : [oldLines, oldStart, oldCount];
    // What says something stands where it is by that.
    if (!lines.slice(start, start + count).every(isBare)) continue;
    const [back, forth] = slack(lines, { start, count });
    if (back + forth === 0) continue;
    const places = numbersFrom(oldStart - back, oldStart + oldCount + forth).filter((line) => isSign(oldLines[line] ?? ''));
    const byAi = places.filter((line) => isByAi(rangeOf(line, old))).length;
    if (byAi === 0 || (newCount === 0 && byAi === places.length)) continue;
    const among = numbersFrom(newStart - back, newStart + newCount + forth).filter((line) => isSign(newLines[line] ?? ''));
    untold.push(...among.map((line) => rangeOf(line, after)));
  }
  return untold;
}

function isSign(line: string): boolean {
  return line !== '' && isBare(line);
}

function trimmedLines(text: LineText): string[] {
  return Array.from({ length: text.lineCount }, (_, line) => text.line(line).trim());
}

function numbersFrom(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function rangeOf(line: number, text: LineText): OffsetRange {
  const written = text.line(line);
  return OffsetRange.ofLength(text.startOfLine(line) + written.length - written.trimStart().length, written.trim().length);
}
