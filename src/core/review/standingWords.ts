import type { Decision } from './decision.ts';

const nouns = { approve: 'the approval', reject: 'the rejection', revoke: 'the revocation', emergency: 'the emergency pass' } as const;

/** What somebody took back need not be all that lets a change pass, or holds it. @param own who took something back just now; of them it goes on with `again` */
export function stillStands({ id, kind, reviewer, created }: Pick<Decision, 'id' | 'kind' | 'reviewer' | 'created'>, own: string, again: string): string {
  return `Still stands: ${nouns[kind]} ${id} by ${reviewer}, ${created}${reviewer === own ? `; ${again}` : ''}`;
}

/** Of a change that landed by what was taken back since; undefined of any other. */
export function takenBackSince({ hasLanded, takenBackBy }: { readonly hasLanded: boolean; readonly takenBackBy: readonly string[] }): string | undefined {
  return hasLanded && takenBackBy.length > 0 ? `though ${takenBackBy.join(' and ')} took back what they had decided` : undefined;
}

/** Of a file that was approved, and in which others landed something since. */
export function movedOnWords(path: string): string {
  return `${path} moved on since it was approved, and what it means is judged with that`;
}
