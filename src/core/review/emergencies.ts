import type { Policy } from '../policy/policy.ts';
import { aheadWords, isAhead } from './clocks.ts';
import { type Concern, kindOf } from './concern.ts';
import type { Decision } from './decision.ts';
import { demandOf } from './demands.ts';
import type { DecisionRecord, GateFacts, Participant } from './facts.ts';
import { isAmong, isSenior, personOf } from './identities.ts';
import { doubtOf, type Standing } from './standing.ts';

/** The approval that has to follow what was let pass in an emergency, as long as it is owed. */
export interface FollowUp {
  /** The request that it has to be given on. */
  readonly request: string;
  /** Who let it pass. */
  readonly by: string;
  /** RFC 3339, UTC. */
  readonly since: string;
  readonly until: string;
  /** The seniors who could give it and have not. */
  readonly of: readonly string[];
  /** Of approvals that would be it, why they do not count yet; each a sentence without its end. */
  readonly uncounted: readonly string[];
}

/** A change that passed, or may pass, in an emergency, and that nobody has approved since. */
export interface OpenEmergency {
  readonly followUp: FollowUp;
  readonly isOverdue: boolean;
}

/** What decides who has to follow, and what runs with the rights of the team, can wait for that: nobody passes it alone. */
export function passesInEmergency({ kind }: Pick<Concern, 'kind'>): boolean {
  return kind !== 'protected';
}

/**
 * Emergencies that still lack the approval that has to follow: the same request approved by others, not ahead of now, as many as its findings ask for, or all there are where these are fewer. One that was taken back is open
 * as long as what it let pass is on the branch. Who may pass, and by when others have to follow, is told by the policy of that time too: what changed it since takes the duty from nobody.
 */
export function openEmergencies(standing: Standing, policy: Policy, { targetRef, now, records, contentOf, policyOf, participantsOf, folderOf }: Pick<GateFacts, 'targetRef' | 'now' | 'records' | 'contentOf' | 'policyOf' | 'participantsOf' | 'folderOf'>): readonly OpenEmergency[] {
  const isHere = ({ decision, signature }: DecisionRecord) => signature.isGood && decision.targetRef === targetRef;
  const all = standing.records.filter(isHere);
  // As of anything else that is approved.
  const whyNot = (record: DecisionRecord) => {
    if (isAhead(Date.parse(record.decision.created), now)) return aheadWords(record.decision.created);
    const doubt = record.decision.kind === 'approve' ? doubtOf(record, standing, folderOf) : undefined;
    return doubt === undefined ? undefined : `${doubt.ref} may take it back, and ${doubt.why}`;
  };
  const here = all.filter((each) => whyNot(each) === undefined);
  // That the key of who passed it counts no more takes the duty from nobody either.
  const isOfThen = ({ decision, signature }: DecisionRecord) => !signature.isGood && signature.isOwn === true && decision.targetRef === targetRef;
  return records.filter((each) => isHere(each) || isOfThen(each)).flatMap((record) => {
    const { kind, reviewer, request, head, created, findings } = record.decision;
    const then = policyOf(record.decision) ?? policy;
    if (kind !== 'emergency' || ![then, policy].some((each) => isAmong(reviewer, each.emergency.people, each))) return [];
    if (!here.includes(record) && !contentOf(record.decision).isInTarget) return [];
    const others = mayFollow(record.decision, policy, participantsOf(record.decision));
    const isFollowUp = ({ decision }: DecisionRecord) => decision.kind === 'approve' && decision.request.id === request.id && decision.head === head && isSenior(decision.reviewer, policy) && others.some((other) => personOf(other, policy) === personOf(decision.reviewer, policy));
    const approvers = new Set(here.filter(isFollowUp).map(({ decision }) => personOf(decision.reviewer, policy)));
    const uncounted = all.filter(isFollowUp).flatMap((each) => (whyNot(each) === undefined ? [] : [`the approval by ${each.decision.reviewer} does not count: ${whyNot(each) ?? ''}`]));
    const asked = Math.max(1, ...findings.map(({ path, severity, rule }) => demandOf({ kind: kindOf(rule), path, severity, authorship: 'unknown' }, policy, undefined)?.approvals ?? 0));
    const needed = Math.max(1, Math.min(asked, others.length));
    const deadline = Date.parse(created) + Math.min(then.emergency.followUpWithinMs, policy.emergency.followUpWithinMs);
    const followUp = { request: request.id, by: reviewer, since: created, until: new Date(deadline).toISOString(), of: others.filter((other) => !approvers.has(personOf(other, policy))), uncounted };
    return approvers.size >= needed ? [] : [{ followUp, isOverdue: now > deadline }];
  });
}

/** Records that may be an emergency for which an approval is owed, and cannot be read, in words: nobody can say until when. */
export function hiddenEmergencies({ emergency: { people } }: Policy, { unreadable, folderOf }: Pick<GateFacts, 'unreadable' | 'folderOf'>): readonly string[] {
  const named = new Map(people.map((name) => [folderOf(name), name]));
  return unreadable.flatMap(({ ref, folder, why }) => {
    const by = named.get(folder);
    return by === undefined ? [] : [`${ref}, a record of ${by}, who may pass in an emergency, cannot be read: ${why}; it may be one that an approval has to follow, so have it put right (firebreak verify says how)`];
  });
}

/** The seniors whose approval would follow an emergency: neither who passed it, nor who asked, nor who had a part in it. @param participants undefined when what it let pass is not here: then nobody can say */
export function mayFollow({ reviewer, request }: Pick<Decision, 'reviewer' | 'request'>, policy: Policy, participants: readonly Participant[] | undefined): readonly string[] {
  if (participants === undefined) return [];
  const own = [reviewer, request.requester.email, ...participants.map(({ name }) => name)].map((name) => personOf(name, policy));
  return policy.seniors.filter((senior) => !own.includes(personOf(senior, policy)));
}
