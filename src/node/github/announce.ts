import { type Announced, announcementMark, announcementOf, isSameLogin, reviewersAtGithub } from '../../core/forge/announcement.ts';
import { type Comment, commentAnswer, commentsAnswer, type Pull, pullsAnswer, requestedAnswer, viewerAnswer } from '../../core/forge/githubAnswers.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { type GithubAccess, GithubClient, GithubError } from './githubClient.ts';

export interface AnnounceOptions extends GithubAccess {
  readonly repository: { readonly owner: string; readonly name: string };
  /** Where the branch lies, when that is a fork. */
  readonly headOwner?: string;
  /** Without refs/heads/. */
  readonly branch: string;
  readonly policy: Pick<Policy, 'people' | 'forge'>;
}

/** Says on the branch's open pull request that a review is requested: reviewers are asked, and one comment tells of the findings. Said again, the comment is written anew. */
export async function announce(request: ReviewRequest, options: AnnounceOptions): Promise<Announced> {
  const { repository, policy } = options;
  const client = new GithubClient(options);
  const root = `/repos/${encodeURIComponent(repository.owner)}/${encodeURIComponent(repository.name)}`;
  const pull = await findPull(client, root, options);
  const body = announcementOf(request, policy);
  const own = await ownComment(client, root, pull);
  const { html_url: commentUrl } =
    own === undefined
      ? await client.call('POST', `${root}/issues/${pull.number}/comments`, commentAnswer, { body: { body } })
      : await client.call('PATCH', `${root}/issues/comments/${own.id}`, commentAnswer, { body: { body } });
  const { logins, unknown } = reviewersAtGithub(request.reviewers, pull.user?.login ?? '', policy);
  const shortfalls = unknown.map((reviewer) => `nobody knows the GitHub login of ${reviewer}; add it under people in .firebreak/policy.yml`);
  const asked = await ask(client, `${root}/pulls/${pull.number}/requested_reviewers`, logins, shortfalls);
  return { pullRequest: { number: pull.number, url: pull.html_url }, commentUrl, isNewComment: own === undefined, askedLogins: asked, shortfalls };
}

async function findPull(client: GithubClient, root: string, { repository, branch, headOwner = repository.owner }: AnnounceOptions): Promise<Pull> {
  const pulls = await client.call('GET', `${root}/pulls`, pullsAnswer, { query: { state: 'open', head: `${headOwner}:${branch}`, per_page: '100' } });
  // GitHub leaves a filter that it does not understand aside.
  const [pull, ...more] = pulls.filter(({ head }) => head.ref === branch);
  if (pull === undefined) throw new GithubError(`there is no open pull request of ${headOwner}:${branch} in ${repository.owner}/${repository.name}; push the branch and open one, then announce the request again`, 404);
  if (more.length > 0) throw new GithubError(`${headOwner}:${branch} has ${more.length + 1} open pull requests (${[pull, ...more].map(({ number }) => `#${number}`).join(', ')}); close all but one, then announce the request again`, 409);
  return pull;
}

/** The comment of an earlier time, by the same account: a mark alone is written by anybody. */
async function ownComment(client: GithubClient, root: string, { number }: Pull): Promise<Comment | undefined> {
  const viewer = await viewerOf(client);
  const marked = (await client.list(`${root}/issues/${number}/comments`, commentsAnswer)).filter(({ body }) => body?.startsWith(announcementMark) === true);
  return marked.find(({ user }) => user !== null && (viewer === undefined ? user.type === 'Bot' : isSameLogin(user.login, viewer)));
}

/** Undefined for the token of an app, such as that of GitHub Actions, which may not ask who it is. */
async function viewerOf(client: GithubClient): Promise<string | undefined> {
  try {
    return (await client.call('GET', '/user', viewerAnswer)).login;
  } catch (error) {
    if (error instanceof GithubError && error.status === 403) return undefined;
    throw error;
  }
}

/** All at once, or where GitHub refuses one of them each by itself: one who left must not keep the others from being asked. */
async function ask(client: GithubClient, path: string, logins: readonly string[], shortfalls: string[]): Promise<readonly string[]> {
  if (logins.length === 0) return [];
  try {
    await client.call('POST', path, requestedAnswer, { body: { reviewers: logins } });
    return logins;
  } catch (error) {
    if (!(error instanceof GithubError) || (error.status !== 422 && error.status !== 403)) throw error;
    if (logins.length === 1) {
      shortfalls.push(`${logins.join('')} was not asked: ${error.message}`);
      return [];
    }
    const asked: string[] = [];
    for (const login of logins) asked.push(...(await ask(client, path, [login], shortfalls)));
    return asked;
  }
}
