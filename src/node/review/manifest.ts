import { createHash, type Hash } from 'node:crypto';
import type { ManifestEntry } from '../../core/review/decision.ts';
import { git, RepositoryError } from '../git.ts';
import { ensureHere } from '../lentObjects.ts';
import { type TreeEntry, treeEntries } from '../objects.ts';

const submodule = '160000';
const folder = '040000';

/** What differs between two commits or trees, in the order of paths, without digests of the bytes. A file that moved is one that went and one that came. Throws where one that came has a name that cannot be told. */
export async function readChanges(root: string, from: string, to: string): Promise<Omit<ManifestEntry, 'sha256'>[]> {
  // Byte for byte: what is not UTF-8 would come out as another name.
  const fields = (await git(root, ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-ext-diff', '--full-index', from, to])).toString('latin1').split('\0');
  const entries: Omit<ManifestEntry, 'sha256'>[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [oldMode = '', mode = '', oldBlob = '', blob = ''] = (fields[index] ?? '').slice(1).split(' ');
    const name = Buffer.from(fields[index + 1] ?? '', 'latin1');
    if (!isNone(mode)) holdToName(name);
    entries.push({ path: isText(name) ? name.toString('utf8') : written(name), ...(!isNone(oldMode) && { oldMode, oldBlob }), ...(!isNone(mode) && { mode, blob }) });
  }
  return entries.sort(byPath);
}

/** An approval names files: two names that read alike would stand for each other. What leads out of the work tree is written by no git; one that is made to has no place that could be looked at. */
function holdToName(name: Buffer): void {
  if (!isText(name)) throw new RepositoryError(`the change brings the file "${written(name)}", whose name is not UTF-8, so that nobody can say which file they approve; give it another name (git mv) in every commit that is new, and try again`);
  if (name.toString('utf8').split('/').some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')) throw new RepositoryError(`the change brings an entry "${written(name)}", which git itself never writes and no work tree can hold; take it out of the tree (git fsck names the commit), and try again`);
}

function isText(name: Buffer): boolean {
  return Buffer.from(name.toString('utf8'), 'utf8').equals(name);
}

function written(name: Buffer): string {
  return [...name].map((byte) => (byte < 0x20 || byte > 0x7e || byte === 0x5c ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte))).join('');
}

/** Everything that differs, and further files as they are on both sides. */
export async function readManifest(root: string, from: string, to: string, further: Iterable<string>): Promise<ManifestEntry[]> {
  const changes = await readChanges(root, from, to);
  const sides = await readSides(root, changes, to, [...changes.map(({ path }) => path), ...further]);
  return [...sides.values()].sort(byPath);
}

/** Files as they are on both sides of a change that is known, each once; those that are not there have neither mode nor bytes. */
export async function readSides(root: string, changes: readonly Omit<ManifestEntry, 'sha256'>[], to: string, wanted: readonly string[]): Promise<ReadonlyMap<string, ManifestEntry>> {
  const changed = new Map(changes.map((entry) => [entry.path, entry]));
  const paths = [...new Set(wanted)];
  const there = await filesAt(root, to, paths.filter((path) => !changed.has(path)));
  const entries = paths.map((path) => {
    const entry = there.get(path);
    return changed.get(path) ?? { path, ...(entry !== undefined && { oldMode: entry.mode, oldBlob: entry.oid, mode: entry.mode, blob: entry.oid }) };
  });
  return new Map((await withDigests(root, entries)).map((entry) => [entry.path, entry]));
}

/** Paths are arguments of git, and a system takes only so many bytes of these at once. */
const mostArgumentBytes = 20_000;

/** The files that a commit or tree has of some paths. */
export async function filesAt(root: string, tree: string, paths: readonly string[]): Promise<ReadonlyMap<string, TreeEntry>> {
  const found = new Map<string, TreeEntry>();
  for (let from = 0; from < paths.length; ) {
    let [to, bytes] = [from, 0];
    // One path at least, however long.
    do bytes += Buffer.byteLength(paths[to++] ?? '') + 1;
    while (to < paths.length && bytes + Buffer.byteLength(paths[to] ?? '') < mostArgumentBytes);
    for (const [path, entry] of await treeEntries(root, tree, paths.slice(from, to))) if (entry.mode !== folder) found.set(path, entry);
    from = to;
  }
  return found;
}

async function withDigests(root: string, entries: readonly Omit<ManifestEntry, 'sha256'>[]): Promise<ManifestEntry[]> {
  const blobs = new Set(entries.flatMap(({ blob, mode }) => (blob === undefined || mode === submodule ? [] : [blob])));
  await ensureHere(root, [...blobs]);
  const digests = await digestsOf(root, [...blobs]);
  return entries.map((entry) => {
    const sha256 = entry.blob === undefined ? undefined : digests.get(entry.blob);
    return { ...entry, ...(sha256 !== undefined && { sha256 }) };
  });
}

/** SHA-256 of blobs' bytes, taken as git prints them: a blob need not fit into memory. */
async function digestsOf(root: string, oids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  if (oids.length === 0) return digests;
  let head = '';
  let current: { readonly oid: string; readonly hash: Hash; left: number } | undefined;
  const take = (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; ) {
      if (current === undefined) {
        const end = chunk.indexOf(0x0a, at);
        head += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
        at = end === -1 ? chunk.length : end + 1;
        if (end === -1) continue;
        const [oid = '', type, size] = head.split(' ');
        head = '';
        // The line end behind the bytes is counted with them.
        if (type === 'blob') current = { oid, hash: createHash('sha256'), left: Number(size) + 1 };
        continue;
      }
      const part = chunk.subarray(at, at + current.left);
      at += part.length;
      current.left -= part.length;
      current.hash.update(current.left === 0 ? part.subarray(0, -1) : part);
      if (current.left > 0) continue;
      digests.set(current.oid, current.hash.digest('hex'));
      current = undefined;
    }
  };
  await git(root, ['cat-file', '--batch'], { input: oids.map((oid) => `${oid}\n`).join(''), onOutput: take });
  return digests;
}

function isNone(mode: string): boolean {
  return mode === '000000';
}

function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  return one.path < other.path ? -1 : 1;
}
