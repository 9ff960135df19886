import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { focusEditor, openFile, openSample, runCommand, type Sample } from './harness.ts';

/** Of `firebreak blame --format json`. */
interface Blamed {
  readonly lines: readonly { readonly line: number; readonly evidence: string }[];
}

describe('Beside extensions that do what Copilot, GitLens, Error Lens, ESLint and Prettier do', () => {
  let sample: Sample;
  const shown = (text: string): Locator => sample.page.locator('.codelens-decoration:visible', { hasText: text });
  const status = (text: string): Locator => sample.page.locator('.statusbar-item', { hasText: text });
  const textOf = (file: string): string => readFileSync(path.join(sample.workspace, file), 'utf8');
  /** The lines that an AI wrote, and how that is known. */
  const aiLines = (file: string) => {
    const texts = textOf(file).split('\n');
    const { lines } = JSON.parse(execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'blame', '--format', 'json', file], { cwd: sample.workspace, stdio: 'pipe' }).toString()) as Blamed;
    return lines.map(({ line, evidence }) => `${evidence}: ${texts[line - 1] ?? ''}`);
  };
  const save = async () => {
    await sample.page.keyboard.press('Control+S');
    await sample.page.locator('.tab.active:not(.dirty)').waitFor();
  };

  before(async () => {
    const settings = { 'editor.defaultFormatter': 'firebreak-test.neighbours', 'editor.formatOnSave': true, 'editor.codeActionsOnSave': { 'source.fixAll': 'explicit' }, 'editor.quickSuggestions': { other: 'off' } };
    const prepare = (workspace: string): undefined => {
      writeFileSync(path.join(workspace, 'src/caches.ts'), "import { rm } from 'node:fs/promises';\n\n// purge the caches\n");
    };
    sample = await openSample({ neighbours: true, settings, prepare });
  });
  after(() => sample.close());

  it('shows its lens once in their row, and takes away only its own', async () => {
    const { page } = sample;
    await openFile(page, 'src/environment.ts');
    await runCommand(page, 'Demo Assistant: Clean up environments');
    await status('main, 1 of Firebreak, 2 of lint').waitFor();
    await runCommand(page, 'Firebreak: Next Risky Call');
    await shown('Critical · deletes the CloudFormation').filter({ hasText: '1 reference' }).waitFor();
    assert.equal(await shown('Critical · deletes the CloudFormation').count(), 1);
    await shown('You, 2 days ago').first().waitFor();
    await sample.screenshot('90-neighbours');
    await runCommand(page, 'Firebreak: Toggle Lenses');
    await shown('Critical').waitFor({ state: 'hidden' });
    assert.ok(await shown('1 reference').first().isVisible());
    await runCommand(page, 'Firebreak: Toggle Lenses');
    await shown('Critical · deletes the CloudFormation').waitFor();
  });

  it('tells in the same hover, and offers its fixes in the same list', async () => {
    const { page } = sample;
    await runCommand(page, 'Firebreak: Next Risky Call');
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    const hover = page.locator('.monaco-hover:visible').first();
    for (const told of ['You wrote line', 'This command is deprecated', 'confidence']) await hover.filter({ hasText: told }).waitFor();
    await page.keyboard.press('Escape');
    await focusEditor(page);
    await page.keyboard.press('Control+.');
    const offered = (title: string) => page.locator('.action-widget .monaco-list-row', { hasText: title });
    for (const title of ['Disable no-deprecated for this line', 'Request Senior Review', 'Suppress']) await offered(title).first().waitFor();
    await sample.screenshot('91-neighbours-fixes');
    await offered('Disable no-deprecated for this line').first().hover({ force: true });
    await offered('Disable no-deprecated for this line').first().click();
    await page.locator('.view-line', { hasText: 'lint-disable-next-line' }).waitFor();
    await shown('Critical · deletes the CloudFormation').filter({ hasText: '1 reference' }).waitFor();
    await page.keyboard.press('Control+Z');
    await page.locator('.view-line', { hasText: 'lint-disable-next-line' }).waitFor({ state: 'hidden' });
  });

  it('knows whose text it is when it is fixed and set anew on save', async () => {
    await focusEditor(sample.page);
    await save();
    const text = textOf('src/environment.ts');
    assert.match(text, /^ {4}CreateStackCommand,$/m);
    assert.match(text, /"eu-west-1"/);
    // What the demo assistant wrote, and nothing else of what the formatter and the fix touched.
    const written = text.slice(text.indexOf('export async function cleanUpEnvironments')).trimEnd().split('\n');
    assert.deepEqual(aiLines('src/environment.ts'), written.map((line) => `reported: ${line}`));
    await shown('Critical · deletes the CloudFormation').filter({ hasText: '1 reference' }).waitFor();
    await status('main, 1 of Firebreak, 2 of lint').waitFor();
  });

  it("sees the word and the line that are accepted of another's suggestion", async () => {
    const { page } = sample;
    await openFile(page, 'src/caches.ts');
    await page.keyboard.press('Control+End');
    const grey = page.locator('[class*="ghost-text"]').first();
    // VS Code asks who suggests when somebody types.
    await page.keyboard.type('e');
    await grey.waitFor();
    await page.keyboard.press('Control+ArrowRight');
    await status('Ln 4, Col 7').waitFor();
    await sample.screenshot('92-neighbours-word');
    // An older VS Code takes no line break along.
    await page.keyboard.press('Control+Alt+ArrowRight');
    await status('Ln 5, Col 1').waitFor();
    await sample.screenshot('93-neighbours-line');
    await grey.waitFor();
    await page.keyboard.press('Tab');
    await grey.waitFor({ state: 'hidden' });
    await shown('High · removes').waitFor();
    await save();
    assert.deepEqual(aiLines('src/caches.ts'), ['export async function purgeCaches(): Promise<void> {', "    await rm('/srv/caches', { recursive: true });", '}'].map((line) => `observed: ${line}`));
    await sample.screenshot('94-neighbours-accepted');
  });
});
