// Finds a Chromium-like browser; on Debian as root installs the package `chromium` when there is none.
import os from 'node:os';
import path from 'node:path';
import { findProgram, isExecutable } from '../../scripts/folders.mjs';
import { needDebianPackage } from '../../scripts/testing/debian.mjs';

/** @returns the path of the browser's executable */
export function ensureBrowser({ log = console.log } = {}) {
  const missing = 'No browser found. Install Chromium, Chrome or Edge, or set CHROME_PATH to its executable.';
  return needDebianPackage('chromium', { find: findBrowser, missing, log });
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
