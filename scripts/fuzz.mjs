// `npm run fuzz`: random, truncated and mutated texts in every language.
// Usage: npm run fuzz [-- COUNT [SEED [LANGUAGE…]]]   (200,000 of a seed of its own when none is given)
//        npm run fuzz -- histories [COUNT [SEED]]      random git histories, and who wrote what in them
import { install } from './install.mjs';

await install();
const { build } = await import('../esbuild.mjs');
const { runBundle } = await import('./bundled.mjs');
await build();
const [part, ...rest] = process.argv.slice(2);
process.exitCode = part === 'histories' ? await runBundle('bench/fuzz/histories.ts', rest) : await runBundle('bench/fuzz/fuzz.ts', process.argv.slice(2));
