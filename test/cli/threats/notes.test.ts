import assert from 'node:assert/strict';
import { harmless, removeSandboxes, risky, type Sandbox } from '../sandbox.ts';
import { Team, usualPolicy } from '../team.ts';
import { attack, threats } from './attack.ts';
import { assertRefused, assertTaken, guard, push } from './guarded.ts';

const ref = 'refs/notes/ai';

/** Notes something on the last commit. */
function note(clone: Sandbox, text: string): void {
  clone.git('notes', `--ref=${ref}`, 'add', '--force', '--message', `a.ts\n  ${text} 1\n---\n{}`, 'HEAD');
}

/** What the remote has noted: the text on each commit. */
function notedAt({ remote }: Team): readonly string[] {
  const listed = remote.git('notes', `--ref=${ref}`, 'list').split('\n');
  return listed.map((line) => remote.git('cat-file', 'blob', line.split(' ')[0] ?? '').split('\n')[1]?.trim() ?? '').sort();
}

threats('The AI\'s part erased', () => {
  after(removeSandboxes);

  attack({
    attack: 'A junior puts a danger right below, above or between what an AI wrote, where nobody sees it, and the policy trusts notes',
    answer: 'a line of which nobody saw who wrote it is no person\'s, whatever stands next to it',
    result: 'each push is refused; a line that the note calls a person\'s passes in the same place',
  }, async () => {
    const team = new Team({ policy: `${usualPolicy}review: risky-ai\ntrustNotes: true\n` });
    await guard(team);
    const robin = team.clone('robin');
    const noteOf = (lines: string, more: object) => ['notes', `--ref=${ref}`, 'add', '--force', '--message', `a.ts\n${lines}\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: robin.git('rev-parse', 'HEAD'), prompts: { abcdef0123456789: { agent_id: { tool: 'claude', id: 's', model: 'm' }, human_author: null, messages: [], total_additions: 1, total_deletions: 0, accepted_lines: 1, overriden_lines: 0 } }, sessions: {}, ...more })}`, 'HEAD'] as const;
    for (const [before, after, lines, at] of [['', harmless, '2', 1], [harmless, '', '1', 2], [harmless, harmless, '1,3', 2]] as const) {
      robin.git('switch', '--quiet', '--detach', 'origin/main');
      robin.write('a.ts', `${before}${risky}${after}`);
      robin.commitAll('Delete users');
      const unseen = { firebreak: { version: 1, files: { 'a.ts': { blob: robin.git('rev-parse', 'HEAD:a.ts'), unseen: String(at) } } } };
      robin.git(...noteOf(`  abcdef0123456789 ${lines}`, unseen));
      assertTaken(push(robin, ref));
      assertRefused(push(robin, 'HEAD:main'), new RegExp(`a\\.ts:${at} high`));
      robin.git(...noteOf(`  abcdef0123456789 ${lines}\n  h_0123456789abcd ${at}`, { humans: { h_0123456789abcd: { author: 'Robin <robin@example.com>' } } }));
      assertTaken(push(robin, ref));
      assert.match((await team.gate('HEAD')).stdout, new RegExp(`a\\.ts:${at} \\S+ passed because a note that nobody signed calls it human`));
    }
  });

  attack({ attack: 'The notes of who wrote what are deleted at the remote, written over by force, emptied by a commit on top of them, or something else is put in their place or in their way', answer: 'where it holds pushes, the remote takes only notes that keep what is noted', result: 'each push is refused with what to do, and what others noted goes in beside it' }, async () => {
    const team = new Team();
    await guard(team);
    const [robin, mallory] = [team.clone('robin'), team.clone('mallory')];
    const blob = mallory.gitWith({ input: 'no commit\n' }, 'hash-object', '-w', '--stdin');
    assertRefused(push(mallory, `${blob}:${ref}`), /would be no notes any more/);
    assertRefused(push(mallory, `HEAD:${ref}/in-the-way`), /would be in the way of refs\/notes\/ai/);
    team.remote.git('update-ref', `${ref}/of-before`, 'main');
    assertTaken(push(mallory, `:${ref}/of-before`));
    note(robin, 'x_robin');
    assertTaken(push(robin, ref));
    const deleted = push(mallory, `:${ref}`);
    assertRefused(deleted, /refs\/notes\/ai holds who wrote what, and is never deleted/);
    assert.equal(deleted.last, 'Push again without deleting refs/notes/ai.');
    mallory.write('b.ts', harmless);
    mallory.commitAll('Read users');
    note(mallory, 'x_mallory');
    const forced = push(mallory, '--force', ref);
    assertRefused(forced, /would lose what others noted there, because the push does not contain it/);
    robin.git('notes', `--ref=${ref}`, 'remove', 'HEAD');
    const emptied = push(robin, ref);
    assertRefused(emptied, new RegExp(`would lose what is noted on ${robin.git('rev-parse', 'HEAD')}`));
    assert.deepEqual(notedAt(team), ['x_robin 1']);
    // What each refusal tells to do.
    robin.git(...(/git (fetch origin \S+)\.$/.exec(emptied.last)?.[1] ?? emptied.last).split(' '));
    assertTaken(push(robin, 'HEAD:refs/heads/topic', ref));
    const [, command = forced.last] = /^Run firebreak (init --notes), .* push again without force\.$/.exec(forced.last) ?? [];
    assert.equal((await mallory.run(command.split(' '))).code, 0);
    assertTaken(push(mallory, 'HEAD:refs/heads/other'));
    assert.deepEqual(notedAt(team), ['x_mallory 1', 'x_robin 1']);
  });
});
