import { randomBytes } from 'node:crypto';
import { promises } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is done under a lock takes some ten milliseconds: one that stands so long was left by a killed process. */
const abandonedMs = 5000;
const pauseMs = 4;

/**
 * Does some work while no other process that names the same lock file does its own. A process that was suspended in the midst of its work can, rarely,
 * go on beside another: the work must end in one atomic step. Fails when others hold the lock for three times as long as it takes to be abandoned.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, abandonedAfterMs = abandonedMs): Promise<T> {
  const start = performance.now();
  let seen = { mark: '', at: start };
  while (!(await isTaken(file))) {
    const now = performance.now();
    const mark = await markOf(file);
    if (mark !== seen.mark) seen = { mark, at: now };
    else if (now - seen.at > abandonedAfterMs) await takeAway(file, mark);
    if (now - start > 3 * abandonedAfterMs) throw new Error(`another process holds ${file}; remove that file if there is none`);
    await sleep(pauseMs * (1 + Math.random()));
  }
  try {
    return await work();
  } finally {
    await promises.rm(file, { force: true });
  }
}

async function isTaken(file: string): Promise<boolean> {
  try {
    await (await promises.open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return false;
  }
}

/** Tells one lock from the next: no clock is asked, since clocks of machines that share a disk differ and can be set back. */
async function markOf(file: string): Promise<string> {
  const found = await promises.stat(file).catch(nothingIfAbsent);
  return found === undefined ? '' : `${found.ino} ${found.mtimeMs}`;
}

async function takeAway(file: string, mark: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  if ((await promises.rename(file, aside).then(() => true, nothingIfAbsent)) === undefined) return;
  // Somebody else may have taken the abandoned one away first, and this be a fresh one: it goes back.
  if ((await markOf(aside)) !== mark) await promises.link(aside, file).catch(() => undefined);
  await promises.rm(aside, { force: true });
}

function nothingIfAbsent(error: unknown): undefined {
  if (!isCode(error, 'ENOENT')) throw error;
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
