import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { quietEnvironment, removeSandboxes, risky, Sandbox } from './sandbox.ts';
import { Team, usualPolicy } from './team.ts';

/** A clone of the last commit alone, with the hook that asks before each push, and something risky committed. */
async function shallowClone(policy: string): Promise<Sandbox> {
  const team = new Team({ policy });
  team.land({ 'a.txt': 'a\n' });
  const clone = new Sandbox();
  clone.git('clone', '--quiet', '--depth=1', `file://${team.remote.folder}`, '.');
  clone.git('config', 'user.name', 'robin');
  clone.git('config', 'user.email', 'robin@example.com');
  assert.equal((await clone.run(['init', '--hook'])).code, 0);
  clone.write('src/a.ts', risky);
  clone.commitAll('Delete users');
  return clone;
}

function push(clone: Sandbox, ref: string): readonly [number | null, string] {
  const { status, stderr } = spawnSync('git', ['push', 'origin', ref], { cwd: clone.folder, env: quietEnvironment });
  return [status, stderr.toString()];
}

describe('a push from a shallow clone', () => {
  after(removeSandboxes);

  it('passes where there is no policy', async () => {
    const clone = await shallowClone('');
    for (const ref of ['HEAD:topic', 'HEAD:main']) assert.equal(push(clone, ref)[0], 0, ref);
  });

  it('passes to a branch that the policy does not watch, and to one that it does only when all is here', async () => {
    const clone = await shallowClone(usualPolicy);
    const [code, said] = push(clone, 'HEAD:topic');
    assert.equal(code, 0, said);
    const [refused, why] = push(clone, 'HEAD:main');
    assert.notEqual(refused, 0);
    assert.match(why, /this clone is shallow, .*fetch the rest: git fetch --unshallow/);
  });
});
