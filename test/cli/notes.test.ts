import assert from 'node:assert/strict';
import { NotedRepository } from '../support/notedRepository.ts';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { removeSandboxes } from './sandbox.ts';

const base = ['const one = first();', 'const two = second();', 'const three = third();', 'const four = fourth();'];
const made = ['function made() {', '  return byTheAgent();', '}'];
const other = ['function other() {', '  return byTheAgentToo();', '}'];
const upstream = ['import { upstream } from "upstream";', 'import { more } from "upstream";'];

const withTopic = () => NotedRepository.withTopic(base, made);

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'a commit of what an agent added', evidence: 'reported', result: 'its lines are noted and blamed, those that nobody saw are nobody\'s' }, async () => {
    const repository = await withTopic();
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-7']);
    assert.equal(await repository.blame('a.ts'), '????AAA');
  });

  scenario({ case: 'a line of a person\'s in which an agent changed one word', evidence: 'reported', result: 'a line with any text of an AI in it is the AI\'s' }, async () => {
    const repository = await withTopic();
    repository.agent('a.ts', 'const one = changed();', ...base.slice(1), ...made);
    repository.person('a.ts', 'const one = changed();', ...base.slice(1), ...made, 'mine();');
    repository.commit();
    assert.deepEqual(repository.note(), ['a.ts claude-code 1,5-7']);
    assert.equal(await repository.blame('a.ts'), '!A???AAA-');
  });

  scenario({ case: 'one character that a person types in an AI\'s line', evidence: 'reported', result: 'the line stays the AI\'s' }, async () => {
    const repository = await withTopic();
    repository.person('a.ts', ...base, made[0] ?? '', '  return byTheAgent(1);', '}');
    repository.commit();
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-7']);
  });

  scenario({ case: 'a deletion by an agent', evidence: 'reported', result: 'what it deleted is in the note, and read back in front of the line that followed' }, async () => {
    const repository = await withTopic();
    repository.agent('a.ts', ...base.slice(0, 1), ...base.slice(2), ...made);
    repository.commit();
    repository.git('clone', '--quiet', '.', '../clone');
    const clone = repository.at('../clone');
    clone.git('fetch', '--quiet', 'origin', 'refs/notes/ai:refs/notes/ai');
    assert.equal(await clone.blame('a.ts'), '?!??AAA');
  });

  scenario({ case: 'another clone that fetched the notes', evidence: 'reported', result: 'it knows what the first one knows' }, async () => {
    const repository = await withTopic();
    repository.person('a.ts', ...base, ...made, 'mine();');
    repository.commit();
    repository.git('clone', '--quiet', '.', '../clone');
    const clone = repository.at('../clone');
    assert.equal(await clone.blame('a.ts'), '????????');
    clone.git('fetch', '--quiet', 'origin', 'refs/notes/ai:refs/notes/ai');
    assert.equal(await clone.blame('a.ts'), '????AAA-');
  });

  scenario({ case: 'amend', evidence: 'reported', result: 'the amended commit has the note, and what was added to it' }, async () => {
    const repository = await withTopic();
    repository.agent('a.ts', ...base, ...made, ...other);
    repository.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-10']);
    repository.git('commit', '--quiet', '--amend', '--message=other words');
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-10']);
  });

  scenario({ case: 'rebase with upstream lines above the hunk', evidence: 'reported', result: 'the same lines, further down' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...upstream, ...base);
    repository.commit('upstream');
    repository.git('switch', '--quiet', 'topic');
    repository.git('rebase', '--quiet', 'main');
    assert.deepEqual(repository.note(), ['a.ts claude-code 7-9']);
    assert.equal(await repository.blame('a.ts'), '??????AAA');
  });

  scenario({ case: 'rebase with a conflict that a person resolves', evidence: 'reported', result: 'the AI\'s lines that are left are the AI\'s, the person\'s are not' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...base, 'const five = fifth();');
    repository.commit('upstream');
    repository.git('switch', '--quiet', 'topic');
    repository.fails('rebase', '--quiet', 'main');
    repository.write('a.ts', ...base, 'const five = fifth();', 'const resolved = byHand();', ...made);
    repository.git('add', '--all');
    repository.git('rebase', '--continue');
    assert.deepEqual(repository.note(), ['a.ts claude-code 7-9']);
    assert.equal(await repository.blame('a.ts'), '??????AAA');
  });

  scenario({ case: 'interactive rebase: squash and fixup', evidence: 'reported', result: 'the one commit has the lines of all' }, async () => {
    const repository = await withTopic();
    for (const [index, word] of ['squash', 'fixup'].entries()) {
      repository.agent(`${word}.ts`, `${word}(${index});`);
      repository.commit(word);
    }
    repository.sandbox.gitWith({ env: { GIT_EDITOR: 'true', GIT_SEQUENCE_EDITOR: "sed -i -e '2s/pick/squash/' -e '3s/pick/fixup/'" } }, 'rebase', '--quiet', '--interactive', 'HEAD~3');
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-7', 'fixup.ts claude-code 1', 'squash.ts claude-code 1']);
    assert.equal(repository.git('rev-list', '--count', 'main..HEAD'), '1');
  });

  scenario({ case: 'interactive rebase: reorder and drop', evidence: 'reported', result: 'each commit that is left has its own lines' }, async () => {
    const repository = await withTopic();
    for (const word of ['x', 'y']) {
      repository.agent(`${word}.ts`, `${word}();`);
      repository.commit(word);
    }
    repository.sandbox.gitWith({ env: { GIT_SEQUENCE_EDITOR: "sed -i -e '2{h;d}' -e '3{G}' -e '1s/pick/drop/'" } }, 'rebase', '--quiet', '--interactive', 'HEAD~3');
    assert.deepEqual([repository.note('HEAD'), repository.note('HEAD~1')], [['x.ts claude-code 1'], ['y.ts claude-code 1']]);
    assert.equal(await repository.blame('a.ts'), '????');
  });

  scenario({ case: 'interactive rebase: split', evidence: 'reported', result: 'each half has its own lines' }, async () => {
    const repository = await withTopic();
    repository.agent('b.ts', 'inB();');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--amend', '--no-edit');
    repository.sandbox.gitWith({ env: { GIT_SEQUENCE_EDITOR: "sed -i -e '1s/pick/edit/'" } }, 'rebase', '--quiet', '--interactive', 'HEAD~1');
    repository.git('reset', '--quiet', 'HEAD~1');
    repository.git('add', 'b.ts');
    repository.git('commit', '--quiet', '--message=b');
    repository.git('commit', '--quiet', '--all', '--message=a');
    repository.git('rebase', '--continue');
    assert.deepEqual([repository.note('HEAD'), repository.note('HEAD~1')], [['a.ts claude-code 5-7'], ['b.ts claude-code 1']]);
  });

  scenario({ case: 'cherry-pick onto another history', evidence: 'reported', result: 'the picked lines are the AI\'s there too' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...upstream, ...base);
    repository.commit('upstream');
    repository.git('cherry-pick', 'topic');
    assert.deepEqual(repository.note(), ['a.ts claude-code 7-9']);
    assert.equal(await repository.blame('a.ts'), '??????AAA');
  });

  scenario({ case: 'cherry-pick in another clone, which has only the notes', evidence: 'reported', result: 'the picked lines are noted as the AI\'s' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...upstream, ...base);
    repository.commit('upstream');
    repository.git('clone', '--quiet', '.', '../clone');
    const clone = repository.at('../clone');
    await clone.hook();
    clone.git('fetch', '--quiet', 'origin', 'refs/notes/ai:refs/notes/ai');
    clone.git('config', 'user.name', 'Robin Junior');
    clone.git('config', 'user.email', 'robin@example.com');
    clone.git('cherry-pick', 'origin/topic');
    assert.deepEqual(clone.note(), ['a.ts claude-code 7-9']);
    assert.equal(await clone.blame('a.ts'), '??????AAA');
  });

  scenario({ case: 'revert, and revert of the revert', evidence: 'reported', result: 'the lines that come back are the AI\'s' }, async () => {
    const repository = await withTopic();
    repository.git('revert', '--no-edit', 'HEAD');
    assert.equal(await repository.blame('a.ts'), '????');
    repository.git('revert', '--no-edit', 'HEAD');
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-7']);
    assert.equal(await repository.blame('a.ts'), '????AAA');
  });

  scenario({ case: 'merge --squash', evidence: 'reported', result: 'the commit has the lines of all that it squashes' }, async () => {
    const repository = await withTopic();
    repository.agent('b.ts', 'inB();');
    repository.commit('b');
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...upstream, ...base);
    repository.commit('upstream');
    repository.git('merge', '--quiet', '--squash', 'topic');
    repository.git('commit', '--quiet', '--message=All at once');
    assert.deepEqual(repository.note(), ['a.ts claude-code 7-9', 'b.ts claude-code 1']);
  });

  scenario({ case: 'a squash by a forge, of which only the tree is known, with lines of others above', evidence: 'inferred', result: 'the lines are found by content among the branch\'s notes' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...upstream, ...base);
    repository.commit('upstream');
    const tree = repository.git('merge-tree', '--write-tree', 'main', 'topic');
    const squashed = repository.git('commit-tree', tree, '-p', 'main', '-m', 'Add it (#1)');
    repository.git('update-ref', 'refs/heads/forge', squashed);
    assert.equal(await repository.blame('a.ts', squashed), '??????AAA');
    repository.git('branch', '--quiet', '-D', 'topic');
    repository.git('merge', '--quiet', '--ff-only', 'forge');
    assert.deepEqual(repository.note(), ['a.ts claude-code 7-9']);
  });

  scenario({ case: 'pull --rebase', evidence: 'reported', result: 'the same lines on top of what was pulled' }, async () => {
    const repository = await withTopic();
    repository.git('clone', '--quiet', '--branch=main', '.', '../clone');
    const clone = repository.at('../clone');
    clone.git('config', 'user.name', 'R');
    clone.git('config', 'user.email', 'r@example.com');
    await clone.hook();
    clone.agent('a.ts', ...base, ...other);
    clone.commit('other');
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...upstream, ...base);
    repository.commit('upstream');
    clone.git('pull', '--quiet', '--rebase');
    assert.deepEqual(clone.note(), ['a.ts claude-code 7-9']);
    assert.equal(await clone.blame('a.ts'), '??????AAA');
  });

  scenario({ case: 'stash, and pop after another commit', evidence: 'reported', result: 'the stashed lines are still the AI\'s' }, async () => {
    const repository = await withTopic();
    repository.agent('a.ts', ...base, ...made, ...other);
    repository.git('stash', '--quiet');
    repository.write('a.ts', ...upstream, ...base, ...made);
    repository.commit('upstream');
    repository.git('stash', 'pop', '--quiet');
    repository.commit('popped');
    assert.deepEqual(repository.note(), ['a.ts claude-code 7-12']);
  });

  scenario({ case: 'add -p: one of two hunks is staged', evidence: 'reported', result: 'just the lines that are committed, and the others with the next commit' }, async () => {
    const repository = await withTopic();
    repository.agent('a.ts', 'agentAbove();', ...base, ...made, 'agentBelow();');
    repository.sandbox.gitWith({ input: 'y\nn\n' }, 'add', '--patch');
    repository.git('commit', '--quiet', '--message=first');
    assert.deepEqual(repository.note(), ['a.ts claude-code 1,6-8']);
    repository.commit('second');
    assert.deepEqual(repository.note(), ['a.ts claude-code 1,6-9']);
  });

  scenario({ case: 'a rename, then a rename with an edit', evidence: 'reported', result: 'the lines keep their authors under the new names' }, async () => {
    const repository = await withTopic();
    repository.git('mv', 'a.ts', 'b.ts');
    repository.commit('renamed');
    assert.equal(await repository.blame('b.ts'), '????AAA');
    repository.git('mv', 'b.ts', 'c.ts');
    repository.write('c.ts', ...base, ...made, 'last();');
    repository.commit('renamed again');
    assert.equal(await repository.blame('c.ts'), '????AAA?');
    assert.deepEqual(repository.note(), ['c.ts claude-code 5-7']);
  });

  scenario({ case: 'a copy of a file', evidence: 'reported', result: 'the AI\'s lines are the AI\'s in the copy too' }, async () => {
    const repository = await withTopic();
    repository.write('copy.ts', ...base, ...made);
    repository.commit('copied');
    assert.deepEqual(repository.note(), ['copy.ts claude-code 5-7']);
  });

  scenario({ case: 'a copy that a colleague makes, who has only the notes and looked at nothing, as it is and under another name with a line more', evidence: 'inferred', result: 'the AI\'s lines are the AI\'s in both copies' }, async () => {
    const repository = await withTopic();
    const clone = repository.cloned('topic');
    clone.git('config', 'user.name', 'R');
    clone.git('config', 'user.email', 'r@example.com');
    await clone.hook();
    clone.write('lib/a.ts', ...base, ...made);
    clone.write('other.ts', 'const zero = 0;', ...base, ...made);
    clone.commit('copied');
    assert.deepEqual(clone.note(), ['lib/a.ts claude-code 5-7', 'other.ts claude-code 6-8']);
  });

  scenario({ case: 'a linked work tree', evidence: 'reported', result: 'its commits are noted, and known in the other' }, async () => {
    const repository = await withTopic();
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', '../linked', 'main');
    const linked = repository.at('../linked');
    linked.agent('a.ts', ...base, ...other);
    linked.commit('linked');
    assert.deepEqual(linked.note(), ['a.ts claude-code 5-7']);
    assert.equal(await repository.blame('a.ts', 'linked'), '????AAA');
  });

  scenario({ case: 'what an agent wrote in a linked work tree is stashed there and popped in another', evidence: 'reported', result: 'it is the AI\'s before it is committed, and noted then' }, async () => {
    const repository = await withTopic();
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', '../linked', 'main');
    const linked = repository.at('../linked');
    linked.agent('a.ts', ...base, ...other);
    linked.git('stash', '--quiet');
    repository.git('switch', '--quiet', '--create', 'popped', 'main');
    repository.git('worktree', 'add', '--quiet', '-b', 'third', '../third', 'main');
    const third = repository.at('../third');
    third.git('stash', 'pop', '--quiet');
    assert.equal(await third.blame('a.ts'), '????AAA');
    third.commit('popped');
    assert.deepEqual(third.note(), ['a.ts claude-code 5-7']);
  });

  scenario({ case: 'a submodule', evidence: 'reported', result: 'its own commits are noted in it, and the one that names it is no file' }, async () => {
    const repository = await NotedRepository.make();
    repository.git('clone', '--quiet', '.', '../library');
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', '../library', 'library');
    repository.commit('submodule');
    const library = repository.at('library');
    library.git('config', 'user.name', 'R');
    library.git('config', 'user.email', 'r@example.com');
    await library.hook();
    library.agent('a.ts', ...made);
    library.commit('in the library');
    repository.commit('newer library');
    assert.deepEqual(library.note(), ['a.ts claude-code 1-3']);
    assert.equal(repository.hasNote(), false);
  });

  scenario({ case: 'two branches merged, with and without a conflict', evidence: 'reported', result: 'the lines of both sides keep their authors' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', '--create', 'side', 'main');
    repository.agent('a.ts', ...other, ...base);
    repository.commit('side');
    repository.git('merge', '--quiet', '--no-edit', 'topic');
    assert.deepEqual(repository.note(), ['a.ts claude-code 1-3,8-10']);
    assert.equal(await repository.blame('a.ts'), 'AAA????AAA');
    repository.git('switch', '--quiet', '--create', 'again', 'main');
    repository.agent('a.ts', ...base, ...other);
    repository.commit('again');
    repository.fails('merge', '--quiet', '--no-edit', 'topic');
    repository.write('a.ts', ...base, ...other, 'const between = byHand();', ...made);
    repository.commit('merged');
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-7,9-11']);
    assert.equal(await repository.blame('a.ts'), '????AAA?AAA');
  });

  scenario({ case: 'checkout and back, reset', evidence: 'reported', result: 'each text has the lines that are known of it' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', 'main');
    assert.equal(await repository.blame('a.ts'), '????');
    repository.git('switch', '--quiet', 'topic');
    assert.equal(await repository.blame('a.ts'), '????AAA');
    repository.git('reset', '--quiet', '--soft', 'main');
    repository.commit('again');
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-7']);
  });

  scenario({ case: 'a note that was copied to another commit', evidence: 'none', result: 'it is not believed' }, async () => {
    const repository = await withTopic();
    repository.sandbox.git('notes', '--ref=ai', 'copy', 'topic', 'main');
    assert.equal(await repository.blame('a.ts', 'main'), '????');
  });

  scenario({ case: 'a commit by an AI\'s name that has no note', evidence: 'inferred', result: 'its lines are of unknown origin, never a person\'s' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', '--create', 'elsewhere');
    repository.write('d.ts', 'writtenElsewhere();');
    repository.git('add', '--all');
    repository.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=Elsewhere\n\nCo-Authored-By: Claude <noreply@anthropic.com>');
    assert.equal(await repository.blame('d.ts'), 'U');
  });
});
