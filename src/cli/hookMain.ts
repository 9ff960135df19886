import { type Compiled, loadCompiled } from '../node/compiledCode.ts';
import { hook } from './hook.ts';

// A bundle of its own: an agent waits for it at each write, and all else of the command line would have to be loaded.
let guard: Compiled<typeof import('./guard.ts')> | undefined;

hook(process.argv[2], () => {
  guard = loadCompiled<typeof import('./guard.ts')>('guard');
  return Promise.resolve(guard.exports);
}).then(
  (code) => {
    process.exitCode = code;
    if (guard?.exports.hasOtherFlags() === false) guard.keep();
  },
  (error: unknown) => {
    throw error;
  },
);
