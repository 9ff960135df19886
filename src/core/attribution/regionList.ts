import { OffsetRange } from '../text/offsetRange.ts';
import type { AiRegion, Author } from './region.ts';

export function isMark(region: AiRegion): boolean {
  return region.removedText !== undefined;
}

/** Blanks around the text and its kind of line ending do not count: the document's may have changed since. */
export function isMarkOf({ removedText }: AiRegion, text: string): boolean {
  return removedText?.trim().replaceAll('\r\n', '\n') === text.trim().replaceAll('\r\n', '\n');
}

/** Text and no mark. */
export function regionOf(author: Author, range: OffsetRange): AiRegion {
  return { range, insertionId: author.insertionId, origin: author.origin, evidence: author.evidence, insertedAt: author.insertedAt };
}

export function markOf(author: Author, at: number, removedText: string): AiRegion {
  return { range: OffsetRange.empty(at), insertionId: author.insertionId, origin: author.origin, evidence: author.evidence, insertedAt: author.insertedAt, removedText };
}

/** The same region at another place; itself when it is there already. */
export function placedAt(region: AiRegion, start: number, endExclusive: number): AiRegion {
  if (region.range.start === start && region.range.endExclusive === endExclusive) return region;
  return region.removedText === undefined ? regionOf(region, new OffsetRange(start, endExclusive)) : markOf(region, start, region.removedText);
}

/** The index of the first region that reaches `offset` or lies behind it. */
export function firstReaching(regions: readonly AiRegion[], offset: number): number {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((regions[middle]?.range.endExclusive ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds a region behind all others, and joins it with the last one where both are of one insertion. */
export function append(regions: AiRegion[], region: AiRegion): void {
  const last = regions.at(-1);
  if (last?.insertionId === region.insertionId && last.range.endExclusive === region.range.start && !isMark(last) && !isMark(region)) {
    regions[regions.length - 1] = placedAt(last, last.range.start, region.range.endExclusive);
  } else {
    regions.push(region);
  }
}

/** What lies in the windows: text cut at their edges, and the marks on the edges too. Windows are sorted and do not overlap. */
export function clip(regions: readonly AiRegion[], windows: readonly OffsetRange[]): AiRegion[] {
  const inside: AiRegion[] = [];
  for (const { start, endExclusive } of joinTouching(windows)) appendCut(inside, regions, start, endExclusive, true);
  return inside;
}

/** What `inside` has in the windows, and what `outside` has elsewhere. A mark on a window's edge belongs to the window. */
export function overlay(outside: readonly AiRegion[], windows: readonly OffsetRange[], inside: readonly AiRegion[]): AiRegion[] {
  const result: AiRegion[] = [];
  let from = -1;
  for (const { start, endExclusive } of joinTouching(windows)) {
    appendCut(result, outside, from, start, false);
    appendCut(result, inside, start, endExclusive, true);
    from = endExclusive;
  }
  appendCut(result, outside, from, Infinity, false);
  return result;
}

function appendCut(result: AiRegion[], regions: readonly AiRegion[], from: number, to: number, edgeMarks: boolean): void {
  let index = firstReaching(regions, from);
  for (let region = regions[index]; region !== undefined && region.range.start <= to; region = regions[++index]) {
    const start = Math.max(region.range.start, from);
    const endExclusive = Math.min(region.range.endExclusive, to);
    if (isMark(region) ? edgeMarks || (from < start && start < to) : start < endExclusive) append(result, placedAt(region, start, endExclusive));
  }
}

function joinTouching(windows: readonly OffsetRange[]): readonly OffsetRange[] {
  if (windows.length < 2) return windows;
  const joined: OffsetRange[] = [];
  for (const window of windows) {
    const last = joined.at(-1);
    if (last?.touches(window)) joined[joined.length - 1] = OffsetRange.hull(last, window);
    else joined.push(window);
  }
  return joined;
}
