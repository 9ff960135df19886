// Runs a TypeScript program of this project in a process of its own.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/** Scripts and the test host run from their sources: they find their files by where they stand. */
export const scriptsStayOutside = {
  name: 'scripts stay outside',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\/.*\.mjs$/ }, ({ resolveDir, path: file }) => ({
      path: pathToFileURL(path.resolve(resolveDir, file)).href,
      external: true,
    }));
  },
};

/**
 * Bundles an entry point from the project's root into out/programs and runs it with the arguments.
 * @returns its exit code
 */
export async function runBundle(entry, args = [], nodeOptions = []) {
  const outfile = path.join(root, 'out/programs', `${path.basename(entry, '.ts')}.mjs`);
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [scriptsStayOutside],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions, outfile, ...args], { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
