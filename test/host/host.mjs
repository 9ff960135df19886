// The project's own VS Code: a VS Code server with its workbench in a headless browser.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { ensureBrowser } from './browser.mjs';
import { defaultVersion, installServer, isSupported, oldestVersion } from './install.mjs';
import { startServer } from './server.mjs';
import { openBrowser, workbenchUrl } from './workbench.mjs';

export { defaultVersion, isSupported, oldestVersion };

/** Installs what the host needs, so that later starts are quick. */
export async function prepareHost({ version, log } = {}) {
  await Promise.all([installServer({ version, log }), ensureBrowser({ log })]);
}

/** A server without a browser, for a person to open. @returns `{ url, port, stop, gone }` */
export async function serve({ folder, extensions, openFile, ...options }) {
  const server = await startServer(options);
  return { url: workbenchUrl(server, { folder, extensions, openFile }), port: server.port, stop: server.stop, gone: server.gone };
}

/** Opens the workbench to be driven by its page. @returns `{ page, context, url, screenshot, stop }` */
export async function launch({ folder, extensions, viewport, ...options }) {
  const server = await startServer(options);
  const stopping = [server.stop];
  const stop = async () => {
    for (const end of stopping.splice(0).reverse()) await end();
  };
  try {
    const { context, page } = await openBrowser(server, { viewport, log: options.log });
    stopping.push(() => context.close());
    const url = workbenchUrl(server, { folder, extensions });
    await page.goto(url);
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    return { page, context, url, stop, screenshot: (file) => takeScreenshot(page, file) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Runs a test entry (a CommonJS module that exports `run()`) inside the extension host.
 * @returns its exit code; 124 when it did not end in time, 70 when the page crashed
 */
export async function runExtensionTests({ folder, extensions, testsPath, timeoutMs = 900_000, screenshot, ...options }) {
  const server = await startServer(options);
  let context;
  try {
    const opened = await openBrowser(server, { log: options.log });
    const { page } = opened;
    context = opened.context;
    const ended = endOfTests(page, timeoutMs);
    await page.exposeFunction('codeAutomationLog', printLog);
    await page.goto(workbenchUrl(server, { folder, extensions, testsPath }));
    const { code, why } = await ended;
    if (why) console.error(`${why}\n${server.output().slice(-3000)}`);
    if (code !== 0 && screenshot) await takeScreenshot(page, screenshot);
    return code;
  } finally {
    await context?.close();
    await server.stop();
  }
}

async function takeScreenshot(page, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
}

function endOfTests(page, timeoutMs) {
  return new Promise((resolve, reject) => {
    const seconds = timeoutMs / 1000;
    const timer = setTimeout(() => resolve({ code: 124, why: `The tests did not end within ${seconds} s.` }), timeoutMs);
    const end = (result) => {
      clearTimeout(timer);
      resolve(result);
    };
    page.on('crash', () => end({ code: 70, why: 'The page of the workbench crashed.' }));
    page.exposeFunction('codeAutomationExit', (code) => end({ code })).catch(reject);
  });
}

/** What the workbench says of itself. The rest of its console is the extension host's: mocha's report, console.log. */
const chatter = [
  /^%c/,
  /^\[(AgentHost|AccountPolicyGate|Service Worker|reconnection-grace-time)/,
  /^(Creating a socket|Resolv(ing|ed) connection token|Updating additional builtin|Creation of workbench contribution)/,
  /^(Timed out waiting for authentication|ChatSessionStore)|ENOTFOUND/,
  /^(Error: Could not locate the bindings file|Cannot find module .*watchdog)/,
];

function printLog(type, args) {
  const text = format(...args);
  if (chatter.some((pattern) => pattern.test(text))) return;
  const stream = type === 'error' ? process.stderr : process.stdout;
  stream.write(`${text}\n`);
}
