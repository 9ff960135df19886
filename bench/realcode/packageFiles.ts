import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../../src/core/language/project.ts';
import { readText } from '../../src/node/workFile.ts';

/** The names of the packages below a folder, sorted. */
export async function packagesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** The paths of the files of a package, with forward slashes, sorted. Links are left out. */
export async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** A package as the project that its files are read with. */
export function projectAt(root: string): Project {
  return {
    async read(file) {
      const read = await readText(root, file);
      return read !== undefined && 'text' in read ? read.text : undefined;
    },
    list: (folder) => readdir(path.join(root, folder)).catch(() => []),
  };
}
