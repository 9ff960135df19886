import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type Compiled, loadCompiled } from '../node/compiledCode.ts';
import { dist } from '../node/dist.ts';
import { workTreeOf } from '../node/journal.ts';
import { hook } from './hook.ts';

// A bundle of its own: an agent waits for it at each write, and all else of the command line would have to be loaded.
let guard: Compiled | undefined;

hook(process.argv[2], () => {
  const cacheFolder = path.join(workTreeOf(path.resolve('any'))?.gitDir ?? dist, 'firebreak', 'cache');
  guard = loadCompiled(path.join(dist, 'later', 'guard.js'), path.join(cacheFolder, `guard-${process.version}-${process.arch}`));
  // What is parsed is short: to compile the grammars well takes longer than it saves.
  setFlagsFromString('--liftoff-only');
  return Promise.resolve(guard.exports as typeof import('./guard.ts'));
}).then(
  (code) => {
    process.exitCode = code;
    guard?.keep();
  },
  (error: unknown) => {
    throw error;
  },
);
