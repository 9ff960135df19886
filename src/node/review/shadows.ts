import { isWatched } from '../../core/policy/applyPolicy.ts';
import { branchesShadowedBy, type RefUpdate } from '../../core/review/pushedRefs.ts';
import { resolveCommit } from '../objects.ts';
import { readRules } from './policyFacts.ts';
import { usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';

/** The watched branch in whose place git would take what a push makes or moves, as a tag of its name; undefined when there is none. What is there already may go. */
export async function shadowedBy(store: ReviewStore, { ref, to }: RefUpdate, ruleIds: readonly string[]): Promise<string | undefined> {
  if (to === undefined) return undefined;
  const there: string[] = [];
  for (const branch of branchesShadowedBy(ref)) if ((await resolveCommit(store.root, branch)) !== undefined) there.push(branch);
  if (there.length === 0) return undefined;
  const tip = (await usualBranch(store))?.tip;
  const { policy } = await withPinnedStore(store, (root) => readRules(root, tip, { targetRef: 'HEAD', ruleIds }));
  return 'policy' in policy ? there.find((branch) => isWatched(branch, policy.policy)) : undefined;
}
