import { isWatched } from '../../core/policy/applyPolicy.ts';
import { gitText } from '../git.ts';
import { findReviewTarget, trackingOf } from '../target.ts';
import { readRules } from './policyFacts.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { remoteOf } from './targetTip.ts';

/** Full names of the branches that a change here could be for: those the policy watches, as far as they are known here. The one first that it is for when nobody says so. */
export async function watchedBranches(store: ReviewStore, ruleIds: readonly string[]): Promise<readonly string[]> {
  const usual = await findReviewTarget(store.root);
  const remote = await remoteOf(store);
  const prefix = remote === undefined ? 'refs/heads/' : trackingOf(remote, '');
  const known = (await gitText(store.root, ['for-each-ref', '--format=%(refname)', prefix])).split('\n').filter((name) => name.startsWith(prefix) && name !== `${prefix}HEAD`);
  const { policy } = await withPinnedStore(store, (root) => readRules(root, usual.tip, { targetRef: usual.ref, ruleIds }));
  const watched = 'policy' in policy ? known.map((name) => `refs/heads/${name.slice(prefix.length)}`).filter((ref) => isWatched(ref, policy.policy)) : [];
  return [...new Set([usual.ref, ...watched])];
}
