import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { readTraces } from '../../core/attribution/notes/agentTrace.ts';
import type { Source } from '../../core/attribution/notes/attributeText.ts';
import { type AuthoredText, type Deletion, type LineAuthor, linesOf, unseen } from '../../core/attribution/notes/authoredText.ts';
import { explain, explainWith, isUntold } from '../../core/attribution/notes/explain.ts';
import type { Note } from '../../core/attribution/notes/note.ts';
import { type NotedFile, noteOf, type Reading } from '../../core/attribution/notes/noteContent.ts';
import { aiNamedBy } from '../../core/attribution/notes/trailers.ts';
import { sha256Hex } from '../digest.ts';
import { gitText } from '../git.ts';
import type { CommitNotes } from './commitNotes.ts';
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
  private traceRecords: Promise<ReadTraces | undefined> | undefined;

  constructor(private readonly notes: CommitNotes) {
    this.index = new NoteIndex(notes);
  }

  /** Undefined when the commit has no such file, or one that is not read. */
  async linesAt(commit: string, file: string, renames = 0): Promise<Source | undefined> {
    const at = await this.notes.reader.commit(commit);
    const blob = at === undefined ? undefined : await this.notes.reader.fileIn(at.tree, file);
    const text = blob === undefined ? undefined : await this.notes.textOf(blob);
    if (at === undefined || blob === undefined || text === undefined) return undefined;
    const lines = linesOf(text);
    const cached = await this.notes.keptOf(file, blob, lines.length);
    if (cached !== undefined && isSettled(cached.text, cached.isFresh)) return { text, lines, ...cached.text };
    const found = await this.find(at.oid, file, { text, lines }, renames);
    this.notes.cache.put(file, blob, found);
    return { text, ...found };
  }

  /** The note that a commit without one can be given, by the content of commits that have one; undefined where no line of an AI is found. */
  async adopted(commit: Commit): Promise<Note | undefined> {
    const files: NotedFile[] = [];
    for (const { path: file, blob } of await this.notes.filesOf(commit)) {
      const text = (await this.index.knows(file)) ? await this.linesAt(commit.oid, file) : undefined;
      if (text !== undefined) files.push({ path: file, blob, text });
    }
    return files.some(({ text }) => text.authors.some(({ kind }) => kind === 'ai')) ? noteOf(commit.oid, files, sha256Hex) : undefined;
  }

  private async find(commit: string, file: string, { text, lines }: { text: string; lines: string[] }, renames: number): Promise<AuthoredText> {
    const last = await gitText(this.notes.place.root, ['rev-list', '--max-count=1', commit, '--', file]);
    const step = await this.stepOf(last, [], file);
    const whole = step.reading?.isWhole === true && !hasInherited(step.reading) ? step.reading : undefined;
    if (whole !== undefined) return { lines, authors: lines.map((_, at) => whole.named.get(at) ?? unseen), deletions: whole.deletions };
    const found = await this.walk(commit, file, renames);
    return found?.text === text ? found : { lines, authors: lines.map(() => unseen), deletions: [] };
  }

  /** From the commit back to where notes say it all, and then forth again. */
  private async walk(commit: string, file: string, renames: number): Promise<Source | undefined> {
    const listed = await gitText(this.notes.place.root, ['rev-list', '--parents', '--topo-order', commit, '--', file]);
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
    for (const step of [...steps.values()].reverse()) texts.set(step.oid, await this.textAfter(step, file, { texts, others: parentsOf, renames }));
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
  private async textAfter(step: Step, file: string, { texts, others, renames }: { texts: ReadonlyMap<string, Source | undefined>; others: ReadonlyMap<string, unknown>; renames: number }): Promise<Source | undefined> {
    const { blob, reading } = step;
    if (blob === undefined) return undefined;
    const commit = await this.notes.reader.commit(step.oid);
    const known = step.parents.map((parent) => texts.get(parent));
    const traced = await this.traced();
    const hint = commit === undefined ? undefined : aiNamedBy(commit);
    const candidates = reading === undefined ? await this.index.candidates({ commit: step.oid, path: file, blob }, new Set(others.keys())) : [];
    const source = reading !== undefined || traced !== undefined || hint !== undefined || candidates.length > 0 || known.some((each) => each !== undefined) || step.parents.length === 0;
    if (!source) return undefined;
    const text = await this.notes.textOf(blob);
    if (text === undefined) return undefined;
    const lines = linesOf(text);
    const before = await this.parentsOf(step, known, file, renames);
    const found = explainWith(explain(lines, before), candidates);
    const told = traced?.({ path: file, revision: step.oid, lines });
    const isNew = before.length === 0 ? () => true : isNewIn(lines, before);
    const authors = lines.map((_, at): LineAuthor => authorOf(found.authors[at] ?? unseen, reading?.named.get(at) ?? told?.get(at), { isWhole: reading?.isWhole === true, hint, isNew: isNew(at) }));
    const result = { text, lines, authors, deletions: reading?.isWhole === true ? reading.deletions : merged(found.deletions, reading?.deletions ?? []) };
    return isUntold(result) ? undefined : result;
  }

  /** The texts before, also of a file that was called otherwise. */
  private async parentsOf(step: Step, known: readonly (Source | undefined)[], file: string, renames: number): Promise<Source[]> {
    if (step.parents.length > 0) {
      return (await Promise.all(known.map(async (each, index) => each ?? this.untold(await this.stepOf(step.parents[index] ?? '', [], file))))).flatMap((each) => each ?? []);
    }
    const commit = await this.notes.reader.commit(step.oid);
    const before = commit === undefined ? undefined : (await this.notes.filesOf(commit)).find((each) => each.path === file)?.before[0];
    const [parent] = commit?.parents ?? [];
    if (before === undefined || parent === undefined || before.path === file || renames >= mostRenames) return [];
    return [await this.linesAt(parent, before.path, renames + 1)].flatMap((each) => each ?? []);
  }

  private async untold({ blob }: Step): Promise<Source | undefined> {
    const text = blob === undefined ? undefined : await this.notes.textOf(blob);
    if (text === undefined) return undefined;
    const lines = linesOf(text);
    return { text, lines, authors: lines.map(() => unseen), deletions: [] };
  }

  /** What records of Agent Trace say, where the work tree has some. */
  private traced(): Promise<ReadTraces | undefined> {
    this.traceRecords ??= tracesIn(path.join(this.notes.place.root, '.agent-trace', 'traces.jsonl'));
    return this.traceRecords;
  }
}

type ReadTraces = (text: Parameters<typeof readTraces>[1]) => ReturnType<typeof readTraces>;

async function tracesIn(file: string): Promise<ReadTraces | undefined> {
  const written = await readFile(file, 'utf8').catch(() => undefined);
  if (written === undefined) return undefined;
  const { parseTraces, readTraces: read } = await import('../../core/attribution/notes/agentTrace.ts');
  const { records } = parseTraces(written);
  return records.length === 0 ? undefined : (text) => read(records, text);
}

/** What a note says of a line goes before what its history says, but that it says nothing. */
function authorOf(before: LineAuthor, named: LineAuthor | undefined, { isWhole, hint, isNew }: { isWhole: boolean; hint: string | undefined; isNew: boolean }): LineAuthor {
  if (named !== undefined && named.kind !== 'inherited' && named.kind !== 'unseen') return named;
  if (named?.kind === 'unseen' && isWhole) return named;
  const author = before.kind === 'inherited' ? unseen : before;
  return hint !== undefined && isNew && author.kind === 'unseen' ? { kind: 'unknown', hint } : author;
}

function isNewIn(lines: readonly string[], before: readonly AuthoredText[]): (at: number) => boolean {
  const old = new Set(before.flatMap((each) => each.lines));
  return (at) => !old.has(lines[at] ?? '');
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
