import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { quietEnvironment, removeSandboxes, type Run, risky, Sandbox } from './sandbox.ts';
import { changedFile, keyOf, members, signerLine, Team, usualPolicy } from './team.ts';

/** Does literally what a sentence says to do. */
function obey(sandbox: Sandbox, { stderr }: Run, command: RegExp): void {
  const words = (command.exec(stderr)?.[0] ?? '').split(' ');
  assert.equal(words[0], 'git', stderr);
  sandbox.git(...words.slice(1));
}

function push(sandbox: Sandbox, ...args: string[]): { readonly code: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync('git', ['push', 'origin', ...args], { cwd: sandbox.folder, env: quietEnvironment });
  return { code: status, stderr: stderr.toString() };
}

describe('the branch that a review is asked for', () => {
  after(removeSandboxes);

  describe('where a policy watches more than one', () => {
    let team: Team;
    let robin: Sandbox;
    const ask = (...args: string[]) => robin.run(['request', '--all', '--reason', 'needed', ...args]);
    const targetOf = (run: Run) => /to go onto (\S+)\n/.exec(run.stdout)?.[1] ?? run.stderr;
    beforeEach(() => {
      team = new Team({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
      team.remote.git('branch', 'release/1', 'main');
      robin = team.clone('robin');
    });

    function change(): void {
      robin.write(changedFile, risky);
      robin.commitAll('Delete users');
    }

    it('is the one that the branch is pushed to, whose gate then opens', async () => {
      robin.git('switch', '--quiet', '--create', 'fix', '--track', 'origin/release/1');
      change();
      const id = await team.request();
      await team.approve('alice', id);
      const { code, stdout } = await team.gate('HEAD', { target: 'refs/heads/release/1' });
      assert.equal(code, 0, stdout);
      robin.git('switch', '--quiet', '--create', 'release/1', '--no-track');
      assert.equal(targetOf(await ask()), 'refs/heads/release/1', 'by its name');
      robin.git('branch', '--quiet', '--set-upstream-to=origin/main');
      assert.equal(targetOf(await ask()), 'refs/heads/release/1', 'by its name, begun from main');
      robin.git('switch', '--quiet', '--create', 'topic2', '--no-track');
      assert.equal(targetOf(await ask()), 'refs/heads/main');
      team.remote.git('branch', 'topic2', 'main');
      robin.git('fetch', '--quiet');
      robin.git('branch', '--quiet', '--set-upstream-to=origin/topic2');
      assert.equal(targetOf(await ask()), 'refs/heads/main', 'nobody watches topic2');
    });

    it('is the one that is named, and one that is not there yet is begun first', async () => {
      change();
      assert.equal(targetOf(await ask('--target', 'refs/heads/release/1')), 'refs/heads/release/1');
      const short = await ask('--target', 'release/1');
      assert.deepEqual([short.code, short.stderr.includes('write refs/heads/release/1')], [2, true], short.stderr);
      const missing = await ask('--target', 'refs/heads/release/2');
      assert.equal(missing.code, 2, missing.stdout);
      obey(robin, missing, /git push origin \w+:refs\/heads\/release\/2/);
      assert.equal(targetOf(await ask('--target', 'refs/heads/release/2')), 'refs/heads/release/2');
      robin.git('switch', '--quiet', '--create', 'release/3');
      obey(robin, await ask(), /git push origin \w+:refs\/heads\/release\/3/);
      assert.equal(targetOf(await ask()), 'refs/heads/release/3');
      team.remote.git('branch', 'release/4', 'main');
      obey(robin, await ask('--target', 'refs/heads/release/4'), /git fetch origin \S+/);
      assert.equal(targetOf(await ask('--target', 'refs/heads/release/4')), 'refs/heads/release/4');
    });
  });

  describe('in a clone that knows no default branch of its remote', () => {
    /** Robin's topic, pushed under its own name as `git push -u` does, and no origin/HEAD. */
    function pushed(targets: string): Sandbox {
      const team = new Team({ policy: usualPolicy.replace('[refs/heads/main]', targets) });
      for (const name of ['trunk', 'other']) team.remote.git('branch', name, 'main');
      team.remote.git('symbolic-ref', 'HEAD', 'refs/heads/trunk');
      team.remote.git('branch', '--quiet', '--delete', '--force', 'main');
      const robin = team.clone('robin');
      robin.git('fetch', '--quiet', 'origin');
      robin.git('remote', 'set-head', 'origin', '--delete');
      robin.write(changedFile, risky);
      robin.commitAll('Delete users');
      robin.git('push', '--quiet', '--set-upstream', 'origin', 'topic');
      return robin;
    }
    const ask = (robin: Sandbox) => robin.run(['request', '--all', '--reason', 'needed']);

    it('is the one that the policy watches, and not the one that it is pushed to', async () => {
      const { code, stdout, stderr } = await ask(pushed('[refs/heads/other]'));
      assert.deepEqual([code, /to go onto (\S+)\n/.exec(stdout)?.[1]], [0, 'refs/heads/other'], stderr);
    });

    it('is the one that it is pushed to, where the policy watches that', async () => {
      const robin = pushed('[refs/heads/other, refs/heads/trunk, refs/heads/topic]');
      robin.write(changedFile, `${risky}${risky.replace('user', 'order')}`);
      robin.commitAll('More');
      const { code, stdout, stderr } = await ask(robin);
      assert.deepEqual([code, /to go onto (\S+)\n/.exec(stdout)?.[1]], [0, 'refs/heads/topic'], stderr);
    });

    it('is, of several that it watches, the one that the remote calls its default', async () => {
      const { code, stdout, stderr } = await ask(pushed('[refs/heads/other, refs/heads/trunk]'));
      assert.deepEqual([code, /to go onto (\S+)\n/.exec(stdout)?.[1]], [0, 'refs/heads/trunk'], stderr);
    });

    it('has to be named where nothing says it', async () => {
      const robin = pushed('[refs/heads/other, refs/heads/trunk]');
      robin.git('remote', 'set-url', 'origin', `${robin.folder}/away`);
      const { code, stderr } = await ask(robin);
      assert.equal(code, 2);
      assert.match(stderr, /nothing says which branch of origin the change is for, and the policy watches none that it is pushed to; name it: --target refs\/heads\/NAME/);
    });
  });

  it('is asked for where several remotes leave it open', async () => {
    const sandbox = Sandbox.repository();
    for (const name of ['one', 'two']) {
      const remote = new Sandbox();
      remote.git('init', '--quiet', '--bare', '--template=');
      sandbox.git('remote', 'add', name, remote.folder);
      sandbox.git('push', '--quiet', name, 'main');
    }
    sandbox.write(changedFile, risky);
    sandbox.commitAll('Delete users');
    const ask = () => sandbox.run(['request', '--all', '--reason', 'x']);
    const unclear = await ask();
    assert.match(unclear.stderr, /this clone has the remotes one and two, and nothing says which/);
    obey(sandbox, unclear, /git config remote\.pushDefault one/);
    const { code, stdout, stderr } = await ask();
    assert.deepEqual([code, stdout.includes('It was sent to the remote.')], [0, true], stderr);
  });

  describe('at an empty remote', () => {
    /** A server without a branch that takes the first policy from Alice, and Robin's clone with that policy committed. */
    async function begun(branch: string): Promise<{ readonly remote: Sandbox; readonly robin: Sandbox; readonly signers: string }> {
      const remote = new Sandbox();
      remote.git('init', '--quiet', '--bare', '--template=', '--initial-branch=main');
      remote.write('signers', signerLine('alice'));
      const signers = remote.at('signers');
      assert.equal((await remote.run(['init', '--server', '--bootstrap-signers', signers, '--url', 'https://git.example/team/app'])).code, 0);
      const robin = new Sandbox();
      robin.git('clone', '--quiet', remote.folder, '.');
      for (const [name, value] of [['user.name', 'robin'], ['user.email', members.robin], ['firebreak.url', 'https://git.example/team/app']] as const) robin.git('config', name, value);
      robin.git('checkout', '--quiet', '-B', branch);
      robin.write('README.md', 'A project.\n');
      if (branch !== 'main') {
        robin.commitAll('Begin');
        robin.git('push', '--quiet', '--set-upstream', 'origin', branch);
      }
      robin.write('.firebreak/policy.yml', usualPolicy);
      robin.write('.firebreak/allowed_signers', signerLine('alice') + signerLine('carol'));
      robin.write(changedFile, risky);
      robin.commitAll('First policy');
      return { remote, robin, signers };
    }

    const rows: readonly (readonly [string, string, readonly string[]])[] = [
      ['its first branch', 'main', []],
      ['a branch that is named, from beside another one', 'side', ['--target', 'refs/heads/main']],
    ];
    for (const [what, branch, args] of rows) {
      it(`is ${what}, and the first policy is admitted`, async () => {
        const { remote, robin, signers } = await begun(branch);
        assert.match(push(robin, 'HEAD:main').stderr, /firebreak request --all/);
        const { code, stdout, stderr } = await robin.run(['request', '--all', '--reason', 'Begin', ...args]);
        assert.deepEqual([code, stderr], [0, ''], stdout);
        const id = /requested: (\S+)/.exec(stdout)?.[1] ?? '';
        const alice = new Sandbox();
        alice.git('clone', '--quiet', remote.folder, '.');
        for (const [name, value] of [['user.name', 'alice'], ['user.email', members.alice], ['firebreak.url', 'https://git.example/team/app']] as const) alice.git('config', name, value);
        assert.match((await alice.run(['reviews'])).stdout, new RegExp(id));
        const decide = (...more: string[]) => alice.run(['approve', id, '--as', members.alice, '--key', keyOf('alice'), '--reason', 'x', '--yes', ...more]);
        assert.match((await decide()).stderr, /to approve the first one, name the server's signers: --bootstrap-signers FILE/);
        const signed = await decide('--bootstrap-signers', signers);
        assert.deepEqual([signed.code, signed.stdout.includes('sent to the remote')], [0, true], signed.stderr);
        const taken = push(robin, 'HEAD:main');
        assert.equal(taken.code, 0, taken.stderr);
        for (const clone of [alice, robin, remote]) {
          assert.match((await clone.run(['reviews'])).stdout, new RegExp(`^Decided:\\n${id} covered, landed `), 'what the branch was begun with was approved');
          assert.doesNotMatch((await clone.run(['show', id])).stderr, /could not be looked at/);
        }
        robin.write(changedFile, `${risky}// more\n${risky.replace('user', 'order')}`);
        robin.commitAll('More');
        assert.match(push(robin, 'HEAD:main').stderr, /Blocked/, 'and holds from then on');
      });
    }
  });
});
