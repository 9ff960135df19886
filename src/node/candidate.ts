import { constants, copyFile, lstat, readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { git, gitFields, gitText, RepositoryError } from './git.ts';
import { holdToIdentity } from './identity.ts';
import { headCommit, splitOnce, treeEntries } from './objects.ts';
import type { Place } from './place.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { isInside } from './workFile.ts';

/** A commit that holds exactly the code that is meant, and what it holds beyond the last one. */
export interface Candidate {
  readonly head: string;
  readonly lastCommit: string;
  readonly includes: readonly { readonly path: string; readonly from: 'workTree' | 'buffer' }[];
}

/**
 * Makes a commit of the last one, all tracked changes, the named files even when git does not know them, and the buffers. It goes through an
 * index of its own: index, branch, HEAD and work tree stay as they are. When nothing differs it is the last commit itself.
 */
export async function makeCandidate(place: Place, named: readonly string[], buffers: ReadonlyMap<string, string>, message: string): Promise<Candidate> {
  const { root } = place;
  const lastCommit = await readyCommit(place);
  const folder = await temporaryFolder();
  try {
    const indexFile = path.join(folder, 'index');
    const hasIndex = await copyFile(path.join(place.gitDir, 'index'), indexFile, constants.COPYFILE_EXCL).then(() => true, isMissing);
    if (!hasIndex) await git(root, ['read-tree', lastCommit], { indexFile });
    await git(root, ['add', '--update'], { indexFile });
    await addFiles(root, named.filter((file) => !buffers.has(file)), indexFile);
    const fromBuffers = await addBuffers(root, buffers, indexFile);
    const tree = await gitText(root, ['write-tree'], { indexFile });
    const changed = await gitFields(root, ['diff-tree', '-r', '-z', '--name-only', '--no-renames', lastCommit, tree]);
    if (changed.length === 0) return { head: lastCommit, lastCommit, includes: [] };
    const head = await gitText(root, ['commit-tree', tree, '-p', lastCommit, '-m', message]);
    return { head, lastCommit, includes: changed.map((file) => ({ path: file, from: fromBuffers.has(file) ? 'buffer' : 'workTree' })) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The last commit, when nothing is under way that would make a candidate something else than it seems. */
async function readyCommit({ root, gitDir }: Place): Promise<string> {
  const lastCommit = await headCommit(root);
  if (lastCommit === undefined) throw new RepositoryError('this repository has no commit yet; make the first one: git commit');
  const [conflict] = await gitFields(root, ['ls-files', '--unmerged', '-z']);
  if (conflict !== undefined) throw new RepositoryError(`${splitOnce(conflict, '\t')[1]} is in a merge conflict; resolve it first, and commit`);
  for (const [file, what, how] of underWay) {
    if (await lstat(path.join(gitDir, file)).then(() => true, isMissing)) throw new RepositoryError(`a ${what} is under way; finish it first: git ${how} --continue (or --abort)`);
  }
  await holdToIdentity(root);
  return lastCommit;
}

const underWay = [
  ['MERGE_HEAD', 'merge', 'merge'],
  ['rebase-merge', 'rebase', 'rebase'],
  ['rebase-apply', 'rebase', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick', 'cherry-pick'],
  ['REVERT_HEAD', 'revert', 'revert'],
] as const;

/** Files may be new to git, or ignored: who asks about one means it. A link is one too, and never what it leads to. */
async function addFiles(root: string, paths: readonly string[], indexFile: string): Promise<void> {
  const present: string[] = [];
  for (const file of paths) if (await lstat(path.join(root, file)).then((found) => found.isFile() || found.isSymbolicLink(), isMissing)) present.push(file);
  if (present.length > 0) await git(root, ['update-index', '--add', '-z', '--stdin'], { indexFile, input: present.map((file) => `${file}\0`).join('') });
}

/** @returns the paths that were written: a buffer of a linked file stands for what the link leads to. */
async function addBuffers(root: string, buffers: ReadonlyMap<string, string>, indexFile: string): Promise<ReadonlySet<string>> {
  const lines: string[] = [];
  const written = new Set<string>();
  for (const [named, text] of buffers) {
    const file = await withoutLinks(root, named);
    if (file === undefined) continue;
    const oid = await gitText(root, ['hash-object', '-w', '--stdin', `--path=${file}`], { input: encodeLike(await bytesAt(path.join(root, file)), text) });
    lines.push(`${await modeOf(root, file, indexFile)} ${oid}\t${file}\0`);
    written.add(file);
  }
  if (lines.length > 0) await git(root, ['update-index', '-z', '--index-info'], { indexFile, input: lines.join('') });
  return written;
}

/** The path that git knows a file by; undefined when it lies outside. A file that is not there yet has no links. */
async function withoutLinks(root: string, file: string): Promise<string | undefined> {
  const real = await realpath(path.join(root, file)).catch(() => undefined);
  if (real === undefined) return isInside(root, path.join(root, file)) ? file : undefined;
  const realRoot = await realpath(root);
  return isInside(realRoot, real) ? path.relative(realRoot, real).split(path.sep).join('/') : undefined;
}

async function modeOf(root: string, file: string, indexFile: string): Promise<string> {
  const [entry = ''] = await gitFields(root, ['ls-files', '-s', '-z', '--', file], { indexFile });
  const [mode] = splitOnce(entry, ' ');
  if (mode.startsWith('100')) return mode;
  const committed = (await treeEntries(root, 'HEAD', [file])).get(file)?.mode;
  if (committed?.startsWith('100')) return committed;
  const isExecutable = await lstat(path.join(root, file)).then((found) => (found.mode & 0o100) !== 0, isMissing);
  return isExecutable && process.platform !== 'win32' ? '100755' : '100644';
}

async function bytesAt(fsPath: string): Promise<Uint8Array> {
  return readFile(fsPath).catch(() => new Uint8Array());
}

/** The bytes that saving the text would write: an editor keeps a file's mark and its wide characters. */
function encodeLike(saved: Uint8Array, text: string): Buffer {
  const [first, second, third] = saved;
  if (first === 0xff && second === 0xfe) return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (first === 0xfe && second === 0xff) return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  return Buffer.from(first === 0xef && second === 0xbb && third === 0xbf ? `\uFEFF${text}` : text, 'utf8');
}

function isMissing(error: unknown): false {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  throw error;
}
