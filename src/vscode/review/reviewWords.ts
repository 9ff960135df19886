import { type Severity, severities } from '../../core/check/severity.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import type { Declined } from '../../core/review/declined.ts';

/** Who was asked, in words: "alice@corp and carol@corp", "any senior". */
export function reviewersOf({ reviewers }: Pick<ReviewRequest, 'reviewers'>): string {
  const first = reviewers.slice(0, -1);
  const last = reviewers.at(-1);
  if (last === undefined) return 'any senior';
  return first.length === 0 ? last : `${first.join(', ')} and ${last}`;
}

/** The files of a review as they are shown: the one that was asked for, those in which something was found, the worst first, the others; else in the order that they came in. */
export function flaggedFirst<T extends { readonly path: string }>(files: readonly T[], findings: readonly { readonly path: string; readonly severity: Severity }[], first: string | undefined): readonly T[] {
  const ranks = new Map(worstFirst(findings).toReversed().map(({ path, severity }) => [path, severities.length - severities.indexOf(severity)]));
  const rank = ({ path }: T) => (path === first ? 0 : (ranks.get(path) ?? severities.length + 1));
  return [...files].sort((one, other) => rank(one) - rank(other));
}

/** Findings of one severity keep their order. */
export function worstFirst<T extends { readonly severity: Severity }>(findings: readonly T[]): readonly T[] {
  return findings.toSorted((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity));
}

/** "1 finding", "3 findings". */
export function findingsIn(count: number): string {
  return `${count} ${count === 1 ? 'finding' : 'findings'}`;
}

/** What core says without a capital and an end. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** What became of records that were sent to the remote; they are here in any case. */
export function wordShared(answer: Declined | 'no remote' | undefined, refs: readonly string[]): string {
  const names = refs.join(' ');
  if (answer === undefined) return 'It was sent to the remote.';
  if (answer === 'no remote') return `It is in this repository only, which has no remote. To share it: git push REMOTE ${names}`;
  return `Nothing is lost, but it is in this repository only: ${answer.remote} did not take it (${answer.why}). When that is put right: git push ${answer.remote} ${names}`;
}
