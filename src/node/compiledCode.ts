import { isAscii } from 'node:buffer';
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import { dist } from './dist.ts';

/** What a file exports, and how to keep what was compiled of it for the next process. */
export interface Compiled<Exports> {
  readonly exports: Exports;
  /** Whether V8 had nothing to take that was compiled before, and the next process can have it. */
  readonly isToBeKept: boolean;
  /** Does nothing when the next process could not start faster by it. */
  readonly keep: () => void;
}

/**
 * Loads a bundle of dist/later, which is built for it, as `require` would a module, and takes what V8 compiled of it before. Compiling is most of what it costs to load a large bundle. What is
 * kept lies beside the bundle and nowhere else: V8 runs it without asking where it came from, so that who can write it must be able to write the bundle.
 * @param use what the bundle is loaded for, in letters: what was compiled for one use is not what another needs, and is kept apart
 */
export function loadCompiled<Exports>(part: string, use = ''): Compiled<Exports> {
  const file = path.join(dist, 'later', `${part}.js`);
  const { size, mtimeMs } = statSync(file);
  const kind = `${part}${use === '' ? '' : `-${use}`}-${process.version}-${process.arch}-`;
  const cacheFile = path.join(dist, 'compiled', `${kind}${size}-${Math.trunc(mtimeMs)}`);
  const bytes = readFileSync(file);
  // A text of ASCII alone is taken as it is, a byte for a character: less to make, and half of it to keep.
  const source = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  const cachedData = readIfThere(cacheFile);
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  const module: { exports: unknown } = { exports: {} };
  const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, path.dirname(file));
  const isToBeKept = (cachedData === undefined || script.cachedDataRejected === true) && isWritable(path.dirname(cacheFile));
  return { exports: module.exports as Exports, isToBeKept, keep: () => { if (isToBeKept) replace(cacheFile, kind, script.createCachedData()); } }; // prettier-ignore
}

export function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

export function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** In place of all of a kind, whose names begin with that. At once, for others may be reading; a folder that cannot be written to costs time and nothing else. */
export function replace(file: string, kind: string, data: Buffer | string): void {
  const folder = path.dirname(file);
  const unfinished = `${file}.${process.pid}`;
  try {
    for (const other of readdirSync(folder)) if (other.startsWith(kind)) rmSync(path.join(folder, other), { force: true });
    writeFileSync(unfinished, data);
    renameSync(unfinished, file);
  } catch {
    // The next process compiles again.
  }
}
