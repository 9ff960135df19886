import { scopes } from '../check/blastRadius.ts';
import { severities } from '../check/severity.ts';
import type { Policy } from '../policy/policy.ts';
import { type Binding, bindingOf } from './binding.ts';
import { aheadWords, clockSkewMs, isAhead } from './clocks.ts';
import type { Concern } from './concern.ts';
import type { Decision } from './decision.ts';
import type { Demanded } from './demands.ts';
import type { DecisionRecord, GateFacts } from './facts.ts';
import { isAmong, isSenior, personOf } from './identities.ts';
import { doubtOf, type Standing } from './standing.ts';
import { timeOf } from './ulid.ts';

/** What one decision is worth for one concern. */
export type Weight =
  | { readonly kind: 'counts'; readonly person: string; readonly by: Extract<Binding, { isBound: true }>['by'] }
  /** It once was about this, and the content is another by now, or its time is over. */
  | { readonly kind: 'stale'; readonly why: string }
  /** Whether it is good cannot be said. `mayHold`: it is a rejection of just this, which holds all the same. */
  | { readonly kind: 'unverifiable'; readonly why: string; readonly mayHold?: true }
  /** It can be read, and does not count whatever the content. `isOfPerson`: nor would another one of the same person. */
  | { readonly kind: 'void'; readonly why: string; readonly isOfPerson: boolean }
  | { readonly kind: 'unrelated' };

/** Weighs a decision by what it is on. A rejection has no end: it holds for the same content until it is taken back, and for what is worse the more; and what would keep an approval from counting, as a doubt or that no key was touched, takes nothing from it. */
export function weigh(record: DecisionRecord, concern: Concern, { demanded, policy, facts, standing }: { readonly demanded: Demanded; readonly policy: Policy; readonly facts: GateFacts; readonly standing: Standing }): Weight {
  const { decision } = record;
  const listed = decision.findings.find(({ fingerprint }) => fingerprint === concern.fingerprint);
  if (listed === undefined) {
    const isAkin = decision.findings.some(({ path, rule }) => path === concern.path && rule === concern.rule);
    return isAkin ? { kind: 'stale', why: 'it is on another text of it' } : { kind: 'unrelated' };
  }
  const uncertain = uncertaintyOf(record, standing, facts);
  if (uncertain !== undefined && !mayHold(record)) return { kind: 'unverifiable', why: uncertain };
  if (decision.kind === 'emergency' && facts.policyOf(decision) === undefined) return { kind: 'void', why: 'the policy that it names was never the one of this branch', isOfPerson: false };
  const ofPerson = refusalOfReviewer(decision, policy, facts);
  if (ofPerson !== undefined) return { kind: 'void', why: ofPerson, isOfPerson: true };
  const misplaced = refusalOfPlace(decision, facts) ?? (decision.kind === 'reject' ? undefined : (refusalOfTime(decision, facts) ?? refusalOfTouch(record, demanded)));
  if (misplaced !== undefined) return { kind: 'void', why: misplaced, isOfPerson: false };
  const outdated = decision.kind === 'reject' ? undefined : outdatedBy(decision, listed, concern, policy, facts);
  if (outdated !== undefined) return { kind: 'stale', why: outdated };
  const binding = bindingOf(concern, decision, facts.contentOf(decision), facts);
  if (!binding.isBound) return { kind: 'stale', why: binding.why };
  if (uncertain !== undefined) return { kind: 'unverifiable', why: uncertain, mayHold: true };
  return { kind: 'counts', person: personOf(decision.reviewer, policy), by: binding.by };
}

/** Why a decision counts for nothing at all, whatever is in the content that is judged; undefined when that is what has to be compared. */
export function refusalOf(record: DecisionRecord, policy: Policy, standing: Standing, facts: PlaceFacts): string | undefined {
  const { decision } = record;
  const refusal = (mayHold(record) ? undefined : uncertaintyOf(record, standing, facts)) ?? refusalOfPlace(decision, facts) ?? refusalOfReviewer(decision, policy, facts);
  // A rejection holds until it is taken back.
  if (refusal !== undefined || decision.kind === 'reject') return refusal;
  const lastsUntil = endOf(decision, policy);
  return refusalOfTime(decision, facts) ?? (facts.now <= lastsUntil ? undefined : `it held until ${new Date(lastsUntil).toISOString()}`);
}

/** What it takes to say whether a decision counts here, apart from its content. */
export type PlaceFacts = Pick<GateFacts, 'targetRef' | 'repository' | 'contentOf' | 'pusher' | 'participants' | 'now' | 'folderOf'>;

/** Why a decision is on less than what there is now, or its time is over. */
function outdatedBy(decision: Decision, listed: Decision['findings'][number], concern: Concern, policy: Policy, facts: GateFacts): string | undefined {
  const end = endOf(decision, policy);
  if (facts.now > end) return `it held until ${new Date(end).toISOString()}`;
  if (severities.indexOf(listed.severity) < severities.indexOf(concern.severity)) return `it is on a ${listed.severity} finding, and it is ${concern.severity} now`;
  if (scopes.indexOf(listed.blastRadius.scope) < scopes.indexOf(concern.blastRadius.scope)) return `the damage would reach further now (${concern.blastRadius.scope}) than what was decided on (${listed.blastRadius.scope})`;
  return undefined;
}

/** When a decision ends: by its own word, or when the policy says that it is too old. Milliseconds since 1970. */
export function endOf({ kind, created, expires }: Decision, { keys, emergency }: Policy): number {
  return Math.min(Date.parse(expires), Date.parse(created) + (kind === 'emergency' ? emergency.followUpWithinMs : keys.maxAgeMs));
}

function uncertaintyOf(record: DecisionRecord, standing: Standing, { folderOf }: Pick<GateFacts, 'folderOf'>): string | undefined {
  if (!record.signature.isGood) return `its signature does not count: ${record.signature.why}`;
  const doubt = doubtOf(record, standing, folderOf);
  return doubt === undefined ? undefined : `${doubt.ref} may take it back, and ${doubt.why}`;
}

/** Whether it is a rejection by a key of its reviewer's, be it one that counts no more: such a one holds as long as nobody knows that it does not. */
function mayHold({ decision: { kind }, signature }: DecisionRecord): boolean {
  return kind === 'reject' && (signature.isGood || signature.isOwn === true);
}

function refusalOfPlace(decision: Decision, { targetRef, repository, contentOf }: PlaceFacts): string | undefined {
  if (decision.targetRef !== targetRef) return `it is for ${decision.targetRef}`;
  if (!repository.roots.includes(decision.repository.root)) return 'it is for another repository, with another first commit';
  const { url } = decision.repository;
  if (url !== undefined && repository.urls.length > 0 && !repository.urls.some((each) => isSameAddress(each, url))) {
    const isSpelledAlike = repository.urls.some((each) => each.toLowerCase() === url.toLowerCase());
    const wayOut = isSpelledAlike ? `where the server takes these for one, it has to be told so there (git config --add firebreak.url ${url.startsWith('/') ? url : `https://${url}`}); else` : 'and';
    return `it is for another repository, ${url}; this one is ${repository.urls.join(' or ')}, ${wayOut} it has to be signed in a clone of that`;
  }
  // What is rejected is the content, whatever it was compared with.
  if (decision.kind === 'reject') return undefined;
  return contentOf(decision).isBaseInTarget ? undefined : `its base ${decision.base.slice(0, 12)} is no part of the branch`;
}

/** Hosts that mind no case in what lies there; of others nobody knows it. */
const mindsNoCase = /^(?:(?:ssh\.)?github\.com|gitlab\.com|bitbucket\.org|(?:ssh\.)?dev\.azure\.com)\//;

function isSameAddress(one: string, other: string): boolean {
  return one === other || (mindsNoCase.test(one) && one.toLowerCase() === other.toLowerCase());
}

/** Why somebody's decision does not count whatever it is on: who they are, and what part they have in the change. */
export function refusalOfReviewer({ kind, reviewer, request }: Pick<Decision, 'kind' | 'reviewer' | 'request'>, policy: Policy, { pusher, participants }: Pick<GateFacts, 'pusher' | 'participants'>): string | undefined {
  if (kind === 'emergency') return isAmong(reviewer, policy.emergency.people, policy) ? undefined : `${reviewer} is none of those who may pass in an emergency (emergency: { people: […] } in .firebreak/policy.yml)`;
  if (!isSenior(reviewer, policy)) return `${reviewer} is none of the seniors`;
  // Who takes back or rejects may have had any part in it.
  if (kind !== 'approve') return undefined;
  const refusal = refusalOfPerson(reviewer, policy, { pusher, participants });
  if (refusal !== undefined) return refusal;
  if (personOf(request.requester.email, policy) === personOf(reviewer, policy)) return `${reviewer} asked for the review, and nobody approves their own`;
  return undefined;
}

/** Why somebody may approve nothing of a change: they are no senior, or had a part in it. */
export function refusalOfPerson(reviewer: string, policy: Policy, { pusher, participants }: Pick<GateFacts, 'pusher' | 'participants'>): string | undefined {
  if (!isSenior(reviewer, policy)) return `${reviewer} is none of the seniors`;
  const isReviewer = (name: string) => personOf(name, policy) === personOf(reviewer, policy);
  const [own] = participants.filter(({ name }) => isReviewer(name));
  if (pusher !== undefined && isReviewer(pusher)) return `${reviewer} pushes the change, and nobody approves their own`;
  if (own !== undefined) return `${reviewer} is ${own.role} of a commit in it${own.name === reviewer ? '' : ` (as ${own.name})`}, and nobody approves their own`;
  return undefined;
}

function refusalOfTime({ created, request }: Decision, { now }: Pick<GateFacts, 'now'>): string | undefined {
  const createdAt = Date.parse(created);
  if (isAhead(createdAt, now)) return aheadWords(created);
  if (createdAt < timeOf(request.id) - clockSkewMs) return `it is older than the request that it answers; the clock of who signed it was wrong`;
  return undefined;
}

function refusalOfTouch({ signature }: DecisionRecord, { needsTouch }: Demanded): string | undefined {
  return needsTouch && signature.isGood && !signature.isTouched ? 'the policy asks for a security key that was touched, and it was signed without' : undefined;
}
