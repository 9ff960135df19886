import assert from 'node:assert/strict';
import { removeSandboxes, risky, Sandbox } from './sandbox.ts';
import { approved, keyOf, members, Team, usualPolicy } from './team.ts';

function freshClone(team: Team): Sandbox {
  const clone = new Sandbox();
  clone.git('clone', '--quiet', team.remote.folder, '.');
  return clone;
}

describe('firebreak audit and verify in a clone that fetched no records', () => {
  after(removeSandboxes);

  it('ask the remote for them', async () => {
    const { team } = await approved();
    const audited = await freshClone(team).run(['audit', '--format', 'csv']);
    assert.deepEqual([audited.code, audited.stdout.split('\r\n').map((row) => row.split(',')[0])], [0, ['kind', '"flagged"', '"requested"', '"decided"', '']], audited.stderr);
    const verified = await freshClone(team).run(['verify']);
    assert.deepEqual([verified.code, verified.stdout.includes('2 records, all good')], [0, true], verified.stdout);
    // A clone that asked itself knows nothing of what was decided elsewhere.
    const { robin } = await approved();
    for (const ref of robin.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions').split('\n')) if (ref !== '') robin.git('update-ref', '-d', ref);
    assert.match((await robin.run(['audit', '--format', 'csv'])).stdout, /"decided"/);
  });

  it('say which record is another one at the remote, and how to get it', async () => {
    const { robin } = await approved();
    const [ref = ''] = robin.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/requests').split('\n');
    robin.git('push', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    robin.git('update-ref', ref, robin.git('commit-tree', '-m', 'another', 'HEAD^{tree}'));
    const { stderr } = await robin.run(['verify']);
    assert.match(stderr, new RegExp(`origin has another record under ${ref} than this clone`));
    robin.git('update-ref', '-d', ref);
    const again = await robin.run(['verify']);
    assert.deepEqual([again.code, again.stdout.includes('all good')], [0, true], again.stdout + again.stderr);
  });

  it('are asked for by show, approve and the gate too', async () => {
    const { team, id } = await approved();
    assert.match((await freshClone(team).run(['show', id])).stdout, /approve by alice@corp\.example/);
    const clone = freshClone(team);
    for (const [key, value] of [['user.name', 'carol'], ['user.email', members.carol]] as const) clone.git('config', key, value);
    const signed = await clone.run(['approve', id, '--as', members.carol, '--key', keyOf('carol'), '--reason', 'x', '--yes', '--no-push']);
    assert.match(signed.stdout, /^Signed and stored/m, signed.stderr);
    for (const ref of clone.git('for-each-ref', '--format=%(refname)', 'refs/firebreak').split('\n')) clone.git('update-ref', '-d', ref);
    clone.git('config', 'firebreak.url', team.clone('alice').git('config', 'firebreak.url'));
    clone.git('fetch', '--quiet', team.clone('robin').folder, 'topic');
    const gate = ['gate', '--base', 'origin/main', '--head', clone.git('rev-parse', 'FETCH_HEAD'), '--target', 'refs/heads/main'];
    assert.equal((await clone.run([...gate, '--no-fetch'])).code, 1);
    const { code, stdout } = await clone.run(gate);
    assert.equal(code, 0, stdout);
    clone.git('remote', 'set-url', 'origin', '/no/such/place');
    const closed = await clone.run(gate);
    assert.deepEqual([closed.code, /the gate could not look, so it is closed: .* try again, or judge by what is here: --no-fetch/.test(closed.stderr)], [2, true], closed.stderr);
    assert.equal((await clone.run([...gate, '--no-fetch'])).code, 0);
  });

  it('say that they could not look where it does not answer, and what is here when they shall not ask', async () => {
    const { team } = await approved();
    const clone = freshClone(team);
    clone.git('remote', 'set-url', 'origin', '/no/such/place');
    for (const command of ['audit', 'verify']) {
      const { code, stderr } = await clone.run([command]);
      assert.deepEqual([code, /origin was not reached .*, so this is what was known before/.test(stderr)], [1, true], stderr);
      const here = await clone.run([command, '--no-fetch']);
      assert.equal(here.code, 0, here.stderr);
    }
  });

  it('bring the branches that requests are for, so that whoever is asked sees it', async () => {
    const team = new Team({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
    const [alice, robin] = [team.clone('alice'), team.clone('robin')];
    for (const name of ['release/1', 'release/2']) team.remote.git('update-ref', `refs/heads/${name}`, 'main');
    robin.git('fetch', '--quiet', 'origin', 'refs/heads/release/1:refs/remotes/origin/release/1');
    robin.write('src/a.ts', risky);
    robin.commitAll('Delete users');
    const id = await team.request('--target', 'refs/heads/release/1', '--reviewer', members.alice);
    const tip = alice.git('rev-parse', 'origin/main');
    assert.match((await alice.run(['reviews'])).stdout, new RegExp(`^Needs you:\n${id} pending`));
    assert.deepEqual(alice.git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/remotes/origin').split('\n'), [`refs/remotes/origin/HEAD ${tip}`, `refs/remotes/origin/main ${tip}`, `refs/remotes/origin/release/1 ${tip}`]);
    assert.equal((await team.decide('alice', 'approve', id)).code, 0);
  });
});
