import { parseAllowedSigners } from '../../core/review/allowedSigners.ts';
import { lockOutOf } from '../../core/review/lockOut.ts';
import { type CanSign, signingBy } from '../../core/review/signing.ts';
import { unwatchedBy } from '../../core/review/unwatched.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { readLocalTime } from '../signatures/localTime.ts';
import { findRevocation } from '../signatures/verify.ts';
import { haveSameRules, readRules, type RulesQuestion } from './policyFacts.ts';
import type { Signers } from './records.ts';

/** What a change of the rules would cost, in words: that too few were left who could approve, or that something was watched no more. */
export async function readCosts(root: string, { from, to }: { readonly from: string; readonly to: string }, { now, targetRef, ruleIds }: Pick<RulesQuestion, 'targetRef' | 'ruleIds'> & { readonly now: Date }): Promise<readonly string[]> {
  if (await haveSameRules(root, from, to)) return [];
  const { policy: found, signers } = await readRules(root, to, { targetRef, ruleIds });
  // What is broken does not land.
  if (found.kind !== 'at') return [];
  const { policy: before } = await readRules(root, from, { targetRef, ruleIds });
  const costs = [unwatchedBy(found.policy, before.kind === 'at' ? before.policy : { targets: [targetRef] }, targetRef), lockOutOf(found.policy, await readSigning(found.policy, signers, now))];
  return costs.flatMap((cost) => cost ?? []);
}

/** Which seniors have a key that counts. */
export async function readSigning(policy: Policy, { allowedSigners, revoked }: Signers, now: Date): Promise<CanSign> {
  const { signers } = parseAllowedSigners(allowedSigners ?? '', readLocalTime);
  const revocations = await Promise.all(signers.map(({ key }) => findRevocation(key, revoked)));
  return signingBy(policy, signers.filter((_, index) => revocations[index] === undefined), now.getTime());
}
