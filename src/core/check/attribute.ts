import type { AiRegion } from '../attribution/region.ts';
import type { Finding } from './finding.ts';

/**
 * The finding with the text or deletion that it stands in, when there is one; an AI's before one whose writer is unknown. Of something that
 * was taken away, an AI's deletion of just that comes first.
 */
export function withRegionOf(finding: Finding, regions: readonly AiRegion[]): Finding {
  const { region: before, ...rest } = finding;
  const met = regions.filter(({ range }) => finding.within.some((place) => place.meets(range)));
  const region = met.find((each) => tookAway(each, finding)) ?? met.find(({ origin }) => origin.kind === 'ai') ?? met[0] ?? deletionNear(finding, regions);
  if (region === before) return finding;
  return region === undefined ? rest : { ...rest, region };
}

/** Whether the finding is about something that an AI removed. */
export function isRemovedByAi(finding: Finding): boolean {
  return finding.region !== undefined && tookAway(finding.region, finding);
}

/** UTF-16 code units. */
const farthest = 2000;

/**
 * How far from its mark a deletion may have been: of equal lines nothing tells which one went, so that it may be marked beside the place that
 * lost something, by no more than the length of what was deleted.
 */
export function reachOf({ removedText = '' }: Pick<AiRegion, 'removedText'>): number {
  return Math.min(removedText.length, farthest);
}

function deletionNear(finding: Finding, regions: readonly AiRegion[]): AiRegion | undefined {
  if (finding.gone === undefined) return undefined;
  return regions.find((region) => {
    const { start: at } = region.range;
    const reach = reachOf(region);
    return tookAway(region, finding) && finding.within.some(({ start, endExclusive }) => start - reach <= at && at <= endExclusive + reach);
  });
}

/** Half of the words are enough: of a value that became another, an AI's deletion may hold the value alone. */
function tookAway({ origin, removedText }: AiRegion, { gone }: Finding): boolean {
  if (origin.kind !== 'ai' || removedText === undefined || gone === undefined) return false;
  if (gone === '') return removedText.split('\n').length > leastLines;
  const removed = new Set(removedText.match(words));
  const wanted = new Set(gone.match(words));
  const held = [...wanted].filter((word) => removed.has(word)).length;
  return held > 0 && 2 * held >= wanted.size;
}

/** A deletion of so many is a part of much. */
const leastLines = 10;

const words = /[\p{L}\p{N}_$]+/gu;
