import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SignatureQuestion } from '../../src/node/signatures/verify.ts';
import { encodeBase64 } from '../../src/core/review/base64.ts';
import { join, toBytes, wireString, wireUint32 } from '../../src/core/review/wire.ts';

/** No agent and no question to whoever runs the tests. */
const env = { ...process.env, SSH_AUTH_SOCK: '', SSH_ASKPASS: '', SSH_ASKPASS_REQUIRE: 'never', DISPLAY: '', LC_ALL: 'C' };

/** A folder of keys and signatures that the real ssh-keygen makes, and judges. */
export class SshKeys {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'fb-keys-'));
  private count = 0;

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  write(name: string, content: Uint8Array | string): string {
    writeFileSync(this.at(name), content, { mode: 0o600 });
    return this.at(name);
  }

  read(name: string): Buffer {
    return readFileSync(this.at(name));
  }

  /** @returns what it wrote to the standard output */
  keygen(...args: string[]): string {
    return this.run('ssh-keygen', args, env);
  }

  run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): string {
    return execFileSync(program, args, { cwd: this.folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] }).toString('utf8');
  }

  /** Makes a key without a passphrase. @returns the line of its public half */
  make(name: string, type: string, { bits, passphrase = '' }: { bits?: number; passphrase?: string } = {}): string {
    this.keygen('-q', '-t', type, ...(bits === undefined ? [] : ['-b', String(bits)]), '-N', passphrase, '-C', name, '-f', name);
    return this.publicKey(name);
  }

  publicKey(name: string): string {
    return readFileSync(this.at(`${name}.pub`), 'utf8').trim();
  }

  /** A signature by `ssh-keygen -Y sign` with a key file of the folder. */
  sign(keyFile: string, message: Uint8Array | string, namespace: string, ...options: string[]): string {
    const name = `message-${++this.count}`;
    this.write(name, message);
    this.keygen('-q', '-Y', 'sign', '-n', namespace, '-f', keyFile, ...options, name);
    return readFileSync(this.at(`${name}.sig`), 'utf8');
  }

  /** What `ssh-keygen -Y verify` says to the same question. */
  verdictOf({ message, signature, namespace, principal, allowedSigners, revoked, at }: SignatureQuestion, timeZone = 'UTC0'): { readonly isGood: boolean; readonly said: string } {
    const [signers, signed] = [this.write('asked.signers', allowedSigners), this.write('asked.sig', signature)];
    const time = at.toISOString().replaceAll(/\.\d+Z$|\D/g, '');
    const args = ['-Y', 'verify', '-f', signers, '-I', principal, '-n', namespace, '-s', signed, `-Overify-time=${time}Z`];
    if (revoked !== undefined) args.push('-r', this.write('asked.revoked', revoked));
    // Not through a pipe, which ssh-keygen closes before it has read all when it does not like the signature.
    const input = openSync(this.write('asked.message', message), 'r');
    try {
      const { status, stderr, stdout, error } = spawnSync('ssh-keygen', args, { stdio: [input, 'pipe', 'pipe'], env: { ...env, TZ: timeZone } });
      if (error !== undefined) throw error;
      return { isGood: status === 0, said: `${String(stdout)}${String(stderr)}` };
    } finally {
      closeSync(input);
    }
  }
}

/** A signature as it would stand in a file, from parts that need not fit together (PROTOCOL.sshsig). */
export function armoredSignature({ key, namespace, hashAlgorithm = 'sha512', version = 1, reserved = '', inner }: { key: Uint8Array; namespace: string; hashAlgorithm?: string; version?: number; reserved?: string; inner: Uint8Array }): string {
  return armored(join([toBytes('SSHSIG'), wireUint32(version), ...[key, namespace, reserved, hashAlgorithm, inner].map(wireString)]));
}

export function armored(bytes: Uint8Array): string {
  const lines = encodeBase64(bytes).match(/.{1,70}/g) ?? [''];
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join('\n')}\n-----END SSH SIGNATURE-----\n`;
}
