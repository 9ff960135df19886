// `npm run bench:detection`: what is found in suites of labelled cases, and what is flagged without cause.
// Usage: npm run bench:detection -- FILE.jsonl… [--misses [--held-out]]
import { install } from './install.mjs';

await install();
const { build } = await import('../esbuild.mjs');
const { runBundle } = await import('./bundled.mjs');
await build();
process.exitCode = await runBundle('bench/detection/detection.ts', process.argv.slice(2));
