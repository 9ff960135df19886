import { markedByHand } from '../../core/attribution/authorship.ts';
import type { AiRegion } from '../../core/attribution/region.ts';

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
