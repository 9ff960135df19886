import { removeSandboxes, type Sandbox } from '../sandbox.ts';
import { members, signerLine, type Team, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, decisionsIn, heldAsked, push, pushAs, pushWith, rewritten } from './guarded.ts';
import assert from 'node:assert/strict';

/** On a branch that starts at the tip of the target. */
function begin(robin: Sandbox, branch: string): void {
  robin.git('fetch', '--quiet', 'origin');
  robin.git('switch', '--quiet', '--create', branch, 'origin/main');
}

function commit(robin: Sandbox, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) robin.write(file, text);
  robin.commitAll('Change');
}

/** What nobody has to approve lands first. */
function land(robin: Sandbox, files: Readonly<Record<string, string>>): void {
  robin.git('fetch', '--quiet', 'origin');
  robin.git('switch', '--quiet', '--detach', 'origin/main');
  commit(robin, files);
  assertTaken(push(robin, 'HEAD:main'));
}

function rebase(robin: Sandbox, branch: string): void {
  robin.git('fetch', '--quiet', 'origin');
  robin.git('switch', '--quiet', branch);
  robin.git('rebase', '--quiet', 'origin/main');
}

async function approveAll(team: Team): Promise<void> {
  const id = await team.request();
  for (const senior of ['alice', 'carol'] as const) await team.approve(senior, id);
}

threats('Another history with the same bytes', () => {
  after(removeSandboxes);

  attack({ attack: 'What the approved text means is changed elsewhere in its file, where nothing is found, and lands before it', answer: 'after a replay a finding has to be judged as it was shown: what it does, and to what', result: 'the push is refused, and passes where only comments landed' }, async () => {
    const script = (bucket: string, ...more: readonly string[]) => ['#!/bin/sh', `BUCKET=${bucket}`, ...Array.from({ length: 8 }, (_, line) => `echo ${line}`), ...more, ''].join('\n');
    const removal = 'aws s3 rb "s3://$BUCKET" --force';
    const { team, robin } = await heldAsked({ files: { 'a.sh': script('scratch-tmp-build-cache') } });
    begin(robin, 'clean');
    commit(robin, { 'a.sh': script('scratch-tmp-build-cache', removal) });
    await approveAll(team);
    const target = team.tip;
    land(robin, { 'a.sh': script('customer-archive') });
    rebase(robin, 'clean');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(stale\): a\.sh[^]*with what has landed meanwhile it .*customer-archive.*; approved was what .*scratch-tmp-build-cache/);
    team.remote.git('update-ref', 'refs/heads/main', target);
    land(robin, { 'a.sh': script('scratch-tmp-build-cache').replace('#!/bin/sh', '#!/bin/sh\n# Cleans up.') });
    robin.git('fetch', '--quiet', '--force', 'origin', '+main:refs/remotes/origin/main');
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    commit(robin, { 'a.sh': script('scratch-tmp-build-cache', removal).replace('#!/bin/sh', '#!/bin/sh\n# Cleans up.') });
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A value that what was approved speaks of is changed elsewhere in its file, and nothing that is told of the finding says so', answer: 'what lands in the file of a replayed finding is nothing that its function leads to', result: 'the push is refused, and passes where another function landed' }, async () => {
    const other = (value: number) => `export function other() {\n  return ${value};\n}\n\n`;
    const file = (stage: string, value: number, more = '') => `const db = connect('${stage}');\n\n${other(value)}${other(0)}${more}`;
    const wipe = 'export async function wipe() {\n  await db.user.deleteMany({});\n}\n';
    const { team, robin } = await heldAsked({ files: { 'a.ts': file('dev', 1) } });
    begin(robin, 'wipe');
    commit(robin, { 'a.ts': file('dev', 1, wipe) });
    await approveAll(team);
    const target = team.tip;
    land(robin, { 'a.ts': file('prod', 1) });
    rebase(robin, 'wipe');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(stale\): a\.ts[^]*it depends on what has landed meanwhile in a\.ts, [^\n]*: const db = connect\('prod'\);/);
    team.remote.git('update-ref', 'refs/heads/main', target);
    land(robin, { 'a.ts': file('dev', 2) });
    robin.git('fetch', '--quiet', '--force', 'origin', '+main:refs/remotes/origin/main');
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    commit(robin, { 'a.ts': file('dev', 2, wipe) });
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A file that the judgement was made from is changed, where nothing is found, and lands before the approved change', answer: 'after a replay the files of evidence still have to be as approved', result: 'the push is refused' }, async () => {
    const bucket = (mayGo: boolean) => `resource "aws_s3_bucket" "data" {\n  for_each      = toset(var.environments)\n  bucket        = "\${each.key}-data"\n  force_destroy = ${String(mayGo)}\n}\n`;
    const environments = (...names: readonly string[]) => `variable "environments" { default = ${JSON.stringify(names)} }\n`;
    const { team, robin } = await heldAsked({ files: { 'main.tf': bucket(false), 'variables.tf': environments('staging') } });
    begin(robin, 'buckets');
    commit(robin, { 'main.tf': bucket(true) });
    await approveAll(team);
    land(robin, { 'variables.tf': environments('staging', 'production') });
    rebase(robin, 'buckets');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(stale\): main\.tf:4 high[^]*variables\.tf is not (?:as approved|what the change was approved against)/);
  });

  attack({ attack: 'What is to be removed is made to stand for something else, where nothing is found, before the approved removal', answer: 'what is about something that was there before is bound to that', result: 'the push is refused, and passes where other files moved on' }, async () => {
    const database = 'resource "aws_db_instance" "scratch" {\n  identifier = "scratch"\n}\n';
    const { team, robin } = await heldAsked({ files: { 'infra/scratch.tf': database } });
    const remove = (branch: string) => {
      begin(robin, branch);
      robin.git('rm', '--quiet', 'infra/scratch.tf');
      robin.git('commit', '--quiet', '--message=Remove');
    };
    remove('first');
    await approveAll(team);
    const target = team.tip;
    land(robin, { 'infra/scratch.tf': `import {\n  to = aws_db_instance.scratch\n  id = "orders-prod"\n}\n\n${database}` });
    remove('second');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(stale\): infra\/scratch\.tf[^]*is not what the change was approved against/);
    team.remote.git('update-ref', 'refs/heads/main', target);
    robin.git('fetch', '--quiet', '--force', 'origin', '+main:refs/remotes/origin/main');
    land(robin, { 'docs.md': 'x\n' });
    remove('third');
    assertTaken(push(robin, 'HEAD:main'));
  });
});

threats('Policy or signers changed by the change itself', () => {
  after(removeSandboxes);

  attack({ attack: 'An older list of revoked keys, which was approved when it was the new one, is put back', answer: 'a change to such a file is approved against what it changed', result: 'both pushes are refused, with the whole tree of then and with one file' }, async () => {
    const list = (...members: readonly ('mallory' | 'robin')[]) => members.map((member) => signerLine(member).split(' ').slice(1).join(' ')).join('');
    const { team, robin } = await heldAsked();
    for (const [branch, text] of [['one', list('mallory')], ['two', list('mallory', 'robin')]] as const) {
      begin(robin, branch);
      commit(robin, { '.firebreak/revoked': text });
      await approveAll(team);
      assertTaken(push(robin, 'HEAD:main'));
    }
    begin(robin, 'back');
    for (const files of [{ '.firebreak/revoked': list('mallory') }, { 'docs.md': 'x\n' }]) {
      commit(robin, files);
      assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): \.firebreak\/revoked:1[^]*it needs the approval of a senior, and has none that count/);
    }
  });
});

/** A senior's own commit, by its names. */
function asAlice(clone: Sandbox): void {
  clone.git('config', 'user.email', members.alice);
  clone.git('commit', '--quiet', '--amend', '--no-edit', '--reset-author');
}

const dutyOf = (member: keyof typeof members) => usualPolicy.replace(`emergency: { people: [${members.carol}]`, `emergency: { people: [${members[member]}]`);
const signers = signerLine('alice') + signerLine('carol') + signerLine('mallory');

threats('Emergencies, rejections and who is bound', () => {
  after(removeSandboxes);

  attack({ attack: 'Who may pass in an emergency passes a change of the policy with it, so that nobody has to follow', answer: 'what decides what is checked, and who approves, passes in no emergency', result: 'nothing is signed, and the push is refused with a signed one' }, async () => {
    const { team, robin } = await heldAsked({ policy: dutyOf('mallory'), signers });
    commit(robin, { '.firebreak/policy.yml': dutyOf('carol') });
    const id = await team.request();
    const { code, stderr } = await team.decide('mallory', 'approve', id, { args: ['--emergency'] });
    assert.deepEqual([code, /\.firebreak\/policy\.yml passes in no emergency, .*; take it out of the change, or have it approved/.test(stderr)], [2, true], stderr);
    await team.approve('alice', id);
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { as: 'mallory', over: { kind: 'emergency' } });
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(\w+\): \.firebreak\/policy\.yml:1 high/);
  });

  attack({ attack: 'An account of the server, or of the system, is called like the login at GitHub of a senior, where only juniors need approval', answer: 'a login at GitHub is somebody\'s by GitHub\'s word alone', result: 'the push is refused, and passes where GitHub says so' }, async () => {
    const { robin } = await heldAsked({ policy: `${usualPolicy}appliesTo: non-seniors\n` });
    assertRefused(pushAs('alice-gh', robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
    asAlice(robin);
    assertRefused(pushAs('alice-gh', robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
    assertTaken(pushAs('7+alice-gh@users.noreply.github.com', robin, 'HEAD:main'));
  });

  attack({ attack: 'Who pushes to a folder, or through a server that hands variables on, sets those in which forges and web servers say who pushes to the name of a senior, where only juniors need approval', answer: 'a variable is believed where the repository was told that its server sets it', result: 'each push is refused, and says which variable was not believed; where the repository was told of it, it counts' }, async () => {
    const { team, robin } = await heldAsked({ policy: `${usualPolicy}appliesTo: non-seniors\n` });
    asAlice(robin);
    const forged = { FIREBREAK_PUSHER: '', GITEA_PUSHER_EMAIL: members.alice, GL_USERNAME: members.alice, GL_USER: members.alice, REMOTE_USER: members.alice };
    assertRefused(pushWith(forged, robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
    const init = (...args: readonly string[]) => team.remote.run(['init', '--server', ...args]);
    await init('--remove');
    assert.match((await init()).stdout, /Who pushes is the account of the system .*: firebreak init --server --pusher VARIABLE/);
    const untold = pushWith({ ...forged, FIREBREAK_PUSHER: members.alice }, robin, 'HEAD:main');
    assertRefused(untold, /Blocked \(pending\): src\/a\.ts/);
    assert.match(untold.said, /FIREBREAK_PUSHER names who pushes, and this repository was not told that the server sets it, so \w+, the account, is taken for them; where it does: firebreak init --server --pusher FIREBREAK_PUSHER/);
    assert.equal((await init('--pusher', 'PATH')).code, 2);
    assert.equal((await init('--pusher', 'GL_USERNAME')).code, 0);
    assertTaken(pushWith(forged, robin, 'HEAD:main'));
  });

  attack({ attack: 'The key by which a change passed in an emergency is taken from the signers, revoked, or changed for another, and no approval follows', answer: 'what its owner passed is owed for, whatever became of their key', result: 'every push is refused when the time is over' }, async () => {
    const { team, robin, id } = await heldAsked({ policy: dutyOf('mallory'), signers });
    assert.equal((await team.decide('mallory', 'approve', id, { args: ['--emergency'] })).code, 0);
    assertTaken(push(robin, 'HEAD:main'));
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { as: 'mallory', ageMs: 30 * 3_600_000, over: { request: { id: `01${'0'.repeat(24)}`, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
    const [, ofMallory = ''] = /\S+ (ssh-\S+ \S+)/.exec(signerLine('mallory')) ?? [];
    const other = signerLine('carol').replace(members.carol, members.mallory);
    const rest = signerLine('alice') + signerLine('carol');
    for (const [round, files] of [{ '.firebreak/allowed_signers': rest }, { '.firebreak/allowed_signers': signers, '.firebreak/revoked': `${ofMallory}\n` }, { '.firebreak/allowed_signers': rest + other, '.firebreak/revoked': '' }].entries()) {
      team.remote.git('config', 'core.hooksPath', '/dev/null');
      team.land(files);
      team.remote.git('config', '--unset', 'core.hooksPath');
      begin(robin, `harmless-${round}`);
      commit(robin, { 'docs.md': `${round}\n` });
      assertRefused(push(robin, 'HEAD:main'), /mallory@evil\.example passed request \w+ in an emergency at \S+, and an approval has to follow/);
    }
  });

  attack({ attack: 'Who passed a change in an emergency is taken from the list of those who may, or is given more time, and no approval follows', answer: 'the duty goes by the policy of when it was passed', result: 'every push is refused when the time of then is over' }, async () => {
    const { team, robin, id } = await heldAsked({ policy: dutyOf('mallory'), signers });
    assert.equal((await team.decide('mallory', 'approve', id, { args: ['--emergency'] })).code, 0);
    assertTaken(push(robin, 'HEAD:main'));
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { as: 'mallory', ageMs: 30 * 3_600_000, over: { request: { id: `01${'0'.repeat(24)}`, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
    team.remote.git('config', 'core.hooksPath', '/dev/null');
    team.land({ '.firebreak/policy.yml': dutyOf('carol').replace('followUpWithin: 24h', 'followUpWithin: 30d') });
    team.remote.git('config', '--unset', 'core.hooksPath');
    begin(robin, 'harmless');
    commit(robin, { 'docs.md': 'x\n' });
    assertRefused(push(robin, 'HEAD:main'), /mallory@evil\.example passed request \w+ in an emergency at \S+, and an approval has to follow/);
  });
});
