import assert from 'node:assert/strict';
import { sha256Hex } from '../../../src/node/digest.ts';
import { harmless, removeSandboxes, risky } from '../sandbox.ts';
import { changedFile, changedText, members, signerLine, Team, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, decisionIn, decisionsIn, guard, heldApproved, heldAsked, push, pushAs, rewritten, textOf } from './guarded.ts';

const hourMs = 3_600_000;

threats('One byte changed after the approval', () => {
  after(removeSandboxes);

  attack({ attack: 'Whitespace, a line end or the mode of the file changes', answer: 'an approval is bound to bytes and mode; git patch-id, which would not see it, is nowhere used', result: 'each push is refused, and the residual shows just that' }, async () => {
    const { robin, id } = await heldApproved();
    robin.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    for (const text of [`${changedText} `, changedText.replaceAll('\n', '\r\n'), changedText.replace('\n\n\n', '\n\n')]) {
      robin.git('reset', '--quiet', '--hard', 'topic');
      robin.git('switch', '--quiet', '--detach', 'topic');
      robin.write(changedFile, text);
      robin.commitAll('Sneak');
      assertRefused(push(robin, 'HEAD:main'), /src\/a\.ts is not as approved/);
      const { code, stdout } = await robin.run(['residual', id]);
      assert.deepEqual([code, stdout.includes('+++ b/src/a.ts'), stdout.includes('other.ts')], [1, true, false]);
    }
    robin.git('reset', '--quiet', '--hard', 'topic');
    robin.git('update-index', '--chmod=+x', changedFile);
    robin.git('commit', '--quiet', '--message=Mode');
    assertRefused(push(robin, 'HEAD:main'), /src\/a\.ts is not as approved/);
  });

  attack({ attack: 'The approved text is moved to another file, as from staging to production', answer: 'the path is part of what a finding is', result: 'the push is refused' }, async () => {
    const { robin } = await heldApproved();
    robin.git('mv', changedFile, 'src/production.ts');
    robin.git('commit', '--quiet', '--amend', '--no-edit');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/production\.ts/);
  });

  attack({ attack: 'A file that the judgement was made from changes, and the approved one does not', answer: 'files of evidence are bound like the finding\'s own', result: 'the push is refused' }, async () => {
    const bucket = (mayGo: boolean) => `resource "aws_s3_bucket" "data" {\n  for_each      = toset(var.environments)\n  bucket        = "\${each.key}-data"\n  force_destroy = ${String(mayGo)}\n}\n`;
    const environments = (...names: readonly string[]) => `variable "environments" { default = ${JSON.stringify(names)} }\n`;
    const { team, robin } = await heldAsked({ files: { 'main.tf': bucket(false), 'variables.tf': environments('staging') } });
    robin.git('switch', '--quiet', '--create', 'buckets', 'origin/main');
    robin.write('main.tf', bucket(true));
    robin.commitAll('Let the data of staging go');
    await team.approve('alice', await team.request());
    const approvedHead = robin.git('rev-parse', 'HEAD');
    // Nothing is found in this file, and what is found in the other one is the same.
    robin.write('variables.tf', environments('staging', 'production'));
    robin.commitAll('And of production');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(stale\): main\.tf:4 high[^]*variables\.tf is not as approved/);
    robin.git('reset', '--quiet', '--hard', approvedHead);
    assertTaken(push(robin, 'HEAD:main'));
  });
});

threats('Another history with the same bytes', () => {
  after(removeSandboxes);

  attack({ attack: 'The target moves on, and the approved change is rebased, squashed, merged, or queued behind others', answer: 'the approved head, merged onto the tip, gives the tree that is pushed', result: 'each push passes without a new approval' }, async () => {
    const { team, robin } = await heldApproved({ files: { [changedFile]: changedText.replace(risky, '') } });
    robin.write(changedFile, changedText.replace('// last', '// last one'));
    robin.commitAll('Undone below');
    robin.git('revert', '--quiet', '--no-edit', 'HEAD');
    team.remote.git('config', 'core.hooksPath', '/dev/null');
    team.land({ 'src/c.ts': harmless });
    // In the file of the finding too, which then has bytes that nobody approved as such.
    team.land({ 'docs.md': 'x\n', [changedFile]: `// zero\n${changedText.replace(risky, '')}` });
    team.remote.git('config', '--unset', 'core.hooksPath');
    robin.git('fetch', '--quiet');
    const target = robin.git('rev-parse', 'origin/main');
    const histories: readonly (readonly [string, () => unknown])[] = [
      ['rebased', () => robin.git('rebase', '--quiet', target)],
      ['squashed', () => { robin.git('reset', '--quiet', '--hard', target); robin.git('merge', '--quiet', '--squash', 'topic'); robin.git('commit', '--quiet', '--message=Squashed'); }],
      ['merged', () => { robin.git('reset', '--quiet', '--hard', target); robin.git('merge', '--quiet', '--no-ff', '--message=Merged', 'topic'); }],
      ['queued', () => { robin.git('merge', '--quiet', '--message=Queue', target); robin.git('commit', '--quiet', '--amend', '--message=In other words'); }],
    ]; // prettier-ignore
    for (const [name, make] of histories) {
      robin.git('switch', '--quiet', '--create', name, 'topic');
      make();
      assertTaken(push(robin, 'HEAD:main'));
      team.remote.git('update-ref', 'refs/heads/main', target);
    }
  });

  attack({ attack: 'A space is smuggled in during the rebase', answer: 'another tree than the replay gives', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved();
    team.remote.git('config', 'core.hooksPath', '/dev/null');
    team.land({ 'docs.md': 'x\n' });
    team.remote.git('config', '--unset', 'core.hooksPath');
    robin.git('pull', '--quiet', '--rebase', 'origin', 'main');
    robin.write(changedFile, changedText.replace('// one', '//  one'));
    robin.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(stale\): src\/a\.ts/);
  });
});

threats('Moved to another repository, branch or time', () => {
  after(removeSandboxes);

  attack({ attack: 'An approval from another repository, with another first commit, is brought here', answer: 'the first commit is part of what is signed', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved();
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { over: { repository: { root: 'ab'.repeat(20) } } });
    assertRefused(push(robin, 'HEAD:main'), /it is for another repository, with another first commit/);
  });

  attack({ attack: 'An approval that was given in a fork, which has the same first commit, is brought here', answer: 'the address is part of what is signed, and the server knows its own', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved();
    team.remote.git('config', 'firebreak.url', 'https://git.example/team/app.git');
    assertRefused(push(robin, 'HEAD:main'), /it is for another repository, /);
  });

  attack({ attack: 'An approval for one branch is used for another', answer: 'the branch is part of what is signed', result: 'the push is refused' }, async () => {
    const { robin } = await heldApproved({ policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, 'refs/heads/release/*']") });
    assertRefused(push(robin, 'HEAD:refs/heads/release/1'), /it is for refs\/heads\/main/);
  });

  attack({ attack: 'An approval is used after its time', answer: 'it says until when it holds, and the policy how old it may be', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved({ policy: `${usualPolicy}keys: { maxAge: 1h }\n` });
    const request = '01' + '0'.repeat(24);
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { ageMs: 2 * hourMs, over: { request: { id: request, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
    assertRefused(push(robin, 'HEAD:main'), /it held until/);
  });

  attack({ attack: 'An approval is dated ahead, so that it holds for longer', answer: 'what was made in the future counts for nothing', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved();
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { ageMs: -hourMs });
    assertRefused(push(robin, 'HEAD:main'), /which is in the future here, and counts only from then on; one of the clocks is wrong/);
  });

  attack({ attack: 'An approval is older than the request that it answers', answer: 'nobody approves what was not asked yet', result: 'the push is refused' }, async () => {
    const { team, robin } = await heldApproved();
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { ageMs: 2 * hourMs });
    assertRefused(push(robin, 'HEAD:main'), /it is older than the request that it answers/);
  });
});

threats('A poisoned base', () => {
  after(removeSandboxes);

  attack({ attack: 'What a comment suppresses is made worse by a value elsewhere in its file, or led to something else', answer: 'a suppression stands only for what it stood for at the base, judged the same', result: 'each push is refused' }, async () => {
    const script = (value: string) => `#!/bin/sh\n${value}# firebreak-ignore recursive-delete: output of the build\nrm -rf "$A_DIR"\n`;
    const code = (value: string) => `import { rmSync } from 'node:fs';\nlet folder = ${value};\nexport function clear() {\n  // firebreak-ignore file-tree-delete: output of the build\n  rmSync(folder, { recursive: true, force: true });\n}\n`;
    const { robin } = await heldAsked({ files: { 'clear.sh': script(''), 'old.sh': script('A_DIR=/srv/old\n'), 'clear.ts': code('process.argv[2]') } });
    for (const [file, text] of Object.entries({ 'clear.sh': script('A_DIR=/\n'), 'old.sh': script('A_DIR=/\n'), 'clear.ts': code("'/srv/prod'") })) {
      robin.git('switch', '--quiet', '--detach', 'origin/main');
      robin.write(file, text);
      robin.commitAll('Say where');
      assertRefused(push(robin, 'HEAD:main'), new RegExp(`Blocked \\(pending\\): ${file}:\\d+ (?:critical|high)`));
    }
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('old.sh', `${script('A_DIR=/srv/old\n')}echo done\n`);
    robin.commitAll('Say more');
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A junior asks for a change against a base that holds the danger already, so that the senior does not see it', answer: 'the base has to be part of the target', result: 'nothing is signed, and a signed one counts for nothing' }, async () => {
    const { team, robin } = await heldApproved();
    const honest = robin.git('rev-parse', 'refs/remotes/origin/main');
    const poisoned = robin.git('rev-parse', 'HEAD');
    robin.git('update-ref', 'refs/remotes/origin/main', poisoned);
    robin.write('src/b.ts', risky);
    robin.commitAll('Next');
    const id = await team.request();
    robin.git('update-ref', 'refs/remotes/origin/main', honest);
    const { code, stderr } = await team.decide('alice', 'approve', id);
    assert.equal(code, 2);
    assert.match(stderr, /the request's base \w+ is no part of refs\/heads\/main/);
    rewritten(team.remote, decisionsIn(team.remote)[0] ?? '', { over: { base: poisoned } });
    assertRefused(push(robin, 'topic~1:main'), /its base \w+ is no part of the branch/);
  });
});

threats('The AI\'s part erased', () => {
  after(removeSandboxes);
  const allAi = `${usualPolicy}review: all-ai\n`;

  attack({ attack: 'What was seen in the clone is deleted, and no note is pushed', answer: 'unknown counts as AI', result: 'the harmless change is refused under review: all-ai' }, async () => {
    const team = new Team({ policy: allAi });
    await guard(team);
    const robin = team.clone('robin');
    robin.write('a.ts', harmless);
    robin.commitAll('Read users');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): a\.ts:1 high ai-change/);
    await team.approve('alice', await team.request());
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A note that anybody can write says that a human wrote it', answer: 'notes lower nothing unless the policy trusts them, which the verdict then says', result: 'the push is refused under review: all-ai; with trustNotes it passes, and why is told' }, async () => {
    for (const trusts of [false, true]) {
      const team = new Team({ policy: trusts ? `${usualPolicy}review: risky-ai\ntrustNotes: true\n` : allAi });
      await guard(team);
      const robin = team.clone('robin');
      robin.write('a.ts', risky);
      robin.commitAll('Delete users');
      const metadata = JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: robin.git('rev-parse', 'HEAD'), prompts: {}, sessions: {}, humans: { h_0123456789abcd: { author: 'Robin <robin@example.com>' } } });
      robin.git('notes', '--ref=refs/notes/ai', 'add', '-m', `a.ts\n  h_0123456789abcd 1\n---\n${metadata}`, 'HEAD');
      assertTaken(push(robin, 'refs/notes/ai'));
      const verdict = await team.gate();
      assert.equal(verdict.code, trusts ? 0 : 1, verdict.stdout + verdict.stderr);
      if (trusts) assert.match(verdict.stdout, /passed because a note that nobody signed calls it human, and the policy trusts notes/);
      else assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): a\.ts:1 high ai-change/);
    }
  });
});

threats('Emergencies, rejections and who is bound', () => {
  after(removeSandboxes);

  attack({ attack: 'Somebody passes a change in an emergency, and no approval follows', answer: 'an emergency is a signed record, and when its time is over nothing passes any more', result: 'it passes and says what has to follow; later every push is refused until it is approved' }, async () => {
    const { team, robin, id } = await heldAsked();
    const alice = await team.decide('alice', 'approve', id, { args: ['--emergency'] });
    assert.match(alice.stderr, /is none of those who may pass in an emergency/);
    assert.equal((await team.decide('carol', 'approve', id, { args: ['--emergency'] })).code, 0);
    assert.match((await team.gate()).stdout, /passed request \w+ in an emergency at \S+, and an approval has to follow by/);
    assertTaken(push(robin, 'HEAD:main'));
    const [ref = ''] = decisionsIn(team.remote);
    const old = '01' + '0'.repeat(24);
    const emergency = rewritten(team.remote, ref, { as: 'carol', ageMs: 30 * hourMs, over: { request: { id: old, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
    robin.write('docs.md', 'x\n');
    robin.commitAll('Harmless');
    assertRefused(push(robin, 'HEAD:main'), /carol@corp\.example passed request \w+ in an emergency at \S+, and an approval has to follow/);
    const kept = team.remote.git('rev-parse', emergency);
    const approval = rewritten(team.remote, emergency, { as: 'alice', over: { kind: 'approve', request: { id: old, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
    team.remote.git('update-ref', emergency, kept);
    assert.ok(decisionsIn(team.remote).includes(approval));
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A senior who wrote a part of what passed in an emergency gives the approval that has to follow', answer: 'who had a part in it follows nothing', result: 'every push is refused until another senior approved it' }, async () => {
    const { team, robin } = await heldAsked({ policy: usualPolicy.replace(`, ${members.carol}]`, `, ${members.carol}, ${members.mallory}]`), signers: signerLine('alice') + signerLine('carol') + signerLine('mallory') });
    robin.git('commit', '--quiet', '--amend', '--message', `Delete users\n\nCo-authored-by: Alice <${members.alice}>`);
    assert.equal((await team.decide('carol', 'approve', await team.request(), { args: ['--emergency'] })).code, 0);
    assertTaken(push(robin, 'HEAD:main'));
    const [ref = ''] = decisionsIn(team.remote);
    const request = { id: '01' + '0'.repeat(24), sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } };
    const emergency = rewritten(team.remote, ref, { as: 'carol', ageMs: 30 * hourMs, over: { request } });
    const kept = team.remote.git('rev-parse', emergency);
    robin.write('docs.md', 'x\n');
    robin.commitAll('Harmless');
    for (const [senior, isTaken] of [['alice', false], ['mallory', true]] as const) {
      rewritten(team.remote, emergency, { as: senior, over: { kind: 'approve', request } });
      team.remote.git('update-ref', emergency, kept);
      if (isTaken) assertTaken(push(robin, 'HEAD:main'));
      else assertRefused(push(robin, 'HEAD:main'), /Have the change that passed in an emergency approved now by mallory@evil\.example: firebreak approve/);
    }
  });

  attack({ attack: 'Another senior approves what one rejected', answer: 'a rejection of this content holds until who made it takes it back', result: 'the push is refused, and passes when it was taken back' }, async () => {
    const { team, robin, id } = await heldApproved();
    assert.equal((await team.decide('carol', 'reject', id)).code, 0);
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(rejected\)[^]*carol@corp\.example rejected it/);
    assert.equal((await team.decide('carol', 'revoke', id)).code, 0);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A rejection is waited out, until approvals of that time and records of that time would count no more, and another senior approves', answer: 'a rejection has no end, and is read however old it is', result: 'each push is refused, and passes when it was taken back' }, async () => {
    const { team, robin } = await heldApproved();
    const [approval = ''] = decisionsIn(team.remote);
    const kept = team.remote.git('rev-parse', approval);
    for (const days of [15, 60, 400]) {
      const ageMs = days * 24 * hourMs;
      const rejection = rewritten(team.remote, approval, { as: 'carol', ageMs, over: { kind: 'reject', request: { id: `01${'0'.repeat(24)}`, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } } } });
      team.remote.git('update-ref', approval, kept);
      assertRefused(push(robin, 'HEAD:main'), /Blocked \(rejected\)[^]*carol@corp\.example rejected it/);
      if (days < 400) team.remote.git('update-ref', '-d', rejection);
      else rewritten(team.remote, approval, { as: 'carol', over: { kind: 'revoke', request: { id: `01${'0'.repeat(24)}`, sha256: 'a'.repeat(64), requester: { name: 'robin', email: members.robin } }, previous: { id: decisionIn(team.remote, rejection).id, sha256: sha256Hex(textOf(team.remote, rejection)) } } });
    }
    team.remote.git('update-ref', approval, kept);
    assertTaken(push(robin, 'HEAD:main'));
  });

  attack({ attack: 'A junior commits as a senior where only juniors need approval', answer: 'appliesTo goes by the authenticated pusher, not by names in commits', result: 'the push of the junior is refused, that of the senior passes; the policy itself is held for both' }, async () => {
    const { robin } = await heldAsked({ policy: `${usualPolicy}appliesTo: non-seniors\n` });
    robin.git('config', 'user.email', members.alice);
    robin.git('commit', '--quiet', '--amend', '--no-edit', '--reset-author');
    assertRefused(push(robin, 'HEAD:main'), /Blocked \(pending\): src\/a\.ts/);
    assertTaken(pushAs(members.alice, robin, 'HEAD:main'));
    robin.write('.firebreak/policy.yml', usualPolicy);
    robin.commitAll('Policy');
    assertRefused(pushAs(members.alice, robin, 'HEAD:main'), /Blocked \(pending\): \.firebreak\/policy\.yml/);
  });

  attack({ attack: 'A senior pushes a junior\'s commit among their own, or one that they took over from them, where only juniors need approval', answer: 'authors and committers who are no seniors hold a senior\'s push, and nobody\'s name frees one', result: 'each push is refused, with whose commit it is, and passes when another senior approved it; that of what is theirs passes, beside an agent that is named, too' }, async () => {
    const { team, robin, id } = await heldAsked({ policy: `${usualPolicy}appliesTo: non-seniors\n` });
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', robin.folder, 'HEAD');
    const theirs = alice.git('rev-parse', 'FETCH_HEAD');
    const taken: readonly (readonly [how: string, take: () => unknown])[] = [
      ['their own on top', () => { alice.git('reset', '--quiet', '--hard', theirs); alice.write('mine.md', 'x\n'); alice.commitAll('Mine'); }],
      ['picked', () => { alice.git('reset', '--quiet', '--hard', 'origin/main'); alice.git('cherry-pick', theirs); }],
      ['merged', () => { alice.git('reset', '--quiet', '--hard', 'origin/main'); alice.git('merge', '--quiet', '--no-ff', '--message=Merge', theirs); }],
    ]; // prettier-ignore
    for (const [how, take] of taken) {
      take();
      const pushed = pushAs(members.alice, alice, 'HEAD:main');
      assertRefused(pushed, /Blocked \(pending\): src\/a\.ts/);
      assert.match(pushed.said, /alice@corp\.example is a senior, whose own changes the policy lets pass, and this is not theirs alone: robin@example\.com, who is none, is author of a commit in it/, how);
    }
    alice.git('reset', '--quiet', '--hard', 'origin/main');
    alice.git('cherry-pick', theirs);
    alice.git('commit', '--quiet', '--amend', '--no-edit', '--author=nobody <>');
    assertRefused(pushAs(members.alice, alice, 'HEAD:main'), /this is not theirs alone: somebody without an address is author of a commit in it/);
    alice.git('reset', '--quiet', '--hard', 'origin/main');
    alice.write('own.ts', risky);
    alice.git('add', 'own.ts');
    alice.gitWith({ env: { GIT_COMMITTER_EMAIL: 'noreply@github.com' } }, 'commit', '--quiet', '--message=Own\n\nCo-authored-by: Agent <agent@models.example>');
    assertTaken(pushAs(members.alice, alice, 'HEAD:main'));
    await team.approve('carol', id);
    alice.git('cherry-pick', theirs);
    assertTaken(pushAs(members.alice, alice, 'HEAD:main'));
  });

  attack({ attack: 'The clock of a senior goes back, so that their new decision would be older than their last', answer: 'what is later is told by the chain of decisions, and a clock that contradicts it is refused', result: 'nothing is signed' }, async () => {
    const { team, id } = await heldApproved();
    const alice = team.clone('alice');
    alice.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    rewritten(alice, decisionsIn(alice)[0] ?? '', { ageMs: -2 * hourMs });
    const { code, stderr } = await alice.run(['revoke', id, '--as', members.alice, '--reason', 'x', '--yes', '--key', '/dev/null']);
    assert.equal(code, 2);
    assert.match(stderr, /this machine says that it is .*, and your decision \w+ was made at .*; set the clock right/);
  });
});
