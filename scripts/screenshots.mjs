// `npm run screenshots`: pictures of the extension as it is built now, in dark, light and high contrast, 1400 and 900 px wide, into out/pictures with a page that says what each has to show;
// and the picture of the README, media/screenshot.png.
// Usage: npm run screenshots [-- THEME|WIDTH…], e.g. npm run screenshots -- light 900
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { install } from './install.mjs';
import { temporaryFolder } from './lifetime.mjs';
import { scenes } from './pictures/scenes.mjs';

await install();
const { build } = await import('../esbuild.mjs');
const { launch } = await import('../test/host/host.mjs');
const { makeSample } = await import('./sample.mjs');

const root = path.dirname(import.meta.dirname);
const pictures = path.join(root, 'out/pictures');
const themes = [
  { name: 'dark', theme: 'Default Dark Modern' },
  { name: 'light', theme: 'Default Light Modern' },
  { name: 'contrast', theme: 'Default High Contrast' },
];
const widths = [1400, 900];
const { folder } = temporaryFolder();

await build();
mkdirSync(pictures, { recursive: true });
const wanted = new Set(process.argv.slice(2));
/** What is named of a kind, or all of it. */
const chosen = (all, nameOf) => (all.some((each) => wanted.has(nameOf(each))) ? all.filter((each) => wanted.has(nameOf(each))) : all);
for (const { name, theme } of chosen(themes, ({ name }) => name)) {
  for (const width of chosen(widths, String)) await takeAll(name, theme, width);
}
const rows = themes.flatMap(({ name }) => widths.flatMap((width) => scenes.map((scene) => `- ![](${name}-${width}-${scene.name}.png) \`${name}-${width}-${scene.name}.png\`: ${scene.look}`)));
writeFileSync(path.join(pictures, 'README.md'), `# What each picture has to show\n\n${rows.join('\n')}\n`);
console.log('out/pictures/README.md');

async function takeAll(name, theme, width) {
  const workspace = path.join(folder, `${name}-${width}`, 'tidepool');
  await makeSample(workspace);
  const extensions = [root, path.join(root, 'examples/demo-assistant')];
  const { page, screenshot, stop } = await launch({ folder: workspace, extensions, settings: settingsFor(theme, width), viewport: { width, height: 800 } });
  page.setDefaultTimeout(60_000);
  const run = (program, args) => execFileSync(program, args, { cwd: workspace, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  const shown = {
    page,
    workspace,
    git: (...args) => run('git', args).trim(),
    firebreak: (...args) => run(process.execPath, [path.join(root, 'dist/cli.js'), ...args]),
    command: (title) => pick(page, 'F1', `>${title}`, title.replace(/^[^:]*: /, '')),
    open: (file) => pick(page, 'Control+P', file, path.basename(file), '.focused'),
    // The pointer would leave a hover, and the language service still colours names.
    settle: async () => {
      await page.mouse.move(width / 2, 740);
      await page.waitForTimeout(1500);
    },
  };
  try {
    await page.locator('.statusbar-item', { hasText: 'Demo Assistant' }).waitFor({ timeout: 60_000 });
    for (const scene of scenes) {
      const file = path.join(pictures, `${name}-${width}-${scene.name}.png`);
      try {
        await scene.show(shown);
      } catch (error) {
        console.error(`${scene.name}: ${error.message}`);
        process.exitCode = 1;
      }
      await screenshot(file);
      console.log(path.relative(root, file));
      if (scene.name === 'finding' && name === 'dark' && width === 1400) await screenshot(path.join(root, 'media/screenshot.png'));
    }
  } finally {
    await stop();
    rmSync(workspace, { recursive: true, force: true });
  }
}

function settingsFor(theme, width) {
  return {
    'breadcrumbs.enabled': false,
    'editor.fontSize': width < 1000 ? 13 : 15,
    'editor.minimap.enabled': false,
    'editor.stickyScroll.enabled': false,
    'window.commandCenter': false,
    'workbench.colorTheme': theme,
    'workbench.layoutControl.enabled': false,
  };
}

/** @param state of the row that is waited for: a list of files shows others until it is sorted */
async function pick(page, key, text, row, state = '') {
  const input = page.locator('.quick-input-widget .quick-input-box input');
  // What was asked for before may come only now, and take the focus, which closes the input.
  for (let round = 0; ; round++) {
    if (!(await input.isVisible())) await page.keyboard.press(key);
    const isFilled = await input.fill(text, { timeout: 10_000 }).then(() => true, () => false);
    if (isFilled && (await isShown(page.locator(`.quick-input-list .monaco-list-row${state}`, { hasText: row }).first()))) break;
    if (round === 3) throw new Error(`nothing to pick for ${text}, after ${key} four times`);
  }
  const asked = await input.getAttribute('aria-label');
  await page.keyboard.press('Enter');
  // A command may ask for something in its turn, in the same input.
  await page.locator(`.quick-input-widget .quick-input-box input[aria-label=${JSON.stringify(asked)}]`).waitFor({ state: 'hidden' });
}

function isShown(locator) {
  return locator.waitFor({ timeout: 15_000 }).then(() => true, () => false);
}
