// Runs a TypeScript program of this project in a process of its own.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Bundles an entry point from the project's root into out/programs and runs it with the arguments.
 * @returns its exit code
 */
export async function runBundle(entry, args = [], nodeOptions = []) {
  const outfile = path.join(root, 'out/programs', `${path.basename(entry, '.ts')}.mjs`);
  await build({ entryPoints: [path.join(root, entry)], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', sourcemap: 'inline', logLevel: 'warning' });
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions, outfile, ...args], { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
