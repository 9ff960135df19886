import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Read } from './advance.ts';
import type { AiRegion } from './region.ts';
import { firstReaching, isMark } from './regionList.ts';

/** How many regions are looked at before an edit, nearest first: a text put back is rarely farther from its mark. */
export const reachOfMarks = 32;

/**
 * Without the marks that an edit settles. Whoever makes it: it completes the removed text behind the mark, at once or as the last of many keys.
 * Another than an AI: it writes the place anew, over text on both sides of the mark or over all that the AI put there.
 */
export function withoutSettledMarks(regions: readonly AiRegion[], edit: OffsetEdit, read: Read, isByAi: boolean): readonly AiRegion[] {
  const settled = new Set<AiRegion>();
  for (const replacement of edit.replacements) {
    if (replacement.newText.trim() === '') continue;
    for (const index of marksBefore(regions, replacement.range.endExclusive)) {
      const mark = regions[index];
      if (mark === undefined) continue;
      if (isCompleted(mark, replacement, read) || (!isByAi && isRewritten(mark, regions[index + 1], replacement.range))) settled.add(mark);
    }
  }
  return settled.size === 0 ? regions : regions.filter((region) => !settled.has(region));
}

function* marksBefore(regions: readonly AiRegion[], end: number): Generator<number> {
  let index = firstReaching(regions, end);
  while (regions[index] !== undefined && (regions[index]?.range.start ?? Infinity) <= end) index++;
  for (let seen = 0; index-- > 0 && seen < reachOfMarks; seen++) {
    const region = regions[index];
    if (region !== undefined && isMark(region)) yield index;
  }
}

function isRewritten({ range: { start }, insertionId }: AiRegion, next: AiRegion | undefined, range: OffsetRange): boolean {
  if (range.start < start && start < range.endExclusive) return true;
  const isOfSame = next !== undefined && !isMark(next) && next.insertionId === insertionId && next.range.start === start;
  return isOfSame && range.start === start && next.range.endExclusive <= range.endExclusive;
}

/** Blanks do not count. What stood behind the mark already completes nothing. */
function isCompleted({ range: { start }, removedText = '' }: AiRegion, { range, newText }: OffsetEdit['replacements'][number], read: Read): boolean {
  const wanted = removedText.replaceAll(/\s+/g, '');
  // Twice as much room as the text had: it may be indented anew.
  const room = 2 * removedText.length + 20;
  if (range.start < start || range.start > start + room) return false;
  const before = read(new OffsetRange(start, start + room));
  const at = range.start - start;
  const after = before.slice(0, at) + newText + before.slice(at + range.length);
  return startsWith(after, wanted) && !startsWith(before, wanted);
}

function startsWith(text: string, wanted: string): boolean {
  return text.replaceAll(/\s+/g, '').startsWith(wanted);
}
