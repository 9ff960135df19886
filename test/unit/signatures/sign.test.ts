import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { sign, SigningError, type SigningKey } from '../../../src/node/signatures/sign.ts';
import { verifySignature } from '../../../src/node/signatures/verify.ts';
import { withEnvironment } from '../../support/environment.ts';
import { type Agent, forwardAgent, startAgent, startSecurityKeyAgent } from '../../support/sshAgents.ts';
import { SoftwareSecurityKey } from '../../support/softwareSecurityKey.ts';
import { SshKeys } from '../../support/sshKeys.ts';

const namespace = 'firebreak-decision-v1';
const principal = 'alice@corp.example';
const message = Buffer.from('-Y sign $(touch /tmp/x) `id` "\0\r\n\u{1f600}');

describe('sign', () => {
  let keys: SshKeys;
  let agents: Agent[];
  before(() => {
    keys = new SshKeys();
    for (const name of ['plain', 'a key $(id) `id`', 'ca', 'certified', 'lent', 'lonely', 'open']) keys.make(name, 'ed25519');
    keys.make('p256', 'ecdsa');
    keys.make('rsa', 'rsa', { bits: 2048 });
    keys.make('short', 'rsa', { bits: 1024 });
    keys.make('locked', 'ed25519', { passphrase: 'right horse' });
    keys.keygen('-q', '-s', 'ca', '-I', 'id', '-n', principal, 'certified.pub');
    rmSync(keys.at('lonely'));
    chmodSync(keys.at('open'), 0o644);
    keys.write('garbage', 'no key\n');
    for (const [name, script] of Object.entries({ right: 'ls -lnA "$TMPDIR" "$TMPDIR"/* > "$SEEN"\necho right horse', wrong: 'echo wrong horse', declines: 'exit 1' })) {
      keys.write(name, `#!/bin/sh\n${script}\n`);
      chmodSync(keys.at(name), 0o700);
    }
    mkdirSync(keys.at('temporary'));
  });
  beforeEach(() => {
    agents = [];
  });
  withEnvironment(() => ({ TMPDIR: keys.at('temporary'), SEEN: keys.at('seen'), SSH_AUTH_SOCK: undefined, SSH_ASKPASS: undefined, DISPLAY: undefined, PATH: process.env.PATH }));
  afterEach(async () => {
    for (const agent of agents.reverse()) await agent.stop();
    assert.deepEqual(readdirSync(keys.at('temporary')), [], 'nothing stays behind');
  });
  after(() => {
    keys.remove();
  });

  const file = (name: string): SigningKey => ({ kind: 'file', path: keys.at(name) });
  const held = (name: string): SigningKey => ({ kind: 'agent', publicKey: keys.publicKey(name) });
  const signWith = (key: SigningKey) => sign(message, { namespace, key, ask: 'askpass' });
  const isGood = async (signature: string, signer: string) => (await verifySignature({ message, signature, namespace, principal, allowedSigners: `${principal} ${signer}\n`, at: new Date() })).isGood;
  const refuses = (key: SigningKey, why: RegExp) => assert.rejects(signWith(key), (error) => error instanceof SigningError && why.test(error.message) && !error.message.includes('\n') || assert.fail(String(error)));
  const hasAgent = async (agent: Promise<Agent>) => {
    agents.push(await agent);
    process.env.SSH_AUTH_SOCK = (await agent).socket;
  };
  const add = (...args: string[]) => {
    keys.run('ssh-add', ['-q', ...args], process.env);
  };

  for (const name of ['plain', 'plain.pub', 'p256', 'rsa', 'a key $(id) `id`']) {
    it(`with the key file "${name}"`, async () => {
      assert.ok(await isGood(await signWith(file(name)), keys.publicKey(name.replace('.pub', ''))));
    });
  }

  it('with a certificate', async () => {
    assert.ok(await isGood(await signWith(file('certified-cert.pub')), `cert-authority ${keys.publicKey('ca')}`));
  });

  it('with a passphrase that SSH_ASKPASS gives, while nobody else can look at the files', async () => {
    process.env.SSH_ASKPASS = keys.at('right');
    assert.ok(await isGood(await signWith(file('locked')), keys.publicKey('locked')));
    const seen = readFileSync(keys.at('seen'), 'utf8');
    assert.match(seen, /^drwx------\S* .*firebreak-signing-/m);
    assert.match(seen, /^-rw-------\S* .* message$/m);
  });

  it('with a key that only an agent has', async () => {
    await hasAgent(startAgent(keys.at('agent')));
    add(keys.at('lent'));
    rmSync(keys.at('lent'));
    assert.ok(await isGood(await signWith(held('lent')), keys.publicKey('lent')));
    assert.ok(await isGood(await signWith(file('lent.pub')), keys.publicKey('lent')));
  });

  it('with a key of a forwarded agent', async () => {
    const agent = startAgent(keys.at('far'));
    await hasAgent(agent);
    add(keys.at('plain'));
    await hasAgent(forwardAgent(keys.at('near'), await agent));
    assert.ok(await isGood(await signWith(held('plain')), keys.publicKey('plain')));
  });

  it('with a certificate of which an agent has the key', async () => {
    await hasAgent(startAgent(keys.at('agent')));
    add(keys.at('certified'));
    assert.ok(await isGood(await signWith(held('certified-cert')), `cert-authority ${keys.publicKey('ca')}`));
  });

  for (const kind of ['ed25519', 'ecdsa'] as const) {
    it(`with a security key of the kind ${kind}, and tells that it waits for a touch`, async () => {
      const key = new SoftwareSecurityKey(kind);
      await hasAgent(startSecurityKeyAgent(keys.at('security'), key, 1));
      let touches = 0;
      const signature = await sign(message, { namespace, key: { kind: 'agent', publicKey: key.publicKey }, ask: 'askpass', onTouchNeeded: () => touches++ });
      const verdict = await verifySignature({ message, signature, namespace, principal, allowedSigners: `${principal} ${key.publicKey}\n`, at: new Date(), needs: { touch: true } });
      assert.deepEqual([verdict.isGood, touches], [true, 1], JSON.stringify(verdict));
    });
  }

  it('says what to do when the passphrase is wrong, or not given', async () => {
    for (const program of ['wrong', 'declines', 'no such program']) {
      process.env.SSH_ASKPASS = keys.at(program);
      await refuses(file('locked'), /passphrase or PIN of .*locked was wrong or was not given; run this again, or hand the key to your agent first: ssh-add .*locked$/);
    }
  });

  it('says what to do when there is no agent, or it has another key', async () => {
    await refuses(held('lonely'), /no agent is running \(SSH_AUTH_SOCK is not set\); hand it to your agent: ssh-add KEY/);
    await refuses(file('lonely.pub'), /private half of .*lonely\.pub is neither in .*lonely nor in an agent.*ssh-add .*lonely$/);
    await hasAgent(startAgent(keys.at('agent')));
    add(keys.at('plain'));
    await refuses(held('lonely'), /neither in a file nor in an agent; hand it to your agent/);
    process.env.SSH_AUTH_SOCK = keys.at('gone');
    await refuses(held('lonely'), /neither in a file nor in an agent; hand it to your agent/);
  });

  it('says what to do when the agent asks, and its question is declined', async () => {
    await hasAgent(startAgent(keys.at('agent'), { SSH_ASKPASS: keys.at('declines'), SSH_ASKPASS_REQUIRE: 'force' }));
    add('-c', keys.at('plain'));
    await refuses(held('plain'), /the agent refused to sign with the key, or its question was declined; run this again and confirm/);
  });

  it('says what to do about a key that is missing, open to others, no key, or too weak', async () => {
    await refuses(file('missing'), /there is no key at .*missing; name another key, or make one: firebreak init --signing/);
    await refuses(file('open'), /others can read .*open, so ssh-keygen does not use it; make it yours alone: chmod 600 .*open/);
    await refuses(file('garbage'), /garbage is no key that can be used/);
    await refuses({ kind: 'agent', publicKey: 'ssh-dss AAAA' }, /no type of key that is accepted/);
    assert.equal(await isGood(await signWith(file('short')), keys.publicKey('short')), false);
  });

  it('says what to do when ssh-keygen is missing, is ended, or lies', async () => {
    mkdirSync(keys.at('programs'));
    const path = process.env.PATH ?? '';
    process.env.PATH = keys.at('programs');
    await refuses(file('plain'), /ssh-keygen was not found; install OpenSSH/);
    process.env.PATH += `:${path}`;
    const pretend = (script: string) => {
      keys.write('programs/ssh-keygen', `#!/bin/sh\n${script}\n`);
      chmodSync(keys.at('programs/ssh-keygen'), 0o700);
    };
    pretend('kill -9 $$');
    await refuses(file('plain'), /ssh-keygen was ended by SIGKILL before it had signed; run this again/);
    pretend('echo something else >&2; exit 3');
    await refuses(file('plain'), /ssh-keygen did not sign with .*plain: something else/);
    pretend('for last; do :; done; echo nonsense > "$last.sig"');
    await refuses(file('plain'), /made a signature that does not count: the signature is not between/);
    pretend('exit 0');
    await refuses(file('plain'), /ssh-keygen said that it signed, and left no signature/);
    pretend('exec sleep 60');
    const giveUp = new AbortController();
    const signing = sign(message, { namespace, key: file('plain'), signal: giveUp.signal });
    giveUp.abort();
    await assert.rejects(signing, /signing was given up, and nothing was signed/);
  });
});
