import { policyPath, type Policy } from '../policy/policy.ts';
import type { GateFacts } from './facts.ts';
import { isPathInside } from './recordFields.ts';
import { quoted } from './standingWords.ts';
import type { Blocked } from './verdict.ts';

const mostUrgentFirst = ['unverifiable', 'rejected', 'stale', 'pending'] as const;

/** The one sentence that says what to do about a refusal; of several things the one that has to be done first. Each command in it works as it is written, but for NAME, FILE and the reason. */
export function nextStepFor(blocked: readonly Blocked[], { requestOf, policy, targetRef }: Pick<GateFacts, 'requestOf' | 'policy' | 'targetRef'>, { seniors }: Pick<Policy, 'seniors'>): string {
  if (seniors.length === 0) return `Have ${policyPath} name seniors in a change that is admitted with --bootstrap-signers, because it names none, and nobody could approve anything.`;
  // A request without a target is for the default branch, which need not be this one.
  const howToAsk = `firebreak request --all --target ${quoted(targetRef)} --reason "…"`;
  const howToApprove = (request: string) => `firebreak approve ${request} --as NAME --reason "…"${policy.kind === 'bootstrap' ? ' --bootstrap-signers FILE' : ''}`;
  // No request, and so no approval, can name it.
  const odd = new Set(blocked.flatMap(({ concern }) => (concern === undefined || isPathInside(concern.path) ? [] : [concern.path])));
  if (odd.size > 0) return `Give each of these a name that a request can hold, without control characters (${[...odd].map((each) => `git mv ${escaped(each)} NAME`).join('; ')}), in a new commit; ask for that, and push again.`;
  const coverage = mostUrgentFirst.find((each) => blocked.some((one) => one.coverage === each)) ?? 'pending';
  const matching = blocked.filter((one) => one.coverage === coverage);
  const asked = matching.flatMap(({ concern }) => (concern === undefined ? [] : [requestOf(concern.fingerprint)]));
  const [about] = matching;
  const decided = matching.find((one) => one.request !== undefined)?.request;
  if (coverage === 'rejected') return `Read why it was rejected${decided === undefined ? '' : `: firebreak show ${decided}`}; change the code and ask again: ${howToAsk}.`;
  const emergency = matching.find(({ concern, request }) => concern === undefined && request !== undefined);
  if (emergency?.request !== undefined && emergency.waitsFor === undefined) return `Have who keeps the repository add a senior to ${policyPath} there, because none is left who could approve what passed in an emergency by request ${emergency.request}.`;
  if (emergency?.request !== undefined) return `Have the change that passed in an emergency approved now by ${emergency.waitsFor}: ${howToApprove(emergency.request)}.`;
  const again = matching.find((one) => one.again !== undefined);
  const request = asked.find((each) => each !== undefined);
  if (coverage === 'unverifiable') return `See what is wrong with the records: firebreak verify; then have it approved again: ${decided !== undefined && request?.id === decided && request.isOnThis ? howToApprove(decided) : howToAsk}.`;
  if (again !== undefined && decidedOn(again, requestOf) !== undefined) return `Have it approved again, because ${again.again ?? ''}: ${howToApprove(decidedOn(again, requestOf) ?? '')}; and push again.`;
  if (coverage === 'stale') return `See what no approval covers${decided === undefined ? '' : `: firebreak residual ${decided}`}; and ask for it again: ${howToAsk}.`;
  if (asked.some((each) => each === undefined) || request === undefined) return `Ask a senior to approve it: ${howToAsk}; and push again when it is approved.`;
  const other = asked.find((each) => each?.isOnThis === false);
  if (other !== undefined && other.includes.length > 0) return `Commit what request ${other.id} is also about (${other.includes.slice(0, 3).join(', ')}${other.includes.length > 3 ? ` and ${other.includes.length - 3} more` : ''}) and push that; or put it aside (git stash --include-untracked), and ask for what is committed: ${howToAsk}.`;
  if (other !== undefined) return `Ask again, because request ${other.id} is not about what is pushed: ${howToAsk}; and push again when it is approved.`;
  return `Wait until ${about?.waitsFor ?? 'a senior'} has approved request ${request.id} (${howToApprove(request.id)}), and push again.`;
}

function decidedOn({ concern }: Blocked, requestOf: GateFacts['requestOf']): string | undefined {
  return concern === undefined ? undefined : requestOf(concern.fingerprint)?.id;
}

/** As a shell reads it, with nothing in it that a terminal would obey. */
function escaped(path: string): string {
  return `$'${JSON.stringify(path).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
