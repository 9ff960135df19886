import { setFlagsFromString } from 'node:v8';
import { type Compiled, loadCompiled } from '../node/compiledCode.ts';
import { hook } from './hook.ts';

// A bundle of its own: an agent waits for it at each write, and all else of the command line would have to be loaded.
let guard: Compiled | undefined;

hook(process.argv[2], () => {
  // What is parsed is short: to compile the grammars well takes longer than it saves. Set before anything is loaded: V8 takes
  // what it compiled before only under the same flags.
  setFlagsFromString('--liftoff-only');
  guard = loadCompiled('guard');
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
