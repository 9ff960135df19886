import assert from 'node:assert/strict';
import { decodeBase64 } from '../../../src/core/review/base64.ts';
import { type SignatureQuestion, verifySignature } from '../../../src/node/signatures/verify.ts';
import { SoftwareSecurityKey } from '../../support/softwareSecurityKey.ts';
import { armored, SshKeys } from '../../support/sshKeys.ts';
import { Random } from '../text/random.ts';

const namespace = 'ns';
const principal = 'a@b';
const message = Buffer.from('approve');
const at = new Date('2026-03-15T12:00:00Z');
const kinds = ['ed25519', 'ecdsa', 'rsa', 'security key'] as const;
const signaturesPerKind = 400;
const filesPerSeed = 40;
const seeds = [1, 2, 3];

/** Pieces of the format, and what C, JavaScript and editors read differently. */
const pieces: [string, ...string[]] = ['a@b', '*', '?', '!', '"', ',', '\\', '=', ' ', '\t', '\r', '\n', '#', 'cert-authority', 'namespaces="', 'valid-after="', 'valid-before="', 'ns', '","', '20260101', '20270101Z', 'utc', 'A', '\0', '\v', '\f', 'é', '\ufeff', '\ufffd'];
const options: [string, ...string[]] = ['namespaces="ns"', 'namespaces="n*"', 'valid-after="20250101"', 'valid-before="20270101Z"', 'VALID-BEFORE="202701010000"', 'cert-authority', '', 'namespaces="a b,ns"', 'namespaces="\\"x,ns"'];

describe('at random', () => {
  let keys: SshKeys;
  const questions = new Map<string, SignatureQuestion>();
  before(function () {
    this.timeout(60_000);
    keys = new SshKeys();
    for (const kind of kinds) {
      const securityKey = new SoftwareSecurityKey('ecdsa');
      const publicKey = kind === 'security key' ? securityKey.publicKey : keys.make(kind, kind);
      const signature = kind === 'security key' ? securityKey.sign(message, namespace, { flags: 1 }) : keys.sign(kind, message, namespace);
      questions.set(kind, { message, signature, namespace, principal, allowedSigners: `${principal} ${publicKey}\n`, at });
    }
  });
  after(() => {
    keys.remove();
  });

  /** Good only where ssh-keygen says so; it is asked about the few that we take. */
  async function judge(question: SignatureQuestion): Promise<boolean> {
    const { isGood } = await verifySignature(question);
    if (isGood) assert.ok(keys.verdictOf(question).isGood, JSON.stringify(question));
    return isGood;
  }

  for (const kind of kinds) {
    it(`changed signatures of ${kind} are refused or are ssh-keygen's good ones too`, async () => {
      const question = questions.get(kind);
      assert.ok(question);
      assert.ok(await judge(question));
      const random = new Random(kind.length);
      let good = 0;
      for (let round = 0; round < signaturesPerKind; round++) {
        const signature = random.chance(50) ? changedText(random, question.signature) : changedBytes(random, question.signature);
        if (signature !== question.signature && (await judge({ ...question, signature }))) good++;
      }
      // Such as one with another reserved field, or with its line ends elsewhere.
      assert.ok(good < signaturesPerKind / 10, `${good} were good`);
    });
  }

  for (const seed of seeds) {
    it(`lines of allowed_signers mean what they mean to ssh-keygen, seed ${seed}`, async function () {
      this.timeout(120_000);
      const question = questions.get('ed25519');
      assert.ok(question);
      const random = new Random(seed);
      const counts = { good: 0, bad: 0 };
      for (let round = 0; round < filesPerSeed; round++) {
        const asked = { ...question, allowedSigners: randomFile(random, keys.publicKey('ed25519'), keys.publicKey('ecdsa')) };
        const [ours, theirs] = [await verifySignature(asked), keys.verdictOf(asked)];
        const isOurChoice = /\0|\ufffd/.test(asked.allowedSigners);
        assert.ok(ours.isGood ? theirs.isGood : !theirs.isGood || isOurChoice, JSON.stringify([asked.allowedSigners, ours, theirs.said]));
        counts[ours.isGood ? 'good' : 'bad']++;
      }
      assert.ok(counts.good > filesPerSeed / 20 && counts.bad > filesPerSeed / 20, JSON.stringify(counts));
    });
  }

  it('what is no text at all is refused', async () => {
    const question = questions.get('ed25519');
    assert.ok(question);
    const random = new Random(9);
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from({ length: random.below(200) }, () => random.below(256));
      for (const over of [{ signature: armored(bytes) }, { signature: Buffer.from(bytes).toString('latin1') }, { allowedSigners: Buffer.from(bytes).toString('utf8') }]) assert.equal(await judge({ ...question, ...over }), false);
      if (bytes.length > 0) await judge({ ...question, revoked: bytes });
    }
  });
});

function changedText(random: Random, text: string): string {
  let changed = text;
  for (let left = 1 + random.below(2); left > 0; left--) {
    const from = random.below(changed.length + 1);
    const to = Math.min(changed.length, from + random.below(4));
    changed = changed.slice(0, from) + random.text(3, ['A', 'z', '=', '\n', '-', ' ', '/']) + changed.slice(random.chance(50) ? from : to);
  }
  return changed;
}

function changedBytes(random: Random, signature: string): string {
  const bytes = [...(decodeBase64(signature.split('\n').slice(1, -2).join('')) ?? [])];
  for (let left = 1 + random.below(2); left > 0; left--) {
    const at = random.below(bytes.length);
    const change = random.below(4);
    if (change === 0) bytes.splice(at, 1 + random.below(3));
    else if (change === 1) bytes.splice(at, 0, ...Array.from({ length: 1 + random.below(3) }, () => random.below(256)));
    else bytes[at] = change === 2 ? random.below(256) : (bytes[at] ?? 0) ^ (1 << random.below(8));
  }
  return armored(Uint8Array.from(bytes));
}

/** A line that is good, or nearly, with some changes. */
function randomFile(random: Random, publicKey: string, other: string): string {
  const [type = '', base64 = ''] = publicKey.split(' ');
  const space = () => random.pick([' ', '\t', '  ', ' \t ']);
  const before = random.chance(20) ? random.pick(['# c\n', '\n', ' ', '\r\n', 'x y z\n', `b@b ${other}\n`]) : '';
  const principals = random.pick(['a@b', '*@b', '"a@b"', 'a?b', 'x,a@b', '!c,*']);
  const chosen = random.chance(60) ? `${Array.from({ length: 1 + random.below(3) }, () => random.pick(options)).join(',')}${space()}` : '';
  let file = `${before}${principals}${space()}${chosen}${type}${space()}${base64}${random.pick(['', ' comment', '\r\n', '\n', ' c # d\r\n', ' '])}`;
  for (let left = random.below(4); left > 0; left--) {
    const at = random.below(file.length + 1);
    const length = random.below(20);
    file = file.slice(0, at) + random.pick([random.pick(pieces), '', file.slice(at, at + length)]) + file.slice(at + (random.chance(50) ? 0 : 1 + random.below(3)));
  }
  return file;
}
