import assert from 'node:assert/strict';
import { type SignatureQuestion, verifySignature } from '../../../src/node/signatures/verify.ts';
import { SshKeys } from '../../support/sshKeys.ts';

const namespace = 'firebreak-decision-v1';
const alice = 'alice@corp.example';
const message = Buffer.from('{"decision":"approve"}\n');
const keyTypes: readonly (readonly [string, string, number?])[] = [
  ['ed25519', 'ed25519'],
  ['p256', 'ecdsa', 256],
  ['p384', 'ecdsa', 384],
  ['p521', 'ecdsa', 521],
  ['rsa2048', 'rsa', 2048],
  ['rsa3072', 'rsa', 3072],
];
const certificateTime = '20260301000000Z:20260401000000Z';

let keys: SshKeys;
const pub = (name: string) => keys.publicKey(name);
const line = (name: string, principals = alice, options = '') => `${[principals, options, pub(name)].filter((part) => part !== '').join(' ')}\n`;
const made = new Map<string, string>();

/** One signature of each kind is enough: making it takes longer than all the rest. */
function signedBy(name: string, ...options: string[]): string {
  const kind = [name, ...options].join(' ');
  const signature = made.get(kind) ?? keys.sign(name, message, namespace, ...options);
  made.set(kind, signature);
  return signature;
}

/** Good, unless a row says otherwise. */
function ask(over: Partial<SignatureQuestion> & { readonly key?: string } = {}): SignatureQuestion {
  const { key = 'ed25519', ...rest } = over;
  return { message, signature: rest.signature ?? signedBy(key), namespace, principal: alice, allowedSigners: line(key), at: new Date('2026-03-15T12:00:00Z'), ...rest };
}

function changed(signature: string, from: number): string {
  const [head = '', ...body] = signature.split('\n');
  const text = body.slice(0, -2).join('\n');
  const at = from < 0 ? text.length + from : from;
  const other = text[at] === 'A' ? 'B' : 'A';
  return [head, text.slice(0, at) + other + text.slice(at + 1), ...body.slice(-2)].join('\n');
}

function krl(name: string, ...args: string[]): Uint8Array {
  keys.keygen('-q', '-k', '-f', name, ...args);
  return keys.read(name);
}

const certified = (options = '', principals = alice) => line('ca', principals, ['cert-authority', options].filter((part) => part !== '').join(','));

type Row = readonly [string, () => SignatureQuestion];

const good: readonly Row[] = [
  ...keyTypes.map(([key]): Row => [`a key of ${key}`, () => ask({ key })]),
  ...keyTypes.map(([key]): Row => [`a key of ${key}, over a digest with SHA-256`, () => ask({ key, signature: signedBy(key, '-Ohashalg=sha256') })]),
  ['an empty message', () => ask({ message: Buffer.alloc(0), signature: keys.sign('ed25519', '', namespace) })],
  ['a message of a megabyte', () => ask({ key: 'p256', message: Buffer.alloc(1 << 20, 'x'), signature: keys.sign('p256', Buffer.alloc(1 << 20, 'x'), namespace) })],
  ['its namespace', () => ask({ allowedSigners: line('ed25519', alice, `namespaces="git,${namespace}"`) })],
  ['namespaces by wildcard', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces="firebreak-*"') })],
  ['principals by wildcard', () => ask({ allowedSigners: line('ed25519', '*@corp.example') })],
  ['a character by wildcard', () => ask({ allowedSigners: line('ed25519', 'alic?@corp.example') })],
  ['a list of principals', () => ask({ allowedSigners: line('ed25519', `bob@corp.example,${alice}`) })],
  ['a list that excludes another', () => ask({ allowedSigners: line('ed25519', '*@corp.example,!bob@corp.example') })],
  ['principals in quotes', () => ask({ principal: 'Alice A', allowedSigners: line('ed25519', '"Alice A"') })],
  ['a principal with letters beyond ASCII', () => ask({ principal: 'zoë@corp.example', allowedSigners: line('ed25519', 'zo??@corp.example') })],
  ['a time within', () => ask({ allowedSigners: line('ed25519', alice, 'valid-after="20260101Z",valid-before="20270101Z"') })],
  ['the last second', () => ask({ allowedSigners: line('ed25519', alice, 'valid-before="20260315120000Z"') })],
  ['the first second', () => ask({ allowedSigners: line('ed25519', alice, 'valid-after="202603151200Z"') })],
  ['a part of the last second', () => ask({ at: new Date('2026-03-15T12:00:00.900Z'), allowedSigners: line('ed25519', alice, 'valid-before="20260315120000Z"') })],
  ['options in capitals', () => ask({ allowedSigners: line('ed25519', alice, `NAMESPACES="${namespace}",Valid-Before="20270101utc"`) })],
  ['an empty option', () => ask({ allowedSigners: line('ed25519', alice, `,namespaces="${namespace}"`) })],
  ['a space in an option', () => ask({ allowedSigners: line('ed25519', alice, `namespaces="a b,${namespace}"`) })],
  ['lines with CRLF, comments, blank ones, broken ones', () => ask({ allowedSigners: `# who\r\n\r\n   \r\n${alice} nonsense\r\n \t${line('ed25519').trim()}\r\n` })],
  ['no newline at the end', () => ask({ allowedSigners: line('ed25519').trim() })],
  ['tabs between', () => ask({ allowedSigners: `${alice}\t \tnamespaces="*"\t${pub('ed25519').replaceAll(' ', '\t ')}\n` })],
  ['a line of another key first', () => ask({ allowedSigners: line('p256') + line('ed25519') })],
  ['an expired line before a valid one', () => ask({ allowedSigners: line('ed25519', alice, 'valid-before="20200101Z"') + line('ed25519') })],
  ['a list that revokes others', () => ask({ revoked: Buffer.from(`# gone\n\n${pub('p256')}\n  ${pub('rsa2048')}`) })],
  ['an empty list of revoked keys', () => ask({ revoked: Buffer.alloc(0) })],
  ['a KRL that revokes others', () => ask({ revoked: krl('others.krl', 'p256.pub') })],
  ['a certificate', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified() })],
  ['a certificate, for its namespace', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(`namespaces="${namespace}"`, '*@corp.example') })],
  ['a certificate with RSA', () => ask({ signature: signedBy('rsa3072-cert.pub'), allowedSigners: certified() })],
  ['a certificate with ECDSA', () => ask({ signature: signedBy('p384-cert.pub'), allowedSigners: certified() })],
  ['a certificate, and a list that revokes others', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), revoked: Buffer.from(pub('p256')) })],
  ['a certificate, and a KRL that revokes others', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), revoked: krl('serial8.krl', '-s', 'ca.pub', keys.write('serial8.spec', 'serial: 8\n')) })],
];

const bad: readonly (readonly [string, () => SignatureQuestion, RegExp])[] = [
  ...keyTypes.map(([key]) => [`a tampered message (${key})`, () => ask({ key, message: Buffer.from('{"decision":"approvf"}\n') }), /one of them was changed/] as const),
  ...keyTypes.map(([key]) => [`a tampered signature (${key})`, () => ask({ key, signature: changed(signedBy(key), -9) }), /one of them was changed|damaged/] as const),
  ['a signature for another namespace', () => ask({ signature: keys.sign('ed25519', message, 'git') }), /was made for the namespace "git", and not for firebreak-decision-v1/],
  ['a namespace that its line does not allow', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces="git,file"') }), /line 1\) does not allow its key the namespace/],
  ['an empty list of namespaces', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces=""') }), /does not allow its key the namespace/],
  ['namespaces that exclude it', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces="*,!firebreak-*"') }), /does not allow its key the namespace/],
  ['another principal', () => ask({ principal: 'bob@corp.example' }), /is in allowed_signers \(line 1\), but not for bob@corp\.example/],
  ['a principal in capitals', () => ask({ principal: 'Alice@corp.example' }), /but not for Alice@/],
  ['a principal that the list excludes', () => ask({ allowedSigners: line('ed25519', `*@corp.example,!${alice}`) }), /but not for alice@/],
  ['a list of exclusions alone', () => ask({ allowedSigners: line('ed25519', '!bob@corp.example') }), /but not for alice@/],
  ['a principal beyond the wildcard', () => ask({ principal: 'alice@corp.example.evil', allowedSigners: line('ed25519', '*@corp.example') }), /but not for/],
  ['a comment', () => ask({ allowedSigners: `#${line('ed25519')}` }), /its key is not in allowed_signers/],
  ['no signers', () => ask({ allowedSigners: '' }), /its key is not in allowed_signers/],
  ['the key of somebody else', () => ask({ signature: signedBy('p256') }), /its key is not in allowed_signers/],
  ['an expired key', () => ask({ allowedSigners: line('ed25519', alice, 'valid-before="20260315115959Z"') }), /its key was valid until 2026-03-15T11:59:59Z \(line 1/],
  ['a key that is not valid yet', () => ask({ allowedSigners: line('ed25519', alice, 'valid-after="20260315120001Z"') }), /its key is valid from 2026-03-15T12:00:01Z on only/],
  ['an option that nobody knows', () => ask({ allowedSigners: line('ed25519', alice, 'touch-required') }), /line 1 of allowed_signers could not be read: "touch-required" is no option/],
  ['an option that begins like one', () => ask({ allowedSigners: line('ed25519', alice, 'cert-authorityx') }), /"x" is no option/],
  ['an option twice', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces="*",namespaces="*"') }), /namespaces stands twice/],
  ['an option without quotes', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces=*') }), /has to stand in quotes/],
  ['a quote that stays open', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces="*') }), /not closed/],
  ['a comma at the end of the options', () => ask({ allowedSigners: line('ed25519', alice, 'namespaces="*",') }), /after the last comma/],
  ['a time that is none', () => ask({ allowedSigners: line('ed25519', alice, 'valid-before="tomorrow"') }), /valid-before="tomorrow" is no time/],
  ['times the wrong way round', () => ask({ allowedSigners: line('ed25519', alice, 'valid-after="20270101Z",valid-before="20260101Z"') }), /valid-before is not after valid-after/],
  ['a key of another type than its line says', () => ask({ allowedSigners: `${alice} ssh-rsa ${pub('ed25519').split(' ')[1] ?? ''}\n` }), /its key is of the type ssh-ed25519, and the line says ssh-rsa/],
  ['a key without its end', () => ask({ allowedSigners: `${alice} ${pub('ed25519').split(' ').slice(0, 2).join(' ').slice(0, -4)}\n` }), /the ssh-ed25519 key is damaged/],
  ['a line without a key', () => ask({ allowedSigners: `${alice}\n` }), /a key is expected/],
  ['a truncated armor', () => ask({ signature: signedBy('ed25519').slice(0, -20) }), /not between BEGIN SSH SIGNATURE and END/],
  ['an armor without its last line but one', () => ask({ signature: signedBy('rsa2048').split('\n').toSpliced(-3, 1).join('\n') }), /damaged|no base64/],
  ['an armor with CRLF', () => ask({ signature: signedBy('ed25519').replaceAll('\n', '\r\n') }), /not between/],
  ['something before the armor', () => ask({ signature: `\n${signedBy('ed25519')}` }), /not between/],
  ['an empty signature', () => ask({ signature: '' }), /not between/],
  ['a key on the list of revoked ones', () => ask({ revoked: Buffer.from(`${pub('p256')}\n${pub('ed25519')}\n`) }), /its key was revoked/],
  ['a certificate of the key on that list', () => ask({ key: 'certified', revoked: Buffer.from(pub('certified-cert')) }), /its key was revoked/],
  ['a list of revoked keys with a line that is none', () => ask({ revoked: Buffer.from(`\n${pub('p256')}\nSHA256:abc\n`) }), /list of revoked keys cannot be read, line 3/],
  ['a list of revoked keys with a blank line in CRLF', () => ask({ revoked: Buffer.from(`${pub('p256')}\r\n\r\n`) }), /cannot be read, line 2/],
  ['a key in a KRL', () => ask({ revoked: krl('own.krl', 'ed25519.pub') }), /its key was revoked/],
  ['a key in a KRL by its digest', () => ask({ revoked: krl('hash.krl', keys.write('hash.spec', `sha256: ${pub('ed25519')}\n`)) }), /its key was revoked/],
  ['a truncated KRL', () => ask({ revoked: krl('cut.krl', 'p256.pub').subarray(0, 30) }), /could not be read by ssh-keygen/],
  ['a certificate whose time has passed', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), at: new Date('2026-04-01T00:00:01Z') }), /ssh-keygen does not accept its certificate: .*expired/],
  ['a certificate whose time has not come', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), at: new Date('2026-02-28T23:59:59Z') }), /ssh-keygen does not accept its certificate: .*not yet valid/],
  ['a certificate for another principal', () => ask({ principal: 'bob@corp.example', signature: signedBy('certified-cert.pub'), allowedSigners: certified('', '*') }), /ssh-keygen does not accept its certificate: .*name/i],
  ['a certificate for hosts', () => ask({ signature: signedBy('host-cert.pub'), allowedSigners: certified() }), /ssh-keygen does not accept its certificate/],
  ['a certificate for nobody named', () => ask({ signature: signedBy('anybody-cert.pub'), allowedSigners: certified() }), /ssh-keygen does not accept its certificate/],
  ['a certificate of an authority that is not named', () => ask({ signature: signedBy('foreign-cert.pub'), allowedSigners: certified() }), /the authority of its certificate is not in allowed_signers/],
  ['a certificate, and its authority as a key', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: line('ca') }), /without cert-authority/],
  ['a certificate, and its key alone', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: line('certified') }), /the authority of its certificate is not in allowed_signers/],
  ['a certificate whose authority is not valid any more', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified('valid-before="20260310Z"') }), /was valid until 2026-03-10/],
  ['a certificate whose authority may not have the namespace', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified('namespaces="git"') }), /does not allow its key the namespace/],
  ['a certificate and a tampered message', () => ask({ message: Buffer.from('x'), signature: signedBy('certified-cert.pub'), allowedSigners: certified() }), /one of them was changed/],
  ['a certificate whose key is on the list of revoked ones', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), revoked: Buffer.from(pub('certified')) }), /the key in it or its authority was revoked/],
  ['a certificate whose authority is on that list', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), revoked: Buffer.from(pub('ca')) }), /the key in it or its authority was revoked/],
  ['a certificate in a KRL by its number', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), revoked: krl('serial7.krl', '-s', 'ca.pub', keys.write('serial7.spec', 'serial: 7\n')) }), /the key in it or its authority was revoked/],
  ['a certificate, and a list of revoked keys that cannot be read', () => ask({ signature: signedBy('certified-cert.pub'), allowedSigners: certified(), revoked: Buffer.from('gone\n') }), /or the list of revoked keys cannot be read/],
  ['a certificate authority that signs itself', () => ask({ signature: signedBy('ca'), allowedSigners: certified() }), /as a certificate authority, which does not sign itself/],
];

describe('verifySignature and ssh-keygen -Y verify', () => {
  before(function () {
    this.timeout(60_000);
    keys = new SshKeys();
    for (const [name, type, bits] of keyTypes) keys.make(name, type, bits === undefined ? {} : { bits });
    for (const name of ['ca', 'otherCa', 'certified', 'host', 'anybody', 'foreign']) keys.make(name, 'ed25519');
    const certify = (name: string, ca: string, ...options: string[]) => keys.keygen('-q', '-s', ca, '-I', `id of ${name}`, '-z', '7', '-V', certificateTime, ...options, `${name}.pub`);
    for (const name of ['certified', 'rsa3072', 'p384']) certify(name, 'ca', '-n', `${alice},alice`);
    certify('host', 'ca', '-h', '-n', alice);
    certify('anybody', 'ca');
    certify('foreign', 'otherCa', '-n', alice);
  });
  after(() => {
    keys.remove();
  });

  for (const [name, question] of good) {
    it(`accept ${name}`, async () => {
      const asked = question();
      const [ours, theirs] = [await verifySignature(asked), keys.verdictOf(asked)];
      assert.ok(theirs.isGood, theirs.said);
      assert.ok(ours.isGood, JSON.stringify(ours));
      assert.ok(theirs.said.includes(ours.keyFingerprint), theirs.said);
    });
  }

  for (const [name, question, why] of bad) {
    it(`refuse ${name}`, async () => {
      const asked = question();
      const [ours, theirs] = [await verifySignature(asked), keys.verdictOf(asked)];
      assert.equal(theirs.isGood, false, theirs.said);
      assert.ok(!ours.isGood);
      assert.match(ours.why, why);
    });
  }
});
