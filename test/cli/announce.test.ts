import assert from 'node:assert/strict';
import { DescribedGithub, exampleOf } from '../support/githubApi.ts';
import { type GithubServer, serveGithub } from '../support/githubServer.ts';
import { risky, removeSandboxes, Sandbox } from './sandbox.ts';

const token = 'ghp_secretsecret';
const list = 'GET /repos/{owner}/{repo}/pulls';
const comments = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
const comment = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';

describe('firebreak announce', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let id: string;
  let server: GithubServer;
  let github: DescribedGithub;
  let apiUrl: string;
  before(async () => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', 'f();\n');
    sandbox.commitAll('Start');
    sandbox.git('switch', '--quiet', '--create', 'topic');
    sandbox.git('remote', 'add', 'origin', 'git@ghe.example.org:acme/shop.git');
    sandbox.write('a.ts', risky);
    id = /[0-9A-Z]{26}/.exec((await sandbox.run(['request', '--all', '--reason', 'We need it'])).stdout)?.[0] ?? '';
    const pull = (exampleOf(list, 200) as object[])[0] as { head: object };
    ({ server, github } = await serveGithub((url) => new DescribedGithub(url, token, {
      [list]: () => ({ status: 200, body: [{ ...pull, requested_teams: [], number: 7, head: { ...pull.head, ref: 'topic' } }] }),
      'GET /user': () => ({ status: 200, body: exampleOf('GET /user', 200) }),
      [comments]: () => ({ status: 200, body: [] }),
      [comment]: () => ({ status: 201, body: exampleOf(comment, 201) }),
    })));
    ({ apiUrl } = server);
  });
  after(() => {
    server.close();
    removeSandboxes();
  });

  const announce = (env: Record<string, string>, ...args: string[]) => sandbox.run(['announce', id, ...args], { env });

  it('says it on the pull request of the branch, and where', async () => {
    const { code, stdout, stderr } = await announce({ GITHUB_TOKEN: token }, '--api-url', apiUrl);
    assert.equal(stderr, '');
    assert.match(stdout, /^Announced: https:\/\/github\.com\//);
    assert.equal(code, 0);
    const [sent] = github.sent.filter(({ call }) => call === comment);
    assert.match((sent?.body as { body: string }).body, /We need it/);
  });
  it('takes the address of the API from the environment, as in GitHub Actions', async () => {
    assert.equal((await announce({ GITHUB_TOKEN: token, GITHUB_API_URL: apiUrl })).code, 0);
  });
  for (const [what, env, args, told] of [
    ['without a token', {}, [], /GITHUB_TOKEN is not set; put a token in it/],
    ['to a host that only the remote names', { GITHUB_TOKEN: token }, [], /the remote lies at ghe\.example\.org; say where its API is: --api-url https:\/\/ghe\.example\.org\/api\/v3/],
    ['without such a remote', { GITHUB_TOKEN: token }, ['--remote', 'other'], /there is no remote "other"; name one: --remote NAME/],
    ['to an address without encryption', { GITHUB_TOKEN: token }, ['--api-url', 'http://ghe.example.org'], /is no address of GitHub's API/],
    ['to nobody', { GITHUB_TOKEN: token }, ['--api-url', 'http://127.0.0.1:9/api'], /127\.0\.0\.1:9 could not be reached .*; try again when there is a network/],
  ] as const) {
    it(`announces nothing ${what}`, async () => {
      const { code, stdout, stderr } = await announce(env, ...args);
      assert.match(stderr, told);
      assert.equal(stderr.trim().split('\n').length, 1);
      assert.doesNotMatch(stdout + stderr, new RegExp(token));
      assert.equal(code, 2);
    });
  }
});
