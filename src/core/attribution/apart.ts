import { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { isUntold, type Known } from './carried.ts';
import { alignLines, isBare, isOfSigns, nearestTo, type Origin } from './notes/alignLines.ts';
import { authorsOf, linesOf, unseen } from './notes/authoredText.ts';
import type { AiRegion } from './region.ts';
import { clip, isMark, overlay } from './regionList.ts';

/**
 * The regions of a text that may not have come of the last known one, which stood on another branch, but of what is committed: an AI's are then only lines that read
 * as it wrote them, or most of whose words do, and none for the place where it wrote. @param after as if the text had come of the last known one
 */
export function withoutApart(after: readonly AiRegion[], last: Known, now: string, committed: string | undefined): readonly AiRegion[] {
  if (committed === undefined || committed === last.text || after.length === 0) return after;
  const [old, lines, before] = [linesOf(last.text), linesOf(now), linesOf(committed)];
  if (isUnderWay(last, { old, lines, before })) return after;
  const [ofLast, ofCommitted] = [alignLines(old, lines), now === committed ? [] : alignLines(before, lines)];
  const text = new LineText(now);
  const ranges = lines.map((line, at) => OffsetRange.ofLength(text.startOfLine(at), line.length));
  const isOwn = (at: number) => isSame(ofLast[at]) || (!isSame(ofCommitted[at]) && isLikeIts(ranges[at], { now, after, origin: ofLast[at] }));
  // A bracket is whose the lines beside it are.
  const isKnown = (at: number) => (isBare(lines[at] ?? '') ? [at, ...nearestTo(at, lines)].some((each) => isSame(ofLast[each])) : isOwn(at));
  const windows = ranges.filter((_, at) => !isKnown(at));
  const older = new Set(last.regions.map(({ insertionId }) => insertionId));
  // What it removed there was never missing here.
  const isBack = ({ range, removedText }: AiRegion) => removedText !== undefined && text.line(text.positionAt(range.start).line).includes(removedText.trim());
  const isKept = (region: AiRegion) => isMark(region) || (region.origin.kind === 'unknown' && !older.has(region.insertionId) && !isUntold(region));
  return overlay(after, windows, clip(after, windows).filter(isKept)).filter((region) => !isBack(region));
}

/** Whether the text has lines of an AI's that are not committed: it was written on where the AI wrote. */
function isUnderWay({ text, regions }: Known, { old, lines, before }: Record<'old' | 'lines' | 'before', readonly string[]>): boolean {
  const [standing, committed] = [new Set(lines), new Set(before)];
  return authorsOf(new LineText(text), regions, unseen).some(({ kind }, at) => kind === 'ai' && !isOfSigns(old[at] ?? '') && standing.has(old[at] ?? '') && !committed.has(old[at] ?? ''));
}

function isSame(origin: Origin | undefined): boolean {
  return origin?.kind === 'laid' || ((origin?.kind === 'line' || origin?.kind === 'among') && origin.isHeld);
}

/** Whether a line is mostly one that was known, or one of its words alone: a formatter breaks lines. */
function isLikeIts(range: OffsetRange | undefined, { now, after, origin }: { now: string; after: readonly AiRegion[]; origin: Origin | undefined }): boolean {
  if (range === undefined || (origin?.kind === 'like' && origin.isMost)) return true;
  let rest = range.of(now);
  for (const { range: own } of clip(after, [range]).filter((region) => region.origin.kind === 'ai')) {
    const [from, to] = [own.start - range.start, own.endExclusive - range.start];
    rest = rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to);
  }
  return /[\p{L}\p{N}]/u.test(range.of(now)) && !/[\p{L}\p{N}]/u.test(rest);
}
