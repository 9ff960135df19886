// `npm run soak`: 10,000 edits of mixed kinds over 50 files in the real extension host, with the views open. Fails where a limit is not held.
// Usage: npm run soak [-- EDITS [SEED]]
import { install } from './install.mjs';

await install();
const { readFileSync } = await import('node:fs');
const { loadavg } = await import('node:os');
const { default: path } = await import('node:path');
const esbuild = await import('esbuild');
const { build, common } = await import('../esbuild.mjs');
const { runExtensionTests } = await import('../test/host/host.mjs');
const { temporaryFolder } = await import('./lifetime.mjs');
const { makeSample } = await import('./sample.mjs');

const root = path.resolve(import.meta.dirname, '..');
const [edits = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const megabyte = 1024 * 1024;

await build();
const testsPath = path.join(root, 'out/soak/soak.cjs');
await esbuild.build({ ...common, entryPoints: [path.join(root, 'bench/host/soak.ts')], outfile: testsPath, sourcemap: 'inline' });
const { folder } = temporaryFolder();
const workspace = path.join(folder, 'workspace');
const result = path.join(folder, 'result.json');
await makeSample(workspace);
Object.assign(process.env, { FIREBREAK_SOAK_RESULT: result, FIREBREAK_SOAK_EDITS: String(edits), FIREBREAK_SOAK_WARM_UP: String(Math.floor(edits / 5)), FIREBREAK_SOAK_SEED: String(seed) });
const startedAt = performance.now();
const code = await runExtensionTests({
  folder: workspace,
  extensions: [root],
  settings: { 'firebreak.scope': 'all' },
  testsPath,
  timeoutMs: 30 * 60_000,
  screenshot: path.join(root, 'out/screenshots/soak-failed.png'),
});
if (code !== 0) throw new Error(`the extension host ended with ${code}`);

const soaked = JSON.parse(readFileSync(result, 'utf8'));
const sorted = soaked.handler.sort((one, other) => one - other);
const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const growth = (Math.max(...soaked.heap.slice(1)) - soaked.heap[0]) / megabyte;
console.log(`seed ${seed}, load ${loadavg()[0].toFixed(1)}, ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
console.log(`${soaked.edits} edits: ${Object.entries(soaked.byKind).map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
console.log(`heap in use: ${soaked.heap.map((bytes) => (bytes / megabyte).toFixed(1)).join(', ')} MB`);
const held = [
  judge('exceptions', soaked.exceptions.length, soaked.exceptions.length === 0, 'none'),
  judge('lenses on a wrong line', `${soaked.wrongLenses.length} of ${soaked.lenses}`, soaked.lenses > 0 && soaked.wrongLenses.length === 0, 'none'),
  judge('growth of the heap after the warm-up', `${growth.toFixed(1)} MB`, growth < 20, 'under 20 MB'),
  judge('lag of the extension host, p99', `${soaked.lagP99.toFixed(1)} ms`, soaked.lagP99 < 20, 'under 20 ms'),
  judge('change handler, p99', `${at(0.99).toFixed(2)} ms (p50 ${at(0.5).toFixed(2)}, max ${at(1).toFixed(1)})`, at(0.99) < 5, 'under 5 ms'),
];
for (const line of [...soaked.exceptions, ...soaked.wrongLenses].slice(0, 20)) console.log(`  ${line}`);
process.exit(held.every(Boolean) ? 0 : 1);

function judge(what, is, isHeld, limit) {
  console.log(`${isHeld ? 'ok    ' : 'FAILED'} ${what}: ${is} (wanted: ${limit})`);
  return isHeld;
}
