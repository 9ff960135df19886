import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GitError, gitText, RepositoryError } from '../git.ts';
import { holdToFolders, withClone } from '../lentObjects.ts';
import { temporaryFolder } from '../temporaryFolder.ts';

/** Where reviews are kept: a repository, with a work tree or bare. */
export interface ReviewStore {
  /** Where git is run: the work tree, or the bare repository itself. */
  readonly root: string;
  readonly commonDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
  readonly isBare: boolean;
  readonly isShallow: boolean;
}

/** The repository that holds a folder; undefined outside of one. */
export async function findStore(folder: string): Promise<ReviewStore | undefined> {
  const questions = ['--is-bare-repository', '--is-shallow-repository', '--show-object-format', '--git-common-dir'];
  try {
    const [isBare, isShallow, objectFormat, ...commonDir] = (await gitText(folder, ['rev-parse', '--path-format=absolute', ...questions])).split('\n');
    const store = { commonDir: commonDir.join('\n'), objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1', isBare: isBare === 'true', isShallow: isShallow === 'true' } as const;
    return { ...store, root: store.isBare ? store.commonDir : await gitText(folder, ['rev-parse', '--show-toplevel']) };
  } catch (error) {
    if (error instanceof GitError && /not a git repository/i.test(error.lastLine)) return undefined;
    if (error instanceof GitError && /must be run in a work tree/i.test(error.lastLine)) throw new RepositoryError(`${folder} lies in the folder in which git keeps the repository; go to its work tree`);
    throw error;
  }
}

/**
 * Lends a repository that has the same objects and nothing else: no configuration, references, hooks, attributes, replaced objects, grafts or promises of a
 * remote decide what git makes of them, and what git writes is thrown away. In a hook that receives a push, the variables that lead to the pushed objects hold here too.
 */
export async function withPinnedStore<T>({ root: clone, commonDir, objectFormat, isShallow }: ReviewStore, use: (root: string) => Promise<T>): Promise<T> {
  if (isShallow) throw new RepositoryError('this clone is shallow, so what the change is based on is not all here; fetch the rest: git fetch --unshallow');
  const objects = path.join(commonDir, 'objects');
  if (/[\r\n"]/.test(objects)) throw new RepositoryError(`${JSON.stringify(objects)} cannot be lent to git; move the repository to a folder without quotes and line ends in its name`);
  const root = await temporaryFolder();
  try {
    for (const folder of ['refs', 'objects/info', 'info']) await mkdir(path.join(root, '.git', folder), { recursive: true });
    const files = { HEAD: 'ref: refs/heads/none\n', config: pinned(objectFormat), 'objects/info/alternates': `${objects.split(path.sep).join('/')}\n`, 'info/attributes': attributes };
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(root, '.git', name), content);
    if (!(await isPartial(objects))) return await use(root);
    await holdToFolders(clone);
    return await withClone(root, clone, () => use(root));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** git marks what it got of a remote that keeps the rest. */
async function isPartial(objects: string): Promise<boolean> {
  return (await readdir(path.join(objects, 'pack')).catch(() => [])).some((name) => name.endsWith('.promisor'));
}

/** What git does by default, said here because a person's own configuration would say otherwise. */
function pinned(objectFormat: ReviewStore['objectFormat']): string {
  return [
    ...['[core]', 'repositoryFormatVersion = 1', 'bare = false', 'attributesFile = /dev/null', 'commitGraph = true'],
    ...['[extensions]', ...(objectFormat === 'sha256' ? ['objectFormat = sha256'] : [])],
    ...['[merge]', 'renames = true', 'directoryRenames = conflict', 'renameLimit = 7000', 'conflictStyle = merge', 'renormalize = false'],
    ...['[diff]', 'renames = true', 'renameLimit = 1000', 'algorithm = histogram', 'noprefix = false', 'mnemonicPrefix = false', 'context = 3', 'interHunkContext = 0', 'ignoreSubmodules = none', 'submodule = short', 'orderFile = /dev/null'],
    '',
  ].join('\n');
}

/** Wins over what the files of a commit, the user and the system say. */
const attributes = '* !merge !diff !filter !text !eol !ident !working-tree-encoding !conflict-marker-size\n';
