import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AuthoredText } from '../../core/attribution/notes/authoredText.ts';
import { type Note, parseNote, serializeNote } from '../../core/attribution/notes/note.ts';
import { type NotedFile, noteOf, readNoted } from '../../core/attribution/notes/noteContent.ts';
import { sha256Hex } from '../digest.ts';
import { newId } from '../newId.ts';
import { NotedLog } from './notedLog.ts';
import { readTextIfAny } from '../readTextIfAny.ts';

/** So many texts of a file are remembered, the last ones. */
const mostTexts = 8;

interface Kept {
  readonly blob: string;
  /** When notes came from elsewhere since, what was not known then may be known now. */
  readonly epoch: string;
  readonly note: string;
}

export interface KeptText {
  readonly text: Pick<AuthoredText, 'authors' | 'deletions'>;
  readonly isFresh: boolean;
}

/**
 * Who wrote the lines of texts that commits hold, by path and object: what was found out once need not be looked for in the history again. Shared by
 * all work trees, and safe to delete.
 */
export class LineCache {
  private readonly folder: string;
  private readonly log: NotedLog;
  private known: string | undefined;

  constructor(commonDir: string) {
    this.folder = path.join(commonDir, 'firebreak', 'lines');
    this.log = new NotedLog(this.folder);
  }

  /** The commit whose note tells of a text, when that is the last that was found out of it; `isFresh` as of `get`. */
  notedBy(file: string, blob: string): { readonly commit: string; readonly isFresh: boolean } | undefined {
    const noted = this.log.find(file, blob);
    return noted === undefined || noted.commit === '' ? undefined : { commit: noted.commit, isFresh: noted.epoch === this.epoch };
  }

  /** Remembers that the note on a commit tells of its files. */
  addNoted(commit: string, files: readonly NotedFile[]): void {
    this.log.add(files.map(({ path: file, blob, text }) => ({ path: file, blob, commit, epoch: this.epoch, isAi: hasAi(text) })));
  }

  /** Files in texts of which an AI has lines, with the objects of these texts: where a copy may come from. */
  sources(): { readonly path: string; readonly blob: string }[] {
    return this.log.sources();
  }

  /** `isFresh`: no notes came from elsewhere since it was kept. */
  get(file: string, blob: string, lineCount: number): KeptText | undefined {
    const kept = this.keptOf(file).find((each) => each.blob === blob);
    const parsed = kept === undefined ? undefined : parseNote(kept.note);
    if (kept === undefined || parsed === undefined || 'fault' in parsed) return undefined;
    const reading = readNoted(parsed.note, { path: file, blob, lineCount });
    if (reading?.isWhole !== true || reading.named.size !== lineCount) return undefined;
    const authors = Array.from(reading.named.entries()).sort(([a], [b]) => a - b).map(([, author]) => author);
    return { text: { authors, deletions: reading.deletions }, isFresh: kept.epoch === this.epoch };
  }

  put(file: string, blob: string, text: AuthoredText): void {
    const note: Note = noteOf(blob, [{ path: file, blob, text }], sha256Hex);
    const others = this.keptOf(file).filter((each) => each.blob !== blob);
    const texts: Kept[] = [{ blob, epoch: this.epoch, note: serializeNote(note) }, ...others].slice(0, mostTexts);
    this.write(this.fileOf(file), JSON.stringify({ version: 1, path: file, texts }));
    this.log.add([{ path: file, blob, commit: '', epoch: this.epoch, isAi: hasAi(text) }]);
  }

  /** To be called when notes came from elsewhere. */
  outdate(): void {
    this.known = newId();
    this.write(path.join(this.folder, 'epoch'), this.known);
  }

  /** The same for what else tells who wrote what, when it is not what it was. @param digest of all of it */
  outdateUnless(digest: string): void {
    const file = path.join(this.folder, 'traced');
    if (readTextIfAny(file) === digest) return;
    this.outdate();
    this.write(file, digest);
  }

  private get epoch(): string {
    this.known ??= readTextIfAny(path.join(this.folder, 'epoch')) ?? '';
    return this.known;
  }

  private keptOf(file: string): readonly Kept[] {
    const text = readTextIfAny(this.fileOf(file));
    if (text === undefined) return [];
    try {
      const { version, path: of, texts } = JSON.parse(text) as { version: unknown; path: unknown; texts: unknown };
      return version === 1 && of === file && Array.isArray(texts) ? texts.filter(isKept) : [];
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

function hasAi({ authors }: AuthoredText): boolean {
  return authors.some(({ kind }) => kind === 'ai');
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && ['blob', 'epoch', 'note'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');
}
