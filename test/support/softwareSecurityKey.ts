import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { encodeBase64 } from '../../src/core/review/base64.ts';
import { join, toBytes, wireNatural, wireString, wireUint32 } from '../../src/core/review/wire.ts';
import { armoredSignature } from './sshKeys.ts';

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();

/** What a security key does, in software (OpenSSH's PROTOCOL.u2f): tests have no hardware that somebody could touch. */
export class SoftwareSecurityKey {
  readonly type: string;
  readonly blob: Uint8Array;
  private readonly privateKey: KeyObject;

  constructor(private readonly kind: 'ed25519' | 'ecdsa', private readonly application = 'ssh:') {
    const pair = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = createPrivateKey(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
    const [left, right] = [x, y].map((number) => Buffer.from(number, 'base64url'));
    this.type = kind === 'ed25519' ? 'sk-ssh-ed25519@openssh.com' : 'sk-ecdsa-sha2-nistp256@openssh.com';
    const numbers = kind === 'ed25519' ? [left ?? ''] : ['nistp256', join([Uint8Array.of(4), left ?? toBytes(''), right ?? toBytes('')])];
    this.blob = join([this.type, ...numbers, application].map(wireString));
  }

  /** As its `.pub` file says. */
  get publicKey(): string {
    return `${this.type} ${encodeBase64(this.blob)}`;
  }

  /** `flags`: 1 for a touch, 4 for a PIN or finger. `told` and `toldNamespace` are what the signature says when it lies. `certificate` stands in for the key's blob. */
  sign(message: Uint8Array, namespace: string, { flags, told = flags, toldNamespace = namespace, certificate = this.blob }: { flags: number; told?: number; toldNamespace?: string; certificate?: Uint8Array }): string {
    const digest = createHash('sha512').update(message).digest();
    const data = join([toBytes('SSHSIG'), ...[namespace, '', 'sha512', digest].map(wireString)]);
    return armoredSignature({ key: certificate, namespace: toldNamespace, inner: this.signData(data, flags, told) });
  }

  /** What stands inside of a signature, and what an agent answers. */
  signData(data: Uint8Array, flags: number, told = flags): Uint8Array {
    const counter = wireUint32(7);
    const signed = join([sha256(this.application), Uint8Array.of(flags), counter, sha256(data)]);
    return join([wireString(this.type), wireString(this.signBytes(signed)), Uint8Array.of(told), counter]);
  }

  private signBytes(data: Uint8Array): Uint8Array {
    if (this.kind === 'ed25519') return sign(undefined, data, this.privateKey);
    const pair = sign('sha256', data, { key: this.privateKey, dsaEncoding: 'ieee-p1363' });
    return join([pair.subarray(0, 32), pair.subarray(32)].map((number) => wireNatural(number.subarray(number.findIndex((byte) => byte !== 0)))));
  }
}
