import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { focusEditor, goToLineEnd, openFile, openSample, runCommand, type Sample } from './harness.ts';

/** Longer than what anybody types at a key; the call stands in its first line. */
const large = `rm -rf "/srv/shop"\n${Array.from({ length: 12 }, (_, index) => `echo "environment ${index} of the shop is gone"\n`).join('')}`;

/** Asks again and again until it is so. */
async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isSo()); await new Promise((resolve) => setTimeout(resolve, 50))) if (Date.now() > end) throw new Error(`waited a minute for ${what}`);
}

describe('What a person says and asks for, by keys and mouse', () => {
  let sample: Sample;
  const lens = (text: string): Locator => sample.page.locator('.codelens-decoration', { hasText: text }).first();
  const link = (text: string): Locator => sample.page.locator('.codelens-decoration a', { hasText: text }).first();
  const quickInput = (text: string): Locator => sample.page.locator('.quick-input-widget', { hasText: text }).first();

  before(async () => {
    sample = await openSample({
      prepare(workspace) {
        for (const name of ['mine', 'ai']) writeFileSync(path.join(workspace, `scripts/${name}.sh`), '#!/bin/sh\n');
        writeFileSync(path.join(workspace, 'scripts/marked.sh'), `#!/bin/sh\nrm -rf "/srv/shop"\n`);
        return undefined;
      },
      // A dialog of the system's own takes no keys of ours.
      settings: { 'files.simpleDialog.enable': true },
    });
  });
  after(() => sample.close());

  for (const [answer, file, counts] of [['This is mine', 'scripts/mine.sh', false], ['This is AI', 'scripts/ai.sh', true]] as const) {
    it(`takes "${answer}" above a large paste for an answer`, async () => {
      const { page } = sample;
      await openFile(page, file);
      await goToLineEnd(page, 2);
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(large)})`);
      await focusEditor(page);
      await page.keyboard.press('Control+V');
      await lens('Nobody said who wrote this').waitFor();
      await lens('removes `/srv/shop`').waitFor();
      // What a narrow window cuts is the question.
      const said = await lens('Nobody said who wrote this').innerText();
      assert.match(said, /Request Senior Review.*Nobody said who wrote this/s);
      await sample.screenshot(`60-${path.basename(file, '.sh')}`);
      await link(answer).click();
      await lens('Nobody said who wrote this').waitFor({ state: 'hidden' });
      await lens('removes `/srv/shop`').waitFor({ state: counts ? 'visible' : 'hidden' });
    });
  }

  it('counts a selection as an AI\'s, and as the person\'s again', async () => {
    const { page } = sample;
    await openFile(page, 'scripts/marked.sh');
    await page.keyboard.press('Control+A');
    await runCommand(page, 'Firebreak: Mark Selection as AI-Written');
    await lens('removes `/srv/shop`').waitFor();
    await focusEditor(page);
    await page.keyboard.press('Control+A');
    await runCommand(page, 'Firebreak: Mark Selection as Mine');
    await lens('removes `/srv/shop`').waitFor({ state: 'hidden' });
  });

  it('verifies the reviews, and shows what that came to', async () => {
    const { page } = sample;
    await runCommand(page, 'Firebreak: Verify Reviews');
    await page.locator('.panel .view-line', { hasText: path.basename(sample.workspace) }).first().waitFor();
    await sample.screenshot('61-verified');
  });

  it('exports the audit in the form and to the place that is picked', async () => {
    const { page } = sample;
    await runCommand(page, 'Firebreak: Export Audit…');
    await quickInput('Export the audit as').waitFor();
    await page.keyboard.type('CSV');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'CSV' }).first().waitFor();
    await page.keyboard.press('Enter');
    await quickInput('Export Audit').waitFor();
    await until('the place', async () => (await page.locator('.quick-input-box input').inputValue()).endsWith('firebreak-audit.csv'));
    await page.keyboard.press('Enter');
    const file = path.join(sample.workspace, 'firebreak-audit.csv');
    await until('the file', () => existsSync(file) && readFileSync(file, 'utf8') !== '');
    const head = readFileSync(file, 'utf8').split('\n')[0] ?? '';
    rmSync(file);
    assert.match(head, /^kind,at,who,/);
    await runCommand(page, 'Notifications: Show Notifications');
    await page.locator('.notification-list-item', { hasText: 'The audit was written to firebreak-audit.csv' }).first().waitFor();
    await runCommand(page, 'Notifications: Clear All Notifications');
  });

  it('opens the sample in a window of its own', async () => {
    const { page } = sample;
    const opened = page.context().waitForEvent('page');
    await runCommand(page, 'Firebreak: Open the Sample');
    const window = await opened;
    await window.locator('.explorer-folders-view .monaco-list-row', { hasText: 'src' }).first().waitFor();
    assert.match(await window.title(), /tidepool/);
    await window.close();
  });
});
