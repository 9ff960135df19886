import assert from 'node:assert/strict';
import { ulid } from '../../src/core/review/ulid.ts';
import { removeSandboxes } from './sandbox.ts';
import { approved, members } from './team.ts';
import { assertRefused, assertTaken, decisionsIn, heldAsked, push, putRecord, rewritten } from './threats/guarded.ts';

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

  it('tells the same of a follow-up that is ahead by reviews, show, verify and the gate: it is still owed', async () => {
    const { team, robin, id } = await heldAsked();
    assert.equal((await team.decide('carol', 'approve', id, { args: ['--emergency'] })).code, 0);
    assertTaken(push(robin, 'HEAD:main'));
    const [emergency = ''] = decisionsIn(team.remote);
    const audit = await team.remote.run(['audit']);
    const kept = team.remote.git('rev-parse', emergency);
    const ahead = rewritten(team.remote, emergency, { as: 'alice', ageMs: -2 * dayMs, over: { kind: 'approve' } });
    team.remote.git('update-ref', emergency, kept);
    const why = /the approval by alice@corp\.example does not count: it was made at \S+, which is in the future here, and counts only from then on; one of the clocks is wrong/;
    robin.write('docs.md', 'x\n');
    robin.commitAll('Harmless');
    const alice = team.clone('alice');
    for (const said of [push(robin, 'HEAD:main').said, (await alice.run(['reviews'])).stdout, (await alice.run(['show', id])).stdout]) assert.match(said, why);
    assert.match((await alice.run(['reviews'])).stdout, /^Needs you:\n/);
    const verified = await alice.run(['verify']);
    assert.deepEqual([verified.code, /it was made at \S+, which is in the future here, and counts only from then on/.test(verified.stdout)], [1, true], verified.stdout);
    // An audit of before, and one of now after something more was decided.
    const checked = async (stdout: string) => {
      team.remote.write('audit.jsonl', stdout);
      return team.remote.run(['verify', '--audit', team.remote.at('audit.jsonl')]);
    };
    const before = await checked(audit.stdout);
    assert.deepEqual([before.code, before.stdout.includes('is later than all that the audit tells')], [0, true], before.stdout);
    const now = await team.remote.run(['audit']);
    const followed = await team.decide('alice', 'approve', id, { args: ['--clock-is-right'] });
    assert.equal(followed.code, 0, followed.stderr);
    assert.ok(decisionsIn(team.remote).includes(ahead));
    const after = await checked(now.stdout);
    assert.deepEqual([after.code, after.stdout.includes('is later than all that the audit tells')], [0, true], after.stdout);
    assert.doesNotMatch((await alice.run(['reviews'])).stdout, /has to follow/);
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
    assert.deepEqual([verified.code, /approve by alice[^]*which is in the future here[^]*revoke by alice[^]*1 not good/.test(verified.stdout) || /revoke by alice[^]*approve by alice[^]*which is in the future here[^]*1 not good/.test(verified.stdout)], [1, true], verified.stdout);
    assert.match((await team.gate()).stdout, /Blocked \(pending\)/);
    // The next one comes after the last of the chain, whatever its date.
    const again = await team.decide('alice', 'approve', id);
    assert.equal(again.code, 0, again.stderr);
    assert.equal((await team.gate()).code, 0, `${members.alice} approves again`);
  });
});
