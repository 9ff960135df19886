import type { AuthoredText, Deletion, LineAuthor } from './authoredText.ts';
import { human, inherited, unknown, unseen } from './authoredText.ts';
import { formatRanges, type LineRange, lastLineOf, linesIn, parseRanges, rangesOf } from './lineRanges.ts';
import { isWritablePath, type JsonObject, type Note, noteSchema, objectAt, textAt } from './note.ts';
import { authorNamed, deletionsKey, Sessions, sessionIn, type Sha256 } from './sessions.ts';

/** A file of a commit, with all that is known of who wrote it. */
export interface NotedFile {
  readonly path: string;
  /** The name of the object that holds the text; of a file that is gone, of the one that held it before. */
  readonly blob: string;
  readonly text: AuthoredText;
  /** The commit has it no longer. */
  readonly isGone?: true;
}

/** Characters: of one deletion, and of all that a note keeps. What is left out is counted in the note. */
const mostOfDeletion = 4000;
const mostOfDeletions = 64_000;

/**
 * The note of a commit. Its entries name every line of the files that is an AI's, also those that stood there before: who reads one file needs
 * no other commit. `firebreak` in the metadata says which text that holds for, and what is known of the other lines.
 */
export function noteOf(commit: string, files: readonly NotedFile[], sha256: Sha256): Note {
  const sessions = new Sessions(sha256);
  const listed: { path: string; entries: { key: string; ranges: LineRange[] }[] }[] = [];
  const records: [string, JsonObject][] = [];
  let room = mostOfDeletions;
  const keys = new Map<LineAuthor, string>();
  const deletions = new Map<string, unknown[]>();
  for (const { path, blob, text, isGone } of files) {
    const byKey = new Map<string, number[]>();
    for (const [at, author] of text.authors.entries()) {
      const named = author.kind === 'ai' ? author : author.kind === 'human' ? author.noted : undefined;
      if (named === undefined) continue;
      const key = keys.get(author) ?? ('kind' in named ? sessions.keyOf(named).key : sessions.keyOfHuman(named));
      keys.set(author, key);
      const lines = byKey.get(key);
      if (lines === undefined) byKey.set(key, [at + 1]);
      else lines.push(at + 1);
    }
    const entries = [...byKey].map(([key, lines]) => ({ key, ranges: rangesOf(lines) }));
    const isWritable = isWritablePath(path);
    if (isWritable && entries.length > 0) listed.push({ path, entries });
    const others = (['unknown', 'unseen', 'inherited', 'partly'] as const).flatMap((kind) => {
      const lines = text.authors.flatMap((author, at) => (author.kind === kind || (kind === 'partly' && author.kind === 'ai' && author.isPart === true) ? [at + 1] : []));
      return lines.length === 0 ? [] : [[kind, formatRanges(rangesOf(lines))] as const];
    });
    let leftOut = 0;
    for (const deletion of text.deletions) {
      const size = Math.min(deletion.text.length, mostOfDeletion);
      if (size > room) {
        leftOut++;
        continue;
      }
      const { key, session } = sessions.keyOf(deletion.author);
      if (session !== undefined) {
        const told = deletions.get(session) ?? [];
        deletions.set(session, told);
        told.push(written(path, key, deletion));
      }
      room -= size;
    }
    const unlisted = isWritable ? {} : { entries: Object.fromEntries(entries.map(({ key, ranges }) => [key, formatRanges(ranges)])) };
    records.push([path, { [isGone === true ? 'deleted' : 'blob']: blob, ...Object.fromEntries(others), ...unlisted, ...(leftOut > 0 && { deletionsLeftOut: leftOut }) }]);
  }
  for (const [session, all] of deletions) sessions.addAttribute(session, deletionsKey, () => JSON.stringify(all));
  return {
    files: listed,
    metadata: { schema_version: noteSchema, base_commit_sha: commit, ...sessions.metadata, firebreak: { version: 1, files: Object.fromEntries(records) } },
  };
}

function written(path: string, key: string, { line, text }: Deletion): unknown[] {
  return [path, line + 1, key, text.slice(0, mostOfDeletion), Math.max(0, text.length - mostOfDeletion)];
}

/** What a note says of one file of its commit. */
export interface Reading {
  /** By line, from 0: those that the note names. */
  readonly named: ReadonlyMap<number, LineAuthor>;
  /** Whether it speaks of every line, so that no other commit need be asked but for `inherited` ones. */
  readonly isWhole: boolean;
  readonly deletions: readonly Deletion[];
}

/** The file as its commit has it. */
export interface FileAtCommit {
  readonly path: string;
  readonly blob: string;
  readonly lineCount: number;
}

/** Why a note is not about this commit or this file of it: it was moved, copied or forged, and nothing of it is believed. */
export function misfitOf(note: Note, commit: string, file: FileAtCommit): string | undefined {
  const base = textAt(note.metadata, 'base_commit_sha');
  if (base !== commit) return `it is about commit ${JSON.stringify(base ?? '')}`;
  const highest = lastLineOf((note.files.find(({ path }) => path === file.path)?.entries ?? []).flatMap(({ ranges }) => ranges));
  if (highest > file.lineCount) return `it names line ${highest} of ${JSON.stringify(file.path)}, which has ${file.lineCount}`;
  const blob = textAt(recordOf(note, file.path), 'blob');
  return blob === undefined || blob === file.blob ? undefined : `it is about another text of ${JSON.stringify(file.path)}`;
}

/** Files that a note names and its commit does not have. */
export function pathsOf(note: Note): string[] {
  return [...new Set([...note.files.map(({ path }) => path), ...Object.keys(objectAt(objectAt(note.metadata, 'firebreak'), 'files'))])];
}

/** The object that a note of ours is about; undefined in others' notes. */
export function blobOf(note: Note, path: string): string | undefined {
  return textAt(recordOf(note, path), 'blob');
}

/** What a note says of a file that its commit has no longer: the object that held it, and what of it an AI deleted. To be asked when `misfitOf` has nothing to say. */
export function readGone(note: Note, path: string): { readonly blob: string; readonly deletions: readonly Deletion[] } | undefined {
  const blob = textAt(recordOf(note, path), 'deleted');
  return blob === undefined ? undefined : { blob, deletions: readDeletions(note, path, 0) };
}

/** Undefined when the note says nothing of the file. To be asked when `misfitOf` has nothing to say. */
export function readNoted(note: Note, { path, lineCount }: FileAtCommit): Reading | undefined {
  const record = recordOf(note, path);
  const isWhole = textAt(record, 'blob') !== undefined;
  const listed = note.files.find((file) => file.path === path)?.entries ?? [];
  const unlisted = Object.entries(objectAt(record, 'entries')).flatMap(([key, ranges]) => (typeof ranges === 'string' ? [{ key, ranges: parseRanges(ranges) ?? [] }] : []));
  if (!isWhole && listed.length === 0) return undefined;
  const named = new Map<number, LineAuthor>();
  const name = (ranges: readonly LineRange[], author: LineAuthor) => {
    if (lastLineOf(ranges) <= lineCount) for (const line of linesIn(ranges)) named.set(line - 1, author);
  };
  if (isWhole) for (let line = 0; line < lineCount; line++) named.set(line, human);
  for (const [kind, author] of [['unknown', unknown], ['unseen', unseen], ['inherited', inherited]] as const) name(parseRanges(textAt(record, kind) ?? '') ?? [], author);
  const authored = [...listed, ...unlisted].map(({ key, ranges }) => ({ ranges, author: authorNamed(key, note) }));
  for (const wanted of ['human', 'ai'] as const) for (const { ranges, author } of authored) if (author?.kind === wanted) name(ranges, author);
  const partly = parseRanges(textAt(record, 'partly') ?? '') ?? [];
  for (const line of lastLineOf(partly) <= lineCount ? linesIn(partly) : []) {
    const author = named.get(line - 1);
    if (author?.kind === 'ai') named.set(line - 1, { ...author, isPart: true });
  }
  return { named, isWhole, deletions: readDeletions(note, path, lineCount) };
}

function recordOf(note: Note, path: string): JsonObject {
  return objectAt(objectAt(objectAt(note.metadata, 'firebreak'), 'files'), path);
}

/** What a note says that an AI deleted in a file, whatever the file is. */
export function deletionsNoted(note: Note, path: string): Deletion[] {
  return readDeletions(note, path, Infinity);
}

function readDeletions(note: Note, path: string, lineCount: number): Deletion[] {
  const found: Deletion[] = [];
  for (const metadata of Object.keys(objectAt(note.metadata, 'sessions')).map((session) => objectAt(objectAt(note.metadata, 'sessions'), session))) {
    for (const written of listIn(textAt(objectAt(metadata, 'custom_attributes'), deletionsKey))) {
      const [of, line, key, text, leftOut] = Array.isArray(written) ? (written as unknown[]) : [];
      if (of !== path || typeof line !== 'number' || !Number.isInteger(line) || line < 1 || line > lineCount + 1 || typeof key !== 'string' || typeof text !== 'string') continue;
      const author = sessionIn(key) === undefined ? undefined : authorNamed(key, note);
      if (author?.kind !== 'ai' || text.trim() === '') continue;
      found.push({ line: line - 1, text: typeof leftOut === 'number' && leftOut > 0 ? `${text}\n… and ${leftOut} more characters` : text, author });
    }
  }
  return found.sort((a, b) => a.line - b.line);
}

function listIn(text: string | undefined): readonly unknown[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
