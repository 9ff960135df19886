import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { canBeCopied } from '../core/attribution/copiedText.ts';
import { isOnlyRelaid } from '../core/attribution/onlyRelaid.ts';
import { decode, largestFileBytes } from '../core/text/decode.ts';
import { sha256Hex } from './digest.ts';
import { changedByCommits, committedTexts, copiesOf, statusOf, type WorkTreeStatus } from './workTreeStatus.ts';

/** A command line that runs in a work tree, from before it to after it. */
export interface TracedCommand {
  readonly root: string;
  readonly gitDir: string;
  /** What tells it from all others that run at the time. */
  readonly key: string;
}

/** What a command made of one file; a file that is not there has the text ''. */
export interface CommandWrite {
  /** From the work tree's root, with forward slashes. */
  readonly relative: string;
  /** Undefined where nobody knows it, or whose the difference is: somebody wrote to the file again before it was looked at. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface CommandWrites {
  readonly writes: readonly CommandWrite[];
  /** How many files more it wrote, of which there were too many. */
  readonly leftOut: number;
}

/** What a work tree was like before a command. */
export interface Snapshot {
  /** Seconds since 1970. */
  readonly at: number;
  readonly head: string;
  /** By path: what the files held that differed from the last commit already; null for what is no text. */
  readonly texts: Readonly<Record<string, string | null>>;
  /** Of those for which there was no room: what tells whether they were written to. */
  readonly states: Readonly<Record<string, string>>;
}

/** Of all texts that are kept while a command runs, and how many. */
const roomBytes = 16 * 1024 * 1024;
const mostTexts = 1000;
/** What a command did to more files is not its writing. */
const mostWrites = 2000;
/** A command whose end nobody told is forgotten, in milliseconds. */
const longestRun = 24 * 60 * 60 * 1000;

/**
 * To be called before the command runs; what is told of it is complete when it resolves.
 * @param named paths that it names, from the root: git tells nothing of those that it ignores
 */
export async function beginTrace(command: TracedCommand, named: readonly string[] = []): Promise<void> {
  const at = Math.floor(Date.now() / 1000);
  const status = statusOf(command.root);
  const file = fileOf(command);
  const folder = path.dirname(file);
  // git's hooks do nothing where there is no journal, and the command may call them.
  for (const each of [folder, path.join(command.gitDir, 'firebreak', 'journal')]) mkdirSync(each, { recursive: true });
  for (const name of readdirSync(folder)) forgetIfOld(path.join(folder, name));
  writeFileSync(file, JSON.stringify(snapshotOf(command.root, await status, { at, named })));
}

/** Whether its beginning was told, and not its end. */
export function isTraced(command: TracedCommand): boolean {
  return existsSync(fileOf(command));
}

/** To be called after it: the files that it wrote; none where its beginning was not told. @param mark a file that was written when it ended */
export async function endTrace(command: TracedCommand, mark: string): Promise<CommandWrites> {
  const before = snapshotIn(fileOf(command));
  return before === undefined ? { writes: [], leftOut: 0 } : writesSince(before, command.root, await statusOf(command.root), changedAt(mark));
}

/** Undefined where its beginning was not told. */
export function traceOf(command: TracedCommand): Snapshot | undefined {
  return snapshotIn(fileOf(command));
}

/** A file that a commit changed; '' for one that went. */
export interface CommittedText {
  readonly relative: string;
  /** As the work tree had it before the command, unless that differed from the last commit already; undefined for what is no text. */
  readonly before: string | undefined;
  readonly text: string;
}

/**
 * To be called while it runs, after a commit that it made: what it wrote of that. What it writes from then on counts from there.
 * @returns also whether that is all that it can have written of it: what is not on disk as it was committed is looked at in the end
 */
export async function writesCommitted(command: TracedCommand, { at, head, texts, states }: Snapshot, committed: readonly CommittedText[]): Promise<{ readonly writes: readonly CommandWrite[]; readonly isAll: boolean }> {
  const writes: CommandWrite[] = [];
  const now: Record<string, string> = {};
  for (const { relative, before: last, text } of committed) {
    const after = textIn(command.root, relative);
    const before = Object.hasOwn(texts, relative) ? texts[relative] : last;
    if (after === undefined || typeof before !== 'string' || Object.hasOwn(states, relative) || (after !== text && after.replaceAll('\r\n', '\n') !== text)) continue;
    now[relative] = after;
    // git may keep a text with other line endings than it has on disk.
    const spelled = before === last && after !== text ? before.replaceAll('\n', '\r\n') : before;
    if (spelled !== after) writes.push({ relative, before: spelled, after });
  }
  const own = await ownOf(writes, { root: command.root, head, stood: new Set(Object.values(texts)) });
  writeFileSync(fileOf(command), JSON.stringify({ at, head, texts: { ...texts, ...now }, states } satisfies Snapshot));
  return { writes: own, isAll: Object.keys(now).length === committed.length };
}

export function forgetTrace(command: TracedCommand): void {
  rmSync(fileOf(command), { force: true });
}

function snapshotOf(root: string, { head, changed }: WorkTreeStatus, { at, named }: { readonly at: number; readonly named: readonly string[] }): Snapshot {
  const texts: Record<string, string | null> = {};
  const states: Record<string, string> = {};
  let [count, bytes] = [0, 0];
  for (const relative of new Set([...named, ...changed.keys()])) {
    if (count < mostTexts && bytes < roomBytes) {
      const text = textIn(root, relative);
      texts[relative] = text ?? null;
      count++;
      bytes += text?.length ?? 0;
    } else {
      states[relative] = stateOf(root, relative);
    }
  }
  return { at, head, texts, states };
}

async function writesSince({ at, head, texts, states }: Snapshot, root: string, now: WorkTreeStatus, endedAt: bigint): Promise<CommandWrites> {
  const writes: CommandWrite[] = [];
  let leftOut = 0;
  const objects = new Map<string, string>();
  const written: string[] = [];
  // What stood in the last commit when the command began, where it made commits itself.
  const committedBy = now.head === head ? undefined : await changedByCommits(root, { from: head, to: now.head, since: at });
  for (const relative of new Set([...Object.keys(texts), ...now.changed.keys(), ...(committedBy?.keys() ?? [])])) {
    if (Object.hasOwn(states, relative) && states[relative] === stateOf(root, relative)) continue;
    const isKnown = Object.hasOwn(texts, relative) || Object.hasOwn(states, relative);
    const inCommit = committedBy?.get(relative) ?? now.changed.get(relative);
    // A commit that was fetched since brought texts that others wrote.
    if (!isKnown && ((now.head !== head && committedBy === undefined) || inCommit?.is === 'unclear')) continue;
    if (!isKnown && inCommit?.is === 'object') objects.set(relative, inCommit.id);
    written.push(relative);
  }
  const committed = await committedTexts(root, objects);
  for (const relative of written) {
    const before = Object.hasOwn(texts, relative) ? texts[relative] : Object.hasOwn(states, relative) ? undefined : objects.has(relative) ? (committed.get(relative) ?? null) : '';
    const after = before === null ? undefined : textIn(root, relative);
    if (before === null || after === undefined || before === after) continue;
    const isLater = changedAt(path.join(root, relative)) > endedAt;
    if (writes.length < mostWrites) writes.push({ relative, before: isLater ? undefined : before, after });
    else leftOut++;
  }
  return { writes: await ownOf(writes, { root, head, stood: new Set([...Object.values(texts), ...committed.values()]) }), leftOut };
}

/** A file that a command only moves, copies or formats is not its writing: what is known of its text goes by the text. @param stood texts that were there, beside those of the last commit */
async function ownOf(writes: readonly CommandWrite[], { root, head, stood }: { readonly root: string; readonly head: string; readonly stood: ReadonlySet<string | null> }): Promise<readonly CommandWrite[]> {
  const made = writes.filter(({ before, after }) => before === '' && canBeCopied(after));
  // What goes while it is looked at leaves git without an answer: then what was made counts as written.
  const copies = await copiesOf(root, head, made.map(({ relative }) => relative)).catch(() => new Set<string>());
  const brought = new Map(made.filter(({ relative, after }) => stood.has(after) || copies.has(relative)).map(({ relative, after }) => [relative, after]));
  const moved = new Set(brought.values());
  return writes.filter(({ relative, before, after }) => !brought.has(relative) && !(before !== undefined && ((after === '' && moved.has(before)) || isOnlyRelaid(relative, before, after))));
}

/** When a file was changed last, or what it stood in when it went, by the file system's own clock, which nobody sets: in nanoseconds, to its tick. */
function changedAt(file: string): bigint {
  try {
    return lstatSync(file, { bigint: true }).ctimeNs;
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return changedAt(path.dirname(file));
  }
}

function fileOf({ gitDir, key }: TracedCommand): string {
  return `${commandFile(gitDir, key)}.json`;
}

/** What is kept of a command while it runs and until it is looked at, but for the end of the name. */
export function commandFile(gitDir: string, key: string): string {
  const bytes = Buffer.from(key);
  // A name of a file may have 255 characters.
  return path.join(commandsFolder(gitDir), bytes.length > 120 ? sha256Hex(key) : bytes.toString('hex'));
}

export function commandsFolder(gitDir: string): string {
  return path.join(gitDir, 'firebreak', 'commands');
}

function forgetIfOld(file: string): void {
  try {
    if (Date.now() - statSync(file).mtimeMs > longestRun) rmSync(file, { force: true });
  } catch (error) {
    // Another hook may have taken it away meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function snapshotIn(file: string): Snapshot | undefined {
  try {
    const { at, head, texts, states } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Snapshot>;
    return typeof at === 'number' && typeof head === 'string' && texts && states ? { at, head, texts, states } : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for what is no text, no file of its own, or too large. */
function textIn(root: string, relative: string): string | undefined {
  const file = path.join(root, relative);
  try {
    return lstatSync(file).isFile() ? textOf(file) : undefined;
  } catch (error) {
    return isAbsent(error) ? '' : undefined;
  }
}

/** Another one as soon as somebody wrote to the file. */
function stateOf(root: string, relative: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = lstatSync(path.join(root, relative), { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch {
    return '';
  }
}

/** '' for no file; undefined for what is no file with a text, or too large. */
export function textOf(file: string): string | undefined {
  try {
    const stats = statSync(file);
    // To read a pipe or a device may never end.
    if (!stats.isFile() || stats.size > largestFileBytes) return undefined;
    const decoded = decode(readFileSync(file));
    return 'text' in decoded ? decoded.text : undefined;
  } catch (error) {
    if (isAbsent(error)) return '';
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
