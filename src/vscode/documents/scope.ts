import { changedRanges } from '../../core/attribution/changedRanges.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import { reachOf, withRegionOf } from '../../core/check/attribute.ts';
import type { Finding } from '../../core/check/finding.ts';
import { newFindings } from '../../core/check/newFindings.ts';
import type { LineText } from '../../core/text/lineText.ts';
import { meetsAny, OffsetRange } from '../../core/text/offsetRange.ts';
import type { ShownScope } from './settings.ts';

/** Where to look. Outside of a repository no change is known, but an AI's are. */
export function focusOf(scope: ShownScope, { text, regions, hasRepository }: { readonly text: LineText; readonly regions: readonly AiRegion[]; readonly hasRepository: boolean }): readonly OffsetRange[] {
  if (scope === 'ai' || (scope === 'changes' && !hasRepository)) return regions.map((region) => around(region, text.length));
  // An edit elsewhere can make an operation dangerous that nobody touched.
  return [new OffsetRange(0, text.length)];
}

function around(region: AiRegion, length: number): OffsetRange {
  const reach = reachOf(region);
  const { start, endExclusive } = region.range;
  return reach === 0 ? region.range : new OffsetRange(Math.max(0, start - reach), Math.min(length, endExclusive + reach));
}

/** Of the findings in a whole text those that count for its change: they are new, or stand where it changed. */
export function findingsOfChange(all: readonly Finding[], text: LineText, before: { readonly text: string; readonly findings: readonly Finding[] }): readonly Finding[] {
  const fresh = newFindings(all, before.findings);
  // Two long texts take a while to compare.
  if (fresh.size === all.length) return all;
  const changed = changedRanges(before.text, text.toString());
  return all.filter((finding) => fresh.has(finding) || meetsAny(finding.within, changed));
}

/** The findings to show, each with the text or deletion that it stands in. */
export function findingsInScope(scope: ShownScope, findings: readonly Finding[], regions: readonly AiRegion[]): readonly Finding[] {
  const attributed = findings.map((finding) => withRegionOf(finding, regions));
  return scope === 'ai' ? attributed.filter(({ region }) => region !== undefined) : attributed;
}
