import type { AiRegion } from '../attribution/region.ts';
import type { Finding } from './finding.ts';
import { suppressionWith } from './suppression.ts';

/**
 * The finding with the text or deletion that it stands in, when there is one, and its suppression with the one that wrote that; an AI's before one whose
 * writer is unknown. Of something that was taken away, an AI's deletion of just that comes first.
 */
export function withRegionOf(finding: Finding, regions: readonly AiRegion[]): Finding {
  const { region: before, suppression: spokenBy, ...rest } = finding;
  const met = regions.filter(({ range }) => finding.within.some((place) => place.meets(range)));
  const region = deletionOf(finding, met) ?? met.find(({ origin }) => origin.kind === 'ai') ?? met[0] ?? deletionNear(finding, regions);
  const suppression = spokenBy && suppressionWith(spokenBy, regions);
  if (region === before && suppression === spokenBy) return finding;
  return { ...rest, ...(region !== undefined && { region }), ...(suppression !== undefined && { suppression }) };
}

/** Whether the finding is about something that an AI removed. */
export function isRemovedByAi(finding: Finding): boolean {
  return finding.region !== undefined && wordsTaken(finding.region, finding) > 0;
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
  const near = regions.filter((region) => {
    const { start: at } = region.range;
    const reach = reachOf(region);
    return finding.within.some(({ start, endExclusive }) => start - reach <= at && at <= endExclusive + reach);
  });
  return deletionOf(finding, near);
}

/** Of two that took away a `true`, the one that took its name too. */
function deletionOf(finding: Finding, regions: readonly AiRegion[]): AiRegion | undefined {
  let most = 0;
  let found: AiRegion | undefined;
  for (const region of regions) {
    const taken = wordsTaken(region, finding);
    if (taken <= most) continue;
    most = taken;
    found = region;
  }
  return found;
}

/**
 * How many words of what is gone an AI's deletion took; none where that is not sure. Half of them are enough: of a value that became another, an AI's
 * deletion may hold the value alone.
 */
function wordsTaken({ origin, removedText }: AiRegion, { gone }: Finding): number {
  if (origin.kind !== 'ai' || removedText === undefined || gone === undefined) return 0;
  if (gone === '') return removedText.split('\n').length > leastLines ? 1 : 0;
  const removed = new Set(removedText.match(words));
  const wanted = new Set(gone.match(words));
  const held = [...wanted].filter((word) => removed.has(word)).length;
  return 2 * held >= wanted.size ? held : 0;
}

/** A deletion of so many is a part of much. */
const leastLines = 10;

const words = /[\p{L}\p{N}_$]+/gu;
