import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { DescribedGithub, exampleOf } from '../support/githubApi.ts';
import { type GithubServer, serveGithub } from '../support/githubServer.ts';

const [refusedToken, givenToken] = ['ghp_refused', 'ghp_given'];
const calls = {
  pulls: 'GET /repos/{owner}/{repo}/pulls',
  comments: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  comment: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  ask: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
} as const;
const policy = ['version: 1', 'targets: [refs/heads/main]', 'seniors: [alice@corp.example]', 'people: { alice@corp.example: { github: alice-gh } }', ''].join('\n');

describe('Announce Review on the Pull Request', () => {
  let folder = '';
  let server: GithubServer;
  let github: DescribedGithub;
  let isRefused = false;
  let id = '';
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const configure = (apiUrl: string | undefined) => vscode.workspace.getConfiguration().update('firebreak.github.apiUrl', apiUrl, vscode.ConfigurationTarget.Global);
  const announce = () => vscode.commands.executeCommand<string | undefined>('firebreak.announceReview', { root: folder, id });

  before(async () => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'fb-pull-')));
    git('init', '--quiet', '--initial-branch=main');
    for (const [key, value] of [['user.name', 'robin'], ['user.email', 'robin@example.com'], ['commit.gpgsign', 'false']] as const) git('config', key, value);
    mkdirSync(path.join(folder, '.firebreak'));
    writeFileSync(path.join(folder, '.firebreak/policy.yml'), policy);
    git('add', '--all');
    git('commit', '--quiet', '--message=Start');
    git('remote', 'add', 'origin', 'git@ghe.example.org:acme/shop.git');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    git('switch', '--quiet', '--create', 'topic');
    writeFileSync(path.join(folder, 'a.ts'), 'await db.user.deleteMany({});\n');
    git('add', '--all');
    git('commit', '--quiet', '--message=Delete users');
    const extension = vscode.extensions.getExtension('firebreak.firebreak');
    const told = execFileSync(process.execPath, [path.join(extension?.extensionPath ?? '', 'dist/cli.js'), 'request', '--all', '--reason', 'We need it', '--reviewer', 'alice@corp.example', '--no-push'], { cwd: folder, encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    id = /[0-9A-Z]{26}/.exec(told)?.[0] ?? '';
    const pull = (exampleOf(calls.pulls, 200) as object[])[0] as { head: object };
    ({ server, github } = await serveGithub((apiUrl) => new DescribedGithub(apiUrl, refusedToken, {
      [calls.pulls]: () => (isRefused ? { status: 401, body: { message: 'Bad credentials' } } : { status: 200, body: [{ ...pull, requested_teams: [], number: 7, head: { ...pull.head, ref: 'topic' } }] }),
      'GET /user': () => ({ status: 200, body: exampleOf('GET /user', 200) }),
      [calls.comments]: () => ({ status: 200, body: [] }),
      [calls.comment]: () => ({ status: 201, body: exampleOf(calls.comment, 201) }),
      [calls.ask]: () => ({ status: 201, body: { ...(exampleOf(calls.ask, 201) as object), requested_teams: [] } }),
    })));
  });
  after(async () => {
    await configure(undefined);
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends no token to a host that only the remote names', async () => {
    assert.equal(await announce(), undefined);
    assert.deepEqual(github.sent, []);
  });

  it('asks for a token where VS Code has no sign-in, keeps it, and forgets one that is refused', async () => {
    await configure(server.apiUrl);
    let asked = 0;
    let answer = refusedToken;
    const { showInputBox } = vscode.window;
    Object.assign(vscode.window, {
      showInputBox: (options: vscode.InputBoxOptions) => {
        asked++;
        assert.equal(options.password, true);
        return Promise.resolve(answer);
      },
    });
    try {
      [github.token, isRefused] = [refusedToken, true];
      assert.equal(await announce(), undefined);
      [github.token, isRefused, answer] = [givenToken, false, givenToken];
      for (let times = 0; times < 2; times++) assert.ok(await announce());
      assert.equal(asked, 2);
      const [, ...sent] = github.sent;
      assert.deepEqual(sent.slice(0, 5).map(({ call }) => call), [calls.pulls, 'GET /user', calls.comments, calls.comment, calls.ask]);
      assert.match((sent[3]?.body as { body: string }).body, /We need it[^]*delete-many-unfiltered/);
      assert.deepEqual(sent[4]?.body, { reviewers: ['alice-gh'] });
    } finally {
      Object.assign(vscode.window, { showInputBox });
    }
  });
});
