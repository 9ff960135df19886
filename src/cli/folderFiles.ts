import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type Selection, withoutLink } from './selection.ts';
import { inReadings } from './tasks.ts';

const skipped = new Set(['.git', 'node_modules']);

interface Named {
  readonly folder: string;
  readonly inside: string;
}

/** Files and folders outside of any repository. Links are not followed. */
export async function selectOutside(named: readonly string[]): Promise<Selection> {
  const files = new Map<string, Named>();
  for (const name of named) {
    const fsPath = await withoutLink(name, path.dirname(name));
    const found = (await lstat(fsPath)).isDirectory() ? await filesBelow(fsPath) : [{ folder: path.dirname(fsPath), inside: path.basename(fsPath) }];
    for (const file of found) files.set(path.relative('', path.join(file.folder, file.inside)).split(path.sep).join('/'), file);
  }
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  return { scope: 'all', project: { root: process.cwd(), at: 'disk' }, size: sorted.length, changed: () => Promise.resolve([]), unchanged: inReadings(sorted.map(([shown, file]) => ({ path: shown, ...file, isSame: false }))) };
}

async function filesBelow(folder: string, inside = ''): Promise<Named[]> {
  const found: Named[] = [];
  for (const entry of await readdir(path.join(folder, inside), { withFileTypes: true })) {
    const name = path.join(inside, entry.name);
    if (entry.isFile()) found.push({ folder, inside: name });
    else if (entry.isDirectory() && !skipped.has(entry.name)) found.push(...(await filesBelow(folder, name)));
  }
  return found;
}
