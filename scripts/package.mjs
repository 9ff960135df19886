// `npm run package`: builds firebreak-<version>.vsix.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { install } from './install.mjs';

const root = path.dirname(import.meta.dirname);

/** Packs what `dist/` holds. @returns the package's path */
export async function packageExtension({ folder = root } = {}) {
  const { createVSIX } = await import('@vscode/vsce');
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const packagePath = path.join(folder, `${name}-${version}.vsix`);
  await createVSIX({ cwd: root, packagePath, dependencies: false });
  return packagePath;
}

if (process.argv[1] === import.meta.filename) {
  await install();
  const { build } = await import('../esbuild.mjs');
  await build();
  const file = await packageExtension();
  console.log(`${path.relative('', file)}: ${(statSync(file).size / 1024 / 1024).toFixed(2)} MB`);
}
