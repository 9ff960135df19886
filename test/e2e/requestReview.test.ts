import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { focusEditor, goToLineEnd, openFile, openSample, runCommand, type Sample } from './harness.ts';

/** Of the sample's src/environment.ts with the demo assistant's clean-up. */
const lastLine = 48;

describe('A review requested with keys', () => {
  let sample: Sample;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: sample.workspace, encoding: 'utf8' }).trim();
  const lens = (text: string): Locator => sample.page.locator('.codelens-decoration', { hasText: text }).first();
  /** Between the line of the deletion and the one above it, where its row is. */
  const gap = async () => {
    const [above, line] = await Promise.all(['StackName) continue', 'DeleteStackCommand({'].map((text) => sample.page.locator('.view-line', { hasText: text }).first().boundingBox()));
    return (line?.y ?? 0) - (above?.y ?? 0);
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await sample.page.keyboard.press(key);
  };

  before(async () => {
    sample = await openSample();
    for (const who of ['Alice <alice@corp>', 'Carol <carol@corp>', 'Alice <alice@corp>']) git('commit', '--quiet', '--allow-empty', `--author=${who}`, '--message=Work');
  });
  after(() => sample.close());

  it('marks what the assistant wrote, and says what it would destroy', async () => {
    await openFile(sample.page, 'src/environment.ts');
    await sample.screenshot('1-before');
    await runCommand(sample.page, 'Demo Assistant: Clean up environments');
    await sample.page.locator('.tab.active.dirty').waitFor();
    await goToLineEnd(sample.page, lastLine);
    await lens('Critical · deletes the CloudFormation').waitFor();
    await lens('Request Senior Review').waitFor();
    await sample.page.locator('.statusbar-item', { hasText: '1 risky' }).waitFor();
    await sample.page.locator('.squiggly-error').first().waitFor();
    await sample.screenshot('2-finding');
  });

  it('counts in the status bar, which opens the list', async () => {
    const item = sample.page.locator('.statusbar-item', { hasText: '1 risky' });
    await item.hover();
    await sample.page.locator('.workbench-hover', { hasText: 'in the text that an AI wrote or deleted' }).waitFor();
    await sample.screenshot('3-status');
    await item.click();
    const row = sample.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'Deletes the CloudFormation stack' });
    await row.waitFor();
    await sample.screenshot('4-view');
    await row.click();
    await sample.page.locator('.statusbar-item', { hasText: 'Ln 44, Col 31' }).waitFor();
    await focusEditor(sample.page);
  });

  it('explains the finding', async () => {
    await press('Control+K', 'Control+I');
    await sample.page.locator('.monaco-hover', { hasText: 'Instead:' }).first().waitFor();
    await sample.screenshot('5-hover');
    await press('Escape', 'Control+.');
    await sample.page.locator('.action-widget', { hasText: 'Request senior review' }).waitFor();
    await sample.screenshot('6-lamp');
    await press('Escape');
  });

  it('asks who should look and why, and writes the request', async () => {
    await focusEditor(sample.page);
    const room = await gap();
    await runCommand(sample.page, 'Firebreak: Request Senior Review');
    const rows = sample.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'alice@corp' }).waitFor();
    await sample.screenshot('7-reviewers');
    await press('ArrowDown', 'Space', 'Enter');
    await sample.page.locator('.quick-input-widget', { hasText: 'This asks alice@corp to look at the finding' }).waitFor();
    await press('Enter');
    await sample.page.locator('.quick-input-widget', { hasText: 'please write one' }).waitFor();
    await sample.screenshot('8-no-reason');
    await sample.page.keyboard.type('Old environments cost 400 a month; they are made again right after.');
    await sample.screenshot('9-reason');
    const before = { head: git('rev-parse', 'HEAD'), status: git('status', '--porcelain'), index: git('ls-files', '--stage') };
    await press('Enter');
    await lens('Review requested from alice@corp').waitFor();
    assert.equal(await gap(), room, 'the text moved when the words of its lens changed');
    await sample.screenshot('10-requested');
    const [ref = ''] = git('for-each-ref', '--format=%(refname)', 'refs/firebreak/requests').split('\n');
    const request = JSON.parse(git('show', `${ref}:request.json`)) as Record<string, unknown>;
    assert.deepEqual(request.reviewers, ['alice@corp']);
    assert.match(git('show', `${String(request.head)}:src/environment.ts`), /cleanUpEnvironments/);
    assert.deepEqual({ head: git('rev-parse', 'HEAD'), status: git('status', '--porcelain'), index: git('ls-files', '--stage') }, before);
  });

  it('tells that it is done, and shows the request', async () => {
    // VS Code keeps messages in their list while it is driven by a program.
    await runCommand(sample.page, 'Notifications: Show Notifications');
    const button = sample.page.locator('.monaco-button', { hasText: 'Show Request' });
    await button.waitFor();
    await sample.screenshot('11-message');
    await button.click();
    await sample.page.locator('.view-lines', { hasText: 'Old environments cost' }).waitFor();
    await sample.screenshot('12-request');
  });

  it('shows hostile names as they are written, in a hover with our links alone', async () => {
    const name = "'$(zap)](command:workbench.action.terminal.new) <img src=x> **b** http://evil.example `c` \\u202e'";
    const code = `import { CloudFormation } from '@aws-sdk/client-cloudformation';\nconst client = new CloudFormation({});\nawait client.deleteStack({ StackName: ${name} });\n`;
    writeFileSync(path.join(sample.workspace, 'src/hostile.ts'), code);
    await openFile(sample.page, 'src/hostile.ts');
    await press('Control+A');
    await runCommand(sample.page, 'Firebreak: Mark Selection as AI-Written');
    await lens('Critical').locator('a').first().click();
    const hover = sample.page.locator('.monaco-hover', { hasText: 'Instead:' }).first();
    await hover.waitFor();
    await sample.screenshot('13-hostile');
    const links = await Promise.all((await hover.locator('a').all()).map((link) => link.getAttribute('data-href')));
    const named = links.flatMap((link) => (link === null ? [] : [link.replace(/[?].*/, '').replace('%2C', ',').replace(/^https:.*[/]rules[/]|^[\w-]+:.*[/](?=hostile)/, '')]));
    // The last leads to where the client is made.
    assert.deepEqual(new Set(named), new Set(['command:firebreak.requestReview', 'aws-sdk-delete.md', 'hostile.ts#L2,7']));
    assert.equal(await hover.locator('img').count(), 0);
    assert.match((await hover.textContent()) ?? '', /<img src=x> \*\*b\*\*/);
    await press('Escape');
  });

  it('sees a safeguard taken away', async () => {
    await openFile(sample.page, 'infra/main.tf');
    await runCommand(sample.page, 'Demo Assistant: Loosen the database');
    await sample.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await lens('prevent_destroy').waitFor();
    await lens('Request Senior Review').waitFor();
    await sample.screenshot('14-safeguard');
    await runCommand(sample.page, 'Firebreak: Request Senior Review');
    await sample.page.locator('.quick-input-list .monaco-list-row', { hasText: 'infra/main.tf' }).first().waitFor();
    await sample.screenshot('15-several-findings');
    await press('Escape');
  });

  it('says in the lens that a review was requested, also where the focus leaves the text before VS Code asks for its words', async function () {
    // What was requested once is known to the second try.
    this.retries(0);
    await runCommand(sample.page, 'File: Save All');
    await sample.page.locator('.tab.dirty').first().waitFor({ state: 'hidden' });
    await runCommand(sample.page, 'Firebreak: Focus on Reviews View');
    await openFile(sample.page, 'infra/main.tf');
    await lens('Request Senior Review').waitFor();
    execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'request', '--all', '--reviewer', 'carol@corp', '--reason', 'Both at once'], { cwd: sample.workspace });
    await runCommand(sample.page, 'Firebreak: Refresh Reviews');
    const text = sample.page.locator('.editor-group-container.active .monaco-editor').first().locator('.native-edit-context, textarea').first();
    const row = sample.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'Both at once' }).first();
    // Until what is said was said for sure: VS Code waits for a quarter of a second after it.
    for (let rounds = 0; rounds < 10; rounds = (await row.isVisible()) ? rounds + 1 : 0) {
      await text.focus();
      await text.blur();
    }
    await lens('Review requested from carol@corp').waitFor({ timeout: 20_000 });
    await sample.screenshot('16-left');
  });

  it('says so too in a file that was not in sight, and that the focus leaves as soon as it is', async function () {
    this.retries(0);
    const { page } = sample;
    await openFile(page, 'src/report.ts');
    execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'request', '--all', '--reviewer', 'dave@corp', '--reason', 'Once more'], { cwd: sample.workspace });
    await runCommand(page, 'Firebreak: Focus on Reviews View');
    await runCommand(page, 'Firebreak: Refresh Reviews');
    await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'Once more' }).first().waitFor();
    await page.locator('.tab', { hasText: 'main.tf' }).click();
    const text = page.locator('.editor-group-container.active .monaco-editor').first().locator('.native-edit-context, textarea').first();
    // For longer than VS Code waits.
    for (const end = Date.now() + 800; Date.now() < end; ) {
      await text.focus();
      await text.blur();
    }
    await lens('Review requested from dave@corp').waitFor({ timeout: 20_000 });
    await sample.screenshot('17-came-in-sight');
  });
});
