// Which VS Code the integration tests run in.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultVersion, oldestVersion, prepareHost } from '../../test/host/host.mjs';
import { downloadDesktop, hasDisplay } from '../desktop.mjs';
import { root } from './node.mjs';

/**
 * @param isOldest takes the oldest that package.json's engines.vscode admits, for which VSCODE_TEST_OLDEST_EXECUTABLE counts
 * @returns `{ host: 'desktop' | 'server', executable, version? }`, `version` being that of the server. Throws when there is no VS Code to test in.
 */
export async function chooseVsCode(log, { isOldest = false } = {}) {
  const variable = isOldest ? 'VSCODE_TEST_OLDEST_EXECUTABLE' : 'VSCODE_TEST_EXECUTABLE';
  const named = process.env[variable];
  if (named) {
    if (!existsSync(named)) throw new Error(`${variable} names ${named}, which does not exist.`);
    log(`The tests run in the VS Code that ${variable} names: ${named}`);
    return { host: 'desktop', executable: path.resolve(named) };
  }
  const downloaded = hasDisplay() ? await downloadDesktop({ log, version: isOldest ? oldestOfEngines() : 'stable' }) : undefined;
  if (downloaded) {
    log(`The tests run in desktop VS Code: ${downloaded}`);
    return { host: 'desktop', executable: downloaded };
  }
  const why = hasDisplay() ? 'desktop VS Code cannot be downloaded here' : 'there is no display for desktop VS Code';
  log(`The tests run in the VS Code server of test/host: ${why}.`);
  const version = isOldest ? oldestVersion : defaultVersion;
  await prepareHost({ version, log });
  return { host: 'server', executable: path.join(root, 'test/host/code.mjs'), version };
}

function oldestOfEngines() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return engines.vscode.replace(/^\D+/, '');
}
