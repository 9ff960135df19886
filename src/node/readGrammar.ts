import { promises } from 'node:fs';
import path from 'node:path';
import type { ReadGrammar } from '../core/language/grammars.ts';

/** @param folder holds the WebAssembly files */
export function readGrammarFrom(folder: string): ReadGrammar {
  return (file) => promises.readFile(path.join(folder, `${file}.wasm`));
}
