import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GrammarFile } from '../core/language/grammars.ts';
import { compileNow, type WasmModule } from '../core/language/wasmModule.ts';
import { dist } from '../node/dist.ts';

/**
 * V8 looks through all of a grammar's code before it runs the first of it, and compiles again, better, what has run a little while. A command mostly parses so
 * little that neither pays, and whoever ends has to wait for what is being compiled.
 */
const hurriedFlags = ['--wasm-lazy-validation', '--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];

let hurried = false;
let areSet = false;

/** From now on grammars are compiled for the little that a command mostly parses. It changes V8's flags, and what V8 compiled of a bundle under others is not what the next process can take. */
export function hurry(): void {
  hurried = true;
}

/** Where much is parsed the better code pays, and other threads take what V8 compiled of their bundle under the flags that it started with. */
export function takeTime(): void {
  hurried = false;
}

/** Whether V8's flags are others than it started with. */
export function isUnderFlags(): boolean {
  return areSet;
}

/** At once: to hand the work to other threads takes longer than it does, and nobody else waits for a turn. */
export async function readGrammar(file: GrammarFile): Promise<WasmModule> {
  if (hurried && !areSet) {
    areSet = true;
    const { setFlagsFromString } = await import('node:v8');
    for (const flag of hurriedFlags) setFlagsFromString(flag);
  }
  return compileNow(readFileSync(path.join(dist, 'grammars', `${file}.wasm`)));
}
