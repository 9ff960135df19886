import { spawn } from 'node:child_process';

export interface SshKeygenRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SshKeygenOptions {
  readonly input?: Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
}

/** ssh-keygen is not there, or was ended. The message says which, and what to do. */
export class SshKeygenError extends Error {
  override readonly name = 'SshKeygenError';
}

const limitMs = 20_000;

/** Runs ssh-keygen without a shell and without a terminal: it can ask for nothing, and is ended when it takes long. */
export function runSshKeygen(args: readonly string[], { input, env = {} }: SshKeygenOptions = {}): Promise<SshKeygenRun> {
  return new Promise((resolve, reject) => {
    const child = spawn('ssh-keygen', args, { env: { ...process.env, ...env, LC_ALL: 'C' }, stdio: ['pipe', 'pipe', 'pipe'], timeout: limitMs, windowsHide: true });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (data: string) => (stdout += data));
    child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr += data));
    // It may answer before it has read all of its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new SshKeygenError('ssh-keygen was not found; install OpenSSH and see that ssh-keygen is on the PATH') : error);
    });
    child.once('close', (exitCode, signal) => {
      if (exitCode === null) reject(new SshKeygenError(`ssh-keygen was ended by ${String(signal)} before it answered; run this again`));
      else resolve({ exitCode, stdout, stderr });
    });
  });
}
