import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { enterForSuggestion, focusEditor, openFile, openSample, type Sample } from './harness.ts';

describe('AI text carried by keys', () => {
  let sample: Sample;
  const lens = (text: string): Locator => sample.page.locator('.codelens-decoration', { hasText: text });
  const stackLens = () => lens('Critical · deletes the CloudFormation').first();

  before(async () => {
    sample = await openSample();
  });
  after(() => sample.close());

  it('is one AI text where Ctrl+Right took its first word and Tab the rest', async () => {
    const { page } = sample;
    const grey = await enterForSuggestion(page);
    await page.keyboard.press('Control+ArrowRight');
    // Suggested anew, without the word.
    await page.locator('[class*="ghost-text"]', { hasText: 'async' }).first().waitFor();
    await page.locator('.view-line', { hasText: /^export/ }).last().waitFor();
    await page.keyboard.press('Tab');
    await grey.waitFor({ state: 'hidden', timeout: 10_000 }).catch(async () => {
      // A Tab while it is asked for anew takes nothing, with or without Firebreak.
      await page.keyboard.press('Tab');
      await grey.waitFor({ state: 'hidden' });
    });
    await stackLens().waitFor();
    await lens('This is mine').waitFor({ state: 'hidden' });
    await sample.screenshot('25-word-then-tab');
  });

  it('stays an AI\'s when Ctrl+X and Ctrl+V bring it to another file', async () => {
    const { page } = sample;
    // All of the file, a person's text too, which has a deletion of its own.
    await focusEditor(page);
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+X');
    await stackLens().waitFor({ state: 'hidden' });
    await openFile(page, 'src/report.ts');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+V');
    await stackLens().waitFor();
    await lens('This is mine').waitFor({ state: 'hidden' });
    assert.equal(await lens('deletes the CloudFormation').count(), 1);
    await sample.screenshot('26-carried');
  });

  it('is an AI\'s twice when Ctrl+C copies it, and gone when Ctrl+Z takes it back', async () => {
    const { page } = sample;
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    await openFile(page, 'src/environment.ts');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+V');
    await stackLens().waitFor();
    await page.keyboard.press('Control+Z');
    await stackLens().waitFor({ state: 'hidden' });
  });
});
