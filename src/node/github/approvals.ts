import { type ForgeApproval, forgeApprovalsOf } from '../../core/forge/githubApprovals.ts';
import { type Pull, reviewsAnswer } from '../../core/forge/githubAnswers.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type GithubAccess, GithubClient } from './githubClient.ts';

/** The approvals of a pull request that count at a head. Asks nobody when the policy counts none. */
export async function readApprovals(access: GithubAccess, { repository, pull, head, policy, now }: { readonly repository: { readonly owner: string; readonly name: string }; readonly pull: Pick<Pull, 'number' | 'user'>; readonly head: string; readonly policy: Policy; readonly now: number }): Promise<readonly ForgeApproval[]> {
  if (policy.forge.github.approvals !== 'count') return [];
  const path = `/repos/${encodeURIComponent(repository.owner)}/${encodeURIComponent(repository.name)}/pulls/${pull.number}/reviews`;
  const reviews = await new GithubClient(access).list(path, reviewsAnswer);
  return forgeApprovalsOf(reviews, { head, author: pull.user?.login, policy, now });
}
