import assert from 'node:assert/strict';
import { chainOf } from '../../src/core/report/auditChain.ts';
import type { AuditEntry } from '../../src/core/report/audit.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { audited, somebody } from './audited.ts';
import { harmless, removeSandboxes, risky, type Sandbox } from './sandbox.ts';
import { approved, asked, changedFile, members, signerLine, Team, usualPolicy } from './team.ts';
import { assertTaken, decisionsIn, guard, pushAs, rewritten } from './threats/guarded.ts';

describe('what came past the gate', function () {
  this.timeout(120_000);
  after(removeSandboxes);

  it('is told of a change to the policy, and of what that would have let in', async () => {
    const team = new Team();
    const mallory = somebody(team);
    mallory.write('.firebreak/policy.yml', usualPolicy.replace('high: { approvals: 1 }', 'high: warn'));
    const policy = mallory.commitAll('Ask for less');
    mallory.write('past.ts', risky);
    mallory.commitAll('Delete users');
    mallory.git('push', '--quiet', 'origin', 'HEAD:main');
    assert.deepEqual((await audited(team.remote)).told, [`${policy} .firebreak/policy.yml`]);
  });

  it('is all that came while the policy could not be read, but for its correction, which may have been admitted', async () => {
    const team = new Team();
    team.land({ '.firebreak/policy.yml': usualPolicy.replace('seniors', 'senior') });
    const mallory = somebody(team);
    mallory.write('a.ts', harmless);
    const harmlessly = mallory.commitAll('Nobody could look');
    mallory.git('push', '--quiet', 'origin', 'HEAD:main');
    team.land({ '.firebreak/policy.yml': usualPolicy });
    const { bypasses, told } = await audited(team.remote);
    assert.deepEqual([told.length, told[1]], [2, `${harmlessly} `]);
    assert.deepEqual(bypasses.map(({ unless }) => unless), [[], [], ['it was admitted by --bootstrap-signers']]);
    assert.match(bypasses[1]?.because.join() ?? '', /^the policy of refs\/heads\/main cannot be read: /);
  });

  it('is nothing of what was approved, however it landed, and whatever came after', async () => {
    const { team, robin } = await approved();
    // In two commits, of which only both together are what was approved.
    robin.git('switch', '--quiet', '--create', 'parts', 'origin/main');
    robin.write(changedFile, risky);
    robin.commitAll('Begin');
    robin.git('checkout', '--quiet', 'topic', '--', '.');
    robin.commitAll('Finish');
    team.land({ 'README.md': 'Another one.\n' });
    robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    robin.write(changedFile, `${harmless}${robin.git('show', `HEAD:${changedFile}`)}\n`);
    robin.commitAll('Say more');
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    const { told, stderr } = await audited(team.remote);
    assert.deepEqual(told, [], stderr);
    assert.match(stderr, /4 commits of refs\/heads\/main judged again: nothing came past the gate/);
  });

  it('is nothing of what somebody merged the branch into and pushed', async () => {
    const { team, robin } = await approved();
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    const mallory = team.clone('mallory');
    mallory.git('reset', '--quiet', '--hard', 'origin/main');
    mallory.write('own.ts', harmless);
    mallory.commitAll('Own work');
    mallory.git('pull', '--quiet', '--no-rebase', '--no-edit', 'origin', 'main');
    mallory.git('push', '--quiet', 'origin', 'HEAD:main');
    assert.deepEqual((await audited(team.remote)).told, []);
  });

  it('is covered by an approval that follows', async () => {
    const { team, id, robin } = await asked();
    robin.git('push', '--quiet', 'origin', 'HEAD:main');
    assert.equal((await audited(team.remote)).told.length, 1);
    await team.approve('alice', id);
    assert.deepEqual((await audited(team.remote)).told, []);
  });

  it('says what it cannot know, whether a senior pushed it, but where the gate took down who did', async () => {
    const team = new Team({ policy: `${usualPolicy}appliesTo: non-seniors\n` });
    await guard(team);
    const alice = team.clone('alice');
    alice.write('own.ts', risky);
    alice.commitAll('A senior deletes users');
    assertTaken(pushAs(members.alice, alice, 'HEAD:main'));
    assert.deepEqual((await audited(team.remote)).told, []);
    const { bypasses, told, stderr } = await audited(alice);
    assert.deepEqual(told, []);
    assert.deepEqual(bypasses.map(({ kind, unless }) => [kind, unless]), [['uncertain', ['a senior pushed it, whose pushes the policy lets pass']]]);
    assert.match(stderr, /nothing came past the gate for sure; of 1 thing it is not in the history whether the gate let it in, told as uncertain/);
  });
});

describe('an audit of what came past the gate', function () {
  this.timeout(120_000);
  let remote: Sandbox;
  let jsonl: string;
  let entries: AuditEntry[];
  let head: Parameters<typeof chainOf>[1];
  before(async () => {
    const team = new Team();
    ({ remote } = team);
    team.land({ 'past.ts': risky });
    jsonl = (await audited(remote)).stdout;
    const [first = '', ...rest] = jsonl.trimEnd().split('\n');
    const { genesis: _, n: _n, previous: _previous, ...told } = JSON.parse(first) as typeof head & { genesis: string; n: number; previous: string };
    head = told;
    entries = rest.slice(0, -1).map((line) => (JSON.parse(line) as { entry: AuditEntry }).entry);
  });
  after(removeSandboxes);

  const verified = (some: readonly AuditEntry[], of = head) => {
    remote.write('audit.jsonl', `${chainOf(some, of, sha256Hex).lines.join('\n')}\n`);
    return remote.run(['verify', '--audit', remote.at('audit.jsonl')]);
  };

  it('is good as it was written', async () => {
    const { code, stdout } = await verified(entries);
    assert.equal(code, 0, stdout);
    assert.equal(chainOf(entries, head, sha256Hex).lines.join('\n'), jsonl.trimEnd());
  });
  it('is at fault where the entry was taken out and all chained anew', async () => {
    const { code, stdout } = await verified([]);
    assert.deepEqual([code, /^not good {2}\S.*audit\.jsonl: past\.ts:1 high \S+ came past the gate in [0-9a-f]{40}, by the history and the records of \S.*, and no line of the audit tells of it$/m.test(stdout)], [1, true], stdout);
  });
  const retold: readonly (readonly [what: string, change: object])[] = [
    ['how bad it was', { severity: 'low' }],
    ['where it was', { path: 'docs/x.md' }],
    ['which rule it broke', { rule: 'sql-drop' }],
    ['what it does', { description: 'harmless' }],
    ['that something would have let it in', { unless: ['it was all right'] }],
  ];
  for (const [what, change] of retold) {
    it(`is at fault where the entry says otherwise ${what}, and all is chained anew`, async () => {
      const { code, stdout } = await verified(entries.map((entry) => (entry.kind === 'bypassed' ? { ...entry, ...change } : entry)));
      assert.deepEqual([code, /^not good {2}line 2: it says (?:something else of past\.ts:1 high \S+ than what is found in [0-9a-f]{40}|what would have let in past\.ts:1 high \S+, and is told as bypassed)$/m.test(stdout)], [1, true], stdout);
    });
  }
  it('is at fault where it also says that less was judged, or that a log knew better', async () => {
    for (const history of [{ ...head.history, commits: 0 }, { commits: 0, logged: 0 }, { ...head.history, logged: 10 }]) {
      const { code, stdout } = await verified([], { ...head, history });
      assert.equal(code, 1, stdout);
    }
  });
  it('is good where the first policy came in several commits', async () => {
    const team = new Team({ policy: '' });
    team.land({ '.firebreak/policy.yml': usualPolicy, '.firebreak/allowed_signers': signerLine('alice') + signerLine('carol') });
    team.land({ '.firebreak/policy.yml': `${usualPolicy}# More was said in the second commit.\n` });
    const { stdout, bypasses } = await audited(team.remote);
    assert.deepEqual(bypasses.map(({ kind }) => kind), ['uncertain']);
    team.remote.write('audit.jsonl', stdout);
    const { code, stdout: said } = await team.remote.run(['verify', '--audit', team.remote.at('audit.jsonl')]);
    assert.equal(code, 0, said);
  });
  it('is good where it tells of what came while an approval was overdue that followed since', async () => {
    const { team, id } = await asked();
    assert.equal((await team.decide('carol', 'approve', id, { args: ['--emergency'] })).code, 0);
    team.clone('robin').git('push', '--quiet', 'origin', 'HEAD:main');
    const [emergency = ''] = decisionsIn(team.remote);
    rewritten(team.remote, emergency, { as: 'carol', ageMs: 30 * 3_600_000, over: { expires: new Date(Date.now() - 6 * 3_600_000).toISOString() } });
    team.land({ 'docs.md': 'Harmless.\n' });
    const { stdout, bypasses } = await audited(team.remote);
    assert.ok(bypasses.some(({ what }) => what === 'every push'), stdout);
    await team.approve('alice', id);
    team.remote.write('audit.jsonl', stdout);
    const { code, stdout: said } = await team.remote.run(['verify', '--audit', team.remote.at('audit.jsonl')]);
    assert.deepEqual([code, /every push in [0-9a-f]{40} is covered by now/.test(said)], [0, true], said);
  });
  it('is at fault where it tells of what is not so', async () => {
    const { code, stdout } = await verified(entries.map((entry) => ({ ...entry, fingerprint: 'f'.repeat(64) })));
    assert.deepEqual([code, stdout.includes('it says something else than what the history holds')], [1, true], stdout);
  });
  it('is at fault by other rules than those that it was made with, which is said with it', async () => {
    const { code, stdout } = await verified([], { ...head, version: '0.0.9' });
    assert.deepEqual([code, /came past the gate in .*; the audit is of Firebreak 0\.0\.9, whose rules may have said otherwise than those of \d+\.\d+\.\d+: check it with that one$/m.test(stdout)], [1, true], stdout);
  });
  it('is at fault where the history is not here to judge', async () => {
    const { code, stdout } = await verified(entries, { ...head, commit: '1'.repeat(40) });
    assert.deepEqual([code, /is not in \S.*; run this in a clone that has it/.test(stdout)], [1, true], stdout);
  });
});
