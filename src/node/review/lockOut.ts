import { parseAllowedSigners } from '../../core/review/allowedSigners.ts';
import { lockOutOf } from '../../core/review/lockOut.ts';
import { type CanSign, signingBy } from '../../core/review/signing.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { readLocalTime } from '../signatures/localTime.ts';
import { findRevocation } from '../signatures/verify.ts';
import { haveSameRules, readRules, type RulesQuestion } from './policyFacts.ts';
import type { Signers } from './records.ts';

/** Whether a change of the rules would leave too few who could approve, in words; undefined when it does not, or changes none. */
export async function readLockOut(root: string, { from, to }: { readonly from: string; readonly to: string }, { now, targetRef, ruleIds }: Pick<RulesQuestion, 'targetRef' | 'ruleIds'> & { readonly now: Date }): Promise<string | undefined> {
  if (await haveSameRules(root, from, to)) return undefined;
  const { policy: found, signers } = await readRules(root, to, { targetRef, ruleIds });
  // What is broken does not land.
  return found.kind === 'at' ? lockOutOf(found.policy, await readSigning(found.policy, signers, now)) : undefined;
}

/** Which seniors have a key that counts. */
export async function readSigning(policy: Policy, { allowedSigners, revoked }: Signers, now: Date): Promise<CanSign> {
  const { signers } = parseAllowedSigners(allowedSigners ?? '', readLocalTime);
  const revocations = await Promise.all(signers.map(({ key }) => findRevocation(key, revoked)));
  return signingBy(policy, signers.filter((_, index) => revocations[index] === undefined), now.getTime());
}
