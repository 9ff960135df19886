import assert from 'node:assert/strict';
import { harmless, removeSandboxes } from './sandbox.ts';
import { asked } from './team.ts';

describe('what was not sent', function () {
  this.timeout(60_000);
  after(removeSandboxes);

  const decisions = 'refs/firebreak/decisions/';

  it('is told of a request by whatever shows it, until the remote has it', async () => {
    const { team, robin } = await asked();
    robin.git('switch', '--quiet', '--create', 'other', 'origin/main');
    robin.write('src/z.ts', harmless);
    robin.write('src/other.ts', 'await db.order.deleteMany({});\n');
    robin.commitAll('Another');
    const id = await team.request('--no-push');
    const ref = `refs/firebreak/requests/${id}`;
    const told = new RegExp(`nobody else has the request, because that was not sent: git push origin ${ref}$`, 'm');
    assert.match((await robin.run(['reviews'])).stdout, told);
    assert.match((await robin.run(['show', id])).stdout, told);
    assert.match((await robin.run(['verify'])).stderr, new RegExp(`nobody else has 1 record of these, because it was not sent: git push origin ${ref}$`, 'm'));
    assert.deepEqual((JSON.parse((await robin.run(['reviews', '--format', 'json'])).stdout) as { reviews: { id: string; unsent?: string[] }[] }).reviews.map(({ unsent }) => unsent), [[ref], undefined]);
    robin.git('push', '--quiet', 'origin', ref);
    assert.match((await robin.run(['reviews', '--no-fetch'])).stdout, told);
    assert.doesNotMatch((await robin.run(['reviews'])).stdout, /not sent/);
  });

  it('is told with what it follows, so that the command that is named leaves nothing behind', async () => {
    const { team, id } = await asked();
    for (const kind of ['reject', 'revoke'] as const) await team.decide('alice', kind, id, { args: ['--no-push'] });
    const alice = team.clone('alice');
    team.remote.git('config', 'receive.hideRefs', 'refs/firebreak');
    const { code, stderr } = await team.decide('alice', 'approve', id);
    assert.equal(code, 1);
    assert.match(stderr, /it is in this repository only, because origin did not take it \(.*\); when that is put right: git push origin 'refs\/firebreak\/\*'\n/);
    team.remote.git('config', '--unset', 'receive.hideRefs');
    alice.git('push', '--quiet', 'origin', 'refs/firebreak/*');
    const verified = await team.remote.run(['verify']);
    assert.equal(verified.code, 0, verified.stdout);
    assert.equal(team.remote.git('for-each-ref', '--format=%(refname)', decisions).split('\n').length, 3);
  });

  it('opens no gate that asks the remote, and says what to send', async () => {
    const { team, robin, id } = await asked();
    assert.equal((await team.decide('alice', 'approve', id, { args: ['--no-push'] })).code, 0);
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', robin.folder, 'topic');
    const gate = (...args: string[]) => alice.run(['gate', '--base', 'origin/main', '--head', 'FETCH_HEAD', '--target', 'refs/heads/main', ...args]);
    const closed = await gate();
    assert.equal(closed.code, 1, closed.stdout);
    assert.match(closed.stdout, new RegExp(`\\nNobody else has what was decided here, so send it, and try again: git push origin ${decisions}\\w+/\\w+\\n$`));
    const here = await gate('--no-fetch');
    assert.equal(here.code, 0, here.stdout);
    alice.git('push', '--quiet', 'origin', 'refs/firebreak/*');
    const open = await gate();
    assert.equal(open.code, 0, open.stdout);
  });

  it('holds things up where it is a rejection', async () => {
    const { team, robin, id } = await asked();
    await team.approve('alice', id);
    assert.equal((await team.decide('carol', 'reject', id, { args: ['--no-push'] })).code, 0);
    const carol = team.clone('carol');
    carol.git('fetch', '--quiet', robin.folder, 'topic');
    const { code, stdout } = await carol.run(['gate', '--base', 'origin/main', '--head', 'FETCH_HEAD', '--target', 'refs/heads/main']);
    assert.deepEqual([code, stdout.includes('Blocked (rejected)')], [1, true], stdout);
  });
});

describe('the id of a request', () => {
  after(removeSandboxes);

  it('is not taken for the only one where it is empty', async () => {
    const { team, robin } = await asked();
    for (const command of [['show', ''], ['residual', '', '--head', 'HEAD'], ['verify', '']]) {
      const { code, stderr } = await robin.run(command);
      assert.deepEqual([code, stderr], [2, 'firebreak: the id of the request is empty; see what there is: firebreak reviews\n'], command.join(' '));
    }
    assert.match((await team.decide('alice', 'approve', '')).stderr, /the id of the request is empty/);
  });
});
