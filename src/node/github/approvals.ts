import { type ForgeApproval, forgeApprovalsOf } from '../../core/forge/githubApprovals.ts';
import { type Pull, pullAnswer, reviewsAnswer } from '../../core/forge/githubAnswers.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type GithubAccess, GithubClient } from './githubClient.ts';

/**
 * The approvals of a pull request by its number, as the gate takes them: none when its head is not what is judged, so that what was approved is what would land.
 */
export async function approvalsOfPull(access: GithubAccess, { repository, number, policy, now, isJudged }: { readonly repository: { readonly owner: string; readonly name: string }; readonly number: number; readonly policy: Policy; readonly now: number; readonly isJudged: (head: string) => Promise<boolean> }): Promise<readonly ForgeApproval[]> {
  if (policy.forge.github.approvals !== 'count') return [];
  const path = `/repos/${encodeURIComponent(repository.owner)}/${encodeURIComponent(repository.name)}/pulls/${number}`;
  const pull = await new GithubClient(access).call('GET', path, pullAnswer);
  return (await isJudged(pull.head.sha)) ? readApprovals(access, { repository, pull, head: pull.head.sha, policy, now }) : [];
}

/** The approvals of a pull request that count at a head. Asks nobody when the policy counts none. */
export async function readApprovals(access: GithubAccess, { repository, pull, head, policy, now }: { readonly repository: { readonly owner: string; readonly name: string }; readonly pull: Pick<Pull, 'number' | 'user'>; readonly head: string; readonly policy: Policy; readonly now: number }): Promise<readonly ForgeApproval[]> {
  if (policy.forge.github.approvals !== 'count') return [];
  const path = `/repos/${encodeURIComponent(repository.owner)}/${encodeURIComponent(repository.name)}/pulls/${pull.number}/reviews`;
  const reviews = await new GithubClient(access).list(path, reviewsAnswer);
  return forgeApprovalsOf(reviews, { head, author: pull.user?.login, policy, now });
}
