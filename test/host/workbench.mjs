// The workbench of a running server: its URL, and the page in a headless browser.
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from './browser.mjs';

const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The address that opens a folder (or a .code-workspace file) with extensions under development. */
export function workbenchUrl(server, { folder, extensions = [], testsPath, openFile }) {
  const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${encodeURI(path.resolve(file))}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...server.payload,
  ];
  if (extensions.length > 0) payload.push(['extensionDevelopmentPath', remote(gather(extensions, server.folder))]);
  if (openFile) payload.push(['openFile', remote(openFile)]);
  if (testsPath) payload.push(['extensionTestsPath', remote(testsPath)]);
  const url = new URL(server.origin);
  url.searchParams.set('tkn', server.token);
  if (!folder) url.searchParams.set('ew', 'true');
  else url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(folder));
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/**
 * The workbench takes the last of several extensionDevelopmentPath and forgets the others, but accepts a folder that
 * holds several extensions.
 */
function gather(extensions, folder) {
  if (extensions.length === 1) return extensions[0];
  const development = path.join(folder, 'development');
  mkdirSync(development, { recursive: true });
  for (const [index, extension] of extensions.entries()) {
    symlinkSync(path.resolve(extension), path.join(development, `${index}-${path.basename(extension)}`));
  }
  return development;
}

/**
 * Starts the browser with a profile inside the server's temporary folder.
 * @returns its context and a page that shows nothing yet, so that the caller can listen before it opens the workbench
 */
export async function openBrowser(server, { viewport = { width: 1400, height: 900 }, log } = {}) {
  const { chromium } = await import('playwright-core');
  const context = await chromium.launchPersistentContext(path.join(server.folder, 'browser'), {
    executablePath: await ensureBrowser({ log }),
    artifactsDir: path.join(server.folder, 'artifacts'),
    args: browserArgs,
    env: { ...process.env, TMPDIR: server.folder },
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport,
  });
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}
