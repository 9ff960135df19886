import assert from 'node:assert/strict';
import { removeSandboxes, Sandbox } from './sandbox.ts';
import { approved, type Team } from './team.ts';

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
});
