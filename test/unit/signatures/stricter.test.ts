import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult, sign } from 'node:crypto';
import { decodeBase64, encodeBase64 } from '../../../src/core/review/base64.ts';
import { join, toBytes, wireNatural, wireString } from '../../../src/core/review/wire.ts';
import { type SignatureQuestion, verifySignature } from '../../../src/node/signatures/verify.ts';
import { withEnvironment } from '../../support/environment.ts';
import { armoredSignature, SshKeys } from '../../support/sshKeys.ts';

const namespace = 'firebreak-decision-v1';
const principal = 'alice@corp.example';
const message = Buffer.from('{"decision":"approve"}\n');
const at = new Date('2026-03-15T12:00:00Z');

let keys: SshKeys;
let rsaKey: KeyPairKeyObjectResult | undefined;
const ask = (over: Partial<SignatureQuestion> & { key?: string } = {}): SignatureQuestion => {
  const { key = 'plain', ...rest } = over;
  return { message, signature: rest.signature ?? keys.sign(key, message, namespace), namespace, principal, allowedSigners: `${principal} ${keys.publicKey(key)}\n`, at, ...rest };
};

/** An RSA signature whose parts are chosen: ssh-keygen makes none that it would refuse. */
function rsaSigned({ format = 'rsa-sha2-512', digest = 'sha512', hashAlgorithm = 'sha512', version = 1, reserved = '', tail = '' }): SignatureQuestion {
  const { publicKey, privateKey } = (rsaKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const [modulus, exponent] = [n, e].map((number) => wireNatural(Buffer.from(number, 'base64url')));
  const blob = join([wireString('ssh-rsa'), exponent ?? toBytes(''), modulus ?? toBytes('')]);
  const data = join([toBytes('SSHSIG'), ...[namespace, '', hashAlgorithm, createHash(hashAlgorithm).update(message).digest()].map(wireString)]);
  const inner = join([wireString(format), wireString(sign(digest, data, privateKey)), toBytes(tail)]);
  return ask({ signature: armoredSignature({ key: blob, namespace, hashAlgorithm, version, reserved, inner }), allowedSigners: `${principal} ssh-rsa ${encodeBase64(blob)}\n` });
}

/** With the zeros that nobody has to write: the same key in other bytes. */
function paddedRsa(publicKey: string): string {
  const blob = decodeBase64(publicKey.split(' ')[1] ?? '') ?? toBytes('');
  const length = (blob[11] ?? 0) * 2 ** 24 + (blob[12] ?? 0) * 2 ** 16 + (blob[13] ?? 0) * 2 ** 8 + (blob[14] ?? 0);
  const exponent = blob.subarray(15, 15 + length);
  return `ssh-rsa ${encodeBase64(join([blob.subarray(0, 11), wireString(join([Uint8Array.of(0, 0), exponent])), blob.subarray(15 + length)]))}`;
}

type Row = readonly [string, () => SignatureQuestion, RegExp];

const onlyOurs: readonly Row[] = [
  ['an RSA key of 1024 bits', () => ask({ key: 'short' }), /its RSA key has 1024 bits, and less than 2048 are not accepted/],
  ['a signature of version 0', () => rsaSigned({ version: 0 }), /is of version 0/],
  ['something after the armor', () => ask({ signature: `${keys.sign('plain', message, namespace)}x` }), /something else stands beside it/],
  ['a certificate in the place of a key', () => ask({ signature: keys.sign('certified-cert.pub', message, namespace), allowedSigners: `${principal} ${keys.publicKey('certified-cert')}\n` }), /it names a certificate; name the key itself/],
  ['a day that no calendar has', () => ask({ allowedSigners: `${principal} valid-before="20260431Z" ${keys.publicKey('plain')}\n` }), /valid-before="20260431Z" is no time/],
];

const both: readonly Row[] = [
  ['RSA with SHA-1', () => rsaSigned({ format: 'ssh-rsa', digest: 'sha1' }), /of the kind "ssh-rsa"; only rsa-sha2-256 and rsa-sha2-512/],
  ['RSA with SHA-1 that says it is SHA-2', () => rsaSigned({ digest: 'sha1' }), /one of them was changed/],
  ['RSA that says another digest than it was made with', () => rsaSigned({ format: 'rsa-sha2-256' }), /one of them was changed/],
  ['a digest with SHA-1', () => rsaSigned({ hashAlgorithm: 'sha1' }), /a digest with "sha1"; only sha256 and sha512/],
  ['a digest with MD5', () => rsaSigned({ hashAlgorithm: 'md5' }), /a digest with "md5"/],
  ['a digest with SHA-384', () => rsaSigned({ hashAlgorithm: 'sha384' }), /a digest with "sha384"/],
  ['a later version', () => rsaSigned({ version: 2 }), /is of version 2, and this Firebreak reads version 1/],
  ['something after the inner signature', () => rsaSigned({ tail: 'x' }), /damaged/],
  ['a key that was revoked in other bytes', () => ask({ key: 'rsa', revoked: Buffer.from(`${paddedRsa(keys.publicKey('rsa'))}\n`) }), /its key was revoked/],
];

describe('verifySignature', () => {
  before(function () {
    this.timeout(60_000);
    keys = new SshKeys();
    for (const name of ['plain', 'ca', 'certified']) keys.make(name, 'ed25519');
    keys.make('short', 'rsa', { bits: 1024 });
    keys.make('rsa', 'rsa', { bits: 2048 });
    keys.keygen('-q', '-s', 'ca', '-I', 'id', '-n', principal, 'certified.pub');
  });
  after(() => {
    keys.remove();
  });

  for (const [name, question, why] of onlyOurs) {
    it(`refuses ${name}, which ssh-keygen does not`, async () => {
      const asked = question();
      assert.ok(keys.verdictOf(asked).isGood);
      const verdict = await verifySignature(asked);
      assert.ok(!verdict.isGood);
      assert.match(verdict.why, why);
    });
  }

  for (const [name, question, why] of both) {
    it(`refuses ${name}, as ssh-keygen does`, async () => {
      const asked = question();
      assert.equal(keys.verdictOf(asked).isGood, false);
      const verdict = await verifySignature(asked);
      assert.ok(!verdict.isGood);
      assert.match(verdict.why, why);
    });
  }

  it('passes over the reserved field and takes other digests, as ssh-keygen does', async () => {
    for (const made of [{}, { reserved: 'later' }, { hashAlgorithm: 'sha256' }, { format: 'rsa-sha2-256', digest: 'sha256' }]) {
      const asked = rsaSigned(made);
      assert.ok(keys.verdictOf(asked).isGood);
      assert.ok((await verifySignature(asked)).isGood, JSON.stringify(made));
    }
  });

  it('takes a key in other bytes for the same key, as ssh-keygen does', async () => {
    const asked = ask({ key: 'rsa', allowedSigners: `${principal} ${paddedRsa(keys.publicKey('rsa'))}\n` });
    assert.ok(keys.verdictOf(asked).isGood);
    assert.ok((await verifySignature(asked)).isGood);
  });

  it('needs to be told whose signature it should be, for what and when', async () => {
    for (const over of [{ principal: '', allowedSigners: `* ${keys.publicKey('plain')}\n` }, { namespace: '' }, { at: new Date(NaN) }]) assert.equal((await verifySignature(ask(over))).isGood, false);
  });

  describe('without ssh-keygen', () => {
    withEnvironment(() => ({ PATH: process.env.PATH }));

    it('verifies keys, and refuses certificates and KRLs with the reason', async () => {
      keys.keygen('-q', '-k', '-f', 'krl', 'rsa.pub');
      const plain = ask({ revoked: Buffer.from(keys.publicKey('rsa')) });
      const withKrl = ask({ revoked: keys.read('krl') });
      const certificate = ask({ signature: keys.sign('certified-cert.pub', message, namespace), allowedSigners: `${principal} cert-authority ${keys.publicKey('ca')}\n` });
      for (const asked of [plain, withKrl, certificate]) assert.ok((await verifySignature(asked)).isGood);
      process.env.PATH = keys.folder;
      assert.ok((await verifySignature(plain)).isGood);
      for (const asked of [withKrl, certificate]) {
        const verdict = await verifySignature(asked);
        assert.ok(!verdict.isGood);
        assert.match(verdict.why, /could not be verified: ssh-keygen was not found; install OpenSSH/);
      }
    });
  });
});
