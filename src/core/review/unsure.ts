import type { Policy } from '../policy/policy.ts';
import { bindingOf } from './binding.ts';
import { clockSkewMs, isAhead } from './clocks.ts';
import type { Concern } from './concern.ts';
import type { Demanded } from './demands.ts';
import type { DecisionRecord, GateFacts, UnreadableRecord } from './facts.ts';
import { atGithub, isSenior, personOf } from './identities.ts';
import { idOfRecord, isBeforeDecision, isTouchedOrRejects } from './standing.ts';
import { quoted } from './standingWords.ts';
import { timeOf } from './ulid.ts';
import { refusalOfPerson } from './weigh.ts';

/** A record of a senior that may be a rejection that holds, and of which nobody can say whether it is. */
export interface Unsure {
  readonly ref: string;
  readonly by: string;
  /** What is the matter with it: goes on after its name. */
  readonly state: 'cannot be read' | 'is missing' | 'is in doubt';
  readonly why: string;
  /** Of a rejection that can be read the request that it is on. */
  readonly rejected?: string;
  /** Whether a decision that they make now would come after it, and they may make one. */
  readonly isFollowable: boolean;
}

/**
 * The records that may be a rejection of this, or take something of it back, and cannot be read or are not there. A record of somebody who is no senior would count for nothing. One that is older than every request for this can be about none of them, and what the
 * same senior decided later on the same content took its place.
 */
export function unreadOn(concern: Concern, { needsTouch }: Pick<Demanded, 'needsTouch'>, policy: Policy, facts: GateFacts): readonly Unsure[] {
  const unread = [...facts.unreadable.map((each) => ({ ...each, state: 'cannot be read' as const })), ...missingOf(facts)];
  if (unread.length === 0) return [];
  const onThis = facts.records.filter(({ decision, signature }) => signature.isGood && decision.targetRef === facts.targetRef && decision.findings.some(({ fingerprint }) => fingerprint === concern.fingerprint));
  const listed = facts.firstAskedOf(concern.fingerprint);
  const [firstAsked] = [...(listed === undefined ? [] : [listed]), ...onThis.map(({ decision }) => decision.request.id)].sort();
  if (firstAsked === undefined) return [];
  const seniors = new Map(namesOfSeniors(policy, facts).map((name) => [facts.folderOf(name), name]));
  return unread.flatMap((each) => {
    const by = seniors.get(each.folder);
    const id = idOfRecord(each);
    if (by === undefined || (id !== undefined && timeOf(id) < timeOf(firstAsked) - clockSkewMs)) return [];
    const isReplaced = onThis.some((later) => (!needsTouch || isTouchedOrRejects(later)) && personOf(later.decision.reviewer, policy) === personOf(by, policy) && isBeforeDecision(each, later.decision) && bindingOf(concern, later.decision, facts.contentOf(later.decision), facts).isBound);
    return isReplaced ? [] : [{ ref: each.ref, by, state: each.state, why: each.why, isFollowable: id !== undefined && !isAhead(timeOf(id), facts.now) && refusalOfPerson(by, policy, facts) === undefined }];
  });
}

/** What a senior signed comes after it, and it is nowhere. */
function missingOf({ records, unreadable, folderOf }: Pick<GateFacts, 'records' | 'unreadable' | 'folderOf'>): readonly (UnreadableRecord & { readonly state: 'is missing' })[] {
  const known = new Set(unreadable.map(({ ref }) => ref));
  return records.flatMap(({ ref, decision: { previous, reviewer }, signature, isPreviousKnown }) => {
    if (isPreviousKnown || !signature.isGood || previous === undefined) return [];
    const missing = `${ref.slice(0, ref.lastIndexOf('/') + 1)}${previous.id}`;
    if (known.has(missing)) return [];
    known.add(missing);
    return [{ ref: missing, folder: folderOf(reviewer), state: 'is missing', why: `${ref} names it as the one before` }];
  });
}

/** A rejection that can be read, and that may have been taken back. */
export function doubtedRejection({ ref, decision: { reviewer, request } }: DecisionRecord, why: string): Unsure {
  return { ref, by: reviewer, state: 'is in doubt', why, rejected: request.id, isFollowable: true };
}

export function unsureWords({ ref, by, state, why, rejected }: Unsure): string {
  if (rejected === undefined) return `${ref}, a record of ${by}, ${state}: ${why}; it may be a rejection, and holds this until ${by} decides on it again`;
  return `${by} rejected it in request ${rejected}, and that holds until the code is another or they take it back, though it is in doubt: ${why}`;
}

/** What to do about it. @param again how whoever it is of decides again @param howToAsk for a review of other code */
export function unsureStep({ ref, by, state, why, rejected, isFollowable }: Unsure, again: string, howToAsk: string): string {
  if (rejected !== undefined) return `Have ${by} say whether they still reject request ${rejected} (firebreak revoke ${rejected} --as ${quoted(by)} --reason "…" takes it back), because ${ref}, their rejection, ${state} (${why}); or change the code and ask again: ${howToAsk}.`;
  const record = `${ref}, a record of ${by} that ${state} (${why})`;
  if (!isFollowable) return `Have who keeps the repository put right ${record}: firebreak verify says how; and push again.`;
  return `Have ${by} ${again}, because of ${record}, or put that right (firebreak verify says how); and push again.`;
}

/** Every name that a senior may have signed under, as far as the policy and the records tell. */
function namesOfSeniors(policy: Policy, { records }: Pick<GateFacts, 'records'>): readonly string[] {
  const known = Object.entries(policy.people).flatMap(([principal, { emails, github }]) => [...emails, ...(github === undefined ? [] : [atGithub(github)]), principal]);
  return [...known, ...records.map(({ decision }) => decision.reviewer), ...policy.seniors].filter((name) => isSenior(name, policy));
}
