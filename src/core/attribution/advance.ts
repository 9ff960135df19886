import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { withoutConflictMarkers } from './conflictMarkers.ts';
import type { AiRegion, Author } from './region.ts';
import { append, firstReaching, isMark, isMarkOf, markOf, placedAt, regionOf } from './regionList.ts';

/** A stretch of the text before the edit. */
export type Read = (range: OffsetRange) => string;

/**
 * The regions after one edit by one author. Laws:
 * - Text that stays keeps its author, whoever types in its midst; text that is replaced is gone.
 * - Only an AI and an unknown author make regions.
 * - Where an AI removes text that is not all an AI's own, a mark with that text stays, in front of what the AI put there.
 * - Text inserted at a mark comes behind it; a deletion over a mark takes it to its start; a mark goes when somebody else than an AI
 *   puts its text back at its place.
 */
export function advance(regions: readonly AiRegion[], edit: OffsetEdit, author: Author, removed: Read): readonly AiRegion[] {
  return advanceEach(regions, edit, () => author, removed);
}

/** As `advance`, with an author for each replacement. */
export function advanceEach(
  regions: readonly AiRegion[],
  edit: OffsetEdit,
  authorOf: (replacement: number) => Author,
  removed: Read,
): readonly AiRegion[] {
  const standing = withoutRestoredMarks(regions, edit, authorOf);
  let next = firstReaching(standing, edit.replacements[0]?.range.start ?? Infinity);
  const result = standing.slice(0, next);
  let delta = 0;
  let done = 0;
  for (const [index, { range, newText }] of edit.replacements.entries()) {
    const { start, endExclusive } = range;
    let region = standing[next];
    for (; region !== undefined && region.range.endExclusive <= start; region = standing[++next]) {
      append(result, placedAt(region, Math.max(region.range.start, done) + delta, region.range.endExclusive + delta));
    }
    let ownLength = 0;
    for (; region !== undefined && region.range.start < endExclusive; region = standing[++next]) {
      const kept = Math.max(region.range.start, done);
      if (isMark(region)) append(result, placedAt(region, start + delta, start + delta));
      else if (kept < start) append(result, placedAt(region, kept + delta, start + delta));
      if (region.origin.kind === 'ai') ownLength += Math.min(region.range.endExclusive, endExclusive) - Math.max(kept, start);
      if (region.range.endExclusive > endExclusive) break;
    }
    const author = authorOf(index);
    if (author.origin.kind === 'ai' && ownLength < range.length) {
      const removedText = withoutConflictMarkers(removed(range));
      if (removedText.trim() !== '') append(result, markOf(author, start + delta, removedText));
    }
    if (newText !== '' && (author.origin.kind === 'ai' || author.origin.kind === 'unknown')) {
      append(result, regionOf(author, OffsetRange.ofLength(start + delta, newText.length)));
    }
    delta += newText.length - range.length;
    done = endExclusive;
  }
  const behind = standing[next];
  if (behind === undefined) return result;
  append(result, placedAt(behind, Math.max(behind.range.start, done) + delta, behind.range.endExclusive + delta));
  const rest = standing.slice(next + 1);
  return result.concat(delta === 0 ? rest : rest.map((region) => placedAt(region, region.range.start + delta, region.range.endExclusive + delta)));
}

function withoutRestoredMarks(regions: readonly AiRegion[], edit: OffsetEdit, authorOf: (replacement: number) => Author): readonly AiRegion[] {
  const restored = new Set<AiRegion>();
  for (const [replacement, { range, newText }] of edit.replacements.entries()) {
    if (newText === '' || authorOf(replacement).origin.kind === 'ai') continue;
    let index = firstReaching(regions, range.start);
    for (let region = regions[index]; region !== undefined && region.range.start <= range.endExclusive; region = regions[++index]) {
      if (isMarkOf(region, newText)) restored.add(region);
    }
  }
  return restored.size === 0 ? regions : regions.filter((region) => !restored.has(region));
}
