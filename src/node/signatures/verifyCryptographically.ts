import { createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { curveBytes, type KeyNumbers } from '../../core/review/publicKey.ts';
import { type SshSignature, signedData } from '../../core/review/sshsig.ts';
import { join, WireReader, wireUint32 } from '../../core/review/wire.ts';

const smallestRsaBits = 2048;
/** As OpenSSH: verifying with more would take long. */
const largestRsaBits = 16_384;

const jwkCurves = { nistp256: 'P-256', nistp384: 'P-384', nistp521: 'P-521' };
const curveDigests = { nistp256: 'sha256', nistp384: 'sha384', nistp521: 'sha512' };
const rsaDigests: ReadonlyMap<string, string> = new Map([['rsa-sha2-256', 'sha256'], ['rsa-sha2-512', 'sha512']]);

/** Why a signature was not made by its own key over the message, or undefined when it was. Who the key belongs to is not asked here. */
export function findFault(signature: SshSignature, message: Uint8Array): string | undefined {
  const { publicKey, securityKey, signature: { format } } = signature;
  const { type, numbers, application } = publicKey;
  const isRightFormat = numbers.kind === 'rsa' ? rsaDigests.has(format) : format === type;
  if (!isRightFormat) return numbers.kind === 'rsa' ? `it is an RSA signature of the kind ${JSON.stringify(format.slice(0, 60))}; only rsa-sha2-256 and rsa-sha2-512 are accepted` : `its algorithm ${JSON.stringify(format.slice(0, 60))} is not the one of its ${type} key`;
  if (application !== undefined && !application.startsWith('ssh:')) return `its security key was made for ${JSON.stringify(application.slice(0, 60))}, and not for ssh:`;
  const weakness = findWeakness(numbers);
  if (weakness !== undefined) return weakness;
  const data = signedData(signature, createHash(signature.hashAlgorithm).update(message).digest());
  const signed = application === undefined || securityKey === undefined ? data : join([sha256(application), Uint8Array.of(securityKey.flags), wireUint32(securityKey.counter), sha256(data)]);
  try {
    return isSignedBy(numbers, signature.signature, signed) ? undefined : 'it was not made by its key over this content: one of them was changed';
  } catch {
    // The key is no point of its curve, or such.
    return `its ${type} key is not valid`;
  }
}

function findWeakness(numbers: KeyNumbers): string | undefined {
  if (numbers.kind !== 'rsa') return undefined;
  const bits = numbers.modulus.length * 8 - Math.clz32(numbers.modulus[0] ?? 0) + 24;
  if (bits < smallestRsaBits) return `its RSA key has ${bits} bits, and less than ${smallestRsaBits} are not accepted; sign with another key`;
  if (bits > largestRsaBits) return `its RSA key has ${bits} bits, and more than ${largestRsaBits} are not accepted; sign with another key`;
  return undefined;
}

function isSignedBy(numbers: KeyNumbers, { format, blob }: SshSignature['signature'], data: Uint8Array): boolean {
  const key = toKeyObject(numbers);
  switch (numbers.kind) {
    case 'ed25519':
      return verify(undefined, data, key, blob);
    case 'ecdsa': {
      const pair = toPair(blob, curveBytes[numbers.curve]);
      return pair !== undefined && verify(curveDigests[numbers.curve], data, { key, dsaEncoding: 'ieee-p1363' }, pair);
    }
    case 'rsa':
      // OpenSSH leaves out zeros at the start.
      return blob.length <= numbers.modulus.length && verify(rsaDigests.get(format), data, key, padded(blob, numbers.modulus.length));
  }
}

/** r and s, side by side. */
function toPair(blob: Uint8Array, length: number): Uint8Array | undefined {
  const reader = new WireReader(blob);
  const [r, s] = [reader.natural(), reader.natural()];
  return reader.isWhole && r.length <= length && s.length <= length ? join([padded(r, length), padded(s, length)]) : undefined;
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  return join([new Uint8Array(length - bytes.length), bytes]);
}

function toKeyObject(numbers: KeyNumbers): KeyObject {
  return createPublicKey({ key: toJwk(numbers), format: 'jwk' });
}

function toJwk(numbers: KeyNumbers): JsonWebKey {
  switch (numbers.kind) {
    case 'ed25519':
      return { kty: 'OKP', crv: 'Ed25519', x: base64Url(numbers.point) };
    case 'ecdsa': {
      const length = curveBytes[numbers.curve];
      return { kty: 'EC', crv: jwkCurves[numbers.curve], x: base64Url(numbers.point.subarray(1, 1 + length)), y: base64Url(numbers.point.subarray(1 + length)) };
    }
    case 'rsa':
      return { kty: 'RSA', n: base64Url(numbers.modulus), e: base64Url(numbers.exponent) };
  }
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function sha256(content: Uint8Array | string): Uint8Array {
  return createHash('sha256').update(content).digest();
}
