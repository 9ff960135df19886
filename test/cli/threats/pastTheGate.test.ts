import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { faultsOfSarif } from '../../support/sarif.ts';
import { audited, pushPastTheGate, somebody } from '../audited.ts';
import { harmless, removeSandboxes, risky, riskyRule, type Sandbox } from '../sandbox.ts';
import { changedFile, members, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, heldApproved, heldAsked, push } from './guarded.ts';

/** What checking an audit again comes to, and what is at fault. */
async function checkedAt(sandbox: Sandbox, text: string): Promise<readonly [code: number | null, faults: readonly string[]]> {
  sandbox.write('audit.jsonl', text);
  const { code, stdout } = await sandbox.run(['verify', '--audit', sandbox.at('audit.jsonl')]);
  return [code, stdout.split('\n').filter((line) => line.startsWith('not good'))];
}

threats('Passing by the gate', () => {
  after(removeSandboxes);

  attack({
    attack: 'Somebody who may write to the files of the server takes the hook out, pushes what nobody looked at, and puts the hook back',
    answer: 'an audit judges the branch again: each step by the rules of then, but for those that the log of the gate has',
    result: 'what came in is told as bypassed, by the remote and by every clone, and nothing else is',
  }, async () => {
    const { team, robin } = await heldApproved({ files: { 'before.ts': risky } });
    assertTaken(push(robin, 'HEAD:main'));
    const mallory = somebody(team);
    mallory.write('past.ts', risky);
    mallory.write('fine.ts', harmless);
    mallory.commitAll('Nobody looks');
    const past = pushPastTheGate(team, mallory);
    robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
    robin.write('later.ts', harmless);
    robin.commitAll('Go on');
    assertTaken(push(robin, 'HEAD:main'));
    for (const place of [team.remote, robin]) {
      const { bypasses, told, stderr } = await audited(place);
      assert.deepEqual(told, [`${past} past.ts`], stderr);
      assert.deepEqual([bypasses[0]?.rule, bypasses[0]?.committer, bypasses[0]?.unless], [riskyRule, `mallory <${members.mallory}>`, []]);
      assert.match(bypasses[0]?.because.join() ?? '', /it needs the approval of a senior, and has none that count/);
      assert.match(stderr, /1 thing came past the gate/);
    }
    // The remote knows what was pushed, and judges again only what was not.
    assert.match((await audited(team.remote)).stderr, /1 commit of refs\/heads\/main judged again, 2 moves known/);
    assert.deepEqual((await audited(robin, '--since', '2100-01-01')).told, []);
    const sarif = JSON.parse((await robin.run(['audit', '--format', 'sarif'])).stdout) as { runs: [{ results: { ruleId: string; suppressions: unknown[]; properties: { bypassed?: boolean } }[] }] };
    assert.deepEqual(faultsOfSarif(sarif), []);
    assert.deepEqual(sarif.runs[0].results.filter(({ properties }) => properties.bypassed).map(({ ruleId, suppressions }) => [ruleId, suppressions.length]), [[riskyRule, 0]]);
    assert.match((await robin.run(['audit', '--format', 'csv'])).stdout, /"bypassed",[^\n]*past\.ts/);
    // An audit of a clone is checked by the remote as one that was made without its log.
    assert.deepEqual(await checkedAt(team.remote, (await audited(robin)).stdout), [0, []]);
  });

  attack({
    attack: 'An approval is taken back, and what it was on comes in past the gate, under a date of before',
    answer: 'the log of the gate says what had been pushed before',
    result: 'it is told as bypassed by the remote',
  }, async () => {
    const { team, id, robin } = await heldApproved();
    const other = somebody(team);
    other.write('other.ts', harmless);
    other.commitAll('Something else');
    assert.equal((await team.decide('alice', 'revoke', id)).code, 0);
    assertTaken(push(other, 'HEAD:main'));
    robin.git('fetch', '--quiet', 'origin');
    robin.gitWith({ env: { GIT_COMMITTER_DATE: new Date(Date.now() - 3_600_000).toISOString() } }, 'rebase', '--quiet', 'origin/main');
    const past = pushPastTheGate(team, robin);
    assert.deepEqual((await audited(team.remote)).told, [`${past} ${changedFile}`]);
    // A clone cannot know of it, and an audit of it is not good where it is known.
    const [code, faults] = await checkedAt(team.remote, (await audited(robin)).stdout);
    assert.deepEqual([code, faults.length, / came past the gate in [0-9a-f]{40}, by the log of the gate in \S.*, and no line of the audit, which was made without it, tells of it$/.test(faults[0] ?? '')], [1, 1, true], faults.join('\n'));
  });

  attack({
    attack: 'What comes past the gate goes onto a branch whose own policy, of before it was watched, lets it in',
    answer: 'an audit judges by the default branch\'s rules of each moment too, as the gate does',
    result: 'it is told as bypassed by the remote, whose log knows when these came, and by a clone as what may have come before them; the audit of the one is good in the other',
  }, async () => {
    const release = 'refs/heads/release/50';
    const { team, robin } = await heldAsked();
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('.firebreak/policy.yml', `version: 1\ntargets: ['${release}']\nseniors: [${members.mallory}]\nseverities: { critical: warn, high: warn }\n`);
    robin.commitAll('Ask for nothing');
    assertTaken(push(robin, `HEAD:${release}`));
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('.firebreak/policy.yml', usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']"));
    robin.commitAll('Watch releases');
    await team.approve('alice', await team.request());
    assertTaken(push(robin, 'HEAD:main'));
    robin.git('fetch', '--quiet', 'origin');
    robin.git('switch', '--quiet', '--detach', 'origin/release/50');
    // What is committed in the second of a push may have come before it.
    await setTimeout(1100);
    robin.write('past.ts', risky);
    robin.commitAll('Nobody looks');
    const past = pushPastTheGate(team, robin, release);
    const { told, bypasses, stdout } = await audited(team.remote, '--target', release);
    assert.deepEqual(told, [`${past} past.ts`]);
    assert.match(bypasses[0]?.because.join() ?? '', /by the rules of refs\/heads\/main/);
    const ofClone = (await audited(robin, '--target', release)).bypasses.filter(({ commit }) => commit === past);
    assert.deepEqual(ofClone.map(({ kind, commit, unless }) => [kind, commit, /^the rules of the default branch, [0-9a-f]{40}, came onto it only after this/.test(unless.join())]), [['uncertain', past, true]]);
    assert.deepEqual(await checkedAt(robin, stdout), [0, []]);
    assert.deepEqual(await checkedAt(team.remote, stdout), [0, []]);
  });

  attack({ attack: 'Code that nobody looked at is pushed as what git shows in place of an object of the watched branch', answer: 'nothing is taken that replaces objects', result: 'the push is refused, and what is there already may go' }, async () => {
    const { team, robin } = await heldAsked({ files: { 'deploy.sh': 'echo ok\n' } });
    const held = robin.git('rev-parse', 'origin/main:deploy.sh');
    const other = robin.gitWith({ input: 'terraform destroy -auto-approve\n' }, 'hash-object', '-w', '--stdin').trim();
    for (const ref of [`refs/replace/${held}`, `refs/Replace/${held}`]) assertRefused(push(robin, `${other}:${ref}`), /git would show another object in place of one/);
    assert.equal(team.remote.git('show', 'main:deploy.sh'), 'echo ok');
    team.remote.git('fetch', '--quiet', robin.folder, `${other}:refs/replace/${held}`);
    assertTaken(push(robin, `:refs/replace/${held}`));
  });

  attack({
    attack: 'Code that nobody looked at is pushed as a tag, a ref beside the branches, or a branch whose name holds a whole one, all called like the watched branch, which git takes for it where somebody names that in short',
    answer: 'what goes before a watched branch that is there is not taken; a full name is never taken for another',
    result: 'each push is refused, other names are taken, and what is there already may go',
  }, async () => {
    const { team, robin } = await heldAsked({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
    for (const ref of ['refs/tags/main', 'refs/main', 'refs/heads/refs/heads/main', 'refs/tags/refs/heads/main']) assertRefused(push(robin, `HEAD:${ref}`), /where somebody names refs\/heads\/main in short, git would take refs\/\S+ for it/);
    for (const ref of ['refs/tags/v1', 'refs/tags/topic', 'refs/heads/refs/heads/topic']) assertTaken(push(robin, `HEAD:${ref}`));
    team.remote.git('update-ref', 'refs/tags/main', 'main');
    assertTaken(push(robin, ':refs/tags/main'));
    // Where the default branch is not there, nothing that is called like it says whose policy holds.
    team.remote.git('symbolic-ref', 'HEAD', 'refs/heads/gone');
    const empty = robin.git('commit-tree', robin.gitWith({ input: '' }, 'mktree'), '-m', 'No policy');
    team.remote.git('fetch', '--quiet', robin.folder, `${empty}:refs/heads/refs/heads/gone`);
    assertRefused(push(robin, 'HEAD:refs/heads/release/1'), /HEAD of this repository names refs\/heads\/gone, which is not there/);
  });
});
