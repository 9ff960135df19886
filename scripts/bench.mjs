// `npm run bench`: the speed of what people wait for, as distributions of one run.
// Usage: npm run bench [-- PART…]   (parts: keystroke cold attribution hooks guard gate size tree big activation)
import { install } from './install.mjs';

await install();
const { cpus, loadavg } = await import('node:os');
const { runBundle } = await import('./bundled.mjs');

/** Each part runs in a process of its own: one part's heap and compiled code must not help or hinder the next. */
const parts = {
  keystroke: () => runPart('bench/keystroke.ts'),
  cold: () => runPart('bench/coldFinding.ts'),
  attribution: () => runPart('bench/attribution.ts', ['--expose-gc']),
  hooks: () => runPart('bench/hooks.ts'),
  guard: () => runPart('bench/guard.ts'),
  gate: () => runPart('bench/gate.ts'),
  size: async () => (await import('./bench/size.mjs')).benchSize(),
  tree: async () => (await import('./bench/tree.mjs')).benchTree(),
  big: async () => (await import('./bench/big.mjs')).benchBig(),
  activation: async () => (await import('./bench/activation.mjs')).benchActivation(),
};

async function runPart(entry, nodeOptions = []) {
  const code = await runBundle(entry, [], nodeOptions);
  if (code !== 0) throw new Error(`${entry} ended with ${code}`);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => !(part in parts));
if (unknown.length > 0) {
  console.error(`bench: no part is called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), load ${loadavg()[0].toFixed(1)}\n`);
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`# ${name}`);
  await part();
  console.log();
}
