import { parseAllowedSigners } from '../../core/review/allowedSigners.ts';
import { lockOutOf } from '../../core/review/lockOut.ts';
import { readLocalTime } from '../signatures/localTime.ts';
import { findRevocation } from '../signatures/verify.ts';
import { haveSameRules, readRules, type RulesQuestion } from './policyFacts.ts';

/** Whether a change of the rules would leave too few who could approve, in words; undefined when it does not, or changes none. */
export async function readLockOut(root: string, { from, to }: { readonly from: string; readonly to: string }, { now, targetRef, ruleIds }: Pick<RulesQuestion, 'targetRef' | 'ruleIds'> & { readonly now: Date }): Promise<string | undefined> {
  if (await haveSameRules(root, from, to)) return undefined;
  const { policy: found, signers: { allowedSigners, revoked } } = await readRules(root, to, { targetRef, ruleIds });
  // What is broken does not land.
  if (found.kind !== 'at') return undefined;
  const { signers } = parseAllowedSigners(allowedSigners ?? '', readLocalTime);
  const revocations = await Promise.all(signers.map(({ key }) => findRevocation(key, revoked)));
  return lockOutOf(found.policy, signers.filter((_, index) => revocations[index] === undefined), now.getTime());
}
