// Installs the packages that package-lock.json names, when node_modules is missing or differs from it.
// npm's own pre… scripts would do this, but they do not run where `ignore-scripts` is set.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { runNpm } from './npm.mjs';

const root = path.dirname(import.meta.dirname);

export async function install() {
  if (isInstalled()) return;
  const onWait = () => console.log('Waiting for another process that installs the packages of this folder.');
  await withLock(path.join(root, 'out/install.lock'), { onWait }, async () => {
    if (isInstalled()) return;
    console.log('Installing the packages of package-lock.json (npm ci, about 15 s).');
    await runNpm(['ci', '--ignore-scripts', '--include=dev'], { cwd: root });
  });
}

/** npm writes node_modules/.package-lock.json last, so an install that was killed half-way counts as missing. */
function isInstalled() {
  const record = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(path.join(root, 'package-lock.json'))).every(
    ([folder, wanted]) =>
      folder === '' || (installed[folder] ? installed[folder].version === wanted.version : wanted.optional === true),
  );
}

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

if (process.argv[1] === import.meta.filename) await install();
