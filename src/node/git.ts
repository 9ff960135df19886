import { createRequire } from 'node:module';
import { environmentForOthers } from './environmentForOthers.ts';

/** What starts processes is loaded when first needed: that takes a tenth of what Node takes to start, and most hooks start none. */
const load = createRequire(process.execPath);

export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Another index than the repository's own. */
  readonly indexFile?: string | undefined;
  /** Exit codes other than 0 that are answers and not errors. */
  readonly answers?: readonly number[];
  /** Has whatever git starts ask nobody for a name or a passphrase: what needs one fails. */
  readonly asksNobody?: boolean;
  /** Ends it where it says nothing for so long; that it did stands on its stderr then, and its exit code is 128. */
  readonly givesUp?: { readonly afterMs: number; readonly saying: string };
  /** The repository, where it is not the one that holds the folder. */
  readonly named?: NamedRepository | undefined;
  /** Takes the output as it comes, and nothing of it is kept. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** A repository that the environment names, as git takes it. */
export interface NamedRepository {
  readonly GIT_DIR: string;
  readonly GIT_WORK_TREE?: string | undefined;
}

/** By work tree: there git would find no repository by itself. */
const namedByRoot = new Map<string, NamedRepository>();

/** From now on what is asked in a work tree is asked of a repository that lies elsewhere. */
export function nameRepository(root: string, named: NamedRepository): void {
  namedByRoot.set(root, named);
}

/** git said no. The message is its last words, which say what is wrong. */
export class GitError extends Error {
  constructor(
    readonly command: string,
    readonly exitCode: number | undefined,
    readonly lastLine: string,
    message = `git ${command} failed: ${lastLine}`,
  ) {
    super(message);
    this.name = 'GitError';
  }
}

/** Something that a person can put right; the message says how. */
export class RepositoryError extends Error {
  override readonly name = 'RepositoryError';
}

/**
 * A repository's configuration can name programs to run. Those that serve a person at a terminal are switched off; what is left are
 * filters that the content needs.
 */
const settings = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'log.showSignature=false'];

/** Variables that git sets for its hooks: they name a repository, and ours is found by where it stands. */
const placing = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_NAMESPACE'];
/** git refuses to mix these with the literal pathspecs that we ask for. */
const pathspecs = ['GIT_GLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS', 'GIT_NOGLOB_PATHSPECS'];

/** OpenSSH, git itself and its credential manager open windows to ask, each unless it is told not to. */
const silent = { SSH_ASKPASS_REQUIRE: 'never', SSH_ASKPASS: '', GIT_ASKPASS: '', GCM_INTERACTIVE: 'never' };

/**
 * Runs git without a shell and gives what it prints. The output is taken as it comes, so its size has no limit but memory. Pathspecs are
 * taken literally.
 */
export async function git(folder: string, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const { stdout } = await gitAnswer(folder, args, options);
  return stdout;
}

/** By folder: what gets objects that git said there it cannot read, by their names, and tells whether it got any. */
const lackings = new Map<string, (names: readonly string[]) => Promise<boolean>>();

/** Has git be asked again in a folder where it could not read an object that was got then. @returns what ends that */
export function onLacking(folder: string, get: (names: readonly string[]) => Promise<boolean>): () => void {
  lackings.set(folder, get);
  return () => lackings.delete(folder);
}

/** As `git`, for commands whose exit code says something. */
export async function gitAnswer(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  const get = lackings.get(folder);
  const answers = options.answers ?? [];
  const { signal, ...answer } = await runGit(folder, args, options);
  const { exitCode, stderr } = answer;
  if (get !== undefined && exitCode === 128 && (await get(stderr.match(/\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b/g) ?? []))) return gitAnswer(folder, args, options);
  if (exitCode === 0 || answers.includes(exitCode)) return answer;
  throw errorOf(args[0] ?? '', exitCode, stderr || `it was ended by ${String(signal)}`);
}

interface GitAnswer {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly exitCode: number;
}

function runGit(folder: string, args: readonly string[], { input, indexFile, asksNobody = false, named, onOutput, givesUp }: GitOptions): Promise<GitAnswer & { readonly signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    const child = startGit(folder, args, { indexFile, asksNobody, named });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', onOutput ?? ((data: Buffer) => stdout.push(data)));
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    const waiting = givesUp === undefined ? undefined : setTimeout(() => {
      // It has answered where it ended, and only what it started holds its output.
      if (child.exitCode === null && child.signalCode === null) resolve({ stdout: Buffer.alloc(0), stderr: givesUp.saying, exitCode: 128, signal: null });
      end(child, asksNobody);
    }, givesUp.afterMs); // prettier-ignore
    for (const stream of [child.stdout, child.stderr]) stream.on('data', () => waiting?.refresh());
    child.once('close', () => { clearTimeout(waiting); });
    // git may answer before it has read all of its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new RepositoryError(`git was not found, or ${folder} is no folder; install git and see that it is on the PATH`) : error);
    });
    child.once('close', (code, signal) => {
      resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8'), exitCode: code ?? -1, signal });
    });
  });
}

/** What it started, such as ssh, may go on, and holds its output: nobody waits for that. @param isLeader whether it is that of a group of processes, which end with it */
function end(child: ReturnType<typeof startGit>, isLeader: boolean): void {
  try {
    if (isLeader && mayLead && child.pid !== undefined) process.kill(-child.pid);
    else child.kill();
  } catch {
    // Nothing of it is left.
  }
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  child.unref();
}

/** Windows has no such groups. */
const mayLead = process.platform !== 'win32';

/** git as a process that goes on, for one that asks it many things. */
export function startGit(folder: string, args: readonly string[], { indexFile, asksNobody = false, named = namedByRoot.get(folder) }: Pick<GitOptions, 'indexFile' | 'asksNobody' | 'named'> = {}) {
  const { spawn } = load('node:child_process') as typeof import('node:child_process');
  return spawn('git', ['--no-pager', '--literal-pathspecs', ...settings.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: folder,
    env: { ...environment(indexFile), ...named, ...(asksNobody && silent) },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // What may ask somebody has to stay at their terminal.
    detached: asksNobody && mayLead,
  });
}

/** The output as text without the newline at its end. */
export async function gitText(folder: string, args: readonly string[], options?: GitOptions): Promise<string> {
  return (await git(folder, args, options)).toString('utf8').replace(/\n$/, '');
}

/** The fields of output that was asked for with `-z`. */
export async function gitFields(folder: string, args: readonly string[], options?: GitOptions): Promise<string[]> {
  const fields = (await git(folder, args, options)).toString('utf8').split('\0');
  fields.pop();
  return fields;
}

function environment(indexFile: string | undefined): NodeJS.ProcessEnv {
  const env = environmentForOthers();
  for (const name of [...placing, ...pathspecs]) Reflect.deleteProperty(env, name);
  return {
    ...env,
    ...(indexFile !== undefined && { GIT_INDEX_FILE: indexFile }),
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** What git said, where it was no answer. */
export function errorOf(command: string, exitCode: number, stderr: string): Error {
  const lines = stderr.trim().split('\n');
  const distrusted = /detected dubious ownership in repository at '(.*)'/.exec(stderr)?.[1];
  if (distrusted !== undefined) {
    return new RepositoryError(`git does not read the repository at ${distrusted}, because it belongs to another user; if you trust it: git config --global --add safe.directory ${quoted(distrusted)}`);
  }
  const said = lines.findLast((line) => /^(?:fatal|error): /.test(line)) ?? lines.at(-1) ?? '';
  return new GitError(command, exitCode, said.replace(/^(?:fatal|error): /, ''));
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
