// Finds a Chromium-like browser; on Debian as root installs the package `chromium` when there is none.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, isExecutable } from '../../scripts/folders.mjs';
import { withLock } from '../../scripts/lock.mjs';

/** @returns the path of the browser's executable */
export async function ensureBrowser({ log = console.log } = {}) {
  const found = findBrowser();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error('No browser found. Install Chromium, Chrome or Edge, or set CHROME_PATH to its executable.');
  }
  const onWait = () => log('Waiting for another process that installs Chromium.');
  return withLock(path.join(os.tmpdir(), 'firebreak-chromium.lock'), { onWait }, () => findBrowser() ?? installChromium(log));
}

/** @returns a path, or undefined */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which is no executable file. Correct it, or unset it to have one found.`);
  }
  if (process.platform === 'darwin') return appsOfMac().find(isExecutable);
  if (process.platform === 'win32') return programsOfWindows().find(isExecutable);
  const chrome = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const edge = ['microsoft-edge', 'microsoft-edge-stable'];
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];
  return findProgram([...chrome, ...edge], folders);
}

function appsOfMac() {
  const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
  const folders = ['/Applications', path.join(os.homedir(), 'Applications')];
  return folders.flatMap((folder) => apps.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`));
}

function programsOfWindows() {
  const { PROGRAMFILES, LOCALAPPDATA } = process.env;
  const folders = [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA].filter(Boolean);
  const programs = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
  programs.push('Microsoft/Edge/Application/msedge.exe');
  return folders.flatMap((folder) => programs.map((program) => path.join(folder, program)));
}

async function installChromium(log) {
  log('No browser found: installing the Debian package chromium (apt-get, about a minute; once).');
  await aptGet(log, ['update']);
  await aptGet(log, ['install', '-y', '--no-install-recommends', 'chromium']);
  const found = findBrowser();
  if (!found) throw new Error('The Debian package chromium is installed, but its browser was not found. Set CHROME_PATH.');
  return found;
}

async function aptGet(log, args) {
  const deadline = Date.now() + 5 * 60_000;
  for (let waited = false; ; waited = true) {
    const { code, output } = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args]);
    if (code === 0) return;
    // apt waits for dpkg's lock when told so, but never for the lock of its package lists.
    const busy = /Could not get lock|Unable to acquire|Unable to lock/.test(output);
    if (!busy || Date.now() > deadline) {
      throw new Error(`\`apt-get ${args.join(' ')}\` failed. Install Chromium by hand, or set CHROME_PATH.\n${output.trim()}`);
    }
    if (!waited) log('Waiting for another apt-get.');
    await sleep(2000);
  }
}

function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
