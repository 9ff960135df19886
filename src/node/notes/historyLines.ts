import { promises } from 'node:fs';
import path from 'node:path';
import type { readTraces } from '../../core/attribution/notes/agentTrace.ts';
import { alignLines, isBare } from '../../core/attribution/notes/alignLines.ts';
import type { Source } from '../../core/attribution/notes/attributeText.ts';
import { type AuthoredText, type Deletion, type LineAuthor, inherited, linesOf, unseen } from '../../core/attribution/notes/authoredText.ts';
import { withoutDoubled, withoutStrays } from '../../core/attribution/notes/bareLines.ts';
import { explain, explainWith, isUntold } from '../../core/attribution/notes/explain.ts';
import type { Note } from '../../core/attribution/notes/note.ts';
import { type NotedFile, noteOf, type Reading } from '../../core/attribution/notes/noteContent.ts';
import { changedByCommit } from '../../core/attribution/notes/changedByCommit.ts';
import { keptFrom } from '../../core/attribution/notes/samePatch.ts';
import { aiNamedBy } from '../../core/attribution/notes/trailers.ts';
import { sha256Hex } from '../digest.ts';
import { gitText } from '../git.ts';
import { type CommitNotes, howToSee } from './commitNotes.ts';
import { LastChange } from './lastChange.ts';
import { NoteIndex } from './noteIndex.ts';
import type { Commit } from './objectReader.ts';

/** Renames that are followed, one after the other. */
const mostRenames = 20;

/** A commit that changed the file, of the history with all others left out. */
interface Step {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly blob: string | undefined;
  readonly lineCount: number;
  readonly reading: Reading | undefined;
}

/** Who wrote the lines of files that commits hold, by the notes of their histories. What was found out is kept. */
export class HistoryLines {
  private readonly index: NoteIndex;
  private readonly changes: LastChange;
  private traceRecords: Promise<ReadTraces | undefined> | undefined;

  constructor(private readonly notes: CommitNotes) {
    this.index = new NoteIndex(notes);
    this.changes = new LastChange(notes);
  }

  /** Whether some note names the file. */
  isNamed(file: string): Promise<boolean> {
    return this.index.knows(file);
  }

  /** Undefined when the commit has no such file, or one that is not read. */
  linesAt(commit: string, file: string): Promise<Source | undefined> {
    return this.linesAlong(commit, file, new Set());
  }

  /** @param along the paths that the file had on the way to this one; this one is added, and those that it had before */
  private async linesAlong(commit: string, file: string, along: Set<string>): Promise<Source | undefined> {
    along.add(file);
    const at = await this.notes.reader.commit(commit);
    const blob = at === undefined ? undefined : await this.notes.reader.fileIn(at.tree, file);
    const text = blob === undefined ? undefined : await this.notes.textOf(blob);
    if (at === undefined || blob === undefined || text === undefined) return undefined;
    const lines = linesOf(text);
    await this.traced();
    const { faults } = this.notes;
    const before = faults.length;
    const cached = await this.notes.keptOf(file, blob, lines.length);
    if (cached !== undefined && isSettled(cached.text, cached.isFresh)) {
      for (const each of cached.along) along.add(each);
      return { text, lines, ...cached.text };
    }
    const found = await this.find(at.oid, file, { text, lines }, along);
    // Where something could not be read, it is to be told again the next time.
    if (faults.length === before) this.notes.cache.put(file, blob, found, [...along]);
    return { text, ...found };
  }

  /** What an AI deleted of a file that a commit has no longer, as a text without lines; undefined where the commit has it, or nobody knows of an AI. */
  async goneAt(commit: string, file: string): Promise<Source | undefined> {
    const at = await this.notes.reader.commit(commit);
    if (at === undefined || (await this.notes.reader.fileIn(at.tree, file)) !== undefined) return undefined;
    const last = await this.changes.of(commit, file);
    const taking = await this.notes.reader.commit(last);
    if (taking === undefined) return undefined;
    const parents = await Promise.all(taking.parents.map((parent) => this.notes.reader.commit(parent)));
    const blobs = (await Promise.all(parents.map(async (parent) => (parent === undefined ? undefined : this.notes.reader.fileIn(parent.tree, file))))).flatMap((blob) => blob ?? []);
    const noted = await this.notes.goneBy(last, file);
    const deletions = noted !== undefined && blobs.includes(noted.blob) ? noted.deletions : await this.index.goneElsewhere({ commit: last, path: file, blobs });
    return deletions.length === 0 ? undefined : { text: '', lines: [], authors: [], deletions };
  }

  /** The note that a commit without one can be given, by the content of commits that have one; undefined where nothing of an AI is found. */
  async adopted(commit: Commit): Promise<Note | undefined> {
    const files: NotedFile[] = [];
    const { files: changed, gone } = await this.notes.filesOf(commit);
    for (const { path: file, blob, before } of changed) {
      const text = (await this.index.knows(file)) ? await this.linesAt(commit.oid, file) : undefined;
      if (text !== undefined) files.push({ path: file, blob, text: await this.withInherited(text, before) });
    }
    for (const { path: file, before: [last] } of gone) {
      const text = last !== undefined && (await this.index.knows(file)) ? await this.goneAt(commit.oid, file) : undefined;
      if (text !== undefined && last !== undefined) files.push({ path: file, blob: last.blob, text, isGone: true });
    }
    return files.some(({ text }) => text.deletions.length > 0 || text.authors.some(({ kind }) => kind === 'ai')) ? noteOf(commit.oid, files, sha256Hex) : undefined;
  }

  /** Of what stood there before and nothing is known here, another clone may have the notes; a bracket stood there only if what stands around it did. */
  private async withInherited(text: Source, before: readonly { readonly blob: string }[]): Promise<AuthoredText> {
    const kept = new Set<number>();
    for (const { blob } of before) {
      const places = keptFrom(linesOf((await this.notes.textOf(blob)) ?? ''), text.lines);
      const isKept = (at: number, from: number) => at < 0 || at >= text.lines.length || places.get(at) === from;
      for (const [at, from] of places) if (!isBare(text.lines[at] ?? '') || (isKept(at - 1, from - 1) && isKept(at + 1, from + 1))) kept.add(at);
    }
    return { ...text, authors: text.authors.map((author, at) => (author.kind === 'unseen' && kept.has(at) ? inherited : author)) };
  }

  private async find(commit: string, file: string, { text, lines }: { text: string; lines: string[] }, along: Set<string>): Promise<AuthoredText> {
    const last = await this.changes.of(commit, file);
    const step = await this.stepOf(last, [], file);
    const whole = step.reading?.isWhole === true && !hasInherited(step.reading) ? step.reading : undefined;
    if (whole !== undefined) return { lines, authors: lines.map((_, at) => whole.named.get(at) ?? unseen), deletions: whole.deletions };
    const found = await this.walk(commit, file, { last, along });
    return found?.text === text ? found : { lines, authors: lines.map(() => unseen), deletions: [] };
  }

  /** From the commit back to where notes say it all, and then forth again. */
  private async walk(commit: string, file: string, { last, along }: { last: string; along: Set<string> }): Promise<Source | undefined> {
    const listed = (await this.changes.isOnly(last, file)) ? last : await gitText(this.notes.place.root, ['rev-list', '--parents', '--topo-order', commit, '--', file]);
    const parentsOf = new Map(listed.split('\n').filter((line) => line !== '').map((line) => {
      const [oid = '', ...parents] = line.split(' ');
      return [oid, parents] as const;
    }));
    const steps = new Map<string, Step>();
    const wanted = new Set([...parentsOf.keys()].slice(0, 1));
    for (const [oid, parents] of parentsOf) {
      if (!wanted.has(oid)) continue;
      const step = await this.stepOf(oid, parents.filter((parent) => parentsOf.has(parent)), file);
      steps.set(oid, step);
      if (step.reading?.isWhole !== true || hasInherited(step.reading)) for (const parent of step.parents) wanted.add(parent);
    }
    const texts = new Map<string, Source | undefined>();
    for (const step of [...steps.values()].reverse()) texts.set(step.oid, await this.textAfter(step, file, { texts, others: parentsOf, along }));
    const [top] = steps.values();
    if (top === undefined) return undefined;
    return texts.get(top.oid) ?? this.untold(top);
  }

  private async stepOf(oid: string, parents: readonly string[], file: string): Promise<Step> {
    const commit = await this.notes.reader.commit(oid);
    const blob = commit === undefined ? undefined : await this.notes.reader.fileIn(commit.tree, file);
    const standing = blob === undefined ? undefined : await this.notes.notes.on(oid);
    if (blob === undefined || standing === undefined) return { oid, parents, blob, lineCount: 0, reading: undefined };
    const lineCount = linesOf((await this.notes.textOf(blob)) ?? '').length;
    return { oid, parents, blob, lineCount, reading: await this.notes.readingOf(file, blob, oid, lineCount) };
  }

  /** The file as a step left it; undefined where nothing is known of any of its lines, and its text need not be read. */
  private async textAfter(step: Step, file: string, { texts, others, along }: { texts: ReadonlyMap<string, Source | undefined>; others: ReadonlyMap<string, unknown>; along: Set<string> }): Promise<Source | undefined> {
    const { blob } = step;
    let { reading } = step;
    if (blob === undefined) return undefined;
    const commit = await this.notes.reader.commit(step.oid);
    const known = step.parents.map((parent) => texts.get(parent));
    const traced = await this.traced();
    const hint = commit === undefined ? undefined : aiNamedBy(commit);
    const candidates = reading === undefined ? await this.index.candidates({ commit: step.oid, path: file, blob }, new Set(others.keys())) : [];
    const elsewhere = reading === undefined && step.parents.length > 0 ? await this.index.deletionsIn({ commit: step.oid, path: file }, new Set(others.keys())) : [];
    const source = reading !== undefined || elsewhere.length > 0 || traced !== undefined || hint !== undefined || candidates.length > 0 || known.some((each) => each !== undefined) || step.parents.length === 0;
    if (!source) return undefined;
    const text = await this.notes.textOf(blob);
    if (text === undefined) return undefined;
    const lines = linesOf(text);
    const before = await this.parentsOf(step, known, file, along);
    if (reading?.isWhole === false) reading = { ...reading, named: this.believed(reading.named, { file, commit: step.oid, lines, before }) };
    const found = explainWith(explain(lines, before), candidates);
    const gone = elsewhere.length === 0 ? [] : explain(lines, before.map((each) => ({ ...each, deletions: takenFrom(each, elsewhere, text) }))).deletions;
    const told = traced?.({ path: file, revision: step.oid, lines });
    const isNew = hint === undefined || before.length === 0 ? () => true : isNewIn(lines, before);
    const authors = lines.map((_, at): LineAuthor => authorOf(found.authors[at] ?? unseen, reading?.named.get(at) ?? told?.get(at), { isWhole: reading?.isWhole === true, hint, isNew: isNew(at) }));
    const result = { text, lines, authors, deletions: reading?.isWhole === true ? reading.deletions : merged(merged(found.deletions, gone), reading?.deletions ?? []) };
    const settled = withoutStrays(reading === undefined ? result : withoutDoubled(result, before, reading.named), before, (at) => reading?.named.has(at) === true || told?.has(at) === true);
    return isUntold(settled) ? undefined : settled;
  }

  /** What another tool's note says of the lines that its commit changed. */
  private believed(named: Reading['named'], { file, commit, lines, before }: { file: string; commit: string; lines: readonly string[]; before: readonly Source[] }): Reading['named'] {
    const believed = changedByCommit(named, lines, before.map((each) => each.lines));
    const [first] = believed.untouched;
    if (first !== undefined) this.notes.faults.push(`the note on commit ${commit} names line ${first + 1} of ${JSON.stringify(file)}, which that commit did not change: ${believed.named.size === 0 ? 'what it says of the file' : 'what it says of such lines'} is not believed; ${howToSee(commit)}`);
    return believed.named;
  }

  /** The texts before, also of a file that was called otherwise. */
  private async parentsOf(step: Step, known: readonly (Source | undefined)[], file: string, along: Set<string>): Promise<Source[]> {
    if (step.parents.length > 0) {
      return (await Promise.all(known.map(async (each, index) => each ?? this.untold(await this.stepOf(step.parents[index] ?? '', [], file))))).flatMap((each) => each ?? []);
    }
    const commit = await this.notes.reader.commit(step.oid);
    const before = commit === undefined ? undefined : (await this.notes.filesOf(commit)).files.find((each) => each.path === file)?.before[0];
    const [parent] = commit?.parents ?? [];
    if (before === undefined || parent === undefined || before.path === file || along.size > mostRenames) return [];
    return [await this.linesAlong(parent, before.path, along)].flatMap((each) => each ?? []);
  }

  private async untold({ blob }: Step): Promise<Source | undefined> {
    const text = blob === undefined ? undefined : await this.notes.textOf(blob);
    if (text === undefined) return undefined;
    const lines = linesOf(text);
    return { text, lines, authors: lines.map(() => unseen), deletions: [] };
  }

  /** What records of Agent Trace say, where the work tree has some. */
  private traced(): Promise<ReadTraces | undefined> {
    this.traceRecords ??= tracesIn(this.notes);
    return this.traceRecords;
  }
}

type ReadTraces = (text: Parameters<typeof readTraces>[1]) => ReturnType<typeof readTraces>;

const tracesFile = '.agent-trace/traces.jsonl';

async function tracesIn({ place, cache, faults }: CommitNotes): Promise<ReadTraces | undefined> {
  const written = await promises.readFile(path.join(place.root, tracesFile), 'utf8').catch(() => undefined);
  cache.outdateUnless(written === undefined ? '' : sha256Hex(written));
  if (written === undefined) return undefined;
  const { parseTraces, readTraces: read } = await import('../../core/attribution/notes/agentTrace.ts');
  const { records, faults: broken } = parseTraces(written);
  faults.push(...broken.map(({ line, why }) => `${tracesFile}:${line} is no record of Agent Trace and was passed over: ${why}`));
  return records.length === 0
    ? undefined
    : (text) =>
        read(records, text, (why) => {
          const fault = `${tracesFile} names what is not there and was passed over: ${why}`;
          if (!faults.includes(fault)) faults.push(fault);
        });
}

/**
 * What a note says of a line goes before what its history says, but that it says nothing. Another tool calls a line a person's when a person changed one character of
 * it: what an AI wrote of it is there still.
 */
function authorOf(before: LineAuthor, named: LineAuthor | undefined, { isWhole, hint, isNew }: { isWhole: boolean; hint: string | undefined; isNew: boolean }): LineAuthor {
  if (named?.kind === 'human' && !isWhole && before.kind === 'ai') return before;
  if (named !== undefined && named.kind !== 'inherited' && named.kind !== 'unseen') return named;
  if (named?.kind === 'unseen' && isWhole) return named;
  const author = before.kind === 'inherited' ? unseen : before;
  return hint !== undefined && isNew && named?.kind !== 'inherited' && author.kind === 'unseen' ? { kind: 'unknown', hint } : author;
}

/** What was only set in another way was there. */
function isNewIn(lines: readonly string[], before: readonly AuthoredText[]): (at: number) => boolean {
  const old = new Set(before.flatMap((each) => each.lines));
  const origins = before.map((each) => alignLines(each.lines, lines));
  return (at) => !old.has(lines[at] ?? '') && !origins.some((each) => each[at]?.kind === 'laid');
}

/** Those of some deletions that a step made, in front of the line that followed in the text before; of a long one a note has only the beginning. */
function takenFrom(before: Source, deletions: readonly Deletion[], after: string): Deletion[] {
  return deletions.flatMap((deletion) => {
    const wanted = deletion.text.replace(/\n… and \d+ more characters$/, '').trim();
    const at = after.includes(wanted) ? -1 : before.text.indexOf(wanted);
    return at === -1 ? [] : [{ ...deletion, line: linesOf(before.text.slice(0, at + wanted.length)).length }];
  });
}

function hasInherited({ named }: Reading): boolean {
  for (const { kind } of named.values()) if (kind === 'inherited') return true;
  return false;
}

function isSettled({ authors }: Pick<AuthoredText, 'authors'>, isFresh: boolean): boolean {
  return authors.every(({ kind }) => kind !== 'inherited' && (kind !== 'unseen' || isFresh));
}

function merged(some: readonly Deletion[], others: readonly Deletion[]): Deletion[] {
  return [...some, ...others.filter(({ line, text }) => !some.some((each) => each.line === line && each.text === text))].sort((a, b) => a.line - b.line);
}
