import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { parseAllowedSigners } from '../../src/core/review/allowedSigners.ts';
import { type Agent, startAgent } from '../support/sshAgents.ts';
import { SshKeys } from '../support/sshKeys.ts';
import { removeSandboxes, type Run, Sandbox } from './sandbox.ts';

describe('firebreak init --signing', () => {
  let sandbox: Sandbox;
  let keys: SshKeys;
  let agent: Agent | undefined;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    keys = new SshKeys();
    agent = undefined;
  });
  afterEach(async () => {
    await agent?.stop();
    keys.remove();
  });
  after(removeSandboxes);

  const init = (env: NodeJS.ProcessEnv = {}, ...more: string[]): Promise<Run> => sandbox.run(['init', '--signing', ...more], { env: { HOME: keys.folder, SSH_AUTH_SOCK: undefined, ...env } });
  const lineOf = (name: string) => `robin@example.com namespaces="firebreak-decision-v1" ${keys.publicKey(name).split(' ').slice(0, 2).join(' ')}\n`;
  const useSsh = (key: string) => {
    sandbox.git('config', 'gpg.format', 'ssh');
    sandbox.git('config', 'user.signingKey', key);
  };

  it('makes a key where there is none, once, and says how to protect it', async () => {
    const made = await init();
    const file = keys.at('.ssh/id_ed25519_firebreak');
    assert.equal(made.code, 0, made.stderr);
    assert.equal(made.stdout, lineOf('.ssh/id_ed25519_firebreak'));
    assert.match(made.stderr, /made .*id_ed25519_firebreak\n.*SHA256:.*ssh-ed25519.*\n.*give it a passphrase \(ssh-keygen -p -f .*id_ed25519_firebreak\).*ssh-add -c .*ed25519-sk/);
    assert.match(made.stderr, /add that line to \.firebreak\/allowed_signers and robin@example\.com to the seniors/);
    assert.deepEqual([statSync(file).mode & 0o777, statSync(keys.at('.ssh')).mode & 0o777], [0o600, 0o700]);
    assert.equal(sandbox.git('config', '--local', 'firebreak.signingKey'), file);
    assert.equal(sandbox.git('status', '--short'), '');
    const before = readFileSync(file, 'utf8');
    assert.equal((await init()).stdout, made.stdout);
    assert.equal(readFileSync(file, 'utf8'), before);
    const elsewhere = Sandbox.repository();
    assert.equal((await elsewhere.run(['init', '--signing'], { env: { HOME: keys.folder, SSH_AUTH_SOCK: undefined } })).stdout, made.stdout);
  });

  it('prints a line that lets the key sign, and nothing more when it is on the branch', async () => {
    const { stdout } = await init();
    const { signers, errors } = parseAllowedSigners(stdout, () => []);
    assert.deepEqual([errors, signers.map(({ principals, namespaces }) => [principals, namespaces])], [[], [['robin@example.com', 'firebreak-decision-v1']]]);
    sandbox.write('.firebreak/allowed_signers', `# seniors\n${stdout}`);
    sandbox.commitAll('Let Robin sign');
    const again = await init();
    assert.deepEqual([again.code, again.stdout], [0, '']);
    assert.match(again.stderr, /allowed_signers lets it sign as robin@example\.com already \(line 2\)/);
  });

  it('sends away who would sign with a key that was revoked, to another one', async () => {
    const { stdout } = await init();
    sandbox.write('.firebreak/allowed_signers', stdout);
    sandbox.write('.firebreak/revoked', `${keys.publicKey('.ssh/id_ed25519_firebreak')}\n`);
    sandbox.commitAll('Revoke it');
    const revoked = await init();
    assert.deepEqual([revoked.code, revoked.stdout, revoked.stderr.includes('what it signs does not count: its key was revoked (.firebreak/revoked)')], [2, '', true], revoked.stderr);
    const [, name = ''] = /git config (firebreak\.signingKey) /.exec(revoked.stderr) ?? [];
    keys.make('another', 'ed25519');
    sandbox.git('config', name, keys.at('another'));
    assert.equal((await init()).stdout, lineOf('another'));
  });

  it('asks for no passphrase where the key has one', async () => {
    keys.make('mine', 'ed25519', { passphrase: 'secret' });
    useSsh(keys.at('mine'));
    const { code, stderr } = await init();
    assert.deepEqual([code, /it has a passphrase; .*ssh-add -c/.test(stderr), stderr.includes('give it a passphrase')], [0, true, false], stderr);
  });

  it('shows nothing of a file that is no key', async () => {
    useSsh(keys.write('notes', 'hunter2 is not for everybody\n'));
    const { code, stderr } = await init();
    assert.deepEqual([code, stderr.includes('is no key'), stderr.includes('hunter2')], [2, true, false], stderr);
  });

  it('takes out its setting, and never a key', async () => {
    await init();
    const removed = await init({}, '--remove');
    assert.equal(removed.code, 0);
    assert.match(removed.stdout, /removed firebreak\.signingKey from this repository's configuration; the key stays: .*id_ed25519_firebreak\n.*take its line out there/);
    assert.ok(existsSync(keys.at('.ssh/id_ed25519_firebreak')));
    assert.match((await init({}, '--remove')).stdout, /firebreak\.signingKey is not set in this repository/);
  });

  it('takes the key that git signs with: a file, or the key itself', async () => {
    keys.make('mine', 'ecdsa');
    for (const named of [keys.at('mine'), keys.at('mine.pub'), '~/mine.pub', `key::${keys.publicKey('mine')}`, keys.publicKey('mine')]) {
      useSsh(named);
      const { code, stdout, stderr } = await init();
      assert.deepEqual([code, stdout], [0, lineOf('mine')], stderr);
      assert.match(stderr, /from user\.signingKey of git's configuration/);
    }
  });

  it('runs a key command of the person, and none of the repository', async () => {
    keys.make('mine', 'ed25519');
    const print = keys.write('print key', `#!/bin/sh\necho ran >> "${keys.at('ran')}"\ncat "${keys.at('mine.pub')}"\n`);
    chmodSync(print, 0o700);
    sandbox.git('config', 'gpg.format', 'ssh');
    sandbox.git('config', 'gpg.ssh.defaultKeyCommand', `"${print}"`);
    const refused = await init();
    assert.deepEqual([refused.code, refused.stdout, existsSync(keys.at('ran'))], [2, '', false]);
    assert.match(refused.stderr, /gpg\.ssh\.defaultKeyCommand is set in this repository's own configuration, which may name any program, so it is not run; name the key itself \(git config user\.signingKey FILE\)/);
    const own = keys.write('gitconfig', `[gpg "ssh"]\n\tdefaultKeyCommand = '${print}'\n`);
    const { stdout, stderr } = await init({ GIT_CONFIG_GLOBAL: own });
    assert.deepEqual([stdout, existsSync(keys.at('ran'))], [lineOf('mine'), true], stderr);
    assert.match(stderr, /from gpg\.ssh\.defaultKeyCommand/);
  });

  it('takes a key of the agent, the allowed one first', async () => {
    keys.make('one', 'ed25519');
    keys.make('two', 'ecdsa');
    agent = await startAgent(keys.at('agent'));
    const env = { SSH_AUTH_SOCK: agent.socket };
    keys.run('ssh-add', ['-q', keys.at('one'), keys.at('two')], { ...process.env, ...env });
    assert.equal((await init(env)).stdout, lineOf('one'));
    sandbox.write('.firebreak/allowed_signers', lineOf('two'));
    sandbox.commitAll('Let Robin sign');
    assert.match((await init(env)).stderr, /ecdsa-sha2-nistp256\), from the SSH agent\n[^]*already \(line 1\)/);
  });

  it('prints the authority of a certificate', async () => {
    for (const name of ['ca', 'mine']) keys.make(name, 'ed25519');
    keys.keygen('-q', '-s', 'ca', '-I', 'id', '-n', 'robin@example.com', 'mine.pub');
    useSsh(keys.at('mine-cert.pub'));
    assert.equal((await init()).stdout, lineOf('ca').replace(' namespaces', ' cert-authority,namespaces'));
  });

  it('says what to do about a key that is missing or too weak, and an address that is missing or odd', async () => {
    useSsh(keys.at('gone'));
    assert.match((await init()).stderr, /user\.signingKey of git's configuration names a key that cannot be used: there is no key at .*gone; correct it/);
    keys.make('short', 'rsa', { bits: 1024 });
    useSsh(keys.at('short'));
    assert.match((await init()).stderr, /its RSA key has 1024 bits/);
    sandbox.git('config', 'user.email', 'a b@example.com');
    assert.match((await init()).stderr, /user\.email of git's configuration is "a b@example\.com", which \.firebreak\/allowed_signers cannot name/);
    sandbox.git('config', '--unset', 'user.email');
    const { code, stderr } = await init();
    assert.equal(code, 2);
    assert.match(stderr, /git does not know your address; tell it: git config user\.email/);
  });
});
