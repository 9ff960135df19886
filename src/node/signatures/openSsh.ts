import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface OpenSshRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface OpenSshOptions {
  readonly input?: Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
}

/** A program of OpenSSH is not there, or was ended. The message says which, and what to do. */
export class OpenSshError extends Error {
  override readonly name = 'OpenSshError';
}

const limitMs = 20_000;

/**
 * Runs a program of OpenSSH without a shell and without a terminal: it can ask for nothing, and is ended when it takes long. It does not run in the
 * repository, where Windows would look for the program first.
 */
export function runOpenSsh(program: 'ssh-keygen' | 'ssh-add', args: readonly string[], { input, env = {} }: OpenSshOptions = {}): Promise<OpenSshRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: tmpdir(), env: { ...process.env, ...env, LC_ALL: 'C' }, stdio: ['pipe', 'pipe', 'pipe'], timeout: limitMs, windowsHide: true });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (data: string) => (stdout += data));
    child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr += data));
    // It may answer before it has read all of its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new OpenSshError(isMissing(program)) : error);
    });
    child.once('close', (exitCode, signal) => {
      if (exitCode === null) reject(new OpenSshError(`${program} was ended by ${String(signal)} before it answered; run this again`));
      else resolve({ exitCode, stdout, stderr });
    });
  });
}

export function isMissing(program: string): string {
  return `${program} was not found; install OpenSSH and see that ${program} is on the PATH`;
}

/** What a program says last is what went wrong. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
