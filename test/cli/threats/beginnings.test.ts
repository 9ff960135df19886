import assert from 'node:assert/strict';
import { audited, pushPastTheGate } from '../audited.ts';
import { harmless, removeSandboxes, risky, type Sandbox } from '../sandbox.ts';
import { members, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, heldAsked, push, pushAs } from './guarded.ts';

const watching = { policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") };
const nobody = '0'.repeat(40);

/** Pushes commits to main at once, each of which writes files over those before; undefined takes one away. @returns their names */
function land(robin: Sandbox, ...steps: readonly Readonly<Record<string, string | undefined>>[]): string[] {
  robin.git('fetch', '--quiet', 'origin');
  robin.git('switch', '--quiet', '--detach', 'origin/main');
  const commits = steps.map((files) => {
    for (const [file, text] of Object.entries(files)) {
      if (text === undefined) robin.git('rm', '--quiet', file);
      else robin.write(file, text);
    }
    return robin.commitAll('A step');
  });
  assertTaken(push(robin, 'HEAD:main'));
  return commits;
}

threats('Passing by the gate', () => {
  after(removeSandboxes);

  attack({
    attack: 'A junior pushes a danger to the default branch along with what takes it back, and begins another watched branch at the commit between',
    answer: 'a new branch is compared with what is known to have been the tip of the default one, and not with whatever commit of its history it begins with',
    result: 'the push is refused, wherever the commit came in, also by the gate of a clone, with a way to begin the branch and ask for the rest; what begins at a former tip is taken, and so is what has nothing over one',
  }, async () => {
    const { team, robin } = await heldAsked({ ...watching, files: { 'infra/main.tf': 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n' } });
    const tip = robin.git('rev-parse', 'origin/main');
    const [danger = ''] = land(robin, { 'z.ts': risky, 'infra/main.tf': undefined }, { 'z.ts': undefined, 'infra/main.tf': robin.git('show', 'HEAD:infra/main.tf') });
    const untold = new RegExp(`refs/heads/release/1 would begin with ${danger}, which is not known to have been the tip of refs/heads/main: .* over ${tip}, which was`);
    const { last, ...refused } = push(robin, `${danger}:refs/heads/release/1`);
    assertRefused({ last, ...refused }, untold);
    assertRefused({ last, ...refused }, /infra\/main\.tf:1 [^]*z\.ts:1 /);
    // Also with something harmless on top, and in one that only a merge brought in.
    robin.git('switch', '--quiet', '--detach', danger);
    robin.write('fine.ts', harmless);
    robin.commitAll('Go on');
    assertRefused(push(robin, 'HEAD:refs/heads/release/1'), untold);
    const merged = robin.git('rev-parse', 'HEAD');
    robin.git('fetch', '--quiet', 'origin');
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.git('merge', '--quiet', '--strategy=ours', '-m', 'Ours', merged);
    assertTaken(push(robin, 'HEAD:main'));
    assertRefused(push(robin, `${merged}:refs/heads/release/1`), /which is not known to have been the tip of refs\/heads\/main/);
    // What CI and the hook of a clone say.
    robin.git('fetch', '--quiet', 'origin');
    const gated = await robin.run(['gate', '--base', nobody, '--head', danger, '--target', 'refs/heads/release/1']);
    assert.deepEqual([gated.code, /z\.ts:1 [^]*which is not known to have been the tip of refs\/heads\/main/.test(gated.stdout)], [1, true], gated.stdout + gated.stderr);
    // The way that is told leads on.
    const [, begin = '', ask = ''] = /^Begin refs\/heads\/release\/1 at a commit that was a tip \((git push origin \w+:refs\/heads\/release\/1)\), and ask for what it should have over that: firebreak (request --all --target refs\/heads\/release\/1) --reason "…"\.$/.exec(last) ?? [];
    assertTaken(push(robin, ...begin.split(' ').slice(3)));
    robin.git('fetch', '--quiet', 'origin');
    robin.git('switch', '--quiet', '--detach', danger);
    const id = await team.request(...ask.split(' ').slice(2));
    assertRefused(push(robin, `${danger}:refs/heads/release/1`), /it needs the approval of a senior/);
    for (const senior of ['alice', 'carol'] as const) await team.approve(senior, id);
    assertTaken(push(robin, `${danger}:refs/heads/release/1`));
    // What is honest: a former tip, whatever differs from the present one, and a commit between that has nothing.
    land(robin, { 'infra/main.tf': robin.git('show', 'origin/main:infra/main.tf').replace('true\n', 'true\n  backup_retention_period = 7\n') });
    const [fine = ''] = land(robin, { 'one.ts': harmless }, { 'two.ts': harmless });
    assertTaken(push(robin, `${tip}:refs/heads/release/2`));
    assertTaken(push(robin, `${fine}:refs/heads/release/3`));
  });

  attack({
    attack: 'A senior, whose pushes are free, begins a watched branch at a commit that a junior pushed along with what takes it back',
    answer: 'whose commits such a branch begins with is not known, so that nobody\'s push of it is free',
    result: 'the push is refused',
  }, async () => {
    const { robin } = await heldAsked({ policy: `${watching.policy}appliesTo: non-seniors\n` });
    const [danger = ''] = land(robin, { 'z.ts': risky }, { 'z.ts': undefined });
    assertRefused(pushAs(members.alice, robin, `${danger}:refs/heads/release/1`), /z\.ts:1 [^]*which is not known to have been the tip/);
  });

  attack({
    attack: 'A watched branch is begun past the gate at a commit that the default one had only within a push that took it back',
    answer: 'an audit judges the default branch as if it had ended there',
    result: 'what the branch began with is told as bypassed by the remote and by a clone, and nothing of the default branch; the audit of each is good in the other',
  }, async () => {
    const { team, robin } = await heldAsked(watching);
    const [danger = ''] = land(robin, { 'z.ts': risky }, { 'z.ts': undefined });
    robin.git('switch', '--quiet', '--detach', danger);
    pushPastTheGate(team, robin, 'refs/heads/release/1');
    robin.git('fetch', '--quiet', 'origin');
    for (const place of [team.remote, robin]) {
      const { told, stdout, stderr } = await audited(place, '--target', 'refs/heads/release/1');
      assert.deepEqual(told, [`${danger} z.ts`], stderr);
      assert.deepEqual((await audited(place)).bypasses, []);
      for (const other of [team.remote, robin]) {
        other.write('audit.jsonl', stdout);
        const checked = await other.run(['verify', '--audit', other.at('audit.jsonl')]);
        assert.equal(checked.code, 0, checked.stdout + checked.stderr);
      }
    }
  });
});
