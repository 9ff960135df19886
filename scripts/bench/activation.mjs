import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { build, common } from '../../esbuild.mjs';
import { runExtensionTests } from '../../test/host/host.mjs';
import { temporaryFolder } from '../lifetime.mjs';
import { makeSample } from '../sample.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const runs = 5;

/** Activation in a real extension host, each time a fresh one. */
export async function benchActivation() {
  await build();
  const testsPath = path.join(root, 'out/bench/activation.cjs');
  await esbuild.build({ ...common, entryPoints: [path.join(root, 'bench/host/activation.ts')], outfile: testsPath });
  const took = [];
  for (let run = 0; run < runs; run++) {
    const { folder, remove } = temporaryFolder();
    const workspace = path.join(folder, 'workspace');
    const result = path.join(folder, 'result.json');
    await makeSample(workspace);
    process.env.FIREBREAK_BENCH_RESULT = result;
    const code = await runExtensionTests({ folder: workspace, extensions: [root], testsPath });
    if (code !== 0) throw new Error(`the extension host ended with ${code}`);
    const { wasActive, took: milliseconds } = JSON.parse(readFileSync(result, 'utf8'));
    if (wasActive) throw new Error('the extension was active before it was measured');
    took.push(milliseconds);
    remove();
  }
  const sorted = took.sort((a, b) => a - b).map((milliseconds) => milliseconds.toFixed(1));
  console.log(`activation in the extension host: ${sorted.join(', ')} ms`);
}
