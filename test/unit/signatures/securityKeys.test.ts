import assert from 'node:assert/strict';
import { decodeBase64 } from '../../../src/core/review/base64.ts';
import { type SignatureQuestion, verifySignature } from '../../../src/node/signatures/verify.ts';
import { SoftwareSecurityKey } from '../../support/softwareSecurityKey.ts';
import { SshKeys } from '../../support/sshKeys.ts';

const namespace = 'firebreak-decision-v1';
const principal = 'alice@corp.example';
const message = Buffer.from('{"decision":"approve"}\n');
const at = new Date('2026-03-15T12:00:00Z');
const [touched, verified] = [1, 4];

describe('a security key', () => {
  let keys: SshKeys;
  before(() => {
    keys = new SshKeys();
  });
  after(() => {
    keys.remove();
  });

  const ask = (key: SoftwareSecurityKey, signature: string, over: Partial<SignatureQuestion> = {}): SignatureQuestion => ({ message, signature, namespace, principal, allowedSigners: `${principal} ${key.publicKey}\n`, at, ...over });

  for (const kind of ['ed25519', 'ecdsa'] as const) {
    for (const flags of [0, touched, verified, touched | verified]) {
      it(`of the kind ${kind} with the flags ${flags} is good as for ssh-keygen, and what it saw is told`, async () => {
        const key = new SoftwareSecurityKey(kind);
        const asked = ask(key, key.sign(message, namespace, { flags }));
        const [ours, theirs] = [await verifySignature(asked), keys.verdictOf(asked)];
        assert.ok(theirs.isGood, theirs.said);
        assert.ok(ours.isGood, JSON.stringify(ours));
        assert.ok(theirs.said.includes(ours.keyFingerprint));
        assert.deepEqual(ours, { isGood: true, keyFingerprint: ours.keyFingerprint, keyType: key.type, isSecurityKey: true, isTouched: (flags & touched) !== 0, isUserVerified: (flags & verified) !== 0 });
      });
    }

    it(`of the kind ${kind} has to be touched where that is asked for, which ssh-keygen does not ask`, async () => {
      const key = new SoftwareSecurityKey(kind);
      const asked = ask(key, key.sign(message, namespace, { flags: verified }), { needs: { touch: true } });
      assert.ok(keys.verdictOf(asked).isGood);
      const verdict = await verifySignature(asked);
      assert.ok(!verdict.isGood);
      assert.match(verdict.why, /was not touched/);
      assert.ok((await verifySignature({ ...asked, signature: key.sign(message, namespace, { flags: touched }) })).isGood);
    });

    it(`of the kind ${kind} has to have verified its user where that is asked for`, async () => {
      const key = new SoftwareSecurityKey(kind);
      const asked = ask(key, key.sign(message, namespace, { flags: touched }), { needs: { touch: true, userVerification: true } });
      assert.ok(keys.verdictOf(asked).isGood);
      const verdict = await verifySignature(asked);
      assert.ok(!verdict.isGood);
      assert.match(verdict.why, /did not ask for a PIN or a finger/);
      assert.ok((await verifySignature({ ...asked, signature: key.sign(message, namespace, { flags: touched | verified }) })).isGood);
    });

    const lies: readonly (readonly [string, (key: SoftwareSecurityKey) => SignatureQuestion])[] = [
      ['that says it was touched', (key) => ask(key, key.sign(message, namespace, { flags: 0, told: touched }))],
      ['over another message', (key) => ask(key, key.sign(Buffer.from('other'), namespace, { flags: touched }))],
      ['for another namespace that says it is for ours', (key) => ask(key, key.sign(message, 'git', { flags: touched, toldNamespace: namespace }))],
      ['of another key', (key) => ask(key, new SoftwareSecurityKey(kind).sign(message, namespace, { flags: touched, certificate: key.blob }))],
    ];
    for (const [name, question] of lies) {
      it(`of the kind ${kind} ${name} is refused, as by ssh-keygen`, async () => {
        const asked = question(new SoftwareSecurityKey(kind));
        const [ours, theirs] = [await verifySignature(asked), keys.verdictOf(asked)];
        assert.equal(theirs.isGood, false);
        assert.ok(!ours.isGood);
        assert.match(ours.why, /one of them was changed/);
      });
    }

    it(`of the kind ${kind} may be made for another application of ssh, and for no other`, async () => {
      const [inside, outside] = ['ssh:firebreak', 'https://bank.example'].map((application) => new SoftwareSecurityKey(kind, application));
      assert.ok(inside && outside);
      assert.ok((await verifySignature(ask(inside, inside.sign(message, namespace, { flags: touched })))).isGood);
      const asked = ask(outside, outside.sign(message, namespace, { flags: touched }));
      assert.ok(keys.verdictOf(asked).isGood);
      const verdict = await verifySignature(asked);
      assert.ok(!verdict.isGood);
      assert.match(verdict.why, /was made for "https:\/\/bank\.example", and not for ssh:/);
    });

    it(`of the kind ${kind} can have a certificate, and its touch counts`, async () => {
      const key = new SoftwareSecurityKey(kind);
      const authority = keys.make(`ca-${kind}`, 'ed25519');
      keys.write(`sk-${kind}.pub`, `${key.publicKey}\n`);
      keys.keygen('-q', '-s', `ca-${kind}`, '-I', 'a key of Alice', '-n', principal, `sk-${kind}.pub`);
      const certificate = decodeBase64(keys.publicKey(`sk-${kind}-cert`).split(' ')[1] ?? '');
      assert.ok(certificate);
      const asked = ask(key, key.sign(message, namespace, { flags: touched, certificate }), { allowedSigners: `${principal} cert-authority ${authority}\n`, needs: { touch: true } });
      assert.ok(keys.verdictOf(asked).isGood);
      const verdict = await verifySignature(asked);
      assert.ok(verdict.isGood, JSON.stringify(verdict));
      assert.deepEqual([verdict.keyType, verdict.isTouched, verdict.isUserVerified], [key.type, true, false]);
      assert.equal((await verifySignature({ ...asked, needs: { userVerification: true } })).isGood, false);
    });
  }

  it('is asked for in vain of any other key', async () => {
    const publicKey = keys.make('plain', 'ed25519');
    const asked: SignatureQuestion = { message, signature: keys.sign('plain', message, namespace), namespace, principal, allowedSigners: `${principal} ${publicKey}\n`, at };
    const plain = await verifySignature(asked);
    assert.ok(plain.isGood);
    assert.deepEqual([plain.isSecurityKey, plain.isTouched, plain.isUserVerified], [false, false, false]);
    const verdict = await verifySignature({ ...asked, needs: { touch: true } });
    assert.ok(!verdict.isGood);
    assert.match(verdict.why, /a security key that is touched is asked for; make one: ssh-keygen -t ed25519-sk/);
  });
});
