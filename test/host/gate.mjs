// Restores VS Code's gate before the proposed API.
//
// code-server patches VS Code so that every extension has every proposed API. Tests would then pass on an API that no
// user has. The ordinary rule: an extension has a proposal if its package.json declares it AND VS Code was started
// with `--enable-proposed-api <its id>` (as an extension under development or not).
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const name = '[\\w$]+';

/** `isProposedApiEnabled(extension, proposal)`: it stands right before the function that throws where it is false. */
const isEnabled = {
  files: [
    'server-main.js',
    'vs/code/browser/workbench/workbench.js',
    'vs/workbench/api/node/extensionHostProcess.js',
    'vs/workbench/api/worker/extensionHostWorkerMain.js',
  ],
  open: new RegExp(
    `(function ${name}\\((${name}),(${name})\\)\\{)return!0` +
      `(\\}function ${name}\\(${name},${name}\\)\\{if\\(!${name}\\(${name},${name}\\)\\)throw new Error\\(\`Extension)`,
  ),
  gated: '$1return!!$2.enabledApiProposals&&$2.enabledApiProposals.includes($3)$4',
};

/** The workbench's "enabled for all extensions": true only for a bare `--enable-proposed-api` without ids. */
const isEnabledForAll = {
  files: ['vs/code/browser/workbench/workbench.js'],
  open: new RegExp(
    `((this\\.${name})=new Set\\(\\((${name})\\.extensionEnabledProposedApi\\?\\?\\[\\]\\)\\.map\\(${name}=>${name}\\.toKey\\(${name}\\)\\)\\)` +
      `[,;]this\\.${name}=)!0`,
  ),
  gated: '$1($2.size===0&&Array.isArray($3.extensionEnabledProposedApi))',
};

/** Edits the compiled files under `out` in place. Throws if one does not look as expected: tests on it would mean nothing. */
export function restoreGate(out) {
  for (const { files, open, gated } of [isEnabled, isEnabledForAll]) {
    for (const file of files) {
      const target = path.join(out, file);
      const before = readFileSync(target, 'utf8');
      const after = before.replace(open, gated);
      if (after === before || open.test(after)) {
        throw new Error(
          `The gate of the proposed API was not found in ${target}. This version of code-server differs from the ` +
            `known ones: adjust the patterns in test/host/gate.mjs.`,
        );
      }
      writeFileSync(target, after);
    }
  }
}
