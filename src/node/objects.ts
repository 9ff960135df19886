import { decode, type Decoded, largestFileBytes, tooBig } from '../core/text/decode.ts';
import { git, gitAnswer, gitFields, gitText, RepositoryError } from './git.ts';

export interface TreeEntry {
  /** Octal, as git writes it: 100644, 100755, 120000 for links, 160000 for submodules. */
  readonly mode: string;
  readonly oid: string;
}

/** A file's mode, and not a link's or a submodule's. */
export function isFileMode(mode: string): boolean {
  return mode.startsWith('100');
}

/** The last commit; undefined before the first one. */
export async function headCommit(root: string): Promise<string | undefined> {
  const commit = await resolveCommit(root, 'HEAD');
  if (commit !== undefined) return commit;
  const { stdout, exitCode } = await gitAnswer(root, ['rev-parse', '--verify', '--quiet', 'HEAD'], { answers: [1] });
  if (exitCode === 0) throw new RepositoryError(`the last commit, ${stdout.toString('utf8').trim()}, is missing in ${root}; see what is damaged: git fsck`);
  return undefined;
}

/** The commit that a revision names, or undefined when it names none. */
export async function resolveCommit(root: string, revision: string): Promise<string | undefined> {
  if (revision === '' || revision.startsWith('-') || revision.includes('\0')) return undefined;
  // Where nothing has a full name, git takes others for it that anybody may have pushed, such as refs/heads/refs/heads/main.
  if (/^refs\/[^~^:@{]+$/.test(revision) && (await gitAnswer(root, ['show-ref', '--verify', '--quiet', '--', revision], { answers: [1, 128] })).exitCode !== 0) return undefined;
  const { stdout, exitCode } = await gitAnswer(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], { answers: [1] });
  return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** What a commit or tree holds at paths from the root. */
export async function treeEntries(root: string, treeish: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>();
  for (const field of await gitFields(root, ['ls-tree', '-z', '--full-tree', treeish, '--', ...paths])) {
    const [described, path] = splitOnce(field, '\t');
    const [mode = '', , oid = ''] = described.split(' ');
    entries.set(path, { mode, oid });
  }
  return entries;
}

/** The text that a commit holds at a path; undefined when there is no file. */
export async function textAt(root: string, commit: string, path: string): Promise<Decoded | undefined> {
  const entry = (await treeEntries(root, commit, [path])).get(path);
  if (entry === undefined || !isFileMode(entry.mode)) return undefined;
  return (await textsOf(root, [entry.oid])).get(entry.oid);
}

/** The texts of blobs. One that is too big is not read. */
export async function textsOf(root: string, oids: readonly string[]): Promise<ReadonlyMap<string, Decoded>> {
  const texts = new Map<string, Decoded>();
  if (oids.length === 0) return texts;
  const wanted: string[] = [];
  for (const line of (await gitText(root, ['cat-file', '--batch-check'], { input: lines(oids) })).split('\n')) {
    const [oid = '', type, size] = line.split(' ');
    if (type !== 'blob') texts.set(oid, { unread: 'git does not have its content here; in a partial clone: git fetch --refetch --no-filter' });
    else if (Number(size) > largestFileBytes) texts.set(oid, tooBig(Number(size)));
    else wanted.push(oid);
  }
  for (const { name, bytes } of await readObjects(root, wanted)) texts.set(name, bytes === undefined ? { unread: 'git could not read it' } : decode(bytes));
  return texts;
}

/** The bytes of objects by name, in the order of the names; undefined for those that are not there. */
export async function readObjects(root: string, names: readonly string[]): Promise<{ name: string; bytes: Buffer | undefined }[]> {
  if (names.length === 0) return [];
  const output = await git(root, ['cat-file', '--batch'], { input: lines(names) });
  const read: { name: string; bytes: Buffer | undefined }[] = [];
  let at = 0;
  for (const name of names) {
    const headEnd = output.indexOf(0x0a, at);
    const [, type, size] = output.toString('utf8', at, headEnd).split(' ');
    at = headEnd + 1;
    if (type !== 'blob' || size === undefined) {
      read.push({ name, bytes: undefined });
      if (size !== undefined) at += Number(size) + 1;
      continue;
    }
    read.push({ name, bytes: output.subarray(at, at + Number(size)) });
    at += Number(size) + 1;
  }
  return read;
}

/** The sizes of blobs by name; those that are not there, or something else, are left out. */
export async function sizesOf(root: string, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const output = await gitText(root, ['cat-file', '--batch-check=%(objecttype) %(objectsize)'], { input: lines(names) });
  const sizes = new Map<string, number>();
  for (const [index, line] of output.split('\n').entries()) {
    const [type, size] = line.split(' ');
    if (type === 'blob') sizes.set(names[index] ?? '', Number(size));
  }
  return sizes;
}

export function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function lines(names: readonly string[]): string {
  return names.map((name) => `${name}\n`).join('');
}
