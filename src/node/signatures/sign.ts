import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isSecurityKey, parsePublicKeyLine } from '../../core/review/publicKey.ts';
import { parseSshsig } from '../../core/review/sshsig.ts';
import { readPublicHalf } from './keyFile.ts';
import { isMissing, lastLine } from './openSsh.ts';
import { withPrivateFiles } from './privateFolder.ts';

/**
 * A key file (the private key, or its `.pub` while an agent or a security key has the private half), or a public key as a line, or a certificate, whose private half an
 * agent has.
 */
export type SigningKey = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'agent'; readonly publicKey: string };

export interface SignOptions {
  readonly namespace: string;
  readonly key: SigningKey;
  /** Where a passphrase or PIN is asked for: at the terminal that this process has, or by the program that SSH_ASKPASS names. */
  readonly ask?: 'terminal' | 'askpass';
  /** Told when a security key waits to be touched; ssh-keygen itself says so to a terminal only. */
  readonly onTouchNeeded?: () => void;
  /** Gives up: a touch may never come. */
  readonly signal?: AbortSignal;
}

/** It was not signed; the message says why, and what to do next. */
export class SigningError extends Error {
  override readonly name = 'SigningError';
}

/** Signs bytes with `ssh-keygen -Y sign`. @returns the text of a `.sig` file. Throws a SigningError. */
export async function sign(message: Uint8Array, { namespace, key, ask = 'terminal', onTouchNeeded, signal }: SignOptions): Promise<string> {
  const publicKey = key.kind === 'file' ? readPublicHalf(key.path) : parsePublicKeyLine(key.publicKey);
  if ('why' in publicKey) throw new SigningError(`${publicKey.why}; name another key, or make one: firebreak init --signing`);
  if (isSecurityKey(publicKey)) onTouchNeeded?.();
  const files = { message, ...(key.kind === 'agent' && { 'key.pub': `${key.publicKey.trim()}\n` }) };
  return withPrivateFiles(files, async (at) => {
    const keyFile = key.kind === 'file' ? path.resolve(key.path) : at('key.pub');
    const run = await runSign(['-q', '-Y', 'sign', '-n', namespace, '-f', keyFile, at('message')], path.dirname(at('message')), ask, signal);
    if (run.exitCode !== 0) throw new SigningError(explain(key, run));
    if (!existsSync(at('message.sig'))) throw new SigningError('ssh-keygen said that it signed, and left no signature; see which program is called ssh-keygen on your PATH');
    const signature = readFileSync(at('message.sig'), 'utf8');
    const parsed = parseSshsig(signature);
    if ('why' in parsed) throw new SigningError(`ssh-keygen made a signature that does not count: ${parsed.why}; sign with another key`);
    return signature;
  });
}

interface Run {
  readonly exitCode: number | null;
  readonly endedBy: NodeJS.Signals | null;
  readonly stderr: string;
}

function runSign(args: readonly string[], cwd: string, ask: 'terminal' | 'askpass', signal: AbortSignal | undefined): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('ssh-keygen', args, {
      cwd,
      env: { ...process.env, LC_ALL: 'C', ...(ask === 'askpass' && { SSH_ASKPASS_REQUIRE: 'force' }) },
      // Without a terminal of its own it cannot ask at one that nobody looks at.
      detached: ask === 'askpass',
      stdio: [ask === 'terminal' ? 'inherit' : 'ignore', 'ignore', 'pipe'],
      ...(signal !== undefined && { signal }),
      windowsHide: true,
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr += data));
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') reject(new SigningError(isMissing('ssh-keygen')));
      else reject(error.name === 'AbortError' ? new SigningError('signing was given up, and nothing was signed') : error);
    });
    child.once('close', (exitCode, endedBy) => {
      resolve({ exitCode, endedBy, stderr });
    });
  });
}

function explain(key: SigningKey, { stderr, endedBy }: Run): string {
  if (endedBy !== null) return `ssh-keygen was ended by ${endedBy} before it had signed; run this again`;
  const file = key.kind === 'file' ? key.path : undefined;
  const named = file ?? 'the key';
  const privateFile = file?.replace(/(?:-cert)?\.pub$/, '') ?? 'KEY';
  const add = `ssh-add ${privateFile}`;
  const causes: readonly (readonly [RegExp, string])[] = [
    [/too open/, `others can read ${privateFile}, so ssh-keygen does not use it; make it yours alone: chmod 600 ${privateFile}`],
    [/incorrect passphrase/, `the passphrase or PIN of ${named} was wrong or was not given; run this again, or hand the key to your agent first: ${add}`],
    [/agent refused|agent failure|communication with agent/i, `the agent refused to sign with ${named}, or its question was declined; run this again and confirm`],
    [/device not found/i, `the security key of ${named} is not plugged in, or is another one; plug it in and run this again`],
    [/provider|unsupported feature|feature not supported|unknown or unsupported key type/i, `this ssh-keygen cannot use the key of ${named} (${lastLine(stderr)}); install a newer OpenSSH with support for it`],
    [/No private key found|Couldn't load public key/, `the private half of ${named} is neither in ${file === undefined ? 'a file' : privateFile} nor in an agent${process.env.SSH_AUTH_SOCK === undefined ? ', and no agent is running (SSH_AUTH_SOCK is not set)' : ''}; hand it to your agent: ${add}`],
  ];
  return causes.find(([pattern]) => pattern.test(stderr))?.[1] ?? `ssh-keygen did not sign with ${named}: ${lastLine(stderr) || 'it did not say why'}`;
}
