import type { Policy } from '../policy/policy.ts';
import type { Coverage, Covered } from './coverage.ts';
import { type Decision, letsPass } from './decision.ts';
import type { FollowUp } from './emergencies.ts';
import { isSenior, personOf } from './identities.ts';
import type { ReviewRequest } from './request.ts';
import type { TakenBack } from './standingWords.ts';

/** A request, where it stands, and what it is to whoever looks. */
export interface RequestState extends Covered {
  readonly request: ReviewRequest;
  /** Of the request's stored bytes. */
  readonly digest: string;
  /** Those with a good signature, oldest first; whether they count is another question. */
  readonly decisions: readonly Decision[];
  /** Whether the target, as it is known here, has all of the request's change. */
  readonly hasLanded: boolean;
  /** What its reviewers took back last of what they had decided on it, oldest first. */
  readonly takenBack: readonly TakenBack[];
  /** What is owed because somebody let it pass in an emergency. */
  readonly followUp?: FollowUp;
  /** What the gate would say of what is checked out, where that is the change as it went on, and not covered though the request is. */
  readonly atHead?: AtHead;
  readonly group: ReviewGroup;
  /** What of it only this clone has, so that nobody else sees it, and all else that was not sent. */
  readonly unsent?: Unsent & { readonly isRequest: boolean; readonly isDecision: boolean };
  /** Its branch has no policy that is known here: where it stands nobody can say, and `because` says what it takes. */
  readonly isUnjudged?: true;
}

/** Refs that a remote is yet to be sent: a decision says little to those who have none of its reviewer's earlier ones. */
export interface Unsent {
  readonly remote: string;
  readonly refs: readonly string[];
}

/** Where the change stands as the last commit has it. */
export interface AtHead {
  readonly commit: string;
  readonly coverage: Coverage;
  readonly because: readonly string[];
}

export const reviewGroups = ['needs me', 'waiting', 'stale', 'decided'] as const;
export type ReviewGroup = (typeof reviewGroups)[number];

/**
 * What a request is to somebody. A follow-up that is owed needs those who could give it, whomever the request was addressed to; else a request needs the seniors that it asks, and others when all of these approved, as long as it is not covered. What has landed is over,
 * but where something is owed for it.
 * @param own the names of who looks
 */
export function groupOf({ request, coverage, hasLanded, decisions, takenBack, followUp, atHead }: Omit<RequestState, 'group' | 'digest' | 'because' | 'by'>, own: readonly string[], policy: Policy): ReviewGroup {
  const isMe = (name: string) => own.some((each) => personOf(each, policy) === personOf(name, policy));
  const isOver = coverage === 'covered' || coverage === 'rejected';
  if (followUp !== undefined) return followUp.of.some(isMe) ? 'needs me' : 'waiting';
  if (atHead !== undefined) return 'stale';
  if (isOver || (hasLanded && !takenBack.some(letsPass))) return 'decided';
  const isDecidedByMe = decisions.some(({ reviewer }) => isMe(reviewer));
  // Where all whom it asks have approved it and it takes more, any senior can go on.
  const hasApproved = (name: string) => decisions.some((decision) => letsPass(decision) && personOf(decision.reviewer, policy) === personOf(name, policy)) && !takenBack.some(({ by }) => personOf(by, policy) === personOf(name, policy));
  const isAsked = request.reviewers.some(isMe) || (request.reviewers.every(hasApproved) && (request.reviewers.length === 0 || coverage === 'pending'));
  const needsMe = !isMe(request.requester.email) && !isDecidedByMe && isAsked && own.some((name) => isSenior(name, policy));
  return needsMe ? 'needs me' : coverage === 'stale' ? 'stale' : 'waiting';
}

/** Of where a request stands by several policies, all of which it has to satisfy, what is told: what holds it, before what may be done about it, before what is owed. */
export function atWorst(states: readonly [RequestState, ...RequestState[]]): RequestState {
  const uncovered = states.filter(({ coverage }) => coverage !== 'covered');
  return (
    states.find(({ isUnjudged }) => isUnjudged) ??
    uncovered.find(({ coverage }) => coverage === 'rejected') ??
    uncovered.find(({ group }) => group === 'needs me') ??
    uncovered[0] ??
    states.find(({ followUp, atHead }) => followUp !== undefined || atHead !== undefined) ??
    states[0]
  );
}
