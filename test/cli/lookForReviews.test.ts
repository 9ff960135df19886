import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { openDesk } from '../../src/node/review/desk.ts';
import { findStore } from '../../src/node/review/store.ts';
import { lookForReviews } from '../../src/node/review/targetTip.ts';
import { removeSandboxes, Sandbox } from './sandbox.ts';
import { asked } from './team.ts';

describe('the remote is asked', () => {
  after(removeSandboxes);

  it('once whether there is something new, and says when it is not reached', async () => {
    const { team } = await asked();
    const carol = team.clone('carol');
    const desk = await openDesk(carol.folder);
    assert.equal(await desk.lookForReviews(), 'news');
    assert.equal(await desk.fetch({ asksNobody: true }), undefined);
    assert.equal(await desk.lookForReviews(), undefined);
    // Fetched by git alone, without the branch that it is for.
    team.remote.git('update-ref', 'refs/heads/release/1', 'main');
    team.clone('robin').git('fetch', '--quiet', 'origin');
    await team.request('--target', 'refs/heads/release/1');
    team.remote.git('update-ref', '-d', 'refs/heads/release/1');
    carol.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    assert.equal(await desk.lookForReviews(), undefined, 'a branch that is yet to be begun');
    team.remote.git('update-ref', 'refs/heads/release/1', 'main');
    assert.equal(await desk.lookForReviews(), 'news');
    assert.equal(await desk.fetch({ asksNobody: true }), undefined);
    carol.git('remote', 'set-url', 'origin', path.join(carol.folder, 'nowhere'));
    const answer = await desk.lookForReviews();
    assert.ok(typeof answer === 'object' && answer.remote === 'origin');
    carol.git('remote', 'remove', 'origin');
    assert.equal(await desk.lookForReviews(), 'no remote');
  });

  it('not by itself where nobody set up reviews', async () => {
    const remote = new Sandbox();
    remote.git('init', '--quiet', '--bare', '--initial-branch=main');
    const robin = Sandbox.repository();
    robin.git('remote', 'add', 'origin', remote.folder);
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    robin.git('update-ref', 'refs/firebreak/requests/01ARZ3NDEKTSV4RRFFQ69G5FAV', 'HEAD');
    robin.git('push', '--quiet', 'origin', 'refs/firebreak/*');
    robin.git('update-ref', '-d', 'refs/firebreak/requests/01ARZ3NDEKTSV4RRFFQ69G5FAV');
    const store = await findStore(robin.folder);
    assert.ok(store);
    assert.equal(await lookForReviews(store), 'not set up');
    // Somebody brought a policy, which is fetched and not yet checked out.
    const before = robin.git('rev-parse', 'HEAD');
    robin.write('.firebreak/policy.yml', 'version: 1\nseniors: [alice@example.org]\n');
    robin.git('add', '--all');
    robin.git('commit', '--quiet', '--message=Policy');
    assert.equal(await lookForReviews(store), 'news');
    robin.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    robin.git('reset', '--quiet', '--hard', before);
    assert.equal(await lookForReviews(store), 'news');
  });

  it('nothing over a network that is not there', async () => {
    const { team } = await asked();
    const carol = team.clone('carol');
    const store = await findStore(carol.folder);
    assert.ok(store);
    const alone = { lo: [{ address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' }] } as const;
    assert.equal(await lookForReviews(store, { lo: [...alone.lo] }), 'news', 'a folder is no network');
    carol.write('../ssh.sh', '#!/bin/sh\necho asked >> "$0.log"\nexit 255\n');
    chmodSync(carol.at('../ssh.sh'), 0o755);
    carol.git('config', 'core.sshCommand', `'${carol.at('../ssh.sh')}'`);
    for (const [url, isAsked] of [['git@git.example.org:team/app.git', false], ['https://git.example.org/team/app.git', false], ['ssh://localhost/team/app.git', true]] as const) {
      carol.git('remote', 'set-url', 'origin', url);
      const answer = await lookForReviews(store, { lo: [...alone.lo] });
      assert.deepEqual([url, answer === 'offline', existsSync(carol.at('../ssh.sh.log'))], [url, !isAsked, isAsked]);
    }
  });
});
