import { policyPath, type Policy } from '../policy/policy.ts';
import type { GateFacts } from './facts.ts';
import { isPathInside } from './recordFields.ts';
import { shortageOf } from './shortage.ts';
import { quoted } from './standingWords.ts';
import { unsureStep } from './unsure.ts';
import type { Blocked } from './verdict.ts';

/** What admits a first policy. */
export function firstPolicyWords(targetRef: string): string {
  return `a gate admits it with the approval of a signer whom it was told with --bootstrap-signers: ${howToAskFor(targetRef)}, then ${howToApproveFirst('ID')}`;
}

/** Of a gate that was told none. */
export function firstPolicyStep(targetRef: string): string {
  return `Have who keeps the gate ${howToBeAdmitted(targetRef, 'the first policy')}`;
}

/** Of a branch whose policy cannot be read. @param signers whom the gate was told, if any */
export function correctionStep(targetRef: string, signers: readonly string[] = []): string {
  const correct = `Correct ${policyPath} in a change for ${targetRef}`;
  if (signers.length === 0) return `${correct}, have who keeps the gate ${howToBeAdmitted(targetRef, 'it')}`;
  return `${correct}, ask ${someOf(signers, 'or')}, whom the gate was told with --bootstrap-signers, to approve it: ${howToAskFor(targetRef)}; they do it with that file (${howToApproveFirst('ID')}); and push again.`;
}

function howToBeAdmitted(targetRef: string, what: string): string {
  return `name the signers who may approve ${what} (where it is pushed to: firebreak init --server --bootstrap-signers FILE; by hand: firebreak gate with --bootstrap-signers FILE), ask one of them (${howToAskFor(targetRef)}), who approves with that file (${howToApproveFirst('ID')}), and push again.`;
}

/** Of a branch whose own policy cannot be read, where that of the default one watches it too. */
export function takeOverStep(targetRef: string, usual: string): string {
  return `Take over the rules of ${usual} as they are (${howToTakeOver(usual)}), ask a senior whom they name to approve that: ${howToAskFor(targetRef)}; and push again.`;
}

/** Of a branch that the default one's policy watches and that has another one of its own. */
export function twoPoliciesWords(targetRef: string, usual: string): string {
  return `${targetRef} has rules of its own, and by those of ${usual}, which watch it too, it is judged as well; a change that takes these over as they are (${howToTakeOver(usual)}) is judged by them alone`;
}

function howToTakeOver(usual: string): string {
  return `git rm -rq --ignore-unmatch .firebreak; git checkout origin/${usual.replace(/^refs\/heads\//, '')} -- .firebreak`;
}

function howToAskFor(targetRef: string): string {
  return `firebreak request --all --target ${quoted(targetRef)} --reason "…"`;
}

/** Of a policy that no other one admits, whose signers the one who approves has to name too. */
export function howToApproveFirst(request: string, by?: string): string {
  return `${howToApprove(request, by)} --bootstrap-signers FILE`;
}

function howToApprove(request: string, by?: string): string {
  return `firebreak approve ${request} --as ${by === undefined ? 'NAME' : quoted(by)} --reason "…"`;
}

/** Of a branch that would begin where no tip is known to have stood. */
export function untoldWords(targetRef: string, { commit, of, tip }: NonNullable<GateFacts['untold']>): string {
  return `${targetRef} would begin with ${commit}, which is not known to have been the tip of ${of}: it may have come there along with what took it back, so this is judged by what it has over ${tip}, which was`;
}

function untoldStep(targetRef: string, { tip }: NonNullable<GateFacts['untold']>): string {
  return `Begin ${targetRef} at a commit that was a tip (git push origin ${tip}:${quoted(targetRef)}), and ask for what it should have over that: ${howToAskFor(targetRef)}.`;
}

const mostUrgentFirst = ['unverifiable', 'rejected', 'stale', 'pending'] as const;

/** The one sentence that says what to do about a refusal; of several things the one that has to be done first. Each command in it works as it is written, but for NAME, FILE and the reason. */
export function nextStepFor(blocked: readonly Blocked[], facts: Pick<GateFacts, 'requestOf' | 'policy' | 'targetRef' | 'untold' | 'pusher' | 'participants' | 'canSign'>, judgedBy: Policy): string {
  const { requestOf, policy, targetRef } = facts;
  const { seniors } = judgedBy;
  if (seniors.length === 0) return `Have ${policyPath} name seniors in a change that is admitted with --bootstrap-signers, because it names none, and nobody could approve anything.`;
  // A request without a target is for the default branch, which need not be this one.
  const howToAsk = howToAskFor(targetRef);
  const approveIt = policy.kind === 'bootstrap' ? howToApproveFirst : howToApprove;
  // No request, and so no approval, can name it.
  const odd = new Set(blocked.flatMap(({ concern }) => (concern === undefined || isPathInside(concern.path) ? [] : [concern.path])));
  if (odd.size > 0) return `Give each of these a name that a request can hold, without control characters (${[...odd].map((each) => `git mv ${escaped(each)} NAME`).join('; ')}), in a new commit; ask for that, and push again.`;
  const { untold } = facts;
  if (untold !== undefined && blocked.some(({ concern }) => concern !== undefined)) return untoldStep(targetRef, untold);
  const coverage = mostUrgentFirst.find((each) => blocked.some((one) => one.coverage === each)) ?? 'pending';
  const matching = blocked.filter((one) => one.coverage === coverage);
  const asked = matching.flatMap(({ concern }) => (concern === undefined ? [] : [requestOf(concern.fingerprint)]));
  const [about] = matching;
  const decided = matching.find((one) => one.request !== undefined)?.request;
  if (coverage === 'rejected') return `Read why it was rejected${decided === undefined ? '' : `: firebreak show ${decided}`}; change the code and ask again: ${howToAsk}.`;
  const emergency = matching.find(({ concern, request }) => concern === undefined && request !== undefined);
  if (emergency?.request !== undefined && emergency.waitsFor === undefined) return `Have who keeps the repository add a senior to ${policyPath} there, because none is left who could approve what passed in an emergency by request ${emergency.request}.`;
  if (emergency?.request !== undefined) return `Have the change that passed in an emergency approved now by ${emergency.waitsFor}: ${approveIt(emergency.request)}.`;
  const shortage = shortageOf(blocked.flatMap(({ concern }) => concern ?? []), judgedBy, facts);
  if (shortage !== undefined && policy.kind === 'bootstrap') return `Have somebody commit and push it who is none of those whom the gate was told with --bootstrap-signers, or have who keeps the gate name more of them: ${shortage.why}.`;
  if (shortage !== undefined) return `Have ${shortage.way}: ${shortage.why}.`;
  const again = matching.find((one) => one.again !== undefined);
  const request = asked.find((each) => each !== undefined);
  const unsure = matching.find((one) => one.unsure !== undefined)?.unsure;
  if (unsure !== undefined) return unsureStep(unsure, request?.isOnThis === true ? `decide on request ${request.id} again (${approveIt(request.id, unsure.by)}, or firebreak reject)` : `decide on it again (ask for it: ${howToAsk})`, howToAsk);
  if (coverage === 'unverifiable') return `See what is wrong with the records: firebreak verify; then have it approved again: ${decided !== undefined && request?.id === decided && request.isOnThis ? approveIt(decided) : howToAsk}.`;
  if (again !== undefined && decidedOn(again, requestOf) !== undefined) return `Have it approved again, because ${again.again ?? ''}: ${approveIt(decidedOn(again, requestOf) ?? '')}; and push again.`;
  if (coverage === 'stale') return `See what no approval covers${decided === undefined ? '' : `: firebreak residual ${decided}`}; and ask for it again: ${howToAsk}.`;
  if (asked.some((each) => each === undefined) || request === undefined) {
    return policy.kind === 'bootstrap' ? `Ask ${someOf(seniors, 'or')}, whom the gate was told with --bootstrap-signers, to approve ${policy.broken === undefined ? 'the first' : 'the corrected'} policy: ${howToAsk}; they do it with that file (${howToApproveFirst('ID')}); and push again.` : `Ask a senior to approve it: ${howToAsk}; and push again when it is approved.`;
  }
  const other = asked.find((each) => each?.isOnThis === false);
  if (other !== undefined && other.includes.length > 0) return `Commit what request ${other.id} is also about (${someOf(other.includes, 'and')}) and push that; or put it aside (git stash --include-untracked), and ask for what is committed: ${howToAsk}.`;
  if (other !== undefined) return `Ask again, because request ${other.id} is not about what is pushed: ${howToAsk}; and push again when it is approved.`;
  return `Wait until ${about?.waitsFor ?? 'a senior'} has approved request ${request.id} (${approveIt(request.id)}), and push again.`;
}

function decidedOn({ concern }: Blocked, requestOf: GateFacts['requestOf']): string | undefined {
  return concern === undefined ? undefined : requestOf(concern.fingerprint)?.id;
}

/** The first ones, and how many there are beside. */
function someOf(names: readonly string[], word: 'and' | 'or'): string {
  const [shown, more] = [names.slice(0, 3).join(', '), names.length - 3];
  return more > 0 ? `${shown} ${word} ${more} more` : shown;
}

/** As a shell reads it, with nothing in it that a terminal would obey. */
function escaped(path: string): string {
  return `$'${JSON.stringify(path).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
