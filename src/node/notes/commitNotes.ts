import { attributeText, type Source, tracesOf } from '../../core/attribution/notes/attributeText.ts';
import { type AuthoredText, type LineAuthor, linesOf, regionsFrom, unseen } from '../../core/attribution/notes/authoredText.ts';
import type { Departed } from '../../core/attribution/departedTexts.ts';
import { isKnown } from '../../core/attribution/notes/explain.ts';
import { type Note, objectAt } from '../../core/attribution/notes/note.ts';
import type { JournalEvent } from '../../core/attribution/journal.ts';
import { deletionsOfGone } from '../../core/attribution/notes/goneText.ts';
import { mergeNotes } from '../../core/attribution/notes/mergeNotes.ts';
import { misfitOf, type NotedFile, noteOf, readGone, readNoted } from '../../core/attribution/notes/noteContent.ts';
import { isAbout } from '../../core/attribution/notes/standingNote.ts';
import { aiNamedBy } from '../../core/attribution/notes/trailers.ts';
import { withRegions } from '../../core/attribution/storedRegions.ts';
import { LineText } from '../../core/text/lineText.ts';
import { sha256Hex, sha256HexOnce } from '../digest.ts';
import { KnownFiles } from '../attribution.ts';
import { Commits } from '../commits.ts';
import { withCopies } from '../copiedTexts.ts';
import { MovedTexts } from '../movedTexts.ts';
import type { Place } from '../place.ts';
import { RegionStore } from '../regionStore.ts';
import { readText } from '../workFile.ts';
import { type CommittedFile, committedFiles, type GoneFile } from './committedFiles.ts';
import { Copies } from './copies.ts';
import { type KeptText, LineCache } from './lineCache.ts';
import { Notes } from './notesRef.ts';
import { NotesSince } from './notesSince.ts';
import { type Commit, ObjectReader } from './objectReader.ts';
import { eventsUpTo, type FileTraces, Traces, untilThen } from './traces.ts';

/** What attributing some commits of a repository needs: one process that reads, the notes as they are, what is known already. To be closed. */
export class CommitNotes {
  readonly reader: ObjectReader;
  readonly cache: LineCache;
  private readonly traces: Traces;
  private readonly commits: Commits;
  private readonly copies: Copies;
  private readonly known: KnownFiles;
  private readonly digestOf = sha256HexOnce();
  /** Finds out what is not known without a walk through the history, where that may take its time. */
  lookUp: (commit: string, path: string) => Promise<Source | undefined> = () => Promise.resolve(undefined);
  /** What could not be read on the way, in words, each time that it was met. */
  readonly faults: string[] = [];
  /** What was found out here and is not in the ref yet. */
  private readonly made = new Map<string, Note>();
  private readonly files = new Map<string, ReturnType<typeof committedFiles>>();

  private constructor(
    readonly place: Place,
    reader: ObjectReader,
    readonly notes: Notes,
  ) {
    this.reader = reader;
    this.cache = new LineCache(place.commonDir, new NotesSince(reader, notes));
    this.traces = new Traces(place);
    this.commits = new Commits(place);
    this.copies = new Copies(this);
    this.known = new KnownFiles(place, new RegionStore(place.gitDir), this.commits, () => Promise.resolve(undefined));
  }

  static async open(place: Place): Promise<CommitNotes> {
    const reader = new ObjectReader(place);
    return new CommitNotes(place, reader, await Notes.open(reader));
  }

  close(): void {
    this.reader.close();
  }

  filesOf(commit: Commit): ReturnType<typeof committedFiles> {
    const files = this.files.get(commit.oid) ?? committedFiles(commit, this.reader, (blob) => this.textOf(blob));
    this.files.set(commit.oid, files);
    return files;
  }

  /**
   * The note of a commit, by what this clone saw and what is known of the texts that it came from. Undefined when nothing is known of any line, nor of one before:
   * who reads the commits before would take a bracket of theirs for one that is here.
   * @param relatives commits that it was made of, the likeliest first
   * @param isLate it was made a while ago: what this clone saw since says nothing of it
   */
  async noteOn(commit: Commit, relatives: readonly string[] = [], { isOnDisk = false, isLate = false } = {}): Promise<Note | undefined> {
    const related = (await Promise.all(relatives.map((each) => this.reader.commit(each)))).flatMap((each) => each ?? []);
    const hint = aiNamedBy(commit);
    const same = await this.sameAs(commit, related, hint);
    if (same?.isOurs === true) {
      this.made.set(commit.oid, same.note);
      return same.note;
    }
    const { files: changed, gone } = await this.filesOf(commit);
    const moved = new MovedTexts(this.traces, { eventsOf: async (path) => (await this.traces.of([path])).events, tracesOf: (path, events) => this.tracesBefore(path, events, { commit, changed }) });
    const attributed = await Promise.all([
      ...changed.map((file) => this.attribute(file, commit, { related, isOnDisk, isLate, moved })),
      ...gone.map((file) => this.attributeGone(file, commit, { related, isLate })),
    ]);
    const files = attributed.flat().map((file) => ({ ...file, text: withHint(file.text, hint) }));
    if (!files.some(({ text, isKnownBefore }) => isKnownBefore === true || text.deletions.length > 0 || text.authors.some(isKnown))) return same?.note;
    const own = noteOf(commit.oid, files, sha256Hex);
    const note = same === undefined ? own : mergeNotes(own, same.note);
    this.made.set(commit.oid, note);
    this.cache.addNoted(commit.oid, files.filter(({ isGone }) => isGone !== true));
    return note;
  }

  /** The note of a commit that another one replaced with the same content and parents, as when only its message was amended: what it says holds; one of ours says it all. */
  private async sameAs(commit: Commit, related: readonly Commit[], hint: string | undefined): Promise<{ readonly note: Note; readonly isOurs: boolean } | undefined> {
    const same = related.find(({ tree, parents }) => tree === commit.tree && parents.join() === commit.parents.join());
    if (same === undefined || aiNamedBy(same) !== hint) return undefined;
    const standing = await this.notes.on(same.oid);
    if (standing === undefined || 'fault' in standing.parsed || !isAbout(same.oid, standing)) return undefined;
    const { files, metadata } = standing.parsed.note;
    const own = objectAt(metadata, 'firebreak');
    // What was put aside there is about that one.
    return 'setAside' in own ? undefined : { note: { files, metadata: { ...metadata, base_commit_sha: commit.oid } }, isOurs: 'files' in own };
  }

  /** A text that a commit holds, as far as it is known without a walk through the history; undefined when it is not. */
  async knownAt(path: string, blob: string, commit: string): Promise<Source | undefined> {
    const text = await this.textOf(blob);
    if (text === undefined) return undefined;
    const lines = linesOf(text);
    const known = (await this.keptOf(path, blob, lines.length))?.text ?? (await this.wholeIn(commit, { path, blob, lineCount: lines.length }));
    return known === undefined ? undefined : { text, lines, ...known };
  }

  /** What was found out of a text here before. */
  async keptOf(path: string, blob: string, lineCount: number): Promise<KeptText | undefined> {
    const noted = await this.cache.notedBy(path, blob);
    const text = noted === undefined ? undefined : await this.wholeIn(noted.commit, { path, blob, lineCount });
    return noted === undefined || text === undefined ? this.cache.get(path, blob, lineCount) : { text, isFresh: noted.isFresh, along: [path] };
  }

  /** By the note on a commit, when it speaks of every line. */
  private async wholeIn(commit: string, { path, blob, lineCount }: { path: string; blob: string; lineCount: number }): Promise<KeptText['text'] | undefined> {
    const reading = await this.readingOf(path, blob, commit, lineCount);
    if (reading?.isWhole !== true) return undefined;
    return { authors: Array.from({ length: lineCount }, (_, at) => reading.named.get(at) ?? unseen), deletions: reading.deletions };
  }

  /** What the note on a commit says of a file, when it fits. */
  async readingOf(path: string, blob: string, commit: string, lineCount: number) {
    const note = await this.noteFor(commit);
    const file = { path, blob, lineCount };
    const misfit = note === undefined ? undefined : misfitOf(note, commit, file);
    if (misfit !== undefined) this.faults.push(`the note on commit ${commit} does not fit it and is not believed: ${misfit}; ${howToSee(commit)}`);
    return note === undefined || misfit !== undefined ? undefined : readNoted(note, file);
  }

  /** What the note on a commit says of a file that the commit took away. */
  async goneBy(commit: string, path: string) {
    const note = await this.noteFor(commit);
    return note === undefined || misfitOf(note, commit, { path, blob: '', lineCount: 0 }) !== undefined ? undefined : readGone(note, path);
  }

  private async noteFor(commit: string): Promise<Note | undefined> {
    const made = this.made.get(commit);
    if (made !== undefined) return made;
    const { parsed } = (await this.notes.on(commit)) ?? {};
    if (parsed === undefined || 'note' in parsed) return parsed?.note;
    this.faults.push(`the note on commit ${commit} is broken in line ${parsed.fault.line} and not believed: ${parsed.fault.why}; ${howToSee(commit)}`);
    return undefined;
  }

  async textOf(blob: string): Promise<string | undefined> {
    const decoded = await this.reader.text(blob);
    return decoded !== undefined && 'text' in decoded ? decoded.text : undefined;
  }

  private async attribute({ path, blob, before }: CommittedFile, commit: Commit, { related, isOnDisk, isLate, moved }: { related: readonly Commit[]; isOnDisk: boolean; isLate: boolean; moved: MovedTexts }): Promise<AttributedFile[]> {
    const text = await this.textOf(blob);
    if (text === undefined) return [];
    const parents = await Promise.all(before.map((each, index) => this.parentText(each, commit.parents[index] ?? '', moved)));
    const relatives = (await Promise.all(related.map((each) => this.relativesIn(each, path, commit.parents)))).flat();
    const all = this.tracesBetween(path, before, parents, text) ?? (await this.traces.of([...new Set([path, ...before.map((each) => each.path)])]));
    const { stored: saved, events } = isLate ? untilThen(all, commit.committedAt) : all;
    const stored = before.length > 0 || !isOnDisk ? saved : await this.withCopied(path, text, saved, commit.committedAt);
    // What is on disk tells more only of a text that nobody told of as it is: one that was staged in part.
    const isTold = [...(stored?.texts ?? []).map(({ digest }) => digest), ...events.map(({ after }) => after)].includes(this.digestOf(text));
    const onDisk = isOnDisk && !isTold && (stored !== undefined || events.length > 0) ? await readText(this.place.root, path) : undefined;
    const copied = before.length === 0 ? await this.copies.of({ path, blob, text }, relatives.length === 0 ? commit.parents[0] : undefined) : [];
    const attributed = attributeText(text, {
      parents: parents.flatMap((parent) => parent ?? []),
      relatives: [...relatives, ...copied],
      stored,
      events,
      broughtBy: await withCopies(events, await moved.broughtBy(events), (whole, at) => this.copyBefore(whole, path, at, commit)),
      onDisk: onDisk !== undefined && 'text' in onDisk ? onDisk.text : undefined,
      digestOf: this.digestOf,
    });
    return [{ path, blob, text: attributed, isKnownBefore: parents.some((parent) => parent?.authors.some(isKnown) === true) }];
  }

  /** With what is known of a new file by another that was copied or renamed to it since the last commit, and at which nobody looked. */
  private async withCopied(path: string, text: string, stored: FileTraces['stored'], savedAt: number): Promise<FileTraces['stored']> {
    const digest = this.digestOf(text);
    if (stored?.texts.some((each) => each.digest === digest) === true) return stored;
    const regions = await this.known.regionsNow({ path, text });
    return regions.length === 0 ? stored : withRegions(stored ?? { path, texts: [] }, { digest, length: text.length, text }, regions, savedAt);
  }

  /** Where all that is new was told of, what was told before its parent's text says nothing more: what is known of that text is taken from its commit. */
  private tracesBetween(path: string, before: CommittedFile['before'], [parent, ...others]: readonly (Source | undefined)[], text: string): FileTraces | undefined {
    return parent === undefined || others.length > 0 || before[0]?.path !== path ? undefined : this.traces.between(path, { from: parent.text, to: text }, this.digestOf);
  }

  /** Another file that held just this text when an agent wrote it. */
  private async copyBefore(text: string, path: string, at: number, { parents }: Commit): Promise<Departed | undefined> {
    const other = this.commits.seemsCopied(text, path) ? await this.commits.copyBefore(text, path, at) : undefined;
    if (other === undefined) return undefined;
    const sources = await Promise.all(parents.map((parent) => this.fileIn(parent, other)));
    const source = sources.find((each) => each?.text === text);
    return { text, regions: source === undefined ? [] : regionsFrom(source, new LineText(text)) };
  }

  /** A file of a commit, as far as it is known without a walk. */
  private async fileIn(oid: string, path: string): Promise<Source | undefined> {
    const blob = await this.blobIn(oid, path);
    return blob === undefined ? undefined : this.parentText({ path, blob }, oid);
  }

  private async blobIn(oid: string, path: string): Promise<string | undefined> {
    return this.reader.fileIn((await this.reader.commit(oid))?.tree ?? '', path);
  }

  /** What is known of a file that a commit may have taken something from, by some events at least: where these led to what it committed, those are followed. */
  private async tracesBefore(path: string, wanted: readonly JournalEvent[], { commit, changed }: { commit: Commit; changed: readonly CommittedFile[] }): Promise<ReturnType<typeof tracesOf>> {
    const file = commit.parents.length === 1 ? changed.find((each) => each.path === path && each.before[0]?.path === path) : undefined;
    const blobs = await Promise.all(commit.parents.map(async (parent, index) => file?.before[index]?.blob ?? (await this.blobIn(parent, path))));
    const noted = await Promise.all(blobs.map(async (blob, index) => (blob === undefined ? undefined : await this.notedText({ path, blob }, commit.parents[index] ?? ''))));
    const parents = noted.flatMap((each) => each ?? []);
    const text = file === undefined ? undefined : await this.textOf(file.blob);
    const between = file === undefined || text === undefined ? undefined : this.tracesBetween(path, file.before, parents, text);
    const isEnough = wanted.every(({ at, after }) => between?.events.some((event) => event.at === at && event.after === after));
    const { stored, events } = isEnough && between !== undefined ? between : await this.traces.of([path]);
    const [first] = blobs;
    // Of a text that nothing was noted of, what agents told is followed from before it: only so it is known what they had moved there, and when.
    const committed = parents[0]?.text ?? (first === undefined ? undefined : await this.textOf(first));
    const traces = tracesOf({ parents, stored, events, digestOf: this.digestOf });
    return traces === undefined ? undefined : { ...traces, committed };
  }

  private async attributeGone({ path, before }: GoneFile, commit: Commit, { related, isLate }: { related: readonly Commit[]; isLate: boolean }): Promise<AttributedFile[]> {
    const [last] = before;
    const relatives = (await Promise.all(related.map(({ oid }) => this.goneBy(oid, path)))).flatMap((known) => (known === undefined ? [] : [{ text: '', lines: [], authors: [], deletions: known.deletions }]));
    const all = await this.traces.of([path]);
    const { stored, events } = isLate ? untilThen(all, commit.committedAt) : all;
    if (last === undefined || (relatives.length === 0 && stored === undefined && events.length === 0)) return [];
    const parents = await Promise.all(before.map((each, index) => this.parentText(each, commit.parents[index] ?? '')));
    const deletions = deletionsOfGone({ parents: parents.flatMap((parent) => parent ?? []), relatives, stored, events, digestOf: this.digestOf });
    return deletions.length === 0 ? [] : [{ path, blob: last.blob, text: { lines: [], authors: [], deletions }, isGone: true }];
  }

  private async parentText(file: { path: string; blob: string }, commit: string, moved?: MovedTexts): Promise<Source | undefined> {
    const noted = await this.notedText(file, commit);
    const text = noted === undefined ? await this.textOf(file.blob) : undefined;
    if (text === undefined) return noted;
    const at = await this.committedAt(commit);
    return { text, ...(await this.toldOf(file.path, text, at, moved)), at };
  }

  private async notedText({ path, blob }: { path: string; blob: string }, commit: string): Promise<Source | undefined> {
    const known = await this.knownAt(path, blob, commit);
    return known === undefined ? undefined : { ...known, at: await this.committedAt(commit) };
  }

  private async committedAt(commit: string): Promise<number> {
    return (await this.reader.commit(commit))?.committedAt ?? 0;
  }

  /** What agents told here of a text whose commit was not noted: its hooks were not there yet, or could not write. */
  private async toldOf(path: string, text: string, committedAt: number, moved?: MovedTexts): Promise<AuthoredText> {
    const { stored, events } = await this.traces.of([path]);
    const { events: before } = untilThen({ stored, events: eventsUpTo(text, events, this.digestOf) }, committedAt);
    if (before.length > 0) return attributeText(text, { parents: [], hasUntoldParents: true, relatives: [], stored, events: before, broughtBy: await moved?.broughtBy(before), digestOf: this.digestOf });
    const lines = linesOf(text);
    return { lines, authors: lines.map(() => unseen), deletions: [] };
  }

  /** The file as a related commit has it; when it has none, what files it changed under other names. @param parents of the commit that it is related to */
  private async relativesIn(commit: Commit, path: string, parents: readonly string[]): Promise<Source[]> {
    const blob = await this.reader.fileIn(commit.tree, path);
    if (blob !== undefined) {
      const known = await this.knownAt(path, blob, commit.oid);
      const source = known ?? (await this.lookUp(commit.oid, path));
      if (source === undefined) return [];
      const base = await this.baseOf(commit, path);
      // What others' notes leave out was not followed here. What is amended was made of the same parent.
      return [{ ...source, ...(known !== undefined && { at: commit.committedAt }), isLater: commit.parents.some((each) => parents.includes(each)), ...(base !== undefined && { base }) }];
    }
    const { files: changed } = await this.filesOf(commit);
    return (await Promise.all(changed.map((file) => this.knownAt(file.path, file.blob, commit.oid)))).flatMap((each) => each ?? []);
  }

  /** The lines that a file was made of in a commit; undefined where more than one parent has a say. */
  private async baseOf({ parents: [parent, ...others] }: Commit, path: string): Promise<string[] | undefined> {
    if (parent === undefined || others.length > 0) return undefined;
    const blob = await this.blobIn(parent, path);
    return linesOf((blob === undefined ? '' : await this.textOf(blob)) ?? '');
  }
}

type AttributedFile = NotedFile & { /** Something is known of a text that it came from. */ readonly isKnownBefore?: boolean };

/** What nobody saw, in a commit that says that an AI took part, may be that AI's. */
function withHint(text: AuthoredText, hint: string | undefined): AuthoredText {
  return hint === undefined ? text : { ...text, authors: text.authors.map((author): LineAuthor => (author.kind === 'unseen' ? { kind: 'unknown', hint } : author)) };
}

/** The command that shows what stands on a commit. */
export function howToSee(commit: string): string {
  return `see it: git notes --ref=ai show ${commit}`;
}
