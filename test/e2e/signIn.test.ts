import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DescribedGithub, exampleOf } from '../support/githubApi.ts';
import { type AnswerOthers, type GithubServer, serveGithub } from '../support/githubServer.ts';
import { openSample, runCommand, type Sample } from './harness.ts';

const policy = ['version: 1', 'targets: [refs/heads/main]', 'seniors: [alice@corp.example]', 'people: { alice@corp.example: { github: alice-gh } }', ''].join('\n');
const sessionToken = 'gho_session';
const calls = {
  pulls: 'GET /repos/{owner}/{repo}/pulls',
  comments: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  comment: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  ask: 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
} as const;

/** The device flow, as GitHub's documentation on authorizing OAuth apps tells of it. */
const signIn: AnswerOthers = ({ url, headers }, origin) => {
  if (url.startsWith('/login/device/code')) return { device_code: 'device', user_code: 'FIRE-BREAK', verification_uri: `${origin}/login/device`, expires_in: 900, interval: 1 };
  if (url.startsWith('/login/oauth/access_token')) return { access_token: sessionToken, token_type: 'bearer', scope: 'repo' };
  // VS Code asks by `token`, Firebreak by `Bearer`.
  return headers.authorization?.startsWith('Bearer ') === true ? undefined : exampleOf('GET /user', 200);
};

describe('A review announced with the sign-in of VS Code', () => {
  let sample: Sample;
  let server: GithubServer;
  let github: DescribedGithub;

  before(async () => {
    const pull = (exampleOf(calls.pulls, 200) as object[])[0] as { head: object };
    ({ server, github } = await serveGithub((apiUrl) => new DescribedGithub(apiUrl, sessionToken, {
      [calls.pulls]: () => ({ status: 200, body: [{ ...pull, requested_teams: [], number: 7, head: { ...pull.head, ref: 'topic' } }] }),
      'GET /user': () => ({ status: 200, body: exampleOf('GET /user', 200) }),
      [calls.comments]: () => ({ status: 200, body: [] }),
      [calls.comment]: () => ({ status: 201, body: exampleOf(calls.comment, 201) }),
      [calls.ask]: () => ({ status: 201, body: { ...(exampleOf(calls.ask, 201) as object), requested_teams: [] } }),
    }), signIn));
    sample = await openSample({
      settings: { 'github-enterprise.uri': new URL(server.apiUrl).origin },
      machineSettings: { 'firebreak.github.apiUrl': server.apiUrl },
      prepare(workspace) {
        const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace });
        mkdirSync(path.join(workspace, '.firebreak'));
        writeFileSync(path.join(workspace, '.firebreak/policy.yml'), policy);
        git('add', '--all');
        git('commit', '--quiet', '--message=Say who decides');
        git('remote', 'add', 'origin', 'git@ghe.example.org:acme/shop.git');
        git('update-ref', 'refs/remotes/origin/main', 'HEAD');
        git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
        git('switch', '--quiet', '--create', 'topic');
        writeFileSync(path.join(workspace, 'a.ts'), 'await db.user.deleteMany({});\n');
        git('add', '--all');
        git('commit', '--quiet', '--message=Delete users');
        execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'request', '--all', '--reason', 'We need it', '--reviewer', 'alice@corp.example', '--no-push'], { cwd: workspace });
        return undefined;
      },
    });
  });
  after(async () => {
    await sample.close();
    server.close();
  });

  it('asks for consent once, and comments with the token of the session', async () => {
    const { page } = sample;
    const dialog = (text: RegExp) => page.locator('.monaco-dialog-box', { hasText: text });
    await runCommand(page, 'Firebreak: Focus on Reviews View');
    await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'We need it' }).first().click({ button: 'right' });
    // A menu takes no click right after it opened.
    await page.locator('.action-label', { hasText: 'Announce Review on the Pull Request' }).first().hover();
    await page.keyboard.press('Enter');
    await dialog(/'Firebreak' wants to sign in using 127\.0\.0\.1/).waitFor();
    await sample.screenshot('61-consent');
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await dialog(/FIRE-BREAK/).waitFor();
    await sample.screenshot('62-code');
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: /^Copy/ }).click();
    // There a person would enter the code.
    await (await opened).close();
    // VS Code shows no notification by itself to a window that lost the focus.
    const told = page.locator('.notification-list-item', { hasText: 'Announced on pull request #7. Asked: alice-gh.' });
    for (const end = Date.now() + 60_000; Date.now() < end && !(await told.isVisible()); ) {
      await runCommand(page, 'Notifications: Show Notifications');
      await told.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await told.waitFor();
    await sample.screenshot('63-announced');
    assert.deepEqual(github.sent.map(({ call }) => call), [calls.pulls, 'GET /user', calls.comments, calls.comment, calls.ask]);
  });
});
