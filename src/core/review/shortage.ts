import { type Policy, policyPath } from '../policy/policy.ts';
import { allowedSignersPath } from './allowedSigners.ts';
import type { Concern } from './concern.ts';
import { approvalWords, demandOf } from './demands.ts';
import type { GateFacts } from './facts.ts';
import { personOf } from './identities.ts';
import { pusherOfOwn } from './pushedBy.ts';
import { refusalOfPerson } from './weigh.ts';

/** That a change can never get the approvals that it needs, because too few seniors had no part in it. */
export interface Shortage {
  readonly why: string;
  /** What can be done about it: goes on after "have". */
  readonly way: string;
}

/** @param concerns that lack approvals */
export function shortageOf(concerns: readonly Pick<Concern, 'kind' | 'path' | 'severity' | 'authorship'>[], policy: Policy, { pusher, participants, canSign }: Pick<GateFacts, 'pusher' | 'participants' | 'canSign'>): Shortage | undefined {
  const hadNoPart = (name: string) => refusalOfPerson(name, policy, { pusher, participants }) === undefined;
  const people = [...new Map(policy.seniors.map((senior) => [personOf(senior, policy), senior])).values()];
  for (const concern of concerns) {
    const demanded = demandOf(concern, policy, pusherOfOwn(policy, { pusher, participants }));
    if (demanded === undefined) continue;
    const { approvals, needsTouch } = demanded;
    const isAble = (name: string) => hadNoPart(name) && canSign(name, needsTouch);
    const able = people.filter(isAble);
    const barred = demanded.reviewers.find((reviewers) => !reviewers.some(isAble));
    if (able.length >= approvals && barred === undefined) continue;
    const keyless = (barred ?? people).filter((name) => hadNoPart(name) && !canSign(name, needsTouch));
    const lacks = keyless.length === 0 ? '' : `, ${keyless.join(' and ')} ${keyless.length === 1 ? 'has' : 'have'} no key that counts${needsTouch ? ' and can be touched' : ''}`;
    // Who has none today would be enough with one.
    const wouldDo = barred === undefined ? people.filter(hadNoPart).length >= approvals : keyless.length > 0;
    const way = wouldDo ? wayToKey(keyless, people.filter((name) => canSign(name, policy.keys.requireTouch !== 'never')).length, policy) : wayOut(people.length, approvals, policy);
    if (able.length < approvals) return { why: `it needs ${approvalWords(approvals)}, nobody approves their own${lacks}, and ${able.length === 0 ? 'no senior' : `only ${able.join(' and ')}`} is left who could`, way };
    return { why: `${concern.path} needs the approval of one of ${(barred ?? []).join(', ')}, nobody approves their own${lacks}, and none of these is left who could`, way };
  }
  return undefined;
}

function wayToKey(keyless: readonly string[], signingCount: number, { policyChanges }: Policy): string {
  const who = signingCount >= policyChanges.approvals ? 'a key that counts' : 'who keeps the repository put a key that counts';
  return `${who} of ${keyless.join(' or ')} ${signingCount >= policyChanges.approvals ? `added to ${allowedSignersPath} (firebreak init --signing prints its line)` : `into ${allowedSignersPath}`}`;
}

/** Whoever is a senior would be missing among those who approve the change of the policy as well. */
function wayOut(seniorCount: number, approvals: number, { policyChanges }: Policy): string {
  const lower = `change ${policyPath} so that it names more seniors or asks for fewer approvals`;
  if (seniorCount >= approvals) return `somebody who is no senior commit it, ask for it and push it, or ${lower}`;
  return seniorCount >= policyChanges.approvals ? `somebody who is no senior ${lower}` : `who keeps the repository ${lower}`;
}
