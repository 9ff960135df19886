import assert from 'node:assert/strict';
import { harmless, removeSandboxes, type Sandbox } from './sandbox.ts';
import { approved, asked, changedFile, changedText, type Made, members, usualPolicy } from './team.ts';
import { decisionsIn, rewritten } from './threats/guarded.ts';

function fetched(sandbox: Sandbox): Sandbox {
  sandbox.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
  return sandbox;
}

describe('firebreak residual', () => {
  after(removeSandboxes);

  const uncounted: readonly (readonly [string, () => Promise<Made>, RegExp])[] = [
    [
      'was taken back',
      async () => {
        const made = await approved();
        assert.equal((await made.team.decide('alice', 'revoke', made.id)).code, 0);
        return made;
      },
      /^alice@corp\.example took back their approval: looked at it$/m,
    ],
    [
      'is over',
      async () => {
        const made = await approved({ policy: `${usualPolicy}keys: { maxAge: 1m }\n` });
        rewritten(made.team.remote, decisionsIn(made.team.remote)[0] ?? '', { ageMs: 3 * 60_000 });
        return made;
      },
      /^what alice@corp\.example approved does not count: it held until /m,
    ],
    [
      'was given in another repository',
      async () => {
        const made = await approved();
        made.robin.git('config', 'firebreak.url', 'https://git.example/another/app');
        return made;
      },
      /^what alice@corp\.example approved does not count: it is for another repository, git\.example\/team\/firebreak; this one is git\.example\/another\/app, and it has to be signed in a clone of that$/m,
    ],
    [
      'stands beside a rejection',
      async () => {
        const made = await approved();
        assert.equal((await made.team.decide('carol', 'reject', made.id)).code, 0);
        return made;
      },
      /^carol@corp\.example rejected it in request \w+, and that holds until [^\n]*: looked at it$/m,
    ],
  ];
  for (const [what, make, why] of uncounted) {
    it(`shows all of a change whose approval ${what}`, async () => {
      const { robin, id } = await make();
      const { code, stdout, stderr } = await fetched(robin).run(['residual', id]);
      assert.equal(code, 1, stdout + stderr);
      assert.match(stdout, why);
      assert.match(stdout, /has no approval that counts here, so this is all of the change\.\ndiff --git[^]*\+\+\+ b\/src\/a\.ts/);
    });
  }

  it('says what the gate says where no byte differs, also after others landed something, and that it no longer merges', async () => {
    const { team, robin, id } = await approved({ policy: usualPolicy.replace('high: { approvals: 1 }', 'high: { approvals: 2 }') });
    const one = await fetched(robin).run(['residual', id]);
    assert.deepEqual([one.code, one.stdout], [1, `Nothing differs: HEAD holds what ${members.alice} approved, byte by byte. The gate would refuse it all the same:\nsrc/a.ts:4 high delete-many-unfiltered (pending): it needs approvals of 2 seniors, and has 1 that counts\n`]);
    await team.approve('carol', id);
    assert.equal((await fetched(robin).run(['residual', id])).code, 0);
    // Beside what was approved, and not for a request of anybody's.
    team.land({ 'README.md': 'Another one.\n' });
    robin.git('fetch', '--quiet', 'origin');
    assert.equal((await robin.run(['residual', id])).code, 0, 'merged onto the tip it is the same');
    robin.write('README.md', 'Mine.\n');
    robin.commitAll('Something else');
    const conflict = await robin.run(['residual', id]);
    assert.deepEqual([conflict.code, conflict.stdout.includes('It no longer merges into refs/heads/main; rebase it, and look again.')], [1, true], conflict.stdout);
  });

  it('asks the remote first, and takes an approval that is given again after it was taken back', async () => {
    const { team, robin, id } = await asked();
    for (const kind of ['approve', 'revoke', 'approve'] as const) assert.equal((await team.decide('alice', kind, id)).code, 0);
    assert.match((await robin.run(['residual', id, '--no-fetch'])).stdout, /has no approval that counts here/);
    const { code, stdout } = await robin.run(['residual', id]);
    assert.deepEqual([code, stdout], [0, `Nothing: HEAD holds what ${members.alice} approved, byte by byte.\n`]);
  });

  /** What is on the branch of who asked, put onto the target as one commit, and somebody else's change on top. */
  const squashed = ({ team, robin }: Made) => {
    const commit = robin.git('commit-tree', 'HEAD^{tree}', '-p', 'origin/main', '-m', 'Squash');
    robin.git('push', '--quiet', 'origin', `${commit}:refs/heads/main`);
    team.land({ 'README.md': 'Another one.\n' });
    robin.git('fetch', '--quiet', 'origin');
    return commit;
  };

  it('shows what landed beside what was approved, of the branch that went in and of the target', async () => {
    const made = await approved();
    const { robin, id } = made;
    // Where nothing is found, and far from what was approved.
    robin.write(changedFile, `${changedText}\n// one more line\n`);
    robin.write('src/more.ts', harmless);
    robin.commitAll('More');
    squashed(made);
    for (const head of ['HEAD', 'origin/main']) {
      const { code, stdout } = await fetched(robin).run(['residual', id, '--head', head]);
      assert.equal(code, 1, stdout);
      assert.match(stdout, new RegExp(`^${head} is in refs/heads/main already, and is compared with what alice@corp\\.example approved on top of \\w{40}, which refs/heads/main was before`));
      assert.match(stdout, /^\+\/\/ one more line$/m);
      assert.match(stdout, /^\+\+\+ b\/src\/more\.ts$/m);
      assert.doesNotMatch(stdout, /other\.ts|^Nothing/m);
    }
  });

  it('says as what landed just what was approved, whatever came after it', async () => {
    const made = await approved();
    const landed = squashed(made);
    const { code, stdout } = await fetched(made.robin).run(['residual', made.id, '--head', 'origin/main']);
    assert.deepEqual([code, stdout], [0, `Nothing: what ${members.alice} approved came onto refs/heads/main byte by byte, as ${landed}.\n`]);
  });

  it('shows all of what landed without an approval', async () => {
    const made = await asked();
    squashed(made);
    const { code, stdout } = await fetched(made.robin).run(['residual', made.id]);
    assert.equal(code, 1, stdout);
    assert.match(stdout, /^HEAD is in refs\/heads\/main already, [^]*has no approval that counts here, so this is all of the change\.\ndiff --git[^]*\+\+\+ b\/src\/a\.ts/);
  });
});
