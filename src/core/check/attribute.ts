import type { AiRegion } from '../attribution/region.ts';
import type { Finding } from './finding.ts';

/** The finding with the text or deletion that it stands in, when there is one; an AI's before one whose writer is unknown. */
export function withRegionOf(finding: Finding, regions: readonly AiRegion[]): Finding {
  const { region: before, ...rest } = finding;
  const met = regions.filter(({ range }) => finding.within.some((place) => place.meets(range)));
  const region = met.find(({ origin }) => origin.kind === 'ai') ?? met[0];
  if (region === before) return finding;
  return region === undefined ? rest : { ...rest, region };
}
