import { decode, type Decoded } from '../../core/text/decode.ts';
import { startGit } from '../git.ts';
import { isFileMode, type TreeEntry } from '../objects.ts';
import type { Place } from '../place.ts';
import { ObjectStore } from './objectStore.ts';

export interface GitObject {
  readonly oid: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** `Name <email>`. */
  readonly author: string;
  readonly committer: string;
  /** The end of the second, in milliseconds since 1970, by the committer's clock. */
  readonly committedAt: number;
  readonly message: string;
}

/** Milliseconds of reading after which others have their turn. */
const sliceMs = 4;

/** Reads objects as they are asked for: here where that is sure, else by one git process. To be closed. */
export class ObjectReader {
  readonly store: ObjectStore | undefined;
  private readonly root: string;
  private child: ReturnType<typeof startGit> | undefined;
  private since = Date.now();
  private readonly waiting: { resolve: (object: GitObject | undefined) => void; reject: (error: Error) => void }[] = [];
  /** What is about to be asked: one write for all that is asked at once. */
  private asked = '';
  private chunks: Buffer[] = [];
  private length = 0;
  private needed = 0;
  private readonly trees = new Map<string, Promise<ReadonlyMap<string, TreeEntry>>>();
  private readonly commits = new Map<string, Promise<Commit | undefined>>();

  constructor(place: Place) {
    this.root = place.root;
    this.store = ObjectStore.of(place);
  }

  close(): void {
    this.store?.close();
    this.ask();
    this.child?.stdin.end();
  }

  /** What a name such as `HEAD^{tree}` or `COMMIT:path` stands for; undefined when there is none. */
  async read(name: string): Promise<GitObject | undefined> {
    if (name === '' || name.includes('\n')) return undefined;
    while (this.store !== undefined && Date.now() - this.since > sliceMs) {
      await new Promise(setImmediate);
      this.since = Date.now();
    }
    return this.store?.read(name) ?? this.readByGit(name);
  }

  private readByGit(name: string): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      if (this.asked === '') process.nextTick(() => { this.ask(); }); // prettier-ignore
      this.asked += `${name}\n`;
    });
  }

  private ask(): void {
    if (this.asked === '') return;
    this.child ??= this.start();
    this.child.stdin.write(this.asked);
    this.asked = '';
  }

  private start(): ReturnType<typeof startGit> {
    const child = startGit(this.root, ['cat-file', '--batch']);
    child.stdout.on('data', (data: Buffer) => {
      this.take(data);
    });
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    const fail = (why: string) => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(`git cat-file ended while it was asked: ${why}`));
    };
    child.once('error', (error) => {
      fail(error.message);
    });
    child.once('close', (code) => {
      fail(`exit code ${String(code)}`);
    });
    return child;
  }

  commit(name: string): Promise<Commit | undefined> {
    let commit = this.commits.get(name);
    if (commit === undefined) {
      commit = this.read(`${name}^{commit}`).then((object) => (object?.type === 'commit' ? commitIn(object) : undefined));
      // A branch can move.
      if (/^[0-9a-f]{40,}$/.test(name)) this.commits.set(name, commit);
    }
    return commit;
  }

  /** What stands in a tree, by name; of no tree nothing. */
  tree(oid: string | undefined): Promise<ReadonlyMap<string, TreeEntry>> {
    if (oid === undefined) return Promise.resolve(new Map());
    let entries = this.trees.get(oid);
    if (entries === undefined) {
      entries = this.read(oid).then((object) => (object?.type === 'tree' ? entriesIn(object) : new Map<string, TreeEntry>()));
      this.trees.set(oid, entries);
    }
    return entries;
  }

  /** What stands otherwise in two trees, on each side by name: the most of two large trees is the same, and not taken apart. A side that is no tree has nothing. */
  async difference(before: string | undefined, after: string | undefined): Promise<readonly [ReadonlyMap<string, TreeEntry>, ReadonlyMap<string, TreeEntry>]> {
    if (before === undefined || after === undefined) return Promise.all([this.tree(before), this.tree(after)]);
    const [one, other] = await Promise.all([this.read(before), this.read(after)]);
    if (one?.type === 'tree' && other?.type === 'tree') return entriesOfOne(one, other);
    return Promise.all([this.tree(before), this.tree(after)]);
  }

  /** The object of a file in a tree; undefined when there is no file. */
  async fileIn(tree: string, path: string): Promise<string | undefined> {
    const at = await this.entryIn(tree, path);
    return at !== undefined && isFileMode(at.mode) ? at.oid : undefined;
  }

  /** What stands at a path in a tree. */
  async entryIn(tree: string, path: string): Promise<TreeEntry | undefined> {
    let at: TreeEntry | undefined = { mode: '040000', oid: tree };
    for (const name of path.split('/')) at = at === undefined || !isFolderMode(at.mode) ? undefined : (await this.tree(at.oid)).get(name);
    return at;
  }

  async text(oid: string): Promise<Decoded | undefined> {
    const object = await this.read(oid);
    return object?.type === 'blob' ? decode(object.bytes) : undefined;
  }

  private take(data: Buffer): void {
    this.chunks.push(data);
    this.length += data.length;
    while (this.length >= this.needed && this.waiting.length > 0) {
      const all = this.chunks.length === 1 ? (this.chunks[0] ?? data) : Buffer.concat(this.chunks);
      this.chunks = [all];
      const headEnd = all.indexOf(0x0a);
      if (headEnd === -1) return;
      const [oid = '', type = '', size] = all.toString('utf8', 0, headEnd).split(' ');
      const isThere = size !== undefined && /^\d+$/.test(size) && /^[0-9a-f]{40,}$/.test(oid);
      const end = headEnd + 1 + (isThere ? Number(size) + 1 : 0);
      this.needed = end;
      if (all.length < end) return;
      this.needed = 0;
      const rest = all.subarray(end);
      this.chunks = rest.length > 0 ? [rest] : [];
      this.length = rest.length;
      this.waiting.shift()?.resolve(isThere ? { oid, type, bytes: all.subarray(headEnd + 1, end - 1) } : undefined);
    }
  }
}

export function isFolderMode(mode: string): boolean {
  return mode === '040000';
}

function commitIn({ oid, bytes }: GitObject): Commit {
  const text = bytes.toString('utf8');
  const headEnd = text.indexOf('\n\n');
  const head = headEnd === -1 ? text : text.slice(0, headEnd);
  const all = (key: string) => [...head.matchAll(new RegExp(`^${key} (.*)$`, 'gm'))].map(([, value = '']) => value);
  const person = (key: string) => (all(key)[0] ?? '').replace(/ \d+ [+-]\d{4}$/, '');
  return { oid, tree: all('tree')[0] ?? '', parents: all('parent'), author: person('author'), committer: person('committer'), committedAt: 1000 * Number(/ (\d+) [+-]\d{4}$/.exec(all('committer')[0] ?? '')?.[1] ?? 0) + 999, message: headEnd === -1 ? '' : text.slice(headEnd + 2) };
}

function entriesIn({ oid, bytes }: GitObject): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (let at = 0; at < bytes.length; ) at = addEntry(entries, bytes, at, oid);
  return entries;
}

/** Of entries that are equal on both sides only their ends are looked for. */
function entriesOfOne(one: GitObject, other: GitObject): readonly [Map<string, TreeEntry>, Map<string, TreeEntry>] {
  const entries = [new Map<string, TreeEntry>(), new Map<string, TreeEntry>()] as const;
  for (let at = 0, otherAt = 0; at < one.bytes.length || otherAt < other.bytes.length; ) {
    const alike = at + equalBytes(one.bytes, at, other.bytes, otherAt);
    for (let end = endOfEntry(one.bytes, at, one.oid); at < end && end <= alike; end = endOfEntry(one.bytes, at, one.oid)) [at, otherAt] = [end, otherAt + end - at];
    const order = at === one.bytes.length ? 1 : otherAt === other.bytes.length ? -1 : nameOf(one.bytes, at).compare(nameOf(other.bytes, otherAt));
    if (order <= 0 && at < one.bytes.length) at = addEntry(entries[0], one.bytes, at, one.oid);
    if (order >= 0 && otherAt < other.bytes.length) otherAt = addEntry(entries[1], other.bytes, otherAt, other.oid);
  }
  return entries;
}

/** How many bytes two buffers have in common from some place on. */
function equalBytes(one: Buffer, at: number, other: Buffer, otherAt: number): number {
  let [equal, most] = [0, Math.min(one.length - at, other.length - otherAt)];
  while (equal < most) {
    const half = equal + Math.ceil((most - equal) / 2);
    if (one.compare(other, otherAt + equal, otherAt + half, at + equal, at + half) === 0) equal = half;
    else most = half - 1;
  }
  return equal;
}

function endOfEntry(bytes: Buffer, at: number, { length }: GitObject['oid']): number {
  return at >= bytes.length ? at : bytes.indexOf(0, at) + 1 + length / 2;
}

function nameOf(bytes: Buffer, at: number): Buffer {
  const end = bytes.indexOf(0, at);
  return bytes.subarray(bytes.indexOf(0x20, at) + 1, end);
}

/** @returns where the entry ends */
function addEntry(entries: Map<string, TreeEntry>, bytes: Buffer, at: number, oid: string): number {
  const space = bytes.indexOf(0x20, at);
  const nameEnd = bytes.indexOf(0, space);
  const end = nameEnd + 1 + oid.length / 2;
  entries.set(bytes.toString('utf8', space + 1, nameEnd), { mode: bytes.toString('utf8', at, space).padStart(6, '0'), oid: bytes.toString('hex', nameEnd + 1, end) });
  return end;
}
