import type { Policy } from '../policy/policy.ts';
import { kindOf } from './concern.ts';
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

/**
 * Emergencies that still lack the approval that has to follow: the same request approved by others, as many as its findings ask for. One that was taken back is open
 * as long as what it let pass is on the branch.
 */
export function openEmergencies({ records: standing }: Standing, policy: Policy, { targetRef, now, records, contentOf }: Pick<GateFacts, 'targetRef' | 'now' | 'records' | 'contentOf'>): readonly OpenEmergency[] {
  const isHere = ({ decision, signature }: DecisionRecord) => signature.isGood && decision.targetRef === targetRef;
  const here = standing.filter(isHere);
  return records.filter(isHere).flatMap((record) => {
    const { kind, reviewer, request, head, created, findings } = record.decision;
    if (kind !== 'emergency' || !isAmong(reviewer, policy.emergency.people, policy)) return [];
    if (!here.includes(record) && !contentOf(record.decision).isInTarget) return [];
    const own = [reviewer, request.requester.email].map((name) => personOf(name, policy));
    const approvers = new Set(here.flatMap(({ decision }) => {
      const isFollowUp = decision.kind === 'approve' && decision.request.id === request.id && decision.head === head && isSenior(decision.reviewer, policy);
      const person = personOf(decision.reviewer, policy);
      return isFollowUp && !own.includes(person) ? [person] : [];
    })); // prettier-ignore
    const needed = Math.max(1, ...findings.map(({ path, severity, rule }) => demandOf({ kind: kindOf(rule), path, severity, authorship: 'unknown' }, policy, undefined)?.approvals ?? 0));
    const deadline = Date.parse(created) + policy.emergency.followUpWithinMs;
    return approvers.size >= needed ? [] : [{ record, deadline, isOverdue: now > deadline }];
  });
}
