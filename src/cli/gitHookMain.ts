import { loadCompiled } from '../node/compiledCode.ts';

// A bundle of its own: git waits for it after each commit.
const { exports, keep } = loadCompiled('gitHook');
const { gitHook } = exports as typeof import('./gitHook.ts');

process.once('exit', keep);
void gitHook(process.argv[2], process.argv.slice(3));
