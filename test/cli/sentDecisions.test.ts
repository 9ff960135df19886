import assert from 'node:assert/strict';
import { removeSandboxes, risky } from './sandbox.ts';
import { asked } from './team.ts';

describe('a decision that is sent', () => {
  after(removeSandboxes);

  it('brings those that it follows and that nobody has yet, so that none is missing to others', async () => {
    const { team, robin, id } = await asked();
    robin.git('switch', '--quiet', '--create', 'other', 'origin/main');
    robin.write('src/z.ts', risky);
    robin.commitAll('Another');
    const other = await team.request();
    const kept = await team.decide('alice', 'reject', id, { args: ['--no-push'] });
    assert.equal(kept.code, 0, kept.stderr);
    const decisions = () => team.remote.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions').split('\n').filter((ref) => ref !== '');
    assert.equal(decisions().length, 0);
    await team.approve('alice', other);
    assert.equal(decisions().length, 2);
    const { code, stdout } = await team.remote.run(['verify']);
    assert.equal(code, 0, stdout);
  });
});
