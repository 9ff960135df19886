// One run of integration tests in VS Code, with a fresh sample workspace and user profile.
// Environment: FIREBREAK_TEST_STEP (whose bundled tests stand in the folder of that name below out/), FIREBREAK_TEST_EXECUTABLE (VS Code),
// FIREBREAK_TEST_HOST (its kind, for the tests), FIREBREAK_TEST_REPORTER (a file of mocha's), FIREBREAK_TEST_PROPOSED=1.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { quietSettings } from '../../test/host/settings.mjs';
import { temporaryFolder } from '../lifetime.mjs';
import { makeSample } from '../sample.mjs';
import { root } from './node.mjs';

const env = process.env;
const isProposed = env.FIREBREAK_TEST_PROPOSED === '1';
const { folder } = temporaryFolder();

const workspace = path.join(folder, 'workspace');
await makeSample(workspace);
// With folders in a list VS Code goes on where a test adds another one; with a single folder it would start its extensions anew.
const folders = path.join(folder, 'tests.code-workspace');
writeFileSync(folders, JSON.stringify({ folders: [{ path: 'workspace' }] }));
const userData = path.join(folder, 'user');
mkdirSync(path.join(userData, 'User'), { recursive: true });
writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(quietSettings));

const extension = isProposed ? makeProposedExtension() : root;
// Tests have the API of the extension in whose folder they stand: the proposed one too, only there.
const bundled = path.join(root, 'out', env.FIREBREAK_TEST_STEP);
const tests = isProposed ? path.join(extension, 'out/tests') : bundled;
if (isProposed) cpSync(bundled, tests, { recursive: true });

try {
  await runTests({
    vscodeExecutablePath: env.FIREBREAK_TEST_EXECUTABLE,
    extensionDevelopmentPath: extension,
    extensionTestsPath: path.join(tests, 'index.js'),
    launchArgs: [
      folders,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${path.join(folder, 'extensions')}`,
      ...(isProposed ? ['--enable-proposed-api=firebreak.firebreak'] : []),
    ],
  });
} catch (error) {
  if (!(error instanceof TestRunFailedError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** The extension as it ships, but declaring the proposed API: the Marketplace refuses a package that does. */
function makeProposedExtension() {
  const copy = path.join(root, 'out/extensions', env.FIREBREAK_TEST_STEP);
  rmSync(copy, { recursive: true, force: true });
  for (const part of ['dist', 'media'].filter((name) => existsSync(path.join(root, name)))) {
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  manifest.enabledApiProposals = ['textDocumentChangeReason'];
  writeFileSync(path.join(copy, 'package.json'), JSON.stringify(manifest, undefined, 2));
  return copy;
}
