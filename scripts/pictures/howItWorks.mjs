// Draws media/how-it-works.png from the page beside this file.
// Usage: node scripts/pictures/howItWorks.mjs
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from '../install.mjs';

await install();
const { ensureBrowser } = await import('../../test/host/browser.mjs');
const { chromium } = await import('playwright-core');

const executablePath = await ensureBrowser({ log: console.log });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1184, height: 600 }, deviceScaleFactor: 1.5 });
  await page.goto(pathToFileURL(path.join(import.meta.dirname, 'howItWorks.html')).href);
  await page.locator('main').screenshot({ path: path.join(import.meta.dirname, '../../media/how-it-works.png') });
} finally {
  await browser.close();
}
