// Opens the sample workspace in VS Code, and drives it with real keys.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { makeSample } from '../../scripts/sample.mjs';
import { launch } from '../host/host.mjs';

const root = process.cwd();
const open = new Set<Sample>();

// A picture of what a failed test saw.
afterEach(async function () {
  const test = this.currentTest;
  if (test?.state !== 'failed') return;
  for (const sample of open) await sample.screenshot(`failed ${test.fullTitle()}`.replace(/\W+/g, '-'));
});

export interface Sample {
  page: Page;
  /** The folder of the sample's git repository. */
  workspace: string;
  /** Writes out/screenshots/<name>.png. */
  screenshot: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

export interface SampleOptions {
  settings?: Record<string, unknown>;
  machineSettings?: Record<string, unknown>;
  trusts?: boolean;
  /** Has extensions run beside Firebreak that do what others do at the same places. */
  neighbours?: boolean;
  /** Changes the sample before it is opened. @returns what is opened in its place, if anything */
  prepare?: (workspace: string) => string | undefined;
}

/** VS Code with Firebreak and the demo assistant on a fresh sample. The proposed API is absent, as for any user. */
export async function openSample({ settings = {}, machineSettings = {}, trusts = true, neighbours = false, prepare }: SampleOptions = {}): Promise<Sample> {
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'firebreak-sample-'));
  await makeSample(workspace);
  const folder = prepare?.(workspace) ?? workspace;
  const extensions = [root, path.join(root, 'examples/demo-assistant'), ...(neighbours ? [path.join(root, 'test/neighbours')] : [])];
  const workbench = await launch({ folder, extensions, settings, machineSettings, trusts });
  // A busy machine takes a while for what an idle one does at once.
  workbench.page.setDefaultTimeout(60_000);
  const sample: Sample = {
    page: workbench.page,
    workspace,
    screenshot: (name) => workbench.screenshot(path.join(root, 'out/screenshots', `${name}.png`)),
    async close() {
      open.delete(sample);
      await workbench.stop();
      rmSync(workspace, { recursive: true, force: true });
    },
  };
  open.add(sample);
  await untilStarted(workbench.page);
  return sample;
}

/** The demo assistant shows itself once the extension host runs. */
export async function untilStarted(page: Page): Promise<void> {
  await page.locator('.statusbar-item', { hasText: 'Demo Assistant' }).waitFor({ timeout: 60_000 });
}

/** Opens a file of the workspace by Ctrl+P. */
export async function openFile(page: Page, file: string): Promise<void> {
  await pickByKeys(page, 'Control+P', file, page.locator('.quick-input-list .monaco-list-row.focused', { hasText: path.basename(file) }));
  await page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).waitFor();
  await focusEditor(page);
}

/** Runs a command by its title in the palette, e.g. `Firebreak: Request Senior Review`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await pickByKeys(page, 'F1', `>${title}`, page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first());
}

/** Puts the cursor at the end of a line, counted from 1. */
export async function goToLineEnd(page: Page, line: number): Promise<void> {
  await pickByKeys(page, 'Control+G', `:${line}`, undefined);
  await page.keyboard.press('End');
}

/** Keys go to the page's focus, which a notification or a view may have taken. */
export async function focusEditor(page: Page): Promise<void> {
  const editor = page.locator('.editor-group-container.active .monaco-editor').first();
  await editor.locator('.native-edit-context, textarea').first().focus();
}

/** Of the sample's src/environment.ts: the demo assistant suggests its clean-up below. */
const promptLine = 39;

/** Begins a new line where the demo assistant suggests its clean-up in grey. */
export async function enterForSuggestion(page: Page): Promise<Locator> {
  await openFile(page, 'src/environment.ts');
  await goToLineEnd(page, promptLine);
  await focusEditor(page);
  const grey = page.locator('[class*="ghost-text"]').first();
  await page.keyboard.press('Enter');
  // VS Code now and then asks nobody after Enter; a person then begins the line again.
  for (let round = 0; round < 3; round++) {
    const isThere = await grey.waitFor({ timeout: 10_000 }).then(() => true, () => false);
    if (isThere) return grey;
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
  }
  await grey.waitFor();
  return grey;
}

/** Opens a quick input by its key, types into it, waits for the wanted row, and takes the first. */
async function pickByKeys(page: Page, key: string, text: string, row: Locator | undefined): Promise<void> {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await page.bringToFront();
  // What was asked for before may come only now, and take the focus, which closes the input.
  for (let round = 0; ; round++) {
    if (!(await input.isVisible())) await page.keyboard.press(key);
    const isFilled = await input.fill(text, { timeout: 10_000 }).then(() => true, () => false);
    if (isFilled) await row?.waitFor();
    // Where what was asked for before took the focus meanwhile, Enter would write into the text.
    if (isFilled && (await input.evaluate((element: { readonly ownerDocument: { readonly activeElement: unknown } }) => element === element.ownerDocument.activeElement))) break;
    if (round === 3) throw new Error(`no input to type ${text} into, after ${key} four times`);
  }
  const asked = await input.getAttribute('aria-label');
  await page.keyboard.press('Enter');
  // A command may ask for something in its turn, in the same input.
  await page.locator(`.quick-input-widget .quick-input-box input[aria-label=${JSON.stringify(asked)}]`).waitFor({ state: 'hidden' });
}
