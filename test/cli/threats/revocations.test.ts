import assert from 'node:assert/strict';
import { removeSandboxes, type Sandbox } from '../sandbox.ts';
import { members, signerLine, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, decisionIn, decisionsIn, heldApproved, push, pushAs, rewritten } from './guarded.ts';

/** A decision in the folder of Alice that she never made, for a branch of Mallory's own. */
function planted(robin: Sandbox): string {
  robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
  robin.git('switch', '--quiet', '--create', 'evil', 'origin/main');
  robin.write('.firebreak/allowed_signers', `${members.alice} ${signerLine('mallory').split(' ').slice(1).join(' ')}`);
  robin.write('.firebreak/policy.yml', usualPolicy.replace('refs/heads/main', 'refs/heads/evil'));
  robin.commitAll('Signers of my own');
  assertTaken(push(robin, 'HEAD:refs/heads/evil'));
  robin.git('switch', '--quiet', 'topic');
  return rewritten(robin, decisionsIn(robin)[0] ?? '', { signer: 'mallory', over: { targetRef: 'refs/heads/evil' } });
}

threats('Taken back, and used all the same', () => {
  after(removeSandboxes);

  attack({ attack: 'A junior begins a branch that nobody watches, with signers of their own, and signs a decision for it in the name of a senior', answer: 'of a branch that the default branch\'s policy does not watch the signers say nothing of records', result: 'the record is not taken' }, async () => {
    const { robin } = await heldApproved();
    assertRefused(push(robin, planted(robin)), /is not signed by alice@corp\.example: its key is not in allowed_signers/);
  });

  attack({ attack: 'Such a record lies among those of the senior where the server did not hold them, so that their revocation would follow it and not their approval', answer: 'what somebody else signed is nobody\'s last decision, and a revocation ends what its reviewer approved before, whatever the chain says', result: 'the revocation follows the approval, and the push is refused' }, async () => {
    const { team, robin, id } = await heldApproved();
    const [approval = ''] = decisionsIn(team.remote);
    const forged = planted(robin);
    team.remote.git('fetch', '--quiet', robin.folder, `${forged}:${forged}`);
    const { code, stdout, stderr } = await team.decide('alice', 'revoke', id);
    assert.deepEqual([code, stdout.includes('Still stands')], [0, false], stdout + stderr);
    const revocation = decisionsIn(team.remote).find((ref) => ref !== approval && ref !== forged) ?? '';
    assert.equal(decisionIn(team.remote, revocation).previous?.id, decisionIn(team.remote, approval).id);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(\w+\): src\/a\.ts/);
  });

  attack({ attack: 'A senior approved in two clones, and takes it back in one of them', answer: 'a revocation ends all that its reviewer approved of the request before, also what it does not follow', result: 'the push is refused' }, async () => {
    const { team, robin, id } = await heldApproved();
    const [first = ''] = decisionsIn(team.remote);
    const kept = team.remote.git('rev-parse', first);
    // As if from another clone: it knows nothing of the first one.
    const second = rewritten(team.remote, first, {});
    team.remote.git('update-ref', first, kept);
    assert.equal(decisionIn(team.remote, second).previous, undefined);
    assert.equal((await team.decide('alice', 'revoke', id)).code, 0);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
    assert.match((await team.clone('carol').run(['reviews'])).stdout, /pending {2}1 finding/);
  });

  attack({ attack: 'A senior who takes back their approval takes it that nobody else\'s stands', answer: 'what still stands is told', result: 'the approval of the other one is named, and counts' }, async () => {
    const { team, robin, id } = await heldApproved();
    await team.approve('carol', id);
    const { stdout } = await team.decide('alice', 'revoke', id);
    assert.match(stdout, /^Still stands: the approval \w{26} by carol@corp\.example, \S+Z$/m);
    assertTaken(pushAs(members.robin, robin, 'HEAD:main'));
  });
});
