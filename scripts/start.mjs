// `npm start`: opens VS Code with Firebreak and the demo assistant on a sample project.
// Usage: npm start [-- --host server|desktop] [--port N] [--keep]; the sample is made anew unless it is to be kept
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { downloadDesktop, findDesktop, hasDisplay } from './desktop.mjs';
import { cacheFolder } from './folders.mjs';
import { install } from './install.mjs';
import { makeSample } from './sample.mjs';

const root = path.dirname(import.meta.dirname);
const extensions = [root, path.join(root, 'examples/demo-assistant')];
const sample = path.join(cacheFolder, 'sample/tidepool');
const readme = path.join(sample, 'README.md');

try {
  await start(readOptions());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function start({ host, port, keep }) {
  await install();
  const { build } = await import('../esbuild.mjs');
  await build();
  if (!keep || !existsSync(sample)) {
    if (existsSync(sample)) console.log(`The sample project in ${sample} is made anew; npm start -- --keep leaves it as you left it.`);
    await makeSample(sample);
  }
  const desktop = host === 'server' ? undefined : await chooseDesktop();
  if (!desktop && host === 'desktop') {
    throw new Error('There is no desktop VS Code here: put `code` on PATH, or start with `npm start -- --host server`.');
  }
  await (desktop ? openDesktop(desktop) : serveInBrowser(port));
}

function readOptions() {
  const options = { host: { type: 'string' }, port: { type: 'string', default: '0' }, keep: { type: 'boolean' } };
  const { values } = parseArgs({ options });
  if (values.host && !['server', 'desktop'].includes(values.host)) {
    throw new Error(`--host is "server" or "desktop", not "${values.host}".`);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port is a number up to 65535, not "${values.port}".`);
  return { ...values, port };
}

async function chooseDesktop() {
  if (!hasDisplay()) return undefined;
  return findDesktop() ?? (await downloadDesktop());
}

/** Opens a window with a profile of its own, so that neither the newcomer's settings nor other extensions take part. */
async function openDesktop(executable) {
  const { quietSettings } = await import('../test/host/settings.mjs');
  const userData = path.join(cacheFolder, 'profile');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(quietSettings, undefined, 2));
  const args = [
    ...extensions.map((extension) => `--extensionDevelopmentPath=${extension}`),
    `--user-data-dir=${userData}`,
    `--extensions-dir=${path.join(cacheFolder, 'extensions')}`,
    '--wait',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    sample,
    readme,
  ];
  console.log(`Opening VS Code on ${sample}. Its README, which opens with it, says what to try. Close the window, or press Ctrl+C, to end.`);
  // Node starts a .cmd file only through a shell, which splits what is not quoted.
  const shell = executable.endsWith('.cmd');
  const child = spawn(shell ? `"${executable}"` : executable, shell ? args.map((arg) => `"${arg}"`) : args, { shell, stdio: 'inherit' });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

async function serveInBrowser(port) {
  const { serve } = await import('../test/host/host.mjs');
  const { url, gone } = await serve({ folder: sample, extensions, openFile: readme, port });
  console.log(`
VS Code runs with Firebreak on a sample project. Open it in a browser:

  ${url}

The project is in ${sample}; its README, which opens with it, says what to try. Ctrl+C ends VS Code.
`);
  await gone;
  throw new Error('The VS Code server ended by itself.');
}
