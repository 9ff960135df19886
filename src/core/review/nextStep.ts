import type { GateFacts } from './facts.ts';
import type { Blocked } from './verdict.ts';

const mostUrgentFirst = ['unverifiable', 'rejected', 'stale', 'pending'] as const;

/** The one sentence that says what to do about a refusal; of several things the one that has to be done first. */
export function nextStepFor(blocked: readonly Blocked[], { requestOf }: Pick<GateFacts, 'requestOf'>): string {
  const coverage = mostUrgentFirst.find((each) => blocked.some((one) => one.coverage === each)) ?? 'pending';
  const matching = blocked.filter((one) => one.coverage === coverage);
  const requests = matching.map(({ concern }) => (concern === undefined ? undefined : requestOf(concern.fingerprint)));
  const request = requests.find((each) => each !== undefined);
  if (coverage === 'unverifiable') return 'See what is wrong with the records: firebreak verify; then have the reviewer sign again: firebreak approve.';
  if (coverage === 'rejected') return `Read why it was rejected${request === undefined ? '' : `: firebreak show ${request.id}`}; change the code and ask again: firebreak request --all --reason "…".`;
  // The request of the approval: text that differs is named by no request.
  const approved = matching.find((one) => one.request !== undefined)?.request ?? request?.id;
  if (coverage === 'stale') return `See what no approval covers${approved === undefined ? '' : `: firebreak residual ${approved}`}; and ask for it again: firebreak request --all --reason "…".`;
  if (matching.some(({ concern }) => concern === undefined)) return 'Have the change that passed in an emergency approved now: firebreak reviews lists it, firebreak approve approves it.';
  if (requests.some((each) => each === undefined) || request === undefined) return 'Ask a senior to approve it: firebreak request --all --reason "…"; and push again when it is approved.';
  return `Wait until ${request.reviewers.length > 0 ? request.reviewers.join(' or ') : 'a senior'} has approved request ${request.id} (firebreak approve ${request.id}), fetch refs/firebreak/* and push again.`;
}
