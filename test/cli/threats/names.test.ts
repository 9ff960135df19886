import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { removeSandboxes, risky } from '../sandbox.ts';
import { members, signerLine, Team, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, guard, heldAsked, push } from './guarded.ts';

const releases = { policy: usualPolicy.replace('[refs/heads/main]', "[refs/heads/main, refs/heads/stable, 'refs/heads/release/*']") };

threats('Passing by the gate', () => {
  after(removeSandboxes);

  attack({
    attack: 'A tag is called like a watched branch that is not there yet, or that comes with it, or like what clones call it by',
    answer: 'nobody takes the name of a branch that the policy names, nor of one that it watches and that comes along',
    result: 'each push is refused, and so is one into a repository that has no branch yet; a tag that is called like a release goes in',
  }, async () => {
    const { team, robin } = await heldAsked(releases);
    for (const ref of ['refs/tags/stable', 'refs/tags/heads/stable', 'refs/heads/heads/stable', 'refs/tags/origin/main', 'refs/tags/remotes/origin/main', 'refs/tags/origin', 'refs/tags/origin/HEAD', 'refs/tags/MAIN']) assertRefused(push(robin, `HEAD:${ref}`), /where somebody names refs\/heads\/\S+ in short, git would take refs\/\S+ for it/);
    assertTaken(push(robin, 'HEAD:refs/tags/release/1', 'HEAD:refs/tags/origin/topic'));
    assertRefused(push(robin, 'HEAD:refs/tags/release/2', 'origin/main:refs/heads/release/2'), /would take refs\/tags\/release\/2 for it/);
    assert.equal(team.remote.git('for-each-ref', '--format=%(refname)', 'refs/heads/release'), '');
    const empty = new Team({ policy: '' });
    const mallory = empty.clone('mallory');
    await guard(empty, '--bootstrap-signers', writtenSigners(empty));
    empty.remote.git('update-ref', '-d', 'refs/heads/main');
    assertRefused(push(mallory, 'HEAD:refs/tags/main'), /would take refs\/tags\/main for it/);
  });

  attack({
    attack: 'A tag lies there that is called like a watched branch, and the branch is begun',
    answer: 'a watched branch does not begin where git would take something else for it',
    result: 'the push is refused with what to do, and taken when the tag is gone',
  }, async () => {
    const { robin } = await heldAsked(releases);
    assertTaken(push(robin, 'HEAD:refs/tags/release/1'));
    const { last, ...refused } = push(robin, 'origin/main:refs/heads/release/1');
    assertRefused({ last, ...refused }, /refs\/tags\/release\/1 for it, which is there already/);
    assert.equal(last, 'Delete refs/tags/release/1 there, and push again.');
    assertTaken(push(robin, ':refs/tags/release/1'));
    assertTaken(push(robin, 'origin/main:refs/heads/release/1'));
  });

  attack({
    attack: 'A branch is called like the watched one but for case, which Windows and macOS overlook',
    answer: 'what they take for a watched branch is not begun',
    result: 'the push is refused',
  }, async () => {
    const { robin } = await heldAsked(releases);
    for (const ref of ['refs/heads/Main', 'refs/heads/Release/3', 'refs/heads/ma\u200din']) assertRefused(push(robin, `HEAD:${ref}`), /Windows and macOS would take refs\/heads\/\S+ for a watched branch or the default one/);
  });

  attack({
    attack: 'A file for which the policy asks for more is pushed under a name that Windows or macOS take for its own',
    answer: 'what paths asks for holds for all names that are taken for such a one',
    result: 'each push is refused, and says whom it takes; another name passes with the approval that it needs',
  }, async () => {
    const { robin } = await heldAsked({ policy: `${usualPolicy}paths: [{ match: 'infrastructure/**', reviewers: [${members.carol}] }]\n` });
    for (const folder of ['Infrastructure', 'infrastructure.', 'infrastructure ', 'infra\u200cstructure', 'INFRAS~1', 'infrastructure::$INDEX_ALLOCATION']) {
      robin.git('switch', '--quiet', '--detach', 'origin/main');
      mkdirSync(path.dirname(robin.at(`${folder}/a.ts`)), { recursive: true });
      robin.write(`${folder}/a.ts`, risky);
      robin.commitAll('Delete');
      assertRefused(push(robin, 'HEAD:main'), /one of carol@corp\.example has to approve/);
    }
    robin.git('switch', '--quiet', '--detach', 'origin/main');
    robin.write('infrastructures/a.ts', risky);
    robin.commitAll('Delete');
    const { said } = push(robin, 'HEAD:main');
    assert.match(said, /Blocked \(pending\)/);
    assert.doesNotMatch(said, /one of carol/);
  });

  attack({
    attack: 'A tag is called as a script of CI calls the tip that it judges by',
    answer: 'a name in short that may be two things is none',
    result: 'the gate is closed, and says which names to give',
  }, async () => {
    const { robin } = await heldAsked();
    robin.write('.firebreak/policy.yml', usualPolicy.replace('high: { approvals: 1 }', 'high: warn').replace('critical: { approvals: 2 }', 'critical: warn'));
    robin.git('tag', 'origin/main', robin.commitAll('Ask for nothing'));
    robin.write('more.ts', risky);
    robin.commitAll('Delete more');
    const gated = (base: string) => robin.run(['gate', '--no-fetch', '--base', base, '--head', 'HEAD', '--target', 'refs/heads/main']);
    const { code, stderr } = await gated('origin/main');
    assert.deepEqual([code === 0, stderr.includes('"origin/main" may be refs/remotes/origin/main or refs/tags/origin/main, and git would choose; give --base one of these')], [false, true], stderr);
    assert.match((await gated('refs/remotes/origin/main')).stdout, /Blocked/);
  });
});

function writtenSigners(team: Team): string {
  team.remote.write('signers', signerLine('alice'));
  return team.remote.at('signers');
}
