import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/** What a file exports, and how to keep what was compiled of it for the next process. */
export interface Compiled {
  readonly exports: unknown;
  /** Does nothing when the next process could not start faster by it. */
  readonly keep: () => void;
}

/**
 * Loads a CommonJS bundle as `require` would, and takes what V8 compiled of it from `cacheFile` when that is of this file
 * and this V8: V8 refuses any other. Compiling is most of what it costs to load a large bundle.
 */
export function loadCompiled(file: string, cacheFile: string): Compiled {
  // One byte for each character: the bundles are ASCII, and V8 then holds half as much.
  const source = readFileSync(file, 'latin1');
  const cachedData = readIfThere(cacheFile);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${source}\n});`, { filename: file, ...(cachedData && { cachedData }) });
  const module: { exports: unknown } = { exports: {} };
  const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, path.dirname(file));
  const isKept = cachedData !== undefined && script.cachedDataRejected !== true;
  return { exports: module.exports, keep: () => { if (!isKept) replace(cacheFile, script.createCachedData()); } }; // prettier-ignore
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** At once, for others may be reading; a folder that cannot be written to costs time and nothing else. */
function replace(file: string, data: Buffer): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(unfinished, data);
    renameSync(unfinished, file);
  } catch {
    // The next process compiles again.
  }
}
