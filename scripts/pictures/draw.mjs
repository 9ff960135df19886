// Draws the pictures of media/ from the pages beside this file.
// Usage: node scripts/pictures/draw.mjs
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from '../install.mjs';

await install();
const { ensureBrowser } = await import('../../test/host/browser.mjs');
const { chromium } = await import('playwright-core');

const pictures = [
  { from: 'howItWorks.html', to: 'how-it-works.png', width: 1184, height: 600, scale: 1.5 },
  { from: 'icon.html', to: 'icon.png', width: 128, height: 128, scale: 1 },
];

const executablePath = await ensureBrowser({ log: console.log });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const { from, to, width, height, scale } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale });
    await page.goto(pathToFileURL(path.join(import.meta.dirname, from)).href);
    await page.locator('main').screenshot({ path: path.join(import.meta.dirname, '../../media', to), omitBackground: true });
    console.log(`media/${to}`);
  }
} finally {
  await browser.close();
}
