import assert from 'node:assert/strict';
import path from 'node:path';
import { announcing, answersOnTopic, askOnTopic } from '../support/askedOnTopic.ts';
import { DescribedGithub, exampleOf } from '../support/githubApi.ts';
import { type AnswerOthers, type GithubServer, serveGithub } from '../support/githubServer.ts';
import { openSample, runCommand, type Sample } from './harness.ts';

const sessionToken = 'gho_session';

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
    ({ server, github } = await serveGithub((apiUrl) => new DescribedGithub(apiUrl, sessionToken, answersOnTopic()), signIn));
    sample = await openSample({
      settings: { 'github-enterprise.uri': new URL(server.apiUrl).origin },
      machineSettings: { 'firebreak.github.apiUrl': server.apiUrl },
      prepare(workspace) {
        askOnTopic(workspace, { cli: path.resolve('dist/cli.js') });
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
    assert.deepEqual(github.sent.map(({ call }) => call), Object.values(announcing));
  });
});
