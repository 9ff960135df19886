import { existsSync, readFileSync } from 'node:fs';
import { decodeBase64 } from '../../core/review/base64.ts';
import { parsePublicKey, type PublicKey, parsePublicKeyLine } from '../../core/review/publicKey.ts';
import { WireReader } from '../../core/review/wire.ts';
import { messageOf } from '../../core/text/messageOf.ts';

/** The public half of a key file: of `.pub` beside it, of itself when it is one, else of the private key, where it stands unencrypted. */
export function readPublicHalf(file: string): PublicKey | { readonly why: string } {
  const named = existsSync(`${file}.pub`) ? `${file}.pub` : file;
  let text: string;
  try {
    text = readFileSync(named, 'utf8');
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code === 'ENOENT' ? `there is no key at ${file}` : `${named} cannot be read: ${messageOf(error)}` };
  }
  const isPrivate = text.startsWith('-----BEGIN ');
  // What is no key is not shown: it can be any file.
  if (!isPrivate && !/^(?:sk-)?(?:ssh|ecdsa)-/.test(text)) return { why: `${named} is no key that can be used: it has neither a private key nor the line of a public one` };
  const key = isPrivate ? parsePrivate(text) : parsePublicKeyLine(text);
  return 'why' in key ? { why: `${named} is no key that can be used: ${key.why}` } : key;
}

/** Whether a private key is encrypted, so that nobody signs with the file alone. False where it cannot be read. */
export function hasPassphrase(file: string): boolean {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return false;
  }
  const reader = new WireReader(decodeBase64(ownFormat.exec(text)?.[1] ?? '') ?? new Uint8Array());
  const isOwn = Buffer.from(reader.bytes(magic.length)).toString('latin1') === magic;
  return isOwn ? reader.text() !== 'none' : /^(?:-----BEGIN ENCRYPTED |Proc-Type: 4,ENCRYPTED)/m.test(text);
}

const magic = 'openssh-key-v1\0';
const ownFormat = /^-----BEGIN OPENSSH PRIVATE KEY-----\r?\n([^-]*)-----END OPENSSH PRIVATE KEY-----/;

/** OpenSSH's own format (PROTOCOL.key): magic, cipher, KDF and its options, the number of keys, the public keys, and what is encrypted. */
function parsePrivate(text: string): PublicKey | { readonly why: string } {
  const body = ownFormat.exec(text)?.[1];
  const reader = new WireReader(decodeBase64(body ?? '') ?? new Uint8Array());
  if (Buffer.from(reader.bytes(magic.length)).toString('latin1') !== magic) return { why: 'its public half is not known; write it beside: ssh-keygen -y -f KEY > KEY.pub' };
  for (let field = 0; field < 3; field++) reader.string();
  reader.uint32();
  return parsePublicKey(reader.string());
}
