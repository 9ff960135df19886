// Which VS Code the integration tests run in.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { prepareHost } from '../../test/host/host.mjs';
import { downloadDesktop, hasDisplay } from '../desktop.mjs';
import { root } from './node.mjs';

/** @returns `{ host: 'desktop' | 'server', executable }`. Throws when there is no VS Code to test in. */
export async function chooseVsCode(log) {
  const named = process.env.VSCODE_TEST_EXECUTABLE;
  if (named) {
    if (!existsSync(named)) throw new Error(`VSCODE_TEST_EXECUTABLE names ${named}, which does not exist.`);
    log(`The tests run in the VS Code that VSCODE_TEST_EXECUTABLE names: ${named}`);
    return { host: 'desktop', executable: path.resolve(named) };
  }
  const downloaded = hasDisplay() ? await downloadDesktop({ log }) : undefined;
  if (downloaded) {
    log(`The tests run in desktop VS Code: ${downloaded}`);
    return { host: 'desktop', executable: downloaded };
  }
  const why = hasDisplay() ? 'desktop VS Code cannot be downloaded here' : 'there is no display for desktop VS Code';
  log(`The tests run in the VS Code server of test/host: ${why}.`);
  await prepareHost({ log });
  return { host: 'server', executable: path.join(root, 'test/host/code.mjs') };
}
