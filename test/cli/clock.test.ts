import assert from 'node:assert/strict';
import { ulid } from '../../src/core/review/ulid.ts';
import { removeSandboxes } from './sandbox.ts';
import { approved, members } from './team.ts';
import { assertRefused, decisionsIn, heldAsked, push, putRecord, rewritten } from './threats/guarded.ts';

const dayMs = 24 * 3_600_000;

describe('a clock that was ahead', () => {
  after(removeSandboxes);

  it('has the server take no decision, and the next one is made when that one is taken away', async () => {
    const { team, id } = await heldAsked();
    assert.equal((await team.decide('alice', 'approve', id, { args: ['--no-push'] })).code, 0);
    const alice = team.clone('alice');
    const ref = rewritten(alice, decisionsIn(alice)[0] ?? '', { ageMs: -40 * dayMs });
    assertRefused(push(alice, ref), /was made at .*, and here it is .*; no more than 5 minutes ahead are taken/);
    assert.deepEqual(decisionsIn(team.remote), []);
    const held = await team.decide('alice', 'approve', id);
    assert.equal(held.code, 2, held.stdout);
    const [, command = ''] = /since it was never sent, and run this again: git (update-ref -d \S+)\n/.exec(held.stderr) ?? [held.stderr];
    alice.git(...command.split(' '));
    await team.approve('alice', id);
    assert.equal((await team.gate()).code, 0);
  });

  it('has the server take no request', async () => {
    const { team, robin, id } = await heldAsked();
    const [request, ahead] = [`refs/firebreak/requests/${id}`, ulid(Date.now() + 2 * dayMs, new Uint8Array(10))];
    const record = robin.git('show', `${request}:request.json`).replaceAll(id, ahead);
    putRecord(robin, `refs/firebreak/requests/${ahead}`, { 'request.json': record }, robin.git('show', '--no-patch', '--format=%P', request).split(' '));
    assertRefused(push(robin, `refs/firebreak/requests/${ahead}`), /no more than 5 minutes ahead are taken/);
    assert.equal(team.remote.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/requests'), request);
  });

  it('has the next decision follow the one that others have, so that it is taken back', async () => {
    const { team, id } = await approved();
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { ageMs: -40 * dayMs });
    const alice = team.clone('alice');
    for (const ref of decisionsIn(alice)) alice.git('update-ref', '-d', ref);
    const held = await team.decide('alice', 'revoke', id);
    assert.deepEqual([held.code, held.stderr.includes('have this one follow it: give --clock-is-right')], [2, true], held.stderr);
    const followed = await team.decide('alice', 'revoke', id, { args: ['--clock-is-right'] });
    assert.deepEqual([followed.code, followed.stdout.includes('sent to the remote')], [0, true], followed.stderr);
    const verified = await alice.run(['verify']);
    assert.deepEqual([verified.code, /approve by alice[^]*it was made in the future[^]*revoke by alice[^]*1 not good/.test(verified.stdout) || /revoke by alice[^]*approve by alice[^]*it was made in the future[^]*1 not good/.test(verified.stdout)], [1, true], verified.stdout);
    assert.match((await team.gate()).stdout, /Blocked \(pending\)/);
    // The next one comes after the last of the chain, whatever its date.
    const again = await team.decide('alice', 'approve', id);
    assert.equal(again.code, 0, again.stderr);
    assert.equal((await team.gate()).code, 0, `${members.alice} approves again`);
  });
});
