import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { focusEditor, openFile, openSample, runCommand, type Sample } from './harness.ts';

describe('A workspace that nobody trusts', () => {
  let sample: Sample;
  const row = (text: string): Locator => sample.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: text }).first();
  const status = (text: string): Locator => sample.page.locator('.statusbar-item', { hasText: text });
  const lens = (text: string): Locator => sample.page.locator('.codelens-decoration', { hasText: text }).first();
  const traces = () => (existsSync(path.join(sample.workspace, '..', `${path.basename(sample.workspace)}.ran`)) ? readFileSync(path.join(sample.workspace, '..', `${path.basename(sample.workspace)}.ran`), 'utf8') : '');

  before(async () => {
    sample = await openSample({
      trusts: false,
      prepare(workspace) {
        // Whatever git is asked here, one of these programs is run and leaves its trace.
        const trap = path.join(workspace, '.git/trap');
        writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> '${workspace}.ran'\ncat\n`);
        chmodSync(trap, 0o755);
        const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace });
        mkdirSync(path.join(workspace, '.firebreak'), { recursive: true });
        writeFileSync(path.join(workspace, '.firebreak/policy.yml'), 'version: 1\nrules: { aws-sdk-delete: off }\n');
        writeFileSync(path.join(workspace, 'scripts/purge.sh'), '#!/bin/sh\nrm -rf /srv/data\n');
        git('add', '--all');
        git('commit', '--quiet', '--message=Turn the rule off');
        for (const name of ['core.fsmonitor', 'core.sshCommand', 'diff.external', 'filter.trap.clean', 'filter.trap.smudge', 'filter.trap.process', 'core.pager', 'gpg.program']) git('config', name, trap);
        writeFileSync(path.join(workspace, '.git/info/attributes'), '* filter=trap\n');
        return undefined;
      },
    });
  });
  after(() => sample.close());

  it('is told in the status bar and in the views, before anything is found', async () => {
    await status('checks only').waitFor();
    await runCommand(sample.page, 'Firebreak: Focus on Findings View');
    await sample.page.locator('.welcome-view-content', { hasText: 'This workspace is not trusted, so Firebreak only checks' }).first().waitFor();
    await sample.screenshot('40-untrusted');
  });

  it('is checked all the same, without the policy that it brings', async () => {
    const { page } = sample;
    await openFile(page, 'src/environment.ts');
    await page.keyboard.press('Control+A');
    await runCommand(page, 'Firebreak: Mark Selection as AI-Written');
    await runCommand(page, 'Firebreak: See a Risky Edit');
    await lens('Critical').waitFor();
    await status('risky, checks only').waitFor();
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('Deletes the CloudFormation stack').waitFor();
    await sample.screenshot('41-untrusted-finding');
  });

  it('is scanned without git', async () => {
    await runCommand(sample.page, 'Firebreak: Scan Workspace');
    await row('purge.sh').waitFor();
    await sample.screenshot('42-untrusted-scan');
  });

  it('has nothing requested, set up or written, and says why', async () => {
    const { page } = sample;
    for (const command of ['Write the Policy', 'Install the Gate', 'Set Up Your Key']) await runCommand(page, `Firebreak: ${command}`);
    await runCommand(page, 'Notifications: Show Notifications');
    for (const what of ['The policy was not written', 'The gate was not installed', 'The key was not set up']) {
      await page.locator('.notification-list-item', { hasText: `${what}: nothing is written to the repository of a workspace that you do not trust` }).waitFor();
    }
    await sample.screenshot('43-untrusted-refused');
    await runCommand(page, 'Notifications: Clear All Notifications');
    assert.equal(existsSync(path.join(sample.workspace, '.git/hooks/pre-push')), false);
    assert.equal(existsSync(path.join(sample.workspace, '.git/firebreak')), false);
  });

  it('had not one program of its configuration run', () => {
    assert.equal(traces(), '');
  });

  it('goes by its policy, and keeps what it knows, once it is trusted', async () => {
    const { page } = sample;
    const git = (...args: string[]) => execFileSync('git', args, { cwd: sample.workspace });
    for (const name of ['core.fsmonitor', 'core.sshCommand', 'diff.external', 'filter.trap.clean', 'filter.trap.smudge', 'filter.trap.process', 'core.pager', 'gpg.program']) git('config', '--unset', name);
    await runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
    await status('checks only').waitFor({ state: 'hidden' });
    await openFile(page, 'src/environment.ts');
    await focusEditor(page);
    await lens('Critical').waitFor({ state: 'hidden' });
    await sample.screenshot('44-trusted');
  });
});
