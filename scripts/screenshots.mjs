// `npm run screenshots`: takes the picture of the README, media/screenshot.png, of the extension as it is built now.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { install } from './install.mjs';
import { temporaryFolder } from './lifetime.mjs';

await install();
const { build } = await import('../esbuild.mjs');
const { launch } = await import('../test/host/host.mjs');
const { makeSample } = await import('./sample.mjs');

const root = path.dirname(import.meta.dirname);
const { folder } = temporaryFolder();
const workspace = path.join(folder, 'tidepool');
const settings = {
  'breadcrumbs.enabled': false,
  'editor.fontSize': 15,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'window.commandCenter': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.layoutControl.enabled': false,
};

await build();
makeSample(workspace);
const extensions = [root, path.join(root, 'examples/demo-assistant')];
const { page, screenshot, stop } = await launch({ folder: workspace, extensions, settings, viewport: { width: 1400, height: 800 } });
try {
  await page.locator('.statusbar-item', { hasText: 'Demo Assistant' }).waitFor({ timeout: 60_000 });
  await pick('Control+P', 'src/environment.ts', 'environment.ts');
  await pick('F1', '>Demo Assistant: Clean up environments', 'Clean up environments');
  await page.locator('.tab.active.dirty', { hasText: 'environment.ts' }).waitFor();
  await pick('Control+P', 'infra/main.tf', 'main.tf');
  await pick('F1', '>Demo Assistant: Loosen the database', 'Loosen the database');
  await page.locator('.squiggly-warning').first().waitFor();
  await pick('Control+P', 'src/environment.ts', 'environment.ts');
  await pick('F1', '>Firebreak: Focus on Findings View', 'Focus on Findings View');
  await page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row', { hasText: 'CloudFormation' }).click();
  await page.locator('.codelens-decoration', { hasText: 'Critical' }).first().waitFor();
  // The pointer would leave a hover, and the language service still colours names.
  await page.mouse.move(700, 790);
  await page.waitForTimeout(3000);
  await screenshot(path.join(root, 'media/screenshot.png'));
  console.log('media/screenshot.png');
} finally {
  await stop();
  rmSync(workspace, { recursive: true, force: true });
}

async function pick(key, text, row) {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await page.keyboard.press(key);
  await input.waitFor();
  await input.fill(text);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().waitFor();
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}
