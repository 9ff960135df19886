import assert from 'node:assert/strict';
import { announcementMark } from '../../../src/core/forge/announcement.ts';
import { forgeApprovalsOf } from '../../../src/core/forge/githubApprovals.ts';
import type { Review } from '../../../src/core/forge/githubAnswers.ts';
import { parseRemoteUrl } from '../../../src/core/forge/remoteUrl.ts';
import { noPolicy, type Policy } from '../../../src/core/policy/policy.ts';
import type { ReviewRequest } from '../../../src/core/review/request.ts';
import { announce, type AnnounceOptions } from '../../../src/node/github/announce.ts';
import { readApprovals } from '../../../src/node/github/approvals.ts';
import { GithubError } from '../../../src/node/github/githubClient.ts';
import { type Answer, DescribedGithub, exampleOf, type SentCall } from '../../support/githubApi.ts';

const head = 'a'.repeat(40);
const token = 'ghp_secretsecret';
const request: ReviewRequest = {
  id: '01M8KFHKCS8JC56XQNMCJEHKCP',
  base: 'b'.repeat(40),
  head,
  targetRef: 'refs/heads/main',
  findings: [
    { fingerprint: 'f'.repeat(64), rule: 'recursive-delete', title: 'Recursive delete', path: 'a.sh', line: 3, severity: 'high', confidence: 'high', matched: 'rm', blastRadius: { scope: 'collection', undo: 'none', description: 'removes `/srv`' } },
  ],
  requester: { name: 'Bo', email: 'bo@corp' },
  reviewers: ['alice@corp', 'carol@corp', 'someone@corp'],
  reason: 'We need it',
  createdAt: '2026-11-29T10:00:00Z',
  includes: [],
};
const policy: Policy = { ...noPolicy, seniors: ['alice@corp', 'carol@corp'], people: { 'alice@corp': { emails: ['a@x'], github: 'alice-gh' }, 'carol@corp': { emails: [], github: 'Carol-GH' } } };

const calls = {
  user: 'GET /user',
  pulls: 'GET /repos/{owner}/{repo}/pulls',
  comments: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  comment: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  rewrite: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  ask: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
  reviews: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
} as const;

const firstOf = (call: string): Record<string, unknown> => (exampleOf(call, 200) as Record<string, unknown>[])[0] ?? {};
const objectIn = (record: Readonly<Record<string, unknown>>, key: string): object => Object.assign({}, record[key]);
const asked = () => ({ status: 201, body: { ...(exampleOf(calls.ask, 201) as object), requested_teams: [] } });
const userOf = (login: string, type = 'User') => ({ ...objectIn(firstOf(calls.comments), 'user'), login, type });
const pullOf = (author = 'bo-gh', ref = 'topic') => {
  const pull = firstOf(calls.pulls);
  // GitHub's example lacks what its description asks of a team.
  return { ...pull, requested_teams: [], number: 7, user: userOf(author), head: { ...objectIn(pull, 'head'), ref, sha: head } };
};
const commentOf = (id: number, login: string, body: string, type = 'User') => ({ ...firstOf(calls.comments), id, body, user: userOf(login, type) });

type Answers = Record<string, (call: SentCall) => Answer>;
const usual: Answers = {
  [calls.user]: () => ({ status: 200, body: { ...(exampleOf(calls.user, 200) as object), login: 'bo-gh' } }),
  [calls.pulls]: () => ({ status: 200, body: [pullOf()] }),
  [calls.comments]: () => ({ status: 200, body: [commentOf(1, 'eve', 'hello')] }),
  [calls.comment]: () => ({ status: 201, body: exampleOf(calls.comment, 201) }),
  [calls.rewrite]: () => ({ status: 200, body: exampleOf(calls.rewrite, 200) }),
  [calls.ask]: asked,
};

const baseUrl = 'https://ghe.example.org/api/v3';
function announcing(answers: Answers = {}, options: Partial<AnnounceOptions> = {}, wanted = request) {
  const github = new DescribedGithub(options.baseUrl ?? baseUrl, token, { ...usual, ...answers });
  return { github, done: announce(wanted, { baseUrl, token, fetch: github.fetch, repository: { owner: 'acme', name: 'shop' }, branch: 'topic', policy, ...options }) };
}

describe('announcing a request on a pull request at GitHub', function () {
  this.timeout(20_000);

  it('comments once and asks the reviewers whose login is known, by calls that GitHub describes', async () => {
    const { github, done } = announcing();
    const told = await done;
    assert.deepEqual(github.sent.map(({ call }) => call), [calls.pulls, calls.user, calls.comments, calls.comment, calls.ask]);
    assert.deepEqual(github.sent[0]?.query, { state: 'open', head: 'acme:topic', per_page: '100' });
    assert.deepEqual(github.sent[4]?.body, { reviewers: ['alice-gh', 'Carol-GH'] });
    assert.equal(told.pullRequest.number, 7);
    assert.equal(told.isNewComment, true);
    assert.deepEqual(told.askedLogins, ['alice-gh', 'Carol-GH']);
    assert.deepEqual(told.shortfalls, ['nobody knows the GitHub login of someone@corp; add it under people in .firebreak/policy.yml']);
  });

  it('writes its own comment anew, and no one else\'s that looks like it', async () => {
    const { github, done } = announcing({ [calls.comments]: () => ({ status: 200, body: [commentOf(5, 'eve', `${announcementMark}\nforged`), commentOf(6, 'Bo-GH', `${announcementMark}\nolder`)] }) });
    assert.equal((await done).isNewComment, false);
    const call = github.sent.find((each) => each.call === calls.rewrite);
    assert.ok(call && !github.sent.some((each) => each.call === calls.comment));
    assert.match((call.body as { body: string }).body, new RegExp(`^${announcementMark}`));
  });

  it('finds its comment on a later page', async () => {
    const page = (call: SentCall) => (call.query.page === '1' ? Array.from({ length: 100 }, (_, id) => commentOf(id + 1, 'eve', 'hello')) : [commentOf(600, 'bo-gh', announcementMark)]);
    const { done } = announcing({ [calls.comments]: (call) => ({ status: 200, body: page(call) }) });
    assert.equal((await done).isNewComment, false);
  });

  it('works with the token of an app, which may not ask who it is', async () => {
    const { done } = announcing({ [calls.user]: () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }), [calls.comments]: () => ({ status: 200, body: [commentOf(3, 'github-actions[bot]', announcementMark, 'Bot')] }) });
    assert.equal((await done).isNewComment, false);
  });

  it('does not ask the author of the pull request', async () => {
    const { github, done } = announcing({ [calls.pulls]: () => ({ status: 200, body: [pullOf('ALICE-gh')] }) });
    await done;
    assert.deepEqual(github.sent.find(({ call }) => call === calls.ask)?.body, { reviewers: ['Carol-GH'] });
  });

  it('asks each by itself where GitHub refuses one, and tells which', async () => {
    const { done } = announcing({ [calls.ask]: ({ body }) => ((body as { reviewers: string[] }).reviewers.includes('Carol-GH') ? { status: 422, body: { message: 'Reviews may only be requested from collaborators.' } } : asked()) });
    const { askedLogins, shortfalls } = await done;
    assert.deepEqual(askedLogins, ['alice-gh']);
    assert.match(shortfalls[1] ?? '', /^Carol-GH was not asked: ghe\.example\.org does not take this \(it says: Reviews may only be requested from collaborators\.\); correct that, and announce the request again$/);
  });

  it('shows hostile text as code, in which nothing calls, links or formats', async () => {
    const [finding] = request.findings;
    assert.ok(finding);
    const hostile = '@everyone #1 [x](javascript:y) <img src=x> `` ``` acme/shop#2 \u001b[31m\u202e';
    const { github, done } = announcing({}, {}, { ...request, requester: { name: hostile, email: 'e@x' }, reason: `${hostile}\n\`\`\`\n${hostile}`, reviewers: [hostile], findings: [{ ...finding, path: `${hostile}.sh`, blastRadius: { ...finding.blastRadius, description: hostile } }] });
    await done;
    const { body } = github.sent.find(({ call }) => call === calls.comment)?.body as { body: string };
    const blocks = body.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
    const outside = blocks.replaceAll(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    assert.doesNotMatch(outside, /@|#\d|javascript|<img|\[/);
    assert.doesNotMatch(body, /[\u001b\u202e]/);
    assert.equal(body.split(announcementMark).length, 2);
  });

  it('stays shorter than GitHub takes, whatever the request', async () => {
    const [finding] = request.findings;
    assert.ok(finding);
    const long = { ...finding, path: 'p'.repeat(4000), rule: 'r'.repeat(200), blastRadius: { ...finding.blastRadius, description: 'ü'.repeat(2000) } };
    const { github, done } = announcing({}, {}, { ...request, reason: 'r'.repeat(10_000), findings: Array.from({ length: 2000 }, () => long) });
    await done;
    const { body } = github.sent.find(({ call }) => call === calls.comment)?.body as { body: string };
    assert.ok(body.length < 65_536, String(body.length));
    assert.match(body, /and 1960 more/);
  });

  const nothing = () => ({ status: 200, body: [] });
  const failures: readonly [what: string, answers: Answers, told: RegExp][] = [
    ['no pull request', { [calls.pulls]: nothing }, /no open pull request of acme:topic in acme\/shop; push the branch and open one/],
    ['a filter that was left aside', { [calls.pulls]: () => ({ status: 200, body: [pullOf('bo-gh', 'other')] }) }, /no open pull request/],
    ['two pull requests', { [calls.pulls]: () => ({ status: 200, body: [pullOf(), { ...pullOf(), number: 8 }] }) }, /2 open pull requests \(#7, #8\); close all but one/],
    ['a token that is not accepted', { [calls.pulls]: () => ({ status: 401, body: { message: 'Bad credentials' } }) }, /does not accept the token; make a new one/],
    ['a token that may not', { [calls.comment]: () => ({ status: 403, body: { message: 'Resource not accessible' } }) }, /does not let the token do this \(it says: Resource not accessible\); give it "Pull requests: read and write"/],
    ['no such repository', { [calls.pulls]: () => ({ status: 404, body: { message: 'Not Found' } }) }, /no such repository or pull request that the token may see/],
    ['what GitHub does not take', { [calls.comment]: () => ({ status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'IssueComment', field: 'body', code: 'missing_field' }, { message: 'body is too long' }, 'no' ] } }) }, /does not take this \(it says: Validation Failed; body missing_field; body is too long; no\); correct that, and announce the request again/],
    ['the rate limit', { [calls.pulls]: () => ({ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' }, body: {} }) }, /takes no more calls for now; try again after 2027-01-15T08:00:00\.000Z/],
    ['the second rate limit', { [calls.comment]: () => ({ status: 429, headers: { 'retry-after': '60' } }) }, /try again in 60 s/],
    ['a server in trouble', { [calls.pulls]: () => ({ status: 502 }) }, /failed with status 502; try again later/],
    ['a repository that moved', { [calls.pulls]: () => ({ status: 301, headers: { location: 'https://evil.example.org' } }) }, /is now elsewhere; bring the remote's address up to date/],
  ];
  for (const [what, answers, expected] of failures) {
    it(`says what to do about ${what}`, async () => {
      const { done } = announcing(answers);
      await assert.rejects(done, (error: unknown) => error instanceof GithubError && expected.test(error.message) && !error.message.includes(token));
    });
  }

  const answering = (body: string) => announce(request, { baseUrl, token, fetch: () => Promise.resolve(new Response(body)), repository: { owner: 'a', name: 'b' }, branch: 'topic', policy });
  for (const body of ['', '<html>', '{}', '[{"number":"7"}]']) {
    it(`takes ${JSON.stringify(body)} for no answer of GitHub`, async () => {
      await assert.rejects(answering(body), /with something else than GitHub does(?: \([^)]+\))?; is https:\/\/ghe\.example\.org\/api\/v3 the address of its API\?/);
    });
  }

  it('reads no answer without end', async () => {
    let read = 0;
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => { controller.enqueue(new Uint8Array(1 << 20)); read++; } });
    const done = announce(request, { baseUrl, token, fetch: () => Promise.resolve(new Response(endless)), repository: { owner: 'a', name: 'b' }, branch: 'topic', policy });
    await assert.rejects(done, /answered GET \S+ with more than 32 MB, which GitHub never does; is https:\/\/ghe\.example\.org\/api\/v3 the address of its API\?/);
    assert.ok(read < 40, `${read}`);
  });

  it('says so when there is no network, without the token', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: new Error(`getaddrinfo ENOTFOUND ${token}`) }));
    await assert.rejects(announce(request, { baseUrl, token, fetch, repository: { owner: 'a', name: 'b' }, branch: 'topic', policy }), { message: 'ghe.example.org could not be reached (getaddrinfo ENOTFOUND …); try again when there is a network' });
  });

  for (const [what, options] of [
    ['an address without encryption', { baseUrl: 'http://ghe.example.org/api/v3' }],
    ['an address with a password', { baseUrl: 'https://u:p@ghe.example.org' }],
    ['what is no address', { baseUrl: 'ghe' }],
    ['a token that a header cannot hold', { token: 'a\nb' }],
    ['an empty token', { token: '' }],
  ] as const) {
    it(`sends nothing with ${what}`, async () => {
      let isSent = false;
      const fetch = () => {
        isSent = true;
        return Promise.reject(new Error('sent'));
      };
      await assert.rejects(announce(request, { baseUrl, token, fetch, repository: { owner: 'a', name: 'b' }, branch: 'topic', policy, ...options }), GithubError);
      assert.equal(isSent, false);
    });
  }
});

describe('approvals at GitHub', function () {
  this.timeout(20_000);
  const counting: Policy = { ...policy, forge: { github: { approvals: 'count' } } };
  const now = Date.parse('2026-11-29T12:00:00Z');
  const review = (login: string, { state = 'APPROVED', type = 'User', commit = head, at = '2026-11-29T11:00:00Z' } = {}): Review => ({ state, user: { login, type }, commit_id: commit, submitted_at: at });
  const counted = (reviews: readonly Review[], options: { readonly policy?: Policy; readonly author?: string | undefined }) => forgeApprovalsOf(reviews, { head, author: 'bo-gh', policy: counting, now, ...options }).map(({ principal }) => principal);

  for (const [what, reviews, expected, options] of [
    ['of a senior counts', [review('alice-gh')], ['alice@corp'], {}],
    ['counts in whatever case the login is', [review('carol-gh')], ['carol@corp'], {}],
    ['counts for nothing unless the policy says so', [review('alice-gh')], [], { policy }],
    ['of a bot counts for nothing', [review('alice-gh', { type: 'Bot' })], [], {}],
    ['at another commit counts for nothing', [review('alice-gh', { commit: 'c'.repeat(40) })], [], {}],
    ['of somebody else counts for nothing', [review('eve')], [], {}],
    ['of the author counts for nothing', [review('alice-gh')], [], { author: 'Alice-GH' }],
    ['of a pull request without author counts for nothing', [review('alice-gh')], [], { author: undefined }],
    ['that was dismissed counts for nothing', [review('alice-gh', { state: 'DISMISSED' })], [], {}],
    ['that changes were asked for after counts for nothing', [review('alice-gh'), review('alice-gh', { state: 'CHANGES_REQUESTED' })], [], {}],
    ['with a comment after it counts', [review('alice-gh'), review('alice-gh', { state: 'COMMENTED' })], ['alice@corp'], {}],
    ['given twice counts once', [review('alice-gh'), review('Alice-gh')], ['alice@corp'], {}],
    ['that is too old counts for nothing', [review('alice-gh', { at: '2026-11-01T11:00:00Z' })], [], {}],
    ['without a time counts for nothing', [{ ...review('alice-gh'), submitted_at: undefined }], [], {}],
  ] as const) {
    it(what, () => {
      assert.deepEqual(counted(reviews, options), expected);
    });
  }

  it('are read by calls that GitHub describes, and not at all when none counts', async () => {
    const example = firstOf(calls.reviews);
    const github = new DescribedGithub(baseUrl, token, { [calls.reviews]: () => ({ status: 200, body: [{ ...example, user: userOf('alice-gh'), commit_id: head, state: 'APPROVED', submitted_at: '2026-11-29T11:00:00Z' }] }) });
    const question = { repository: { owner: 'acme', name: 'shop' }, pull: { number: 7, user: { login: 'bo-gh', type: 'User' } }, head, now };
    assert.deepEqual(await readApprovals({ baseUrl, token, fetch: github.fetch }, { ...question, policy: counting }), [{ principal: 'alice@corp', login: 'alice-gh', at: '2026-11-29T11:00:00Z' }]);
    assert.deepEqual(await readApprovals({ baseUrl, token, fetch: github.fetch }, { ...question, policy }), []);
    assert.equal(github.sent.length, 1);
  });
});

describe('the address of a remote', () => {
  for (const [url, told] of [
    ['https://github.com/acme/shop.git', 'github.com acme shop'],
    ['https://user:secret@github.com/acme/shop', 'github.com acme shop'],
    ['git@github.com:acme/shop.git', 'github.com acme shop'],
    ['ssh://git@GHE.example.org:2222/acme/my.shop.git', 'ghe.example.org acme my.shop'],
    ['/srv/git/shop.git', undefined],
    ['C:/acme/shop', undefined],
    ['https://github.com/acme/../shop', undefined],
    ['https://github.com/acme/..', undefined],
    ['file:///acme/shop', undefined],
  ] as const) {
    it(`${url} is ${told ?? 'none of a forge'}`, () => {
      const place = parseRemoteUrl(url);
      assert.equal(place && `${place.host} ${place.owner} ${place.name}`, told);
    });
  }
});
