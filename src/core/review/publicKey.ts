import { decodeBase64, encodeBase64 } from './base64.ts';
import { areEqual, join, WireReader, wireNatural, wireString } from './wire.ts';

export const curves = ['nistp256', 'nistp384', 'nistp521'] as const;
export type Curve = (typeof curves)[number];

/** The numbers of a key. Points and numbers are big-endian; ECDSA's point is uncompressed (4, x, y). */
export type KeyNumbers =
  | { readonly kind: 'ed25519'; readonly point: Uint8Array }
  | { readonly kind: 'ecdsa'; readonly curve: Curve; readonly point: Uint8Array }
  | { readonly kind: 'rsa'; readonly exponent: Uint8Array; readonly modulus: Uint8Array };

/** A public key as SSH writes it (RFC 4253, 5656, 8709; OpenSSH's PROTOCOL.u2f and PROTOCOL.certkeys). */
export interface PublicKey {
  /** Of the key itself, also when it came in a certificate: `ssh-ed25519`. */
  readonly type: string;
  /** Of the key itself, in the one way that OpenSSH writes it: equal keys have equal blobs. */
  readonly blob: Uint8Array;
  readonly numbers: KeyNumbers;
  /** Of a security key: the application that it was made for. */
  readonly application?: string;
  /** When it came in a certificate: as it came, and who signed it. Neither that signature nor the rest of the certificate is looked at. */
  readonly certificate?: { readonly blob: Uint8Array; readonly authority: PublicKey };
}

export type Digest = (bytes: Uint8Array) => Uint8Array;

interface KeyType {
  readonly kind: 'ed25519' | Curve | 'rsa';
  readonly isSecurityKey: boolean;
}

const keyTypes: ReadonlyMap<string, KeyType> = new Map([
  ['ssh-ed25519', { kind: 'ed25519', isSecurityKey: false } as const],
  ['ssh-rsa', { kind: 'rsa', isSecurityKey: false } as const],
  ...curves.map((kind): [string, KeyType] => [`ecdsa-sha2-${kind}`, { kind, isSecurityKey: false }]),
  ['sk-ssh-ed25519@openssh.com', { kind: 'ed25519', isSecurityKey: true } as const],
  ['sk-ecdsa-sha2-nistp256@openssh.com', { kind: 'nistp256', isSecurityKey: true } as const],
]);

const certificateSuffix = '-cert-v01@openssh.com';

/** A certificate's type: `ssh-ed25519-cert-v01@openssh.com` for `ssh-ed25519`, and so for those that name openssh.com already. */
const certificateTypes: ReadonlyMap<string, string> = new Map([...keyTypes.keys()].map((type) => [`${type.replace(/@openssh\.com$/, '')}${certificateSuffix}`, type]));

/** Bytes of a P-256, P-384 and P-521 number. */
export const curveBytes: Readonly<Record<Curve, number>> = { nistp256: 32, nistp384: 48, nistp521: 66 };

/** Reads a key's blob, or a certificate's. */
export function parsePublicKey(blob: Uint8Array): PublicKey | { readonly why: string } {
  const reader = new WireReader(blob);
  const written = reader.text();
  const type = certificateTypes.get(written) ?? written;
  const known = keyTypes.get(type);
  if (known === undefined) return { why: written === '' ? 'it is no key' : `keys of the type ${JSON.stringify(written.slice(0, 60))} are not accepted` };
  const isCertificate = written !== type;
  if (isCertificate) reader.string(); // a nonce
  const numbers = readNumbers(reader, known.kind);
  const application = known.isSecurityKey ? reader.text() : undefined;
  const authority = isCertificate ? readAuthority(reader) : undefined;
  if (!reader.isWhole || numbers === undefined) return { why: `the ${type} key is damaged` };
  if (authority !== undefined && 'why' in authority) return { why: `the certificate's authority cannot be read: ${authority.why}` };
  const key = { type, numbers, ...(application !== undefined && { application }), blob: blobOf(type, numbers, application) };
  return authority === undefined ? key : { ...key, certificate: { blob, authority } };
}

/** Reads `ssh-ed25519 AAAA… comment`, as in a `.pub` file. */
export function parsePublicKeyLine(line: string): PublicKey | { readonly why: string } {
  const [type, base64] = line.trim().split(/[ \t]+/);
  if (type === undefined || base64 === undefined) return { why: 'it is no public key: a type and the key in base64 are expected' };
  return readPublicKey(type, base64);
}

/** Of a key's type and its base64, which have to say the same type. */
export function readPublicKey(type: string, base64: string): PublicKey | { readonly why: string } {
  if (!keyTypes.has(type) && !certificateTypes.has(type)) return { why: `${JSON.stringify(type.slice(0, 60))} is no type of key that is accepted` };
  const blob = decodeBase64(base64);
  if (blob === undefined) return { why: 'its key is no base64' };
  const key = parsePublicKey(blob);
  if ('why' in key) return key;
  const actual = key.certificate === undefined ? key.type : new WireReader(blob).text();
  return actual === type ? key : { why: `its key is of the type ${actual}, and the line says ${type}` };
}

export function isSecurityKey(key: PublicKey): boolean {
  return key.application !== undefined;
}

/** Whether it is the same key; a certificate's key is the key itself. */
export function isSameKey(one: PublicKey, other: PublicKey): boolean {
  return areEqual(one.blob, other.blob);
}

/** `ssh-ed25519 AAAA…`, of the key itself. */
export function publicKeyLine(key: PublicKey): string {
  return `${key.type} ${encodeBase64(key.blob)}`;
}

/** As `ssh-keygen -l` prints it: `SHA256:…`, of the key itself. */
export function fingerprintOf(key: PublicKey, sha256: Digest): string {
  return `SHA256:${encodeBase64(sha256(key.blob)).replace(/=+$/, '')}`;
}

function readNumbers(reader: WireReader, kind: KeyType['kind']): KeyNumbers | undefined {
  if (kind === 'rsa') return { kind, exponent: reader.natural(), modulus: reader.natural() };
  if (kind === 'ed25519') {
    const point = reader.string();
    return point.length === 32 ? { kind, point } : undefined;
  }
  const curve = reader.text();
  const point = reader.string();
  return curve === kind && point[0] === 4 && point.length === 1 + 2 * curveBytes[kind] ? { kind: 'ecdsa', curve: kind, point } : undefined;
}

function readAuthority(reader: WireReader): PublicKey | { readonly why: string } {
  reader.bytes(8); // serial
  reader.uint32(); // of a user or of a host
  for (let field = 0; field < 2; field++) reader.string(); // key id, principals
  reader.bytes(16); // valid after, valid before
  for (let field = 0; field < 3; field++) reader.string(); // critical options, extensions, reserved
  const blob = reader.string();
  reader.string(); // the authority's signature
  // An authority with a certificate of its own is not allowed, and would nest without end.
  if (certificateTypes.has(new WireReader(blob).text())) return { why: 'it is a certificate itself' };
  return parsePublicKey(blob);
}

function blobOf(type: string, numbers: KeyNumbers, application: string | undefined): Uint8Array {
  return join([wireString(type), ...numberFields(numbers), ...(application === undefined ? [] : [wireString(application)])]);
}

function numberFields(numbers: KeyNumbers): Uint8Array[] {
  switch (numbers.kind) {
    case 'ed25519':
      return [wireString(numbers.point)];
    case 'ecdsa':
      return [wireString(numbers.curve), wireString(numbers.point)];
    case 'rsa':
      return [wireNatural(numbers.exponent), wireNatural(numbers.modulus)];
  }
}
