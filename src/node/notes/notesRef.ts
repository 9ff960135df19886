import { setTimeout as sleep } from 'node:timers/promises';
import { type Note, serializeNote } from '../../core/attribution/notes/note.ts';
import { joinStanding, parseNoteOn, type Standing } from '../../core/attribution/notes/standingNote.ts';
import { git, GitError, RepositoryError } from '../git.ts';
import type { TreeEntry } from '../objects.ts';
import type { Place } from '../place.ts';
import { type NoteChange, type NotesCommit, writeLooseNotes } from './looseNotes.ts';
import { isFolderMode, type ObjectReader } from './objectReader.ts';

export const notesRef = 'refs/notes/ai';

/** Entries of a notes tree that are kept in one folder; git itself goes over to folders by the first two digits at about as many. */
const mostInOneFolder = 256;

/** The notes as they are when this is made. */
export class Notes {
  private readonly parsed = new Map<string, Promise<Standing | undefined>>();

  private constructor(
    private readonly reader: ObjectReader,
    /** The notes' last commit; undefined when there are none. */
    readonly tip: string | undefined,
    readonly tree: string | undefined,
  ) {}

  static async open(reader: ObjectReader, ref = notesRef): Promise<Notes> {
    const tip = await reader.commit(ref);
    return new Notes(reader, tip?.oid, tip?.tree);
  }

  /** Undefined where nothing stands. */
  on(commit: string): Promise<Standing | undefined> {
    let note = this.parsed.get(commit);
    if (note === undefined) {
      note = this.read(commit);
      this.parsed.set(commit, note);
    }
    return note;
  }

  /** Every commit that has a note, with the note's object. */
  async all(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const gather = async (tree: string | undefined, digits: string): Promise<void> => {
      const entries = [...(await this.reader.tree(tree))];
      await Promise.all(entries.map(([name, { mode, oid }]) => (isFolderMode(mode) ? gather(oid, digits + name) : Promise.resolve(found.set(digits + name, oid)))));
    };
    await gather(this.tree, '');
    return found;
  }

  /** Where the note on a commit stands in the tree, or would stand. */
  async placeOf(commit: string): Promise<{ readonly path: string; readonly blob: string | undefined }> {
    let [tree, folder, digits] = [this.tree, '', commit];
    for (;;) {
      const entries = await this.reader.tree(tree);
      const own = entries.get(digits);
      if (own !== undefined && !isFolderMode(own.mode)) return { path: folder + digits, blob: own.oid };
      const inner = entries.get(digits.slice(0, 2));
      if (digits.length <= 2 || (inner === undefined ? ![...entries].some(isFanOut) : !isFolderMode(inner.mode))) return { path: folder + digits, blob: undefined };
      if (inner === undefined) return { path: `${folder}${digits.slice(0, 2)}/${digits.slice(2)}`, blob: undefined };
      [tree, folder, digits] = [inner.oid, `${folder}${digits.slice(0, 2)}/`, digits.slice(2)];
    }
  }

  /** How many notes stand without a folder. */
  async flat(): Promise<ReadonlyMap<string, TreeEntry>> {
    return new Map([...(await this.reader.tree(this.tree))].filter(([, { mode }]) => !isFolderMode(mode)));
  }

  private async read(commit: string): Promise<Standing | undefined> {
    const { blob } = await this.placeOf(commit);
    return blob === undefined ? undefined : standingIn(this.reader, commit, blob);
  }
}

/** Undefined where the object is not there. */
export async function standingIn(reader: ObjectReader, commit: string, blob: string): Promise<Standing | undefined> {
  const text = (await reader.read(blob))?.bytes.toString('utf8');
  return text === undefined ? undefined : { text, blob, parsed: parseNoteOn(commit, text) };
}

function isFanOut([name, { mode }]: readonly [string, TreeEntry]): boolean {
  return name.length === 2 && isFolderMode(mode);
}

/** The text to write on a commit, seeing what stands there. */
export type Write = (standing: Standing | undefined) => string;

export interface WriteOptions {
  readonly message: string;
  /** `Name <email>`, who writes. */
  readonly committer: string;
  readonly ref?: string;
  /** A commit of notes that is taken in with what is written, so that it counts as merged. */
  readonly merged?: string;
}

const tries = 8;

/**
 * Writes notes in one commit of the ref: only onto what stood there when it was looked at, and again if somebody was faster.
 * @returns how many notes are new or others than before
 */
export async function writeNotes(place: Place, reader: ObjectReader, writes: ReadonlyMap<string, Write>, { message, committer, ref = notesRef, merged }: WriteOptions): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const notes = await Notes.open(reader, ref);
    const fresh = new Map<string, string>();
    for (const [commit, write] of writes) {
      const standing = await notes.on(commit);
      const text = write(standing);
      if (text !== standing?.text) fresh.set(commit, text);
    }
    if (fresh.size === 0 && merged === undefined) return 0;
    try {
      const made = { ref, from: notes.tip, tree: notes.tree, merged, changes: await changesBy(fresh, notes), committer, message };
      if (!(await writeLooseNotes(place, reader, made))) await importNotes(place.root, made);
      return fresh.size;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if (attempt === tries) throw new RepositoryError(`${ref} could not be written in ${place.root}, for others wrote it at the same time, or git refused: ${error.lastLine}; what was to be noted is found again at the next commit of the same lines`);
      await sleep(5 * attempt + Math.random() * 20 * attempt);
    }
  }
}

/** Notes that stand without a folder go into folders where there are too many. */
async function changesBy(fresh: ReadonlyMap<string, string>, notes: Notes): Promise<Map<string, NoteChange>> {
  const changes = new Map<string, NoteChange>();
  const flat = await notes.flat();
  const isSpread = flat.size + fresh.size > mostInOneFolder;
  if (isSpread) for (const [name, entry] of flat) if (!fresh.has(name)) changes.set(name, undefined).set(spread(name), entry);
  for (const [commit, text] of fresh) {
    const { path } = await notes.placeOf(commit);
    if (isSpread && path === commit && flat.has(commit)) changes.set(commit, undefined);
    changes.set(isSpread && path === commit ? spread(commit) : path, { text });
  }
  return changes;
}

/** fast-import writes all objects at once, and moves the ref only from where it was. */
async function importNotes(root: string, { ref, from, merged, changes, committer, message }: NotesCommit): Promise<void> {
  const lines: (string | Buffer)[] = [`commit ${ref}\ncommitter ${committer} ${Math.floor(Date.now() / 1000)} +0000\n`, data(message)];
  if (from !== undefined) lines.push(`from ${from}\n`);
  if (merged !== undefined) lines.push(`merge ${merged}\n`);
  for (const [name, change] of changes) {
    if (change === undefined) lines.push(`D ${name}\n`);
    else if ('text' in change) lines.push(`M 100644 inline ${name}\n`, data(change.text));
    else lines.push(`M ${change.mode} ${change.oid} ${name}\n`);
  }
  lines.push('\ndone\n');
  await git(root, ['fast-import', '--quiet', '--done', '--date-format=raw'], { input: Buffer.concat(lines.map((line) => (typeof line === 'string' ? Buffer.from(line) : line))) });
}

function spread(name: string): string {
  return /^[0-9a-f]{40,}$/.test(name) ? `${name.slice(0, 2)}/${name.slice(2)}` : name;
}

function data(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

/** A note beside what stands on its commit: nothing of either is lost. */
export function joined(commit: string, note: Note): Write {
  const text = serializeNote(note);
  return (standing) => (standing === undefined ? text : joinStanding(commit, standing, { text, blob: '', parsed: { note } }));
}
