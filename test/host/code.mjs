#!/usr/bin/env node
// The host with the command line of desktop VS Code, as @vscode/test-electron calls it:
//   runTests({ vscodeExecutablePath: 'test/host/code.mjs', … })
// Environment: FIREBREAK_HOST_VERSION (of code-server), FIREBREAK_HOST_TIMEOUT_MS, FIREBREAK_HOST_SCREENSHOT
// (a PNG file, written when the tests fail).
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runExtensionTests } from './host.mjs';

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
    extensionTestsPath: { type: 'string' },
    'enable-proposed-api': { type: 'string', multiple: true, default: [] },
    'user-data-dir': { type: 'string' },
  },
});

if (!values.extensionTestsPath) {
  console.error('test/host/code.mjs only runs tests: give it --extensionTestsPath=FILE. For an editor to use, run `npm start`.');
  process.exit(2);
}

// The page of a test run must not outlive the program that asked for it.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(1), 1000).unref();

const env = process.env;
process.exitCode = await runExtensionTests({
  folder: positionals[0],
  extensions: values.extensionDevelopmentPath,
  // As desktop VS Code does, take a path without its extension.
  testsPath: createRequire(import.meta.url).resolve(path.resolve(values.extensionTestsPath)),
  proposedApi: values['enable-proposed-api'],
  settings: userSettings(values['user-data-dir']),
  timeoutMs: env.FIREBREAK_HOST_TIMEOUT_MS && Number(env.FIREBREAK_HOST_TIMEOUT_MS),
  screenshot: env.FIREBREAK_HOST_SCREENSHOT,
});

function userSettings(userDataFolder) {
  const file = userDataFolder && path.join(userDataFolder, 'User/settings.json');
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
