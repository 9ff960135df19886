import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cli, harmless, quietEnvironment, removeSandboxes, Sandbox } from './sandbox.ts';
import { Team } from './team.ts';

/** What stands there once Firebreak was updated or uninstalled. */
function moveAway(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(path.dirname(cli), '/nonexistent/dist'));
}

function git(sandbox: Sandbox, ...args: string[]): { readonly code: number | null; readonly said: readonly string[] } {
  const { status, stderr } = spawnSync('git', args, { cwd: sandbox.folder, env: quietEnvironment });
  return { code: status, said: stderr.toString().split('\n').filter((line) => /^(?:remote: )?(?:firebreak: |node:)/.test(line)) };
}

describe('hooks whose Firebreak has moved', () => {
  after(removeSandboxes);

  it('hold pushes and let commits go, each with one sentence', async () => {
    const team = new Team();
    const carol = team.clone('carol');
    assert.equal((await carol.run(['init', '--hook'])).code, 0);
    const launcher = carol.at('.git/firebreak/bin/firebreak');
    moveAway(launcher);
    carol.git('update-ref', 'refs/notes/ai', 'HEAD');
    carol.write('a.ts', harmless);
    carol.git('add', 'a.ts');
    const committed = git(carol, 'commit', '--message=Read users');
    assert.deepEqual(committed, { code: 0, said: ['firebreak: Firebreak is no longer in /nonexistent/dist, so nothing was noted; install it, and set it up again in this repository: firebreak init --hook'] });
    const pushed = git(carol, 'push', 'origin', 'HEAD:main');
    assert.notEqual(pushed.code, 0);
    assert.deepEqual(pushed.said.slice(0, 1), ['firebreak: Firebreak is no longer in /nonexistent/dist, so the gate is closed; install it, and set it up again in this repository: firebreak init --hook']);
    const told = spawnSync(launcher, ['hook', 'claude-code'], { cwd: carol.folder, env: quietEnvironment });
    assert.deepEqual([told.status, told.stderr.toString()], [1, 'firebreak: Firebreak is no longer in /nonexistent/dist, so nothing was noted or held; install it, and set it up again in this repository: firebreak init --agent claude-code\n']);
    // As it says.
    assert.equal((await carol.run(['init', '--hook'])).code, 0);
    assert.equal(git(carol, 'push', 'origin', 'HEAD:main').code, 0);
  });

  it('hold pushes where they arrive', async () => {
    const team = new Team();
    assert.equal((await team.remote.run(['init', '--server'])).code, 0);
    moveAway(team.remote.at('firebreak/bin/firebreak'));
    const carol = team.clone('carol');
    carol.write('a.ts', harmless);
    carol.commitAll('Read users');
    const pushed = git(carol, 'push', 'origin', 'HEAD:main');
    assert.notEqual(pushed.code, 0);
    assert.match(pushed.said.join('\n'), /^remote: firebreak: Firebreak is no longer in \/nonexistent\/dist, so the gate is closed; .*: firebreak init --server *$/);
  });
});

describe('what a hook takes to start', () => {
  after(removeSandboxes);

  it('is not to read certificates that it does not need', async () => {
    const sandbox = Sandbox.repository();
    assert.equal((await sandbox.run(['init', '--hook'])).code, 0);
    sandbox.git('update-ref', 'refs/notes/ai', 'HEAD');
    const call = (file: string, ...args: string[]) => spawnSync(file, args, { cwd: sandbox.folder, input: '{}', env: { ...quietEnvironment, NODE_EXTRA_CA_CERTS: '/nonexistent.pem' } }).stderr.toString();
    assert.match(call(process.execPath, '--eval', '0'), /nonexistent\.pem/);
    const launcher = sandbox.at('.git/firebreak/bin/firebreak');
    for (const args of [['git-hook', 'post-commit'], ['hook', 'claude-code']]) assert.doesNotMatch(call(launcher, ...args), /nonexistent/);
  });
});
