// `npm run fuzz`: random, truncated and mutated texts in every language; what is very long in them; edits of mixed origins; random git histories.
// Usage: npm run fuzz [-- COUNT [SEED [LANGUAGE…]]]          (200,000 of a seed of its own when none is given)
//        npm run fuzz -- attribution [COUNT [FIRST SEED]]    (100,000)
//        npm run fuzz -- long [COUNT [SEED]]                 (3,000)
//        npm run fuzz -- histories [COUNT [SEED]]            (2,000)
import { install } from './install.mjs';

await install();
const { runBundle } = await import('./bundled.mjs');
const [part, ...rest] = process.argv.slice(2);
if (part === 'attribution' || part === 'histories') {
  process.exitCode = await runBundle(`bench/fuzz/${part}.ts`, rest);
} else {
  const { build } = await import('../esbuild.mjs');
  await build();
  process.exitCode = part === 'long' ? await runBundle('bench/fuzz/long.ts', rest) : await runBundle('bench/fuzz/fuzz.ts', process.argv.slice(2));
}
