import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseSshsig } from '../../core/review/sshsig.ts';
import { withPrivateFiles } from './privateFolder.ts';

/** A key file (the private key, or its `.pub` while an agent or a security key has the private half), or a public key whose private half an agent has. */
export type SigningKey = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'agent'; readonly publicKey: string };

export interface SignOptions {
  readonly namespace: string;
  readonly key: SigningKey;
  /** Where a passphrase or PIN is asked for: at the terminal that this process has, or by the program that SSH_ASKPASS names. */
  readonly ask?: 'terminal' | 'askpass';
  /** Gives up: a security key waits for its touch. */
  readonly signal?: AbortSignal;
}

/** It was not signed; the message says why, and what to do next. */
export class SigningError extends Error {
  override readonly name = 'SigningError';
}

/** Signs with `ssh-keygen -Y sign`. @returns the text of a `.sig` file. Throws a SigningError. */
export function sign(message: Uint8Array, { namespace, key, ask = 'terminal', signal }: SignOptions): Promise<string> {
  const files = { message, ...(key.kind === 'agent' && { 'key.pub': `${key.publicKey}\n` }) };
  return withPrivateFiles(files, async (at) => {
    const keyFile = key.kind === 'file' ? key.path : at('key.pub');
    const { stderr, exitCode, endedBy } = await run(['-Y', 'sign', '-n', namespace, '-f', keyFile, at('message')], ask, signal);
    if (exitCode !== 0) throw new SigningError(explain(key, stderr, endedBy));
    const signature = readFileSync(at('message.sig'), 'utf8');
    const parsed = parseSshsig(signature);
    if ('why' in parsed) throw new SigningError(`ssh-keygen made a signature that cannot be read: ${parsed.why}`);
    return signature;
  });
}

interface Run {
  readonly exitCode: number | null;
  readonly endedBy: NodeJS.Signals | null;
  readonly stderr: string;
}

function run(args: readonly string[], ask: 'terminal' | 'askpass', signal: AbortSignal | undefined): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('ssh-keygen', args, {
      env: { ...process.env, LC_ALL: 'C', ...(ask === 'askpass' && { SSH_ASKPASS_REQUIRE: 'force' }) },
      // Without a terminal of its own it cannot ask at one that nobody sees.
      detached: ask === 'askpass',
      stdio: [ask === 'terminal' ? 'inherit' : 'ignore', 'ignore', 'pipe'],
      ...(signal !== undefined && { signal }),
      windowsHide: true,
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr += data));
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') reject(new SigningError('ssh-keygen was not found; install OpenSSH and see that ssh-keygen is on the PATH'));
      else reject(error.name === 'AbortError' ? new SigningError('signing was given up; nothing was signed') : error);
    });
    child.once('close', (exitCode, endedBy) => {
      resolve({ exitCode, endedBy, stderr });
    });
  });
}

function explain(key: SigningKey, stderr: string, endedBy: NodeJS.Signals | null): string {
  if (endedBy !== null) return `ssh-keygen was ended by ${endedBy} before it had signed; run this again`;
  return `${key.kind === 'file' ? key.path : 'the key of the agent'} did not sign: ${stderr.trim().split('\n').at(-1) ?? ''}`;
}
