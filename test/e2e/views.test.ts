import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { focusEditor, goToLineEnd, openFile, openSample, runCommand, type Sample } from './harness.ts';

/** More than are scanned until somebody has pressed a button. */
const manyFiles = 1000;

/** Of the sample's src/environment.ts with the demo assistant's clean-up. */
const deletionLine = 44;

describe('The views and the lamp, by keys and mouse', () => {
  let sample: Sample;
  /** Another repository in the same workspace. */
  let second = '';
  const row = (text: string | RegExp): Locator => sample.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: text }).first();
  const lens = (text: string): Locator => sample.page.locator('.codelens-decoration', { hasText: text }).first();
  const lineNumber = async (text: string) => (await sample.page.locator('.view-line', { hasText: text }).first().boundingBox())?.y ?? 0;
  const takeFix = async (title: string) => {
    await focusEditor(sample.page);
    await sample.page.keyboard.press('Control+.');
    const offered = sample.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    // An older widget takes clicks once the mouse has moved.
    await offered.hover({ force: true });
    await offered.click();
  };

  before(async () => {
    sample = await openSample({
      prepare(workspace) {
        second = `${workspace}-jobs`;
        mkdirSync(second);
        writeFileSync(path.join(second, 'purge.sh'), '#!/bin/sh\nrm -rf /srv/data\n');
        const git = (...args: string[]) => execFileSync('git', args, { cwd: second });
        git('init', '--quiet', '--initial-branch=main');
        git('add', '--all');
        git('-c', 'user.name=T', '-c', 'user.email=t@example.org', 'commit', '--quiet', '--message=Start');
        const file = path.join(second, 'both.code-workspace');
        writeFileSync(file, JSON.stringify({ folders: [{ path: workspace }, { path: second, name: 'jobs' }] }));
        return file;
      },
    });
  });
  after(async () => {
    await sample.close();
    rmSync(second, { recursive: true, force: true });
  });

  it('say what to do where there is nothing', async () => {
    const { page } = sample;
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await page.locator('.welcome-view-content', { hasText: 'Firebreak found nothing risky' }).first().waitFor();
    for (const button of ['Scan Changes', 'Scan Workspace', 'Get Started']) await page.locator('.welcome-view-content .monaco-button', { hasText: button }).first().waitFor();
    await runCommand(page, 'Firebreak: Focus on AI Edits View');
    await page.locator('.welcome-view-content', { hasText: 'Firebreak knows of no text here that an AI wrote' }).first().waitFor();
    await sample.screenshot('30-empty');
  });

  it('show findings by repository and file, and by severity', async () => {
    const { page } = sample;
    await openFile(page, 'src/environment.ts');
    await runCommand(page, 'Demo Assistant: Clean up environments');
    await page.locator('.tab.active.dirty').waitFor();
    await runCommand(page, 'Demo Assistant: Loosen the database');
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('Deletes the CloudFormation stack').waitFor();
    await row('Takes away').waitFor();
    // In the AI Edits view its share stands there.
    await row(/^main\.tf\s*infra/).waitFor();
    assert.match((await row(path.basename(sample.workspace)).getAttribute('aria-label')) ?? '', /risky operations$/);
    assert.match((await row('Deletes the CloudFormation stack').getAttribute('aria-label')) ?? '', /^Critical: Deletes.*src\/environment\.ts, .*line 44, no review requested/);
    await sample.screenshot('31-by-file');
    await runCommand(page, 'Firebreak: Group Findings by Severity');
    await row(/^Critical/).waitFor();
    await row(/^High/).waitFor();
    await sample.screenshot('32-by-severity');
    await runCommand(page, 'Firebreak: Group Findings by File');
    await row(/^main\.tf\s*infra/).waitFor();
  });

  it('lead to the next and the previous risky call', async () => {
    const { page } = sample;
    await runCommand(page, 'Firebreak: Next Risky Call');
    const first = await page.locator('.tab.active').getAttribute('data-resource-name');
    for (let steps = 0; steps < 4 && (await page.locator('.tab.active').getAttribute('data-resource-name')) === first; steps++) await runCommand(page, 'Firebreak: Next Risky Call');
    assert.notEqual(await page.locator('.tab.active').getAttribute('data-resource-name'), first);
    await runCommand(page, 'Firebreak: Previous Risky Call');
    await page.locator(`.tab.active[data-resource-name="${first ?? ''}"]`).waitFor();
  });

  it('scan what nobody has open, and forget it again', async () => {
    const { page } = sample;
    await runCommand(page, 'Firebreak: Scan Workspace');
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('purge.sh').waitFor();
    assert.match((await row(/^jobs/).getAttribute('aria-label')) ?? '', /^jobs, 1 risky operation$/);
    await sample.screenshot('33-scanned');
    await runCommand(page, 'Firebreak: Clear Scan Results');
    await row('purge.sh').waitFor({ state: 'hidden' });
  });

  it('stop a scan where somebody cancels it, and keep what it found', async () => {
    const { page } = sample;
    mkdirSync(path.join(second, 'many'), { recursive: true });
    for (let file = 1; file <= manyFiles; file++) writeFileSync(path.join(second, `many/${file}.sh`), 'terraform destroy -auto-approve\n');
    await runCommand(page, 'Firebreak: Scan Workspace');
    await runCommand(page, 'Notifications: Show Notifications');
    const scan = page.locator('.notification-list-item', { hasText: /Scanning the workspace: \d+ of \d+: / }).first();
    await scan.waitFor();
    await row('many').waitFor();
    await sample.screenshot('33-scanning');
    await scan.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await scan.waitFor({ state: 'hidden' });
    const found = Number(/^jobs, (\d+) risky operations?$/.exec((await row(/^jobs/).getAttribute('aria-label')) ?? '')?.[1]);
    assert.ok(found > 0 && found < manyFiles, `${found} of ${manyFiles}`);
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'Firebreak: Clear Scan Results');
    await row(/^jobs/).waitFor({ state: 'hidden' });
    rmSync(path.join(second, 'many'), { recursive: true });
  });

  it('list what an AI wrote and deleted, with how that is known', async () => {
    const { page } = sample;
    await runCommand(page, 'Firebreak: Focus on AI Edits View');
    await row(/% AI/).waitFor();
    await page.locator('.pane', { hasText: 'AI Edits' }).locator('.monaco-list-row', { hasText: /^environment\.ts\s*\d+ % AI/ }).first().click();
    await row(/^40–47: reported\s*demo-assistant, export async function cleanUpEnvironments/).waitFor();
    await page.locator('.pane', { hasText: 'AI Edits' }).locator('.monaco-list-row', { hasText: /^main\.tf/ }).first().click();
    await row(/^\d+: deleted\s*reported, demo-assistant, /).waitFor();
    await sample.screenshot('34-ai-edits');
    await row(/^\d+: deleted\s*reported, demo-assistant, /).click();
    await page.locator('.tab.active[data-resource-name="main.tf"]').waitFor();
  });

  it('toggle the lenses, which takes their rows away', async () => {
    const { page } = sample;
    await openFile(page, 'src/environment.ts');
    await goToLineEnd(page, deletionLine + 4);
    await lens('Critical').waitFor();
    const withLens = await lineNumber('createEnvironment(stack.StackName)');
    await runCommand(page, 'Firebreak: Toggle Lenses');
    await lens('Critical').waitFor({ state: 'hidden' });
    await page.waitForTimeout(300);
    assert.ok((await lineNumber('createEnvironment(stack.StackName)')) < withLens);
    assert.equal(await page.locator('.codelens-decoration', { hasText: 'Request Senior Review' }).count(), 0);
    await sample.screenshot('35-no-lenses');
    await runCommand(page, 'Firebreak: Toggle Lenses');
    await lens('Critical').waitFor();
  });

  it('suppress with the reason that somebody types', async () => {
    const { page } = sample;
    await openFile(page, 'src/environment.ts');
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('Deletes the CloudFormation stack').click();
    await page.locator('.statusbar-item', { hasText: 'Ln 44, Col 31' }).waitFor();
    await takeFix('Suppress with a reason…');
    await page.locator('.quick-input-widget', { hasText: 'Why is this all right?' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget', { hasText: 'please write one' }).waitFor();
    await page.keyboard.type('the nightly job makes it again');
    await sample.screenshot('36-reason');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: '// firebreak-ignore aws-sdk-delete: the nightly job makes it again' }).waitFor();
    await lens('Critical').waitFor({ state: 'hidden' });
    await sample.screenshot('37-suppressed');
    await focusEditor(page);
    await page.keyboard.press('Control+Z');
    await lens('Critical').waitFor();
  });

  const safer: readonly (readonly [what: string, file: string, text: string, fix: string, after: string])[] = [
    ['a final snapshot', 'scripts/orders.sh', 'aws rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot\n', 'Keep the final snapshot', '--final-db-snapshot-identifier orders-final'],
    ['a dry run', 'scripts/shop.sh', 'kubectl delete namespace shop\n', 'Only show what it would do', 'kubectl delete namespace shop --dry-run=client'],
    ['a condition', 'db/orders.sql', 'DELETE FROM orders;\n', 'Say which rows', 'DELETE FROM orders WHERE 1 = 0;'],
  ];
  for (const [what, file, text, fix, after] of safer) {
    it(`write ${what} where that is safer`, async () => {
      const { page } = sample;
      writeFileSync(path.join(sample.workspace, file), text);
      await openFile(page, file);
      await page.keyboard.press('Control+A');
      await runCommand(page, 'Firebreak: Mark Selection as AI-Written');
      await lens('Request Senior Review').waitFor();
      await goToLineEnd(page, 1);
      await takeFix(fix);
      await page.locator('.view-line', { hasText: after }).first().waitFor();
    });
  }

  it('put back what the AI removed, and change the severity in the policy', async () => {
    const { page } = sample;
    await openFile(page, 'infra/main.tf');
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('prevent_destroy').click();
    await page.locator('.tab.active[data-resource-name="main.tf"]').waitFor();
    await takeFix('Change the severity of');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'At Least Critical' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.tab.active[data-resource-name="policy.yml"]').waitFor();
    await sample.screenshot('38-severity');
    assert.match(readFileSync(path.join(sample.workspace, '.firebreak/policy.yml'), 'utf8'), /^version: 1\nrules:\n {2}[\w-]+: critical\n$/);
    await openFile(page, 'infra/main.tf');
    await runCommand(page, 'Firebreak: Focus on Findings View');
    await row('prevent_destroy').click();
    await page.locator('.tab.active[data-resource-name="main.tf"]').waitFor();
    await takeFix('Put back what the AI removed: takes away `prevent_destroy`');
    await page.locator('.view-line', { hasText: 'prevent_destroy = true' }).first().waitFor();
    await row('Takes away `deletion_protection`').waitFor();
    await row('Takes away `prevent_destroy`').waitFor({ state: 'hidden' });
    await sample.screenshot('39-put-back');
  });
});
