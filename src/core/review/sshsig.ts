import { decodeBase64 } from './base64.ts';
import { parsePublicKey, type PublicKey } from './publicKey.ts';
import { join, WireReader, wireString } from './wire.ts';

/** A signature as `ssh-keygen -Y sign` writes it (OpenSSH's PROTOCOL.sshsig), of which nothing is verified yet. */
export interface SshSignature {
  readonly version: 1;
  readonly publicKey: PublicKey;
  /** What it may be used for. */
  readonly namespace: string;
  readonly hashAlgorithm: 'sha256' | 'sha512';
  readonly signature: {
    /** The algorithm, which for RSA is not the key's type: `rsa-sha2-512`. */
    readonly format: string;
    readonly blob: Uint8Array;
  };
  /** What a security key says of the moment of signing (PROTOCOL.u2f); it is part of what was signed. */
  readonly securityKey?: { readonly flags: number; readonly counter: number };
}

/** A signature with the largest key takes some 6 KB, and a certificate may name many principals. */
export const largestSignatureBytes = 256 * 1024;

const magic = 'SSHSIG';
const armor = /^-----BEGIN SSH SIGNATURE-----\n([^-]*)\n-----END SSH SIGNATURE-----\s*$/;

/** Reads what stands in a `.sig` file. It may hold one signature and nothing else, though OpenSSH passes over what comes after it. */
export function parseSshsig(armored: string): SshSignature | { readonly why: string } {
  if (armored.length > largestSignatureBytes) return { why: `the signature has over ${largestSignatureBytes / 1024} KB` };
  const body = armor.exec(armored)?.[1];
  if (body === undefined) return { why: 'the signature is not between BEGIN SSH SIGNATURE and END SSH SIGNATURE, or something else stands beside it' };
  const bytes = decodeBase64(body);
  if (bytes === undefined) return { why: 'the signature is no base64' };
  return readSignature(bytes);
}

/** The bytes that were signed: a security key signs a digest of them (PROTOCOL.sshsig). `messageDigest` is made with the signature's `hashAlgorithm`. */
export function signedData(signature: SshSignature, messageDigest: Uint8Array): Uint8Array {
  const [namespace, reserved, algorithm, digest] = [signature.namespace, '', signature.hashAlgorithm, messageDigest].map(wireString);
  return join([new TextEncoder().encode(magic), ...[namespace, reserved, algorithm, digest].filter((part) => part !== undefined)]);
}

function readSignature(bytes: Uint8Array): SshSignature | { readonly why: string } {
  const reader = new WireReader(bytes);
  if (String.fromCharCode(...reader.bytes(magic.length)) !== magic) return { why: 'it is no SSH signature' };
  const version = reader.uint32();
  if (version !== 1) return { why: `the signature is of version ${version}, and this Firebreak reads version 1` };
  const keyBlob = reader.string();
  const namespace = reader.text();
  reader.string(); // Reserved: readers are to pass over it.
  const hashAlgorithm = reader.text();
  const inner = reader.string();
  if (!reader.isWhole) return { why: 'the signature is damaged' };
  if (hashAlgorithm !== 'sha256' && hashAlgorithm !== 'sha512') return { why: `the signature was made over a digest with ${JSON.stringify(hashAlgorithm.slice(0, 40))}; only sha256 and sha512 are accepted` };
  const publicKey = parsePublicKey(keyBlob);
  if ('why' in publicKey) return { why: `the signature's key is not accepted: ${publicKey.why}` };
  const signed = new WireReader(inner);
  const format = signed.text();
  const blob = signed.string();
  const securityKey = publicKey.application === undefined ? undefined : { flags: signed.byte(), counter: signed.uint32() };
  if (!signed.isWhole) return { why: 'the signature is damaged' };
  return { version, publicKey, namespace, hashAlgorithm, signature: { format, blob }, ...(securityKey !== undefined && { securityKey }) };
}
