// What must not outlive this process: child processes and temporary folders.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './lock.mjs';

const endings = new Set();
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Runs `ending` when this process ends for any reason but SIGKILL. It must be synchronous. @returns takes it back */
export function atEnd(ending) {
  if (endings.size === 0) listen();
  endings.add(ending);
  return () => endings.delete(ending);
}

const listen = once(() => {
  process.on('exit', () => {
    for (const ending of endings) ending();
  });
  for (const [signal, number] of Object.entries(signals)) process.on(signal, () => process.exit(128 + number));
});

function once(action) {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}

/** Ends a child that was started as the leader of its own process group, with all its descendants. */
export function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * A folder for this process alone. The name is short: paths of Unix sockets end at about 107 characters.
 * @returns its path and a function that removes it
 */
export function temporaryFolder() {
  removeAbandoned();
  const folder = mkdtempSync(path.join(os.tmpdir(), `fb-${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  const takeBack = atEnd(remove);
  return {
    folder,
    remove() {
      takeBack();
      remove();
    },
  };
}

/** Removes what a process left that was ended by SIGKILL. */
function removeAbandoned() {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = /^fb-(\d+)-\w{6}$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}
