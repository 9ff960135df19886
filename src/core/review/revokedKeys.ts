import { isSameKey, type PublicKey, parsePublicKeyLine } from './publicKey.ts';
import { areEqual, toBytes } from './wire.ts';

/** Where a repository keeps it, from its root. */
export const revokedPath = '.firebreak/revoked';

const krlMagic = toBytes('SSHKRL\n\0');

/** Whether it is a binary key revocation list (OpenSSH's PROTOCOL.krl), which only ssh-keygen reads here. */
export function isKrl(revoked: Uint8Array): boolean {
  return areEqual(revoked.subarray(0, krlMagic.length), krlMagic);
}

/**
 * Reads public keys, one a line, with comments after `#` at a line's start. A certificate stands for its key. One line that cannot be read spoils the list, as it does for
 * OpenSSH: the key that it was to revoke would count.
 */
export function parseRevokedKeys(revoked: Uint8Array): { readonly keys: readonly PublicKey[] } | { readonly why: string } {
  const keys: PublicKey[] = [];
  for (const [index, written] of new TextDecoder().decode(revoked).split('\n').entries()) {
    const line = written.replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const key = parsePublicKeyLine(line);
    if ('why' in key) return { why: `line ${index + 1}: ${key.why}` };
    keys.push(key);
  }
  return { keys };
}

export function isRevoked(key: PublicKey, revoked: readonly PublicKey[]): boolean {
  return revoked.some((each) => isSameKey(each, key));
}
