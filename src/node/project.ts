import path from 'node:path';
import { folderOf, noProject, type Project } from '../core/language/project.ts';
import { gitFields, type GitOptions } from './git.ts';
import { ensureHere } from './lentObjects.ts';
import { isFileMode, splitOnce, textsOf, treeEntries } from './objects.ts';
import { remembered, workTreeProject } from './workTreeProject.ts';

/** Where a project's files are read from: its folder, or git's store as of the index or of a commit. */
export interface ProjectPlace {
  readonly root: string;
  readonly at: 'disk' | { readonly index: GitOptions } | { readonly commit: string };
}

/** What is asked for is read once: a project is as it is when a check begins. */
export function projectAt(place: ProjectPlace | undefined): Project {
  if (place === undefined) return noProject;
  const { root, at } = place;
  if (at === 'disk') return workTreeProject(root);
  return 'index' in at ? indexProject(root, at.index) : commitProject(root, at.commit);
}

/** The files of a commit. */
function commitProject(root: string, commit: string): Project {
  return storedProject(root, async (folder) => {
    const entries = await treeEntries(root, commit, folder === '' ? [] : [`${folder}/`]);
    return new Map([...entries].flatMap(([file, { mode, oid }]) => (isFileMode(mode) ? [[file, oid] as const] : [])));
  });
}

/** The files of the index. */
function indexProject(root: string, options: GitOptions): Project {
  return storedProject(root, async (folder) => {
    const fields = await gitFields(root, ['ls-files', '-z', '--stage', '--', ...(folder === '' ? [] : [`${folder}/`])], options);
    const entries = fields.map((field) => splitOnce(field, '\t'));
    return new Map(entries.flatMap(([described, file]) => (folderOf(file) === folder && isFileMode(described) ? [[file, described.split(' ')[1] ?? ''] as const] : [])));
  });
}

/** Files in git's store, a folder at a time. With the first of a kind that is asked for, all of its kind are read: each call of git costs more than a file. */
function storedProject(root: string, filesIn: (folder: string) => Promise<ReadonlyMap<string, string>>): Project {
  const folders = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const kinds = new Map<string, ReturnType<typeof textsOf>>();
  const oidsIn = (folder: string) => remembered(folders, folder, () => filesIn(folder));
  return {
    read: async (file) => {
      const oids = await oidsIn(folderOf(file));
      const oid = oids.get(file);
      if (oid === undefined) return undefined;
      const ending = path.posix.extname(file);
      const ofKind = [...oids].flatMap(([other, each]) => (path.posix.extname(other) === ending ? [each] : []));
      const text = (await remembered(kinds, `${folderOf(file)}\n${ending}`, () => neededTexts(root, [...new Set(ofKind)]))).get(oid);
      return text !== undefined && 'text' in text ? text.text : undefined;
    },
    list: async (folder) => [...(await oidsIn(folder)).keys()].map((file) => path.posix.basename(file)),
  };
}

async function neededTexts(root: string, oids: readonly string[]): ReturnType<typeof textsOf> {
  await ensureHere(root, oids);
  return textsOf(root, oids);
}
