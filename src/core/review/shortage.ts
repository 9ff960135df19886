import { type Policy, policyPath } from '../policy/policy.ts';
import type { Concern } from './concern.ts';
import { approvalWords, demandOf } from './demands.ts';
import type { GateFacts } from './facts.ts';
import { personOf } from './identities.ts';
import { refusalOfPerson } from './weigh.ts';

/** That a change can never get the approvals that it needs, because too few seniors had no part in it. */
export interface Shortage {
  readonly why: string;
  /** What can be done about it: goes on after "have". */
  readonly way: string;
}

/** @param concerns that lack approvals */
export function shortageOf(concerns: readonly Pick<Concern, 'kind' | 'path' | 'severity' | 'authorship'>[], policy: Policy, { pusher, participants }: Pick<GateFacts, 'pusher' | 'participants'>): Shortage | undefined {
  const isAble = (name: string) => refusalOfPerson(name, policy, { pusher, participants }) === undefined;
  const people = [...new Map(policy.seniors.map((senior) => [personOf(senior, policy), senior])).values()];
  const able = people.filter(isAble);
  for (const concern of concerns) {
    const demanded = demandOf(concern, policy, pusher);
    if (demanded === undefined) continue;
    const { approvals } = demanded;
    if (able.length < approvals) return { why: `it needs ${approvalWords(approvals)}, nobody approves their own, and ${able.length === 0 ? 'no senior' : `only ${able.join(' and ')}`} is left who could`, way: wayOut(people.length, approvals, policy) };
    const barred = demanded.reviewers.find((reviewers) => !reviewers.some(isAble));
    if (barred !== undefined) return { why: `${concern.path} needs the approval of one of ${barred.join(', ')}, nobody approves their own, and none of these is left who could`, way: wayOut(people.length, approvals, policy) };
  }
  return undefined;
}

/** Whoever is a senior would be missing among those who approve the change of the policy as well. */
function wayOut(seniorCount: number, approvals: number, { policyChanges }: Policy): string {
  const lower = `change ${policyPath} so that it names more seniors or asks for fewer approvals`;
  if (seniorCount >= approvals) return `somebody who is no senior commit it, ask for it and push it, or ${lower}`;
  return seniorCount >= policyChanges.approvals ? `somebody who is no senior ${lower}` : `who keeps the repository ${lower}`;
}
