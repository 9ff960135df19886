import { appendFileSync, mkdirSync, promises, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { endOfEvent, type JournalEvent, journalTextLimit, serializeEvent } from '../core/attribution/journal.ts';
import type { ReadJournal } from '../core/attribution/parseJournal.ts';
import { sha256Hex } from './digest.ts';
import { endOf } from './endOf.ts';
import { inTheWay } from './inTheWay.ts';
import { isInside } from './workFile.ts';

/** A larger journal of a file is put away, and the one put away before it goes. */
const largestJournalBytes = 8 * 1024 * 1024;

export interface WorkTree {
  readonly root: string;
  /** Where git keeps what belongs to it alone. */
  readonly gitDir: string;
}

/** The work tree that holds a file, found without asking git: that would cost more than all else that a hook does. */
export function workTreeOf(fsPath: string): WorkTree | undefined {
  for (let folder = path.dirname(fsPath); ; folder = path.dirname(folder)) {
    const gitDir = gitDirIn(folder);
    if (gitDir !== undefined) return { root: folder, gitDir };
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The same, else the one that the environment names, where the file lies in it. */
export function workTreeTold(fsPath: string, { GIT_DIR, GIT_WORK_TREE = '.' }: NodeJS.ProcessEnv): ReturnType<typeof workTreeOf> {
  const found = workTreeOf(fsPath);
  const root = path.resolve(GIT_WORK_TREE);
  return found !== undefined || GIT_DIR === undefined || !isInside(root, fsPath) ? found : { root, gitDir: path.resolve(GIT_DIR) };
}

/** A linked work tree and a submodule have a file in the place of the folder, which says where that is. */
export function gitDirIn(folder: string): string | undefined {
  const named = path.join(folder, '.git');
  try {
    if (statSync(named).isDirectory()) return named;
    const [, target] = /^gitdir: (.+)/.exec(readFileSync(named, 'utf8')) ?? [];
    return target === undefined ? undefined : path.resolve(folder, target.trim());
  } catch {
    return undefined;
  }
}

function fileOf(gitDir: string, relative: string): string {
  return path.join(gitDir, 'firebreak', 'journal', `${sha256Hex(relative)}.jsonl`);
}

/**
 * Adds an event in one write at the end of the file's journal, so that hooks that run at the same time lose nothing of
 * one another. @param text the text before, or that after of a claim; kept where the event before does not lead there
 */
export function appendEvent(gitDir: string, event: JournalEvent, text: string): void {
  const file = fileOf(gitDir, event.path);
  mkdirSync(path.dirname(file), { recursive: true });
  if (isFolder(file)) renameSync(file, `${file}.unreadable-${Date.now()}`);
  const { size, end } = endOf(file);
  if (size > largestJournalBytes) renameSync(file, `${file}.old`);
  const isLedTo = 'before' in event && size <= largestJournalBytes && end.endsWith(endOfEvent(event.before));
  appendFileSync(file, serializeEvent(isLedTo || text.length > journalTextLimit ? event : { ...event, text }));
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A file's path and the digest that the last event of its journal led to, without reading all of it. */
export async function lastTold(file: string): Promise<{ readonly path: string | undefined; readonly digests: readonly string[] }> {
  const nothing = { path: undefined, digests: [] };
  if (!file.endsWith('.jsonl')) return nothing;
  const handle = await promises.open(file, 'r').catch(() => undefined);
  if (handle === undefined) return nothing;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8192), 0, 8192, 0);
    const [, after] = /"after":"([^"]*)"\}\n$/.exec(endOf(file).end) ?? [];
    return { path: pathIn(buffer.toString('utf8', 0, bytesRead)), digests: after === undefined ? [] : [after] };
  } finally {
    await handle.close();
  }
}

/** The path that the first event of a journal tells of; undefined where there is none. */
export function pathIn(journal: string): string | undefined {
  const [, name] = /"path":("(?:[^"\\]|\\.)*")/.exec(journal) ?? [];
  return name === undefined ? undefined : String(JSON.parse(name));
}

/** The path of the file that a journal of this name is about; undefined when it is none. */
export async function pathTold(gitDir: string, name: string): Promise<string | undefined> {
  const { path: told } = await lastTold(path.join(gitDir, 'firebreak', 'journal', path.basename(name)));
  return told;
}

/** The paths that agents told of, in no order. */
export async function pathsTold(gitDir: string): Promise<readonly string[]> {
  const names = await promises.readdir(path.join(gitDir, 'firebreak', 'journal')).catch(() => []);
  const paths = await Promise.all(names.map((name) => pathTold(gitDir, name)));
  return paths.filter((each) => each !== undefined);
}

/** All that agents told of a file. */
export async function readJournal(gitDir: string, relative: string): Promise<ReadJournal> {
  const file = fileOf(gitDir, relative);
  const texts = await Promise.all([`${file}.old`, file].map((each) => readIfAny(each)));
  const isEmptied = texts.some((each) => each !== undefined) && texts.every((each) => (each ?? '').trim() === '');
  return { ...(await eventsIn(texts.join('\n'), relative)), ...(isEmptied && { isEmptied }) };
}

async function eventsIn(text: string, relative: string): Promise<ReadJournal> {
  if (text.trim() === '') return { events: [], unreadable: [] };
  const { parseJournal } = await import('../core/attribution/parseJournal.ts');
  const { events, unreadable } = parseJournal(text);
  return { events: events.filter((event) => event.path === relative), unreadable };
}

async function readIfAny(file: string): Promise<string | undefined> {
  try {
    return await promises.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw inTheWay(error, file);
    return undefined;
  }
}
