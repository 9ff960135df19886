import type { ReviewRequest } from '../../core/review/request.ts';

/** Who was asked, in words: "alice@corp and carol@corp", "any senior". */
export function reviewersOf({ reviewers }: Pick<ReviewRequest, 'reviewers'>): string {
  const first = reviewers.slice(0, -1);
  const last = reviewers.at(-1);
  if (last === undefined) return 'any senior';
  return first.length === 0 ? last : `${first.join(', ')} and ${last}`;
}

/** What an error says, for a sentence that goes on with it. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
