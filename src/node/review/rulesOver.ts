import { isWatched } from '../../core/policy/applyPolicy.ts';
import { noPolicy, type Policy } from '../../core/policy/policy.ts';
import { resolveCommit } from '../objects.ts';
import { currentBranch, findUsual, type Target } from '../target.ts';
import { haveSameRules, readRules, type Rules, type RulesQuestion } from './policyFacts.ts';
import type { ReviewStore } from './store.ts';

/** The branch whose rules hold for those without any: where it is pushed to the one that HEAD names, in a clone that of its remote. `tip` is undefined where it is not there. */
export type UsualBranch = Pick<Target, 'ref'> & { readonly tip: string | undefined };

export async function usualBranch({ root, isBare }: Pick<ReviewStore, 'root' | 'isBare'>): Promise<UsualBranch | undefined> {
  if (!isBare) return findUsual(root);
  const ref = (await currentBranch(root)) ?? 'HEAD';
  return { ref, tip: await resolveCommit(root, ref) };
}

/** Where a branch stands, and where it would go; undefined where it is not there, or would be no longer. */
interface Move {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly usual: UsualBranch | undefined;
}

/**
 * By whose rules a branch is judged: by each of them. One that has none of its own, as a new one, by the default branch's. Where these watch a branch that has others of its own, by both: while nobody watched it, anybody
 * may have given it a policy, with signers of their own. What takes over the default branch's as they are is judged by these alone, so that nobody is needed whom such a policy names.
 * @param root of the pinned store
 */
export async function rulesOver(root: string, { base, head, usual }: Move, question: RulesQuestion): Promise<readonly [Rules, ...Rules[]]> {
  const { targetRef } = question;
  const own = await readRules(root, base ?? usual?.tip, question);
  if (usual?.tip === undefined || usual.ref === targetRef) return [own];
  if (base === undefined) return [namedOf(own, usual)];
  if (await haveSameRules(root, base, usual.tip)) return [own];
  const others = namedOf(await readRules(root, usual.tip, question), usual);
  const { policy } = others;
  if (policy.kind === 'broken' || own.policy.kind === 'none') return [others];
  if (policy.kind === 'none') return [own];
  const isOwnWatching = 'policy' in own.policy && isWatched(targetRef, own.policy.policy);
  if (!isWatched(targetRef, policy.policy)) return [isOwnWatching ? own : others];
  if (head !== undefined && (await haveSameRules(root, head, usual.tip))) return [others];
  // Where a branch is watched whose own policy cannot be read, it is not known who decides there.
  if (own.policy.kind === 'broken') return [{ ...own, policy: { ...own.policy, usual: usual.ref } }];
  return isOwnWatching ? [others, own] : [others];
}

/** As `rulesOver`, onto the tip of a branch as it is known here; where it is not, nothing says by whose rules. */
export async function rulesOnto(root: string, tip: string | undefined, { head, usual }: Omit<Move, 'base'>, question: RulesQuestion): Promise<readonly [Rules, ...Rules[]]> {
  return tip === undefined ? [await readRules(root, tip, question)] : rulesOver(root, { base: tip, head, usual }, question);
}

/** The policies among rules; one that decides nothing where there is none. */
export function policiesOf(rules: readonly Rules[]): readonly [Policy, ...Policy[]] {
  const [first = noPolicy, ...others] = rules.flatMap(({ policy }) => ('policy' in policy ? [policy.policy] : []));
  return [first, ...others];
}

function namedOf({ policy, signers }: Rules, { ref }: UsualBranch): Rules {
  return { policy: policy.kind === 'none' ? policy : { ...policy, of: ref }, signers };
}
