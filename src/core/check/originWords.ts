import { markedByHand } from '../attribution/authorship.ts';
import type { AiRegion } from '../attribution/region.ts';
import { isRemovedByAi } from './attribute.ts';
import type { Finding } from './finding.ts';

/** Short enough for a lens. */
export const removedByAi = 'an AI removed this';

/** How it is known who wrote what a finding stands in, or removed what it is about; undefined when nobody is known to. */
export function describeCause(finding: Finding): string | undefined {
  const { region } = finding;
  if (region === undefined) return undefined;
  return isRemovedByAi(finding) ? `An AI removed this. ${describeOrigin(region)}` : describeOrigin(region);
}

/** How it is known who wrote a region's text, or deleted it, as a sentence. */
export function describeOrigin({ origin, evidence, removedText }: Pick<AiRegion, 'origin' | 'evidence' | 'removedText'>): string {
  const deed = removedText === undefined ? 'edit' : 'deletion';
  if (origin.kind !== 'ai') return `Nobody said who made this ${deed}: a large insertion that nothing explains counts as an AI's.`;
  if (origin.tool === markedByHand.tool) return "A person marked this text as an AI's.";
  const who = origin.model === undefined ? origin.tool : `${origin.tool} (${origin.model})`;
  switch (evidence) {
    case 'reported':
      return `${who} reported this ${deed}.`;
    case 'observed':
      return `The editor saw this ${deed} come from ${who}.`;
    case 'inferred':
      return `Judged by its shape alone, this ${deed} comes from ${who}.`;
  }
}
