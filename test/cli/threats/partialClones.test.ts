import assert from 'node:assert/strict';
import { audited, pushPastTheGate } from '../audited.ts';
import { removeSandboxes, risky, Sandbox } from '../sandbox.ts';
import { keyOf, members, Team } from '../team.ts';
import { attack, threats } from './attack.ts';
import { guard } from './guarded.ts';

const database = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';
const bucket = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n';

/** Robin takes a database away, on a branch that the remote has. */
function removing(): Team {
  const team = new Team({ files: { 'infra/main.tf': database + bucket, 'src/b.ts': 'export const b = 1;\n' } });
  team.remote.git('config', 'uploadpack.allowFilter', 'true');
  const robin = team.clone('robin');
  robin.write('infra/main.tf', bucket);
  robin.commitAll('Tidy up');
  robin.git('push', '--quiet', 'origin', 'topic');
  return team;
}

function partly(team: Team, ...how: readonly string[]): Sandbox {
  const clone = new Sandbox();
  clone.git('clone', '--quiet', ...how, '--branch=topic', `file://${team.remote.folder}`, '.');
  clone.git('config', 'user.name', 'alice');
  clone.git('config', 'user.email', members.alice);
  return clone;
}

const gate = (clone: Sandbox) => clone.run(['gate', '--no-fetch', '--base', 'refs/remotes/origin/main', '--head', 'HEAD', '--target', 'refs/heads/main']);

threats('Passing by the gate', () => {
  after(removeSandboxes);

  attack({
    attack: 'A gate judges in a partial clone, which left at its remote what the files held that a change takes something from',
    answer: 'what is missing is fetched, and the gate is closed where it cannot be',
    result: 'the gate and the hook of the clone refuse the removal, with and without a work tree that lacks files; away from the remote the gate is closed, as in a clone that left folders there, and tells how to fetch them',
  }, async () => {
    const team = removing();
    for (const how of [['--filter=blob:none'], ['--filter=blob:none', '--sparse'], ['--filter=blob:none', '--no-checkout']]) {
      const clone = partly(team, ...how);
      const { code, stdout, stderr } = await gate(clone);
      assert.deepEqual([code, stdout.includes('infra/main.tf:1 critical resource-removed')], [1, true], how.join(' ') + stdout + stderr);
      const hooked = await partly(team, ...how).run(['gate-hook', 'pre-push', 'origin'], { input: `HEAD ${clone.git('rev-parse', 'HEAD')} refs/heads/main ${clone.git('rev-parse', 'origin/main')}\n` });
      assert.deepEqual([hooked.code, hooked.stderr.includes('infra/main.tf:1 critical resource-removed')], [1, true], hooked.stderr);
    }
    const away = partly(team, '--filter=blob:none');
    away.git('remote', 'set-url', 'origin', 'file:///nowhere');
    const closed = await gate(away);
    assert.deepEqual([closed.code === 0, /this is a partial clone, and [0-9a-f]{40}, which it left at origin, could not be fetched \(git fetch failed: .*\); when it can be reached, fetch all: git fetch --refetch --no-filter origin/.test(closed.stderr)], [false, true], closed.stdout + closed.stderr);
    const bare = partly(team, '--filter=tree:0');
    const told = await gate(bare);
    const [, set = '', fetch = ''] = /fetch these: git (config \S+ \S+), then git (fetch --refetch origin)$/m.exec(told.stderr) ?? [];
    assert.notEqual(told.code, 0, told.stdout);
    for (const command of [set, fetch]) bare.git(...command.split(' '));
    const { code, stdout, stderr } = await gate(bare);
    assert.deepEqual([code, stdout.includes('infra/main.tf:1 critical resource-removed')], [1, true], stdout + stderr);
  });

  it('a senior with a partial clone sees, approves and audits what one with a whole clone would', async () => {
    const team = removing();
    await guard(team);
    const [robin, id] = [team.clone('robin'), await team.request()];
    const clone = partly(team, '--filter=blob:none', '--sparse');
    clone.git('config', 'firebreak.url', team.clone('alice').git('config', 'firebreak.url'));
    const shown = await clone.run(['show', id]);
    assert.deepEqual([shown.code, shown.stdout.includes('removes `aws_db_instance.main`')], [0, true], shown.stdout + shown.stderr);
    const approved = await clone.run(['approve', id, '--as', members.alice, '--key', keyOf('alice'), '--reason', 'retired', '--yes']);
    assert.deepEqual([approved.code, approved.stdout.includes('It was sent to the remote.')], [0, true], approved.stdout + approved.stderr);
    await team.approve('carol', id);
    const { code, stdout } = await team.gate();
    assert.equal(code, 0, stdout);
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('z.ts', risky);
    robin.commitAll('Nobody looks');
    const past = pushPastTheGate(team, robin);
    assert.deepEqual((await audited(partly(team, '--filter=blob:none', '--no-checkout'))).told, [`${past} z.ts`]);
  });
});
