// Makes the sample project as "Firebreak: Open the Sample" does; what makes it is in dist/, so build first.
// Usage: node scripts/sample.mjs FOLDER
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

/** Replaces `folder` by a fresh sample. */
export async function makeSample(folder) {
  rmSync(folder, { recursive: true, force: true });
  const { makeSampleRepository } = createRequire(import.meta.url)('../dist/later/sample.js');
  await makeSampleRepository(path.join(root, 'examples/workspace'), folder);
}

if (process.argv[1] === import.meta.filename) await makeSample(path.resolve(process.argv[2]));
