import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { decode } from '../core/text/decode.ts';
import { sha256Hex } from './digest.ts';

/** What starts git takes a while to load, and a hook that is told of a write needs none. */
const load = createRequire(process.execPath);

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
  readonly before: string;
  readonly after: string;
}

/** What git says differs from the last commit. */
interface Status {
  readonly head: string;
  /** By path: the object that the last commit has there, if it has one. */
  readonly changed: ReadonlyMap<string, string | undefined>;
}

interface Snapshot {
  readonly head: string;
  /** By path: what the files held that differed from the last commit already; null for what is no text. */
  readonly texts: Readonly<Record<string, string | null>>;
}

/** Larger files are data, and what a command did to so many is not its writing. */
const largestBytes = 1024 * 1024;
const mostFiles = 500;
/** A command whose end nobody told is forgotten, in milliseconds. */
const longestRun = 24 * 60 * 60 * 1000;

/** To be called before the command runs. */
export async function beginTrace(command: TracedCommand): Promise<void> {
  const file = fileOf(command);
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (Date.now() - statSync(path.join(folder, name)).mtimeMs > longestRun) rmSync(path.join(folder, name), { force: true });
  const { head, changed } = await statusOf(command.root);
  const texts = Object.fromEntries([...changed.keys()].slice(0, mostFiles).map((relative) => [relative, textOf(path.join(command.root, relative)) ?? null]));
  writeFileSync(file, JSON.stringify({ head, texts } satisfies Snapshot));
}

/** To be called after it: the files that it wrote; none where its beginning was not told. */
export async function endTrace(command: TracedCommand): Promise<CommandWrite[]> {
  const file = fileOf(command);
  const before = snapshotIn(file);
  rmSync(file, { force: true });
  if (before === undefined) return [];
  const { root } = command;
  const { head, changed } = await statusOf(root);
  const writes: CommandWrite[] = [];
  for (const relative of [...new Set([...Object.keys(before.texts), ...changed.keys()])].slice(0, mostFiles)) {
    const known = Object.hasOwn(before.texts, relative) ? before.texts[relative] : head === before.head ? await committed(root, changed.get(relative)) : undefined;
    const after = textOf(path.join(root, relative));
    if (typeof known === 'string' && after !== undefined && known !== after) writes.push({ relative, before: known, after });
  }
  return writes;
}

function fileOf({ gitDir, key }: TracedCommand): string {
  const bytes = Buffer.from(key);
  // A name of a file may have 255 characters.
  return path.join(gitDir, 'firebreak', 'commands', `${bytes.length > 120 ? sha256Hex(key) : bytes.toString('hex')}.json`);
}

function snapshotIn(file: string): Snapshot | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Snapshot> | null;
    return typeof value?.head === 'string' && typeof value.texts === 'object' ? { head: value.head, texts: value.texts } : undefined;
  } catch {
    return undefined;
  }
}

async function statusOf(root: string): Promise<Status> {
  const answer = (await git(root, ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all', '--no-renames'])).toString('utf8');
  let head = '';
  const changed = new Map<string, string | undefined>();
  for (const entry of answer.split('\0')) {
    const [kind, ...fields] = entry.split(' ');
    if (kind === '#' && fields[0] === 'branch.oid') head = fields[1] ?? '';
    else if (kind === '?') changed.set(fields.join(' '), undefined);
    // XY, submodule, three modes, the objects of the last commit and the index, the path.
    else if (kind === '1') changed.set(fields.slice(7).join(' '), /^0+$/.test(fields[5] ?? '') ? undefined : fields[5]);
  }
  return { head, changed };
}

/** A file that git does not know was not there before: else it would have differed already. */
async function committed(root: string, object: string | undefined): Promise<string | undefined> {
  if (object === undefined) return '';
  const decoded = decode(await git(root, ['cat-file', 'blob', object]));
  return 'text' in decoded ? decoded.text : undefined;
}

function git(root: string, args: readonly string[]): Promise<Buffer> {
  const { execFile } = load('node:child_process') as typeof import('node:child_process');
  return new Promise((resolve, reject) => {
    const options = { cwd: root, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' }, maxBuffer: 64 * largestBytes, timeout: 20_000, encoding: 'buffer' as const };
    execFile('git', args, options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new Error(error.message));
    }).stdin?.end();
  });
}

/** Undefined for what is no text, or too large to be written by a command. */
export function textOf(file: string): string | undefined {
  try {
    if (statSync(file).size > largestBytes) return undefined;
    const decoded = decode(readFileSync(file));
    return 'text' in decoded ? decoded.text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
