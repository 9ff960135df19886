import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from '../../esbuild.mjs';
import { packageExtension } from '../package.mjs';

const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;

/** The size of what people install. */
export async function benchSize() {
  await build();
  const file = await packageExtension();
  const grammars = readdirSync(path.join(import.meta.dirname, '../../dist/grammars')).filter((name) => name !== 'web-tree-sitter.wasm');
  console.log(`${path.basename(file)}: ${megabytes(statSync(file).size)} with ${grammars.length} grammars`);
}
