import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { announcing, answersOnTopic, askOnTopic } from '../support/askedOnTopic.ts';
import { DescribedGithub } from '../support/githubApi.ts';
import { type GithubServer, serveGithub } from '../support/githubServer.ts';

const [refusedToken, givenToken] = ['ghp_refused', 'ghp_given'];

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
    git('commit', '--quiet', '--allow-empty', '--message=Start');
    const extension = vscode.extensions.getExtension('firebreak.firebreak');
    id = askOnTopic(folder, { cli: path.join(extension?.extensionPath ?? '', 'dist/cli.js'), env: { ELECTRON_RUN_AS_NODE: '1' } });
    ({ server, github } = await serveGithub((apiUrl) => new DescribedGithub(apiUrl, refusedToken, answersOnTopic(() => isRefused))));
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
      assert.deepEqual(sent.slice(0, 5).map(({ call }) => call), Object.values(announcing));
      assert.match((sent[3]?.body as { body: string }).body, /We need it[^]*delete-many-unfiltered/);
      assert.deepEqual(sent[4]?.body, { reviewers: ['alice-gh'] });
    } finally {
      Object.assign(vscode.window, { showInputBox });
    }
  });
});
