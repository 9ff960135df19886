import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Who runs the tests, and certificates that Node would read at each start. */
const foreign = ['EMAIL', 'NODE_EXTRA_CA_CERTS'];

/** The same for everybody who runs the tests: no configuration of theirs, and a hook's variables are gone. */
export const quietEnvironment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && !name.startsWith('FIREBREAK_') && !foreign.includes(name))),
  HOME: path.join(tmpdir(), 'firebreak-no-home'),
  XDG_CONFIG_HOME: path.join(tmpdir(), 'firebreak-no-home'),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  LC_ALL: 'C',
};

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** What Node is to run in place of the bundle, in front of the arguments. */
  readonly program?: readonly string[];
}

export const cli = path.resolve('dist/cli.js');

const made: string[] = [];
const templates = new Map<string, string>();

/** All but those that are kept. */
export function removeSandboxes(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const kept: string[] = [];
process.once('exit', () => {
  for (const folder of kept) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own for each test. */
export class Sandbox {
  private readonly own = realpathSync(mkdtempSync(path.join(tmpdir(), 'firebreak test ')));
  readonly folder = path.join(this.own, 'work');
  /** What the system's folder for temporary files is to the commands that run here. */
  readonly temporary = path.join(this.own, 'temporary');

  constructor() {
    made.push(this.own);
    for (const folder of [this.folder, this.temporary]) mkdirSync(folder);
  }

  /** For all tests of this process: what others are copies of is made once. */
  keep(): this {
    if (made.includes(this.own)) kept.push(...made.splice(made.indexOf(this.own), 1));
    return this;
  }

  /** With a repository that has one commit: a copy of one that was made before, because git takes its time. */
  static repository(...initOptions: string[]): Sandbox {
    const kind = initOptions.join(' ');
    let template = templates.get(kind);
    if (template === undefined) {
      const first = new Sandbox().keep();
      first.init(...initOptions);
      first.write('README.md', 'A project.\n');
      first.commitAll('Start');
      template = first.folder;
      templates.set(kind, template);
    }
    const sandbox = new Sandbox();
    cpSync(template, sandbox.folder, { recursive: true });
    return sandbox;
  }

  init(...options: string[]): void {
    this.git('init', '--quiet', '--template=', '--initial-branch=main', ...options);
    this.git('config', 'user.name', 'Robin Junior');
    this.git('config', 'user.email', 'robin@example.com');
  }

  at(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  write(file: string, content: string | Uint8Array): void {
    mkdirSync(path.dirname(this.at(file)), { recursive: true });
    writeFileSync(this.at(file), content);
  }

  git(...args: string[]): string {
    return this.gitWith({}, ...args);
  }

  gitWith({ cwd = this.folder, input, env = {} }: RunOptions, ...args: string[]): string {
    return execFileSync('git', args, { cwd, input, env: { ...quietEnvironment, ...env }, stdio: ['pipe', 'pipe', 'pipe'] }).toString('utf8').trimEnd();
  }

  commitAll(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    return this.git('rev-parse', 'HEAD');
  }

  /** By somebody who may not read and write everything, as root may. They get a copy of the program: the project may lie where they cannot go. */
  runUnprivileged(args: readonly string[]): Promise<Run> {
    if (process.getuid?.() !== 0) return this.run(args);
    const nobody = 65_534;
    const copy = path.join(this.temporary, 'dist');
    cpSync(path.dirname(cli), copy, { recursive: true });
    execFileSync('chown', ['-R', `${nobody}:${nobody}`, this.own]);
    return this.run(args, { program: ['-e', `process.setgid(${nobody}); process.setuid(${nobody}); require(${JSON.stringify(path.join(copy, 'cli.js'))});`] });
  }

  run(args: readonly string[], { cwd = this.folder, input = '', env = {}, program = [cli] }: RunOptions = {}): Promise<Run> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...program, ...args], { cwd, env: { ...quietEnvironment, TMPDIR: this.temporary, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (data: string) => (stdout += data));
      child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr += data));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code, stdout, stderr });
      });
    });
  }

  /** The findings and unread files of a check, as its JSON tells them. */
  async check(args: readonly string[], options?: RunOptions): Promise<Run & Report> {
    const run = await this.run(['check', '--format', 'json', ...args], options);
    if (run.stdout === '') throw new Error(`no report: ${run.stderr}`);
    return { ...run, ...(JSON.parse(run.stdout) as Report) };
  }
}

export interface Report {
  readonly version: number;
  readonly findings: readonly ReportedFinding[];
  readonly unread: readonly { readonly path: string; readonly why: string }[];
}

export interface ReportedFinding {
  readonly rule: string;
  readonly path: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number }; readonly end: { readonly line: number; readonly column: number } };
  readonly severity: string;
  readonly matched: string;
  readonly fingerprint: string;
  readonly origin?: { readonly kind: string; readonly tool?: string; readonly evidence: string };
}

/** Deletes every record, and nothing else: high, with no undo. */
export const risky = 'await db.user.deleteMany({});\n';
export const riskyRule = 'delete-many-unfiltered';
export const harmless = 'await db.user.findMany({});\n';
