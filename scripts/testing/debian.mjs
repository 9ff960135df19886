// Debian packages that tests need: found, or installed where this process may.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../folders.mjs';
import { withLock } from '../lock.mjs';

/**
 * What a Debian package brings. As root on Debian it is installed when `find` does not find it; anywhere else that is an error, whose text is `missing`.
 * @returns what `find` returns
 */
export async function needDebianPackage(name, { find, missing, log }) {
  const found = find();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw new Error(missing);
  const onWait = () => log(`Waiting for another process that installs ${name}.`);
  return withLock(path.join(os.tmpdir(), `firebreak-${name}.lock`), { onWait }, async () => find() ?? install(name, { find, missing, log }));
}

/** The programs of OpenSSH that make keys and signatures and keep keys. @returns their paths */
export function needOpenSsh(log) {
  const programs = ['ssh-keygen', 'ssh-agent', 'ssh-add'];
  const find = () => {
    const paths = programs.map((program) => findProgram([program]));
    return paths.every(Boolean) ? paths : undefined;
  };
  const missing = `The tests of signatures need ${programs.join(', ')} on the PATH: install OpenSSH (on Debian and Ubuntu the package openssh-client).`;
  return needDebianPackage('openssh-client', { find, missing, log });
}

async function install(name, { find, missing, log }) {
  log(`Installing the Debian package ${name} (apt-get; once).`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', name]]) await aptGet(log, args, missing);
  const found = find();
  if (!found) throw new Error(`The Debian package ${name} is installed, but what it brings was not found. ${missing}`);
  return found;
}

async function aptGet(log, args, missing) {
  const deadline = Date.now() + 5 * 60_000;
  for (let waited = false; ; waited = true) {
    const { code, output } = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args]);
    if (code === 0) return;
    // apt waits for dpkg's lock when told so, but never for the lock of its package lists.
    const busy = /Could not get lock|Unable to acquire|Unable to lock/.test(output);
    if (!busy || Date.now() > deadline) throw new Error(`\`apt-get ${args.join(' ')}\` failed. ${missing}\n${output.trim()}`);
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
