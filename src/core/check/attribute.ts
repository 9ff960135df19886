import type { AiRegion } from '../attribution/region.ts';
import type { Finding } from './finding.ts';
import { suppressionWith } from './suppression.ts';

/**
 * The finding with the text or deletion that it stands in, when there is one, and its suppression with the one that wrote that; an AI's before one whose
 * writer is unknown.
 */
export function withRegionOf(finding: Finding, regions: readonly AiRegion[]): Finding {
  const { region: before, suppression: spokenBy, ...rest } = finding;
  const met = regions.filter(({ range }) => finding.within.some((place) => place.meets(range)));
  const region = met.find(({ origin }) => origin.kind === 'ai') ?? met[0];
  const suppression = spokenBy && suppressionWith(spokenBy, regions);
  if (region === before && suppression === spokenBy) return finding;
  return { ...rest, ...(region !== undefined && { region }), ...(suppression !== undefined && { suppression }) };
}
