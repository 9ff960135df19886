import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AuthoredText } from '../../core/attribution/notes/authoredText.ts';
import { type Note, parseNote, serializeNote } from '../../core/attribution/notes/note.ts';
import { type NotedFile, noteOf, readNoted } from '../../core/attribution/notes/noteContent.ts';
import { sha256Hex } from '../digest.ts';
import { newId } from '../newId.ts';
import { NotedLog } from './notedLog.ts';
import type { NotesSince } from './notesSince.ts';
import { readTextIfAny } from '../readTextIfAny.ts';

/** So many texts of a file are remembered, the last ones. */
const mostTexts = 8;

interface Kept {
  readonly blob: string;
  /** What it was found out by: see `epoch`. */
  readonly epoch: string;
  readonly note: string;
  /** Other paths under which it was looked for. */
  readonly along: readonly string[];
}

export interface KeptText {
  readonly text: Pick<AuthoredText, 'authors' | 'deletions'>;
  /** Nothing that may tell more came since. */
  readonly isFresh: boolean;
  /** All paths under which it was looked for. */
  readonly along: readonly string[];
}

/**
 * Who wrote the lines of texts that commits hold, by path and object: what was found out once need not be looked for in the history again, until what it was
 * found out by is another. Shared by all work trees, and safe to delete.
 */
export class LineCache {
  private readonly folder: string;
  private readonly log: NotedLog;
  private knownTraces: string | undefined;

  constructor(
    commonDir: string,
    private readonly notes: NotesSince,
  ) {
    this.folder = path.join(commonDir, 'firebreak', 'lines');
    this.log = new NotedLog(this.folder);
  }

  /** The commit whose note tells of a text, when that is the last that was found out of it; `isFresh` as of a kept text, but for that note. */
  async notedBy(file: string, blob: string): Promise<{ readonly commit: string; readonly isFresh: boolean } | undefined> {
    const noted = this.log.find(file, blob);
    if (noted === undefined || noted.commit === '') return undefined;
    return { commit: noted.commit, isFresh: await this.holds(noted.epoch, [file], noted.commit) };
  }

  /** Remembers that the note on a commit tells of its files. */
  addNoted(commit: string, files: readonly NotedFile[]): void {
    this.log.add(files.map(({ path: file, blob, text }) => ({ path: file, blob, commit, epoch: this.epoch, isAi: hasAi(text) })));
  }

  /** Files in texts of which an AI has lines, with the objects of these texts: where a copy may come from. */
  sources(): { readonly path: string; readonly blob: string }[] {
    return this.log.sources();
  }

  /** Undefined where it is not known, or notes that speak of the file came, went or were replaced since. */
  async get(file: string, blob: string, lineCount: number): Promise<KeptText | undefined> {
    const kept = this.keptOf(file).find((each) => each.blob === blob);
    const along = [file, ...(kept?.along ?? [])];
    const parsed = kept === undefined || !(await this.holds(kept.epoch, along)) ? undefined : parseNote(kept.note);
    if (parsed === undefined || 'fault' in parsed) return undefined;
    const reading = readNoted(parsed.note, { path: file, blob, lineCount });
    if (reading?.isWhole !== true || reading.named.size !== lineCount) return undefined;
    const authors = Array.from(reading.named.entries()).sort(([a], [b]) => a - b).map(([, author]) => author);
    return { text: { authors, deletions: reading.deletions }, isFresh: true, along };
  }

  /** @param along the paths under which it was looked for */
  put(file: string, blob: string, text: AuthoredText, along: readonly string[]): void {
    const note: Note = noteOf(blob, [{ path: file, blob, text }], sha256Hex);
    const others = this.keptOf(file).filter((each) => each.blob !== blob);
    const texts: Kept[] = [{ blob, epoch: this.epoch, note: serializeNote(note), along: along.filter((each) => each !== file) }, ...others].slice(0, mostTexts);
    whereItCanBeKept(() => {
      this.write(this.fileOf(file), JSON.stringify({ version: 2, path: file, texts }));
      this.log.add([{ path: file, blob, commit: '', epoch: this.epoch, isAi: hasAi(text) }]);
    });
  }

  /** To be called with what else tells who wrote what: when it is not what it was, nothing that was found out holds. @param digest of all of it; '' where there is none */
  outdateUnless(digest: string): void {
    if (digest === this.traces) return;
    this.knownTraces = digest;
    whereItCanBeKept(() => {
      this.write(this.tracesFile, digest);
    });
  }

  /** What is found out now is found out by: the notes' tree, and the digest of all else that tells. */
  private get epoch(): string {
    return `${this.notes.now}.${this.traces}`;
  }

  private async holds(epoch: string, paths: readonly string[], but?: string): Promise<boolean> {
    const [tree = '', traces] = epoch.split('.');
    return traces === this.traces && !(await this.notes.speakOf(paths, tree, but));
  }

  private get traces(): string {
    this.knownTraces ??= readTextIfAny(this.tracesFile) ?? '';
    return this.knownTraces;
  }

  private get tracesFile(): string {
    return path.join(this.folder, 'traced');
  }

  private keptOf(file: string): readonly Kept[] {
    const text = readTextIfAny(this.fileOf(file));
    if (text === undefined) return [];
    try {
      const { version, path: of, texts } = JSON.parse(text) as { version: unknown; path: unknown; texts: unknown };
      return version === 2 && of === file && Array.isArray(texts) ? texts.filter(isKept) : [];
    } catch {
      return [];
    }
  }

  /** Whole, so that no reader sees half of it. */
  private write(file: string, text: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    const fresh = `${file}.${newId()}.new`;
    writeFileSync(fresh, text);
    renameSync(fresh, file);
  }

  private fileOf(file: string): string {
    return path.join(this.folder, `${sha256Hex(file)}.json`);
  }
}

/** What a full disk, a folder that may only be read, or something in its place keeps from being written is found out again the next time. */
function whereItCanBeKept(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'ENOENT', 'ENOTDIR', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function hasAi({ authors }: AuthoredText): boolean {
  return authors.some(({ kind }) => kind === 'ai');
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && ['blob', 'epoch', 'note'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string') && Array.isArray((value as Record<string, unknown>).along);
}
