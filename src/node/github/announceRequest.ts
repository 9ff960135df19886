import { type ForgeRepository, parseRemoteUrl } from '../../core/forge/remoteUrl.ts';
import { noPolicy, type Policy } from '../../core/policy/policy.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { gitAnswer, RepositoryError } from '../git.ts';
import { rulesAtTarget } from '../review/changeToRequest.ts';
import type { ReviewStore } from '../review/store.ts';
import { tipOf } from '../review/targetTip.ts';
import { currentBranch } from '../target.ts';
import type { Announced } from '../../core/forge/announcement.ts';
import { announce } from './announce.ts';
import type { GithubAccess } from './githubClient.ts';

/** Where the pull request of the branch that is checked out would be. */
export interface AnnouncePlace extends ForgeRepository {
  /** Without refs/heads/. */
  readonly branch: string;
}

/** Where a remote lies at GitHub. */
export async function readForgePlace(root: string, remote: string): Promise<ForgeRepository | 'no remote' | 'elsewhere'> {
  const { stdout, exitCode } = await gitAnswer(root, ['remote', 'get-url', '--', remote], { answers: [2, 128] });
  return exitCode !== 0 ? 'no remote' : (parseRemoteUrl(stdout.toString('utf8').trim()) ?? 'elsewhere');
}

export async function branchToAnnounce(root: string): Promise<string> {
  const branch = await currentBranch(root);
  if (branch === undefined) throw new RepositoryError('no branch is checked out, so nobody knows which pull request is meant; check it out: git switch BRANCH');
  return branch.replace(/^refs\/heads\//, '');
}

/** Says on the branch's pull request that a review is requested. Who is who at GitHub is read at the tip of the target, where it is known. */
export async function announceRequest(store: ReviewStore, request: ReviewRequest, { owner, name, branch }: AnnouncePlace, access: GithubAccess, ruleIds: readonly string[]): Promise<Announced> {
  return announce(request, { ...access, repository: { owner, name }, branch, policy: await policyAtTip(store, request, ruleIds) });
}

async function policyAtTip(store: ReviewStore, { targetRef }: ReviewRequest, ruleIds: readonly string[]): Promise<Policy> {
  const [{ policy }] = await rulesAtTarget(store.root, { ref: targetRef, tip: await tipOf(store, targetRef) }, undefined, { ruleIds });
  if (policy.kind === 'broken') throw new RepositoryError(`the policy of ${policy.of ?? targetRef} is broken: ${policy.why}; have it corrected there`);
  return 'policy' in policy ? policy.policy : noPolicy;
}
