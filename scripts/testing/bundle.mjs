// Bundles test files into out/, those of each step into a folder of its own.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { common } from '../../esbuild.mjs';
import { scriptsStayOutside } from '../bundled.mjs';
import { root } from './node.mjs';

/** @returns the test files below a folder of the project, as paths relative to the project */
export function findTests(folder) {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(folder, file))
    .sort();
}

/** For mocha in plain Node, into out/`name`. @returns the bundled files by test file */
export async function bundleTests(name, files) {
  const outdir = emptied(name);
  await esbuild.build({
    entryPoints: files.map((file) => path.join(root, file)),
    outdir,
    outbase: path.join(root, 'test'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: common.target,
    format: 'esm',
    packages: 'external',
    plugins: [scriptsStayOutside],
    sourcemap: true,
    logLevel: 'warning',
  });
  return new Map(files.map((file) => [file, path.join(outdir, path.relative('test', file)).replace(/\.ts$/, '.mjs')]));
}

/** For VS Code's extension host, which loads CommonJS: out/`name`/index.js is the entry. */
export async function bundleIntegrationTests(name, files) {
  await esbuild.build({
    ...common,
    entryPoints: ['test/integration/index.ts', ...files].map((file) => path.join(root, file)),
    outdir: emptied(name),
    outbase: path.join(root, 'test/integration'),
    external: [...common.external, 'mocha'],
    // What tests share with those of plain Node asks where it lies.
    define: { 'import.meta.url': 'fileUrl' },
    banner: { js: "const fileUrl = require('node:url').pathToFileURL(__filename).href;" },
    sourcemap: 'inline',
  });
}

function emptied(name) {
  const outdir = path.join(root, 'out', name);
  rmSync(outdir, { recursive: true, force: true });
  return outdir;
}
