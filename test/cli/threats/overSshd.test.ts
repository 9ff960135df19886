import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { SshServer } from '../../support/sshServer.ts';
import { cli, quietEnvironment, removeSandboxes, type Sandbox, Sandbox as Folder } from '../sandbox.ts';
import { asked, keyOf, type Member, members, type Team, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, guard, type Pushed } from './guarded.ts';

/** As somebody pushes who would have the server believe that it is Alice. */
function push(from: Sandbox, ...args: string[]): Pushed {
  const { status, stderr } = spawnSync('git', ['push', 'origin', ...args], { cwd: from.folder, env: { ...quietEnvironment, FIREBREAK_PUSHER: members.alice } });
  return { code: status, said: stderr.toString(), last: '' };
}

const publicKey = (member: Member) => readFileSync(`${keyOf(member)}.pub`, 'utf8').trim();

/** The clone of a member reaches the remote by ssh with a key. */
function connect(clone: Sandbox, server: SshServer, account: string, key: string, remote: string): void {
  clone.git('remote', 'set-url', 'origin', server.url(account, remote));
  clone.git('config', 'core.sshCommand', server.client(key).map((word) => `'${word}'`).join(' '));
}

const account = userInfo().username;
/** As git servers let people in: one account, and the key says who it is. */
const entrance = (member: Member) => ({ account, publicKey: publicKey(member), command: `FIREBREAK_PUSHER=${members[member]} git-shell -c "$SSH_ORIGINAL_COMMAND"` });

threats('Over a real sshd', () => {
  let server: SshServer;
  let users: readonly string[] = [];
  beforeEach(() => {
    server = new SshServer();
  });
  afterEach(async () => {
    await server.stop();
    // -f: also when a process of theirs is still about to end.
    for (const user of users) spawnSync('userdel', ['-f', '-r', user]);
    users = [];
  });
  after(removeSandboxes);

  attack({ attack: 'A junior pushes, calls themselves a senior by user.email and by variables, and the senior approves at another machine over a forwarded agent', answer: 'the forced command of the key says who pushes; the agent of the senior signs, and their key never leaves it', result: 'the first pushes are refused, the last one passes' }, async () => {
    const { team, robin } = await asked({ policy: `${usualPolicy}appliesTo: non-seniors\n` });
    await guard(team);
    // Her key for entering is another than that for signing, which is in her agent only.
    await server.start([entrance('robin'), { ...entrance('alice'), publicKey: publicKey('carol') }, { account, publicKey: publicKey('mallory') }]);
    connect(robin, server, account, keyOf('robin'), team.remote.folder);
    connect(team.clone('alice'), server, account, keyOf('carol'), team.remote.folder);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts:4 high delete-many-unfiltered/);
    robin.git('config', 'user.email', members.alice);
    robin.git('commit', '--quiet', '--amend', '--no-edit', '--reset-author');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts:4 high delete-many-unfiltered/);
    robin.git('config', 'user.email', members.robin);
    robin.git('commit', '--quiet', '--amend', '--no-edit', '--reset-author');
    const id = await team.request();
    const approved = await approveElsewhere(team, id);
    assert.match(approved, /It was sent to the remote/);
    assertTaken(push(robin, 'HEAD:main'));
    assert.deepEqual(refusedPushers(team), [members.robin, members.robin]);
  });

  /** Alice enters a machine, where her clone is and her key is not, with her agent behind her. */
  async function approveElsewhere(team: Team, id: string): Promise<string> {
    const folder = new Folder();
    const clone = team.clone('alice');
    clone.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    folder.write('alice.pub', publicKey('alice'));
    const socket = folder.at('agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { env: quietEnvironment, stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await new Promise((resolve) => agent.stdout.once('data', resolve));
      const env = { ...quietEnvironment, SSH_AUTH_SOCK: socket };
      execFileSync('ssh-add', ['-q', keyOf('alice')], { env, stdio: 'ignore' });
      const words = [process.execPath, cli, 'approve', id, '--as', members.alice, '--key', folder.at('alice.pub'), '--reason', 'fine', '--yes'].map((word) => `'${word}'`);
      const [program = '', ...args] = server.client(keyOf('mallory'));
      const enter = (forward: string) => spawnSync(program, [...args, forward, '-p', String(server.port), `${account}@127.0.0.1`, `cd '${clone.folder}' && ${words.join(' ')}`], { env });
      const without = enter('-a');
      assert.equal(without.status, 2, String(without.stdout));
      assert.match(String(without.stderr), /neither in a file|neither in .* nor in an agent/);
      const { stdout, stderr, status } = enter('-A');
      assert.equal(status, 0, String(stderr));
      return String(stdout);
    } finally {
      agent.kill();
    }
  }

  // Accounts are made, and their pushes let in, by root only.
  if (process.getuid?.() === 0) {
    attack({ attack: 'Two accounts of the system share a repository, and the junior\'s pretends to be the senior\'s', answer: 'where nobody else says who pushes, the account does', result: 'the push is refused until the other account approves, who cannot push it themselves' }, async () => {
      const suffix = `${process.pid % 100_000}`;
      const [junior, senior] = [`fbjunior${suffix}`, `fbsenior${suffix}`];
      users = [junior, senior];
      for (const user of users) execFileSync('useradd', ['--create-home', '--user-group', '--shell', '/usr/bin/git-shell', '--password', '*', user], { stdio: 'ignore' });
      execFileSync('usermod', ['--append', '--groups', junior, senior]);
      const { team, robin, id } = await asked({ policy: usualPolicy.replace('alice@home.example', `alice@home.example, ${senior}`) });
      // What the accounts run, and where they push to, has to be in their reach.
      cpSync(path.dirname(cli), server.at('dist'), { recursive: true });
      execFileSync('chmod', ['-R', 'a+rX', server.at('dist')]);
      chmodSync(server.folder, 0o755);
      team.remote.git('config', 'core.sharedRepository', 'group');
      execFileSync(process.execPath, [server.at('dist/cli.js'), 'init', '--server'], { cwd: team.remote.folder, env: quietEnvironment });
      execFileSync('chgrp', ['-R', junior, team.remote.folder]);
      execFileSync('chmod', ['-R', 'g+rwX', team.remote.folder]);
      chmodSync(path.dirname(team.remote.folder), 0o711);
      for (const user of users) {
        const settings = path.join('/home', user, '.gitconfig');
        writeFileSync(settings, `[safe]\n\tdirectory = ${team.remote.folder}\n`);
        chmodSync(settings, 0o644);
      }
      // Their shell is git's own, which runs nothing but fetches and pushes.
      await server.start([{ account: junior, publicKey: publicKey('robin') }, { account: senior, publicKey: publicKey('carol') }]);
      const alice = team.clone('alice');
      connect(robin, server, junior, keyOf('robin'), team.remote.folder);
      connect(alice, server, senior, keyOf('carol'), team.remote.folder);
      assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts:4 high delete-many-unfiltered/);
      assert.deepEqual(refusedPushers(team), [junior]);
      await team.approve('alice', id);
      alice.git('fetch', '--quiet', robin.folder, 'topic:topic');
      assertRefused(push(alice, 'topic:main'), /alice@corp\.example pushes the change, and nobody approves their own/);
      assertTaken(push(robin, 'HEAD:main'));
    });
  }
});

/** Who pushed what the gate refused, as its log says. */
function refusedPushers(team: Team): string[] {
  const folder = team.remote.at('firebreak/refusals');
  return readdirSync(folder).flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').trimEnd().split('\n').map((line) => (JSON.parse(line) as { pusher: string }).pusher));
}
