// `npm run bench:realcode`: what is found in code of others that means no harm. Its packages are fetched once, into out/realcode (2 GB).
// Usage: npm run bench:realcode [-- --lost | --list [--severity low|medium|high|critical] [--rule ID] [--package NAME]]
import path from 'node:path';
import { install } from './install.mjs';

await install();
const { build } = await import('../esbuild.mjs');
const { runBundle } = await import('./bundled.mjs');
const { fetchPackages } = await import('./realcode/fetch.mjs');
const folder = path.join(path.dirname(import.meta.dirname), 'out/realcode/packages');
fetchPackages(folder);
await build();
process.exitCode = await runBundle('bench/realcode/realcode.ts', [folder, ...process.argv.slice(2)]);
