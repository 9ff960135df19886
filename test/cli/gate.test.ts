import assert from 'node:assert/strict';
import { harmless, removeSandboxes, risky } from './sandbox.ts';
import { Team } from './team.ts';

describe('the gate, with real keys and a real remote', () => {
  after(removeSandboxes);

  async function asked(team = new Team()): Promise<{ team: Team; id: string }> {
    const robin = team.clone('robin');
    robin.write('src/a.ts', `// one\n${risky}`);
    robin.commitAll('Delete users');
    return { team, id: await team.request() };
  }

  it('holds a finding until a senior has approved it', async () => {
    const { team, id } = await asked();
    const before = await team.gate();
    assert.deepEqual([before.code, before.stdout.includes('Blocked (pending): src/a.ts:2 high delete-many-unfiltered')], [1, true], before.stdout + before.stderr);
    assert.match(before.lastLine, new RegExp(`^Wait until a senior has approved request ${id} `));
    await team.approve('alice', id);
    const after = await team.gate();
    assert.deepEqual([after.code, after.stderr], [0, ''], after.stdout);
    assert.match(after.stdout, /approved by alice@corp\.example \(same tree\)/);
  });

  it('lets pass what is harmless', async () => {
    const team = new Team();
    team.clone('robin').write('a.ts', harmless);
    team.clone('robin').commitAll('Read users');
    assert.equal((await team.gate()).code, 0);
  });
});
