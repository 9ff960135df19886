import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { GitError } from '../git.ts';
import type { TreeEntry } from '../objects.ts';
import type { Place } from '../place.ts';
import { newId } from '../newId.ts';
import { readTextIfAny } from '../readTextIfAny.ts';
import { isFolderMode, type ObjectReader } from './objectReader.ts';
import type { ObjectStore } from './objectStore.ts';

/** More objects than that git packs, as `fast-import` does by itself. */
const mostNotes = 90;

/** What stands at a path of a notes tree from now on: a note's text, an entry as it was elsewhere, or nothing. */
export type NoteChange = { readonly text: string } | TreeEntry | undefined;

export interface NotesCommit {
  readonly ref: string;
  /** What the reference names so far; undefined when there is none. */
  readonly from: string | undefined;
  readonly tree: string | undefined;
  /** Another commit of notes that counts as merged. */
  readonly merged: string | undefined;
  readonly changes: ReadonlyMap<string, NoteChange>;
  /** `Name <email>`. */
  readonly committer: string;
  readonly message: string;
}

/** Settings under which objects or references are written in another way than here, or that lead to more settings. */
const unlike = /sharedrepository|fsync|logallrefupdates\s*=(?!\s*true\s)|refstorage|compatobjectformat|\[include/i;
/** What folders have that are shared by a group. */
const setGroupId = 0o2000;

/**
 * Writes notes as git would, without starting it: loose objects, and then the reference from where it was, which is locked meanwhile as git locks it.
 * @returns whether they are written; not where git has to do it
 */
export async function writeLooseNotes({ gitDir, commonDir }: Place, reader: ObjectReader, { ref, from, tree, merged, changes, committer, message }: NotesCommit): Promise<boolean> {
  const { store } = reader;
  const config = [path.join(commonDir, 'config'), path.join(gitDir, 'config.worktree')].map((file) => readTextIfAny(file) ?? '').join('\n');
  if (store === undefined || changes.size > mostNotes || unlike.test(config) || existsSync(path.join(commonDir, 'reftable')) || (statSync(store.objects).mode & setGroupId) !== 0) return false;
  if (from === undefined && existsSync(path.join(commonDir, ref))) return false;
  const objects = new LooseObjects(store.objects);
  const made = await changedTree(tree, changes, { reader, objects });
  if (made === undefined) return false;
  const by = `${committer} ${Math.floor(Date.now() / 1000)} +0000`;
  const parents = [from, merged].flatMap((parent) => (parent === undefined ? [] : [`parent ${parent}`]));
  const to = objects.add('commit', Buffer.from([`tree ${made.oid ?? objects.add('tree', Buffer.alloc(0))}`, ...parents, `author ${by}`, `committer ${by}`, '', message].join('\n')));
  objects.write();
  moveReference({ commonDir, store }, { ref, from, to, logged: `${by}\t${message.split('\n')[0] ?? ''}`, isAlwaysLogged: /logallrefupdates\s*=/i.test(config) });
  return true;
}

/** @returns the tree with the changes, without a name when nothing stands in it; undefined when it has names that are not kept apart here */
async function changedTree(tree: string | undefined, changes: NotesCommit['changes'], { reader, objects }: { reader: ObjectReader; objects: LooseObjects }): Promise<{ readonly oid: string | undefined } | undefined> {
  const entries = new Map(await reader.tree(tree));
  if ([...entries.keys()].some((name) => !/^[\x20-\x7e]+$/.test(name))) return undefined;
  const inner = new Map<string, Map<string, NoteChange>>();
  for (const [name, change] of changes) {
    const slash = name.indexOf('/');
    if (slash !== -1) inner.set(name.slice(0, slash), (inner.get(name.slice(0, slash)) ?? new Map<string, NoteChange>()).set(name.slice(slash + 1), change));
    else if (change === undefined) entries.delete(name);
    else entries.set(name, 'text' in change ? { mode: '100644', oid: objects.add('blob', Buffer.from(change.text)) } : change);
  }
  for (const [name, below] of inner) {
    const entry = entries.get(name);
    if (entry !== undefined && !isFolderMode(entry.mode)) return undefined;
    const made = await changedTree(entry?.oid, below, { reader, objects });
    if (made === undefined) return undefined;
    if (made.oid === undefined) entries.delete(name);
    else entries.set(name, { mode: '040000', oid: made.oid });
  }
  return { oid: entries.size === 0 ? undefined : objects.add('tree', treeOf(entries)) };
}

/** In git's order: folders as if their names ended with a slash. */
function treeOf(entries: ReadonlyMap<string, TreeEntry>): Buffer {
  const sorted = [...entries].map(([name, entry]) => ({ name, entry, key: isFolderMode(entry.mode) ? `${name}/` : name })).sort((one, other) => (one.key < other.key ? -1 : 1));
  return Buffer.concat(sorted.flatMap(({ name, entry }) => [Buffer.from(`${entry.mode.replace(/^0/, '')} ${name}\0`), Buffer.from(entry.oid, 'hex')]));
}

const load = createRequire(process.execPath);

/** Objects that are about to be written, each a file. */
class LooseObjects {
  private readonly waiting = new Map<string, Buffer>();

  constructor(private readonly folder: string) {}

  /** @returns its name */
  add(type: string, bytes: Buffer): string {
    const { createHash } = load('node:crypto') as typeof import('node:crypto');
    const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
    const oid = createHash('sha1').update(whole).digest('hex');
    this.waiting.set(oid, whole);
    return oid;
  }

  /** In the order in which they were added, so that none is there before what it names. */
  write(): void {
    const { deflateSync } = load('node:zlib') as typeof import('node:zlib');
    for (const [oid, whole] of this.waiting) {
      const file = path.join(this.folder, oid.slice(0, 2), oid.slice(2));
      if (existsSync(file)) continue;
      mkdirSync(path.dirname(file), { recursive: true });
      // By this name git knows what nobody finished, and takes it away some time.
      const fresh = path.join(this.folder, oid.slice(0, 2), `tmp_obj_${newId()}`);
      writeFileSync(fresh, deflateSync(whole, { level: 1 }), { flag: 'wx', mode: 0o444 });
      renameSync(fresh, file);
    }
  }
}

/** Fails as git does where somebody else was faster. */
function moveReference(
  { commonDir, store }: { commonDir: string; store: ObjectStore },
  { ref, from, to, logged, isAlwaysLogged }: { ref: string; from: string | undefined; to: string; logged: string; isAlwaysLogged: boolean },
): void {
  const file = path.join(commonDir, ref);
  const lock = `${file}.lock`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    writeNew(lock, `${to}\n`, 0o666);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new GitError('update-ref', undefined, `${lock} is there: somebody writes ${ref}, or was ended while doing so; in that case delete the file`);
  }
  try {
    if (store.referenced(ref) !== from) throw new GitError('update-ref', undefined, `${ref} has moved meanwhile`);
    const log = path.join(commonDir, 'logs', ref);
    if (isAlwaysLogged) mkdirSync(path.dirname(log), { recursive: true });
    if (isAlwaysLogged || existsSync(log)) appendFileSync(log, `${from ?? '0'.repeat(to.length)} ${to} ${logged}\n`);
    renameSync(lock, file);
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  }
}

/** Safe on disk before it has its place: a reference that names nothing would break what git does with all of them. */
function writeNew(file: string, text: string, mode: number): void {
  const opened = openSync(file, 'wx', mode);
  try {
    writeFileSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
