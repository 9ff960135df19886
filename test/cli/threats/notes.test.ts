import assert from 'node:assert/strict';
import { harmless, removeSandboxes, type Sandbox } from '../sandbox.ts';
import { Team } from '../team.ts';
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
