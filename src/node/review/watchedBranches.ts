import { branchesOfTeam, findReviewTarget } from '../target.ts';
import type { ReviewStore } from './store.ts';
import { remoteOf } from './targetTip.ts';

/** Full names of the branches that a change here could be for: those the policy watches, as far as they are known here. The one first that it is for when nobody says so. */
export async function watchedBranches(store: ReviewStore): Promise<readonly string[]> {
  const usual = await findReviewTarget(store.root);
  return [...new Set([usual.ref, ...(await branchesOfTeam(store.root, await remoteOf(store)))])];
}
