import { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { type Known, withKnown } from './carried.ts';
import { alignLines } from './notes/alignLines.ts';
import { linesOf } from './notes/authoredText.ts';
import type { AiRegion } from './region.ts';
import { append, clip, isMark, placedAt } from './regionList.ts';

/**
 * The regions of a later text of whose change nothing is known, where lines stand in it that the last known text did not have and another did: git put aside
 * what an AI wrote, or kept it on another branch, and brought it back. @param others the likeliest first
 */
export function recalled(after: readonly AiRegion[], last: Known, now: string, others: () => readonly Known[]): readonly AiRegion[] {
  const elsewhere = last.text === now ? [] : others().filter(({ text }) => text !== last.text);
  if (elsewhere.length === 0) return after;
  const [lines, text] = [linesOf(now), new LineText(now)];
  const isNew = alignLines(linesOf(last.text), lines).map(({ kind }) => kind === 'new' || kind === 'like');
  if (!isNew.includes(true)) return after;
  const found = new Map<number, readonly AiRegion[]>();
  for (const other of elsewhere) {
    const before = new LineText(other.text);
    for (const [at, origin] of alignLines(linesOf(other.text), lines).entries()) {
      if (isNew[at] !== true || found.has(at) || origin.kind !== 'line' || !origin.isHeld) continue;
      const [from, to] = [wholeLine(before, origin.at, other.text), wholeLine(text, at, now)];
      const regions = clip(other.regions, [OffsetRange.ofLength(from.start, Math.min(from.length, to.length))]).filter((region) => region.origin.kind === 'ai' && !isMark(region));
      if (regions.length > 0) found.set(at, regions.map((region) => placedAt(region, region.range.start - from.start + to.start, region.range.endExclusive - from.start + to.start)));
    }
  }
  const known: AiRegion[] = [];
  for (const [, regions] of [...found].sort(([one], [other]) => one - other)) for (const region of regions) append(known, region);
  return known.length === 0 ? after : withKnown(after, known);
}

/** With its end, where that is one character. */
function wholeLine(text: LineText, line: number, whole: string): OffsetRange {
  const [start, { length }] = [text.startOfLine(line), text.line(line)];
  return OffsetRange.ofLength(start, whole.charAt(start + length) === '\n' ? length + 1 : length);
}
