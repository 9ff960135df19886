import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { goToLineEnd, openFile, openSample, runCommand, type Sample } from './harness.ts';

describe('The walkthrough on the sample, by mouse', () => {
  let sample: Sample;
  const at = (file: string) => path.join(sample.workspace, file);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: sample.workspace, encoding: 'utf8' }).trim();
  const step = (title: string): Locator => sample.page.locator('.getting-started-step', { hasText: title }).first();
  /** Opens the walkthrough, its step, and presses the step's button. */
  const take = async (title: string, button: string) => {
    await runCommand(sample.page, 'Firebreak: Get Started');
    await step(title).waitFor();
    if (!((await step(title).getAttribute('class')) ?? '').includes('expanded')) await step(title).click();
    await step(title).locator('.monaco-button', { hasText: button }).first().click();
  };
  const isDone = async (title: string) => {
    if (!(await step(title).isVisible())) await runCommand(sample.page, 'Firebreak: Get Started');
    await sample.page.locator('.getting-started-step[aria-checked="true"]', { hasText: title }).first().waitFor();
  };

  before(async () => {
    sample = await openSample({
      prepare(workspace) {
        // Not one of whoever runs the tests.
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'robin', '-f', path.join(workspace, '.git/key')]);
        execFileSync('git', ['config', 'firebreak.signingKey', path.join(workspace, '.git/key')], { cwd: workspace });
        return undefined;
      },
    });
  });
  after(async () => {
    await sample.close();
  });

  it('begins with five steps', async () => {
    // Older ones take up an extension's walkthrough some seconds after the first one is asked for.
    for (let round = 0; round < 3 && !(await step('See a risky edit').isVisible()); round++) {
      await runCommand(sample.page, 'Firebreak: Get Started');
      await step('See a risky edit').waitFor({ timeout: 10_000 }).catch(() => undefined);
    }
    for (const title of ['See a risky edit', 'Set up your key', 'Write the policy', 'Install the gate', 'Request a review']) await step(title).waitFor();
    await sample.screenshot('50-walkthrough');
  });

  it('shows a risky edit', async () => {
    await take('See a risky edit', 'See a Risky Edit');
    await sample.page.locator('.tab.active.dirty[data-resource-name="environment.ts"]').waitFor();
    await sample.page.locator('.codelens-decoration', { hasText: 'Critical · deletes the CloudFormation' }).first().waitFor();
    await sample.screenshot('51-risky');
    await isDone('See a risky edit');
  });

  it('sets up a key, whose line it proposes', async () => {
    await take('Set up your key', 'Set Up Your Key');
    await sample.page.locator('.tab.active[data-resource-name="allowed_signers"]').waitFor();
    assert.match(readFileSync(at('.firebreak/allowed_signers'), 'utf8'), /^sam@example\.com .*\nrobin@example\.com namespaces="firebreak-decision-v1" ssh-/);
    await sample.screenshot('52-key');
  });

  it('writes a policy', async () => {
    await take('Write the policy', 'Write the Policy');
    await sample.page.locator('.tab.active[data-resource-name="policy.yml"]').waitFor();
    assert.match(readFileSync(at('.firebreak/policy.yml'), 'utf8'), /seniors:\n {2}- sam@example\.com/);
    await sample.screenshot('53-policy');
  });

  it('installs the gate', async () => {
    await take('Install the gate', 'Install the Gate');
    await isDone('Install the gate');
    for (const end = Date.now() + 20_000; !existsSync(at('.git/hooks/pre-push')) && Date.now() < end; ) await sample.page.waitForTimeout(100);
    assert.match(readFileSync(at('.git/hooks/pre-push'), 'utf8'), /firebreak/);
    await sample.screenshot('54-gate');
  });

  it('requests a review', async () => {
    const { page } = sample;
    await take('Request a review', 'Request Senior Review');
    // The policy of the steps before is part of the change, and a senior's to approve too.
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'environment.ts' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget input[placeholder^="Who should look"]').press('Enter');
    await page.locator('.quick-input-widget', { hasText: 'This asks any senior' }).waitFor();
    await page.locator('.quick-input-widget input[placeholder^="Why is this needed"]').fill('To see how it works');
    await page.keyboard.press('Enter');
    for (const end = Date.now() + 20_000; git('for-each-ref', 'refs/firebreak/requests') === '' && Date.now() < end; ) await page.waitForTimeout(100);
    assert.notEqual(git('for-each-ref', 'refs/firebreak/requests'), '');
    await isDone('Request a review');
    await sample.screenshot('55-requested');
  });

  it('leads on to an approval, as the README of the sample says', async () => {
    const { page } = sample;
    git('config', 'user.email', 'sam@example.com');
    git('config', 'firebreak.signingKey', '.git/senior-key');
    git('add', '.firebreak');
    git('commit', '--quiet', '--message=Say who decides', '.firebreak');
    await runCommand(page, 'Firebreak: Focus on Reviews View');
    await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'Needs Me' }).first().waitFor();
    await runCommand(page, 'Firebreak: Approve Review');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'To see how it works' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget', { hasText: 'What did you look at?' }).waitFor();
    await page.keyboard.type('At the call');
    await page.keyboard.press('Enter');
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Approve and Sign' }).click();
    await openFile(page, 'src/environment.ts');
    await goToLineEnd(page, 44);
    await page.locator('.codelens-decoration', { hasText: 'Approved by sam@example.com' }).first().waitFor();
    await sample.screenshot('56-approved');
  });
});
