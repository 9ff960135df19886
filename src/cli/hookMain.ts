import { messageOf } from '../core/text/messageOf.ts';
import { type Compiled, loadCompiled } from '../node/compiledCode.ts';
import type { Judged } from './guard.ts';

// A bundle of its own: an agent waits for it at each write, and all else of the command line would have to be loaded.
const own = loadCompiled<typeof import('./hook.ts')>('hook');
const { finishCommand, finishing, hook } = own.exports;
let guard: Compiled<typeof import('./guard.ts')> | undefined;
let kind: Judged = 'command';

const loadGuard = (judged: Judged) => {
  kind = judged;
  guard = loadCompiled<typeof import('./guard.ts')>('guard', judged);
  // Under other flags V8 does not take what is kept, so what is yet to be kept is made without.
  if (!guard.isToBeKept && !own.isToBeKept) guard.exports.hurry();
  return Promise.resolve(guard.exports);
};

const [id, ...marks] = process.argv.slice(2);
const done = id === finishing ? Promise.all(marks.map(finishCommand)).then(() => 0) : hook(id, loadGuard);
done.then(
  async (code) => {
    process.exitCode = code;
    // The answer is given: what goes wrong now is nobody's concern, and the next process compiles again.
    if (guard?.isToBeKept === true) await guard.exports.warmUp(kind).then(guard.keep, () => undefined);
    own.keep();
    // All is said and written: left to itself, V8 would tidy up first.
    process.exit();
  },
  (error: unknown) => {
    process.stderr.write(`firebreak: hook: ${messageOf(error)}\n`);
    process.exitCode = 2;
  },
);
