import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadGrammar } from '../core/language/grammars.ts';

/** @param folder holds the WebAssembly files */
export function readGrammarFrom(folder: string): ReadGrammar {
  return (file) => readFile(path.join(folder, `${file}.wasm`));
}
