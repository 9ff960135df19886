import type { Policy } from '../policy/policy.ts';
import { type Concern, kindOf } from './concern.ts';
import { demandOf } from './demands.ts';
import type { DecisionRecord, GateFacts } from './facts.ts';
import { isAmong, isSenior, personOf } from './identities.ts';
import type { Standing } from './standing.ts';

/** A change that passed, or may pass, in an emergency, and that nobody has approved since. */
export interface OpenEmergency {
  readonly record: DecisionRecord;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly isOverdue: boolean;
}

/** What decides who has to follow, and what runs with the rights of the team, can wait for that: nobody passes it alone. */
export function passesInEmergency({ kind }: Pick<Concern, 'kind'>): boolean {
  return kind !== 'protected';
}

/**
 * Emergencies that still lack the approval that has to follow: the same request approved by others, as many as its findings ask for. One that was taken back is open
 * as long as what it let pass is on the branch. Who may pass, and by when others have to follow, is told by the policy of that time too: what changed it since takes the duty from nobody.
 */
export function openEmergencies({ records: standing }: Standing, policy: Policy, { targetRef, now, records, contentOf, policyOf }: Pick<GateFacts, 'targetRef' | 'now' | 'records' | 'contentOf' | 'policyOf'>): readonly OpenEmergency[] {
  const isHere = ({ decision, signature }: DecisionRecord) => signature.isGood && decision.targetRef === targetRef;
  const here = standing.filter(isHere);
  return records.filter(isHere).flatMap((record) => {
    const { kind, reviewer, request, head, created, findings } = record.decision;
    const then = policyOf(record.decision) ?? policy;
    if (kind !== 'emergency' || ![then, policy].some((each) => isAmong(reviewer, each.emergency.people, each))) return [];
    if (!here.includes(record) && !contentOf(record.decision).isInTarget) return [];
    const own = [reviewer, request.requester.email].map((name) => personOf(name, policy));
    const approvers = new Set(here.flatMap(({ decision }) => {
      const isFollowUp = decision.kind === 'approve' && decision.request.id === request.id && decision.head === head && isSenior(decision.reviewer, policy);
      const person = personOf(decision.reviewer, policy);
      return isFollowUp && !own.includes(person) ? [person] : [];
    })); // prettier-ignore
    const needed = Math.max(1, ...findings.map(({ path, severity, rule }) => demandOf({ kind: kindOf(rule), path, severity, authorship: 'unknown' }, policy, undefined)?.approvals ?? 0));
    const deadline = Date.parse(created) + Math.min(then.emergency.followUpWithinMs, policy.emergency.followUpWithinMs);
    return approvers.size >= needed ? [] : [{ record, deadline, isOverdue: now > deadline }];
  });
}
