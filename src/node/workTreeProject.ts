import { promises } from 'node:fs';
import path from 'node:path';
import type { Project } from '../core/language/project.ts';
import { readText } from './workFile.ts';

/** The files of a work tree as they are on disk, also by their whole paths without the first slash: scripts name them so. */
export function workTreeProject(root: string): Project {
  const texts = new Map<string, Promise<string | undefined>>();
  const names = new Map<string, Promise<readonly string[]>>();
  const whole = `${root.split(path.sep).join('/').replace(/^\//, '')}/`;
  return {
    read: (file) =>
      remembered(texts, file, async () => {
        const text = await readText(root, file.startsWith(whole) ? file.slice(whole.length) : file);
        return text !== undefined && 'text' in text ? text.text : undefined;
      }),
    list: (folder) =>
      remembered(names, folder, async () => {
        const entries = await promises.readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
        return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
      }),
  };
}

/** What is asked for is read once. */
export function remembered<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
