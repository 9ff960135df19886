import { execFileSync } from 'node:child_process';
import type { Locator } from 'playwright-core';
import { enterForSuggestion, openSample, runCommand, type Sample, untilStarted } from './harness.ts';

describe('A suggestion accepted with keys', () => {
  let sample: Sample;
  const lens = (text: string): Locator => sample.page.locator('.codelens-decoration', { hasText: text }).first();
  const row = (text: string): Locator => sample.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: text });

  before(async () => {
    sample = await openSample();
  });
  after(() => sample.close());

  it('appears in grey with Enter, and what Tab inserts is an AI\'s', async () => {
    const { page } = sample;
    const grey = await enterForSuggestion(page);
    await sample.screenshot('20-suggestion');
    await page.keyboard.press('Tab');
    await grey.waitFor({ state: 'hidden' });
    await lens('Critical · deletes the CloudFormation').waitFor();
    await page.locator('.statusbar-item', { hasText: '1 risky' }).waitFor();
    await sample.screenshot('21-accepted');
  });

  it('stays in the Findings view when the file is closed, and leads back to it', async () => {
    const { page } = sample;
    await page.keyboard.press('Control+S');
    await page.locator('.tab.active:not(.dirty)').waitFor();
    await runCommand(page, 'View: Close Editor');
    await page.locator('.tab').waitFor({ state: 'hidden' });
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('Deletes the CloudFormation stack').waitFor();
    await page.locator('.statusbar-item', { hasText: '1 risky' }).waitFor();
    await sample.screenshot('22-closed');
    await row('Deletes the CloudFormation stack').click();
    await lens('Critical · deletes the CloudFormation').waitFor();
    await runCommand(page, 'View: Close Editor');
    await page.locator('.tab').waitFor({ state: 'hidden' });
  });

  it('is in the Findings view of a new window, until the code goes', async () => {
    const { page } = sample;
    await page.reload();
    await untilStarted(page);
    // On a busy machine the page goes before it has noted that the tab was closed.
    await runCommand(page, 'View: Close All Editors');
    await page.locator('.tab').waitFor({ state: 'hidden' });
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('Deletes the CloudFormation stack').waitFor();
    await sample.screenshot('23-restarted');
    execFileSync('git', ['checkout', '--quiet', '--', 'src/environment.ts'], { cwd: sample.workspace });
    await row('Deletes the CloudFormation stack').waitFor({ state: 'hidden' });
    await sample.screenshot('24-gone');
  });
});
