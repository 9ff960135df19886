import type { Policy } from '../policy/policy.ts';
import { isSameLogin } from './announcement.ts';
import type { Review } from './githubAnswers.ts';

/** A senior's approval of a pull request. Nobody signed it and no key was touched: GitHub's word is all there is. */
export interface ForgeApproval {
  readonly principal: string;
  readonly login: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** States that say nothing of whether somebody approves. */
const silent = new Set(['COMMENTED', 'PENDING']);

/**
 * Those of a pull request's reviews that count, which are none unless the policy says so: of people and not of bots, at exactly the head, of seniors by the login that
 * the policy gives them, whose last word it is, and never of who opened the pull request.
 * @param reviews in the order of time, as GitHub gives them
 */
export function forgeApprovalsOf(reviews: readonly Review[], { head, author, policy, now }: { readonly head: string; readonly author: string | undefined; readonly policy: Policy; readonly now: number }): ForgeApproval[] {
  if (policy.forge.github.approvals !== 'count') return [];
  // Of a pull request whose author is gone nobody can say that the approval is another's.
  if (author === undefined) return [];
  const lastWords = new Map<string, Review>();
  for (const review of reviews) if (review.user !== null && !silent.has(review.state)) lastWords.set(review.user.login.toLowerCase(), review);
  return [...lastWords.values()].flatMap(({ state, user, commit_id: commit, submitted_at: at }): ForgeApproval[] => {
    if (state !== 'APPROVED' || user?.type !== 'User' || commit !== head || isSameLogin(user.login, author)) return [];
    const age = at === undefined ? NaN : now - Date.parse(at);
    if (at === undefined || !(age <= policy.keys.maxAgeMs)) return [];
    const principal = policy.seniors.find((senior) => {
      const login = Object.hasOwn(policy.people, senior) ? policy.people[senior]?.github : undefined;
      return login !== undefined && isSameLogin(login, user.login);
    });
    return principal === undefined ? [] : [{ principal, login: user.login, at }];
  });
}
