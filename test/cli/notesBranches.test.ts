import assert from 'node:assert/strict';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes } from './sandbox.ts';

const base = Array.from({ length: 12 }, (_, at) => `const old_size_${at + 1} = computeSomething(${at + 1}, "b");`);
const renamed = base.with(10, 'const new_size_11 = computeSomething(11, "b");');
const top = 'const first = 1;';
const seven = 'const seven = measureAnew(7777);';

/** A branch `other` on which an agent changed the first word of a line, and `main` that never had that. */
async function withRenamed(): Promise<NotedRepository> {
  const repository = await NotedRepository.make();
  repository.write('a.ts', ...base);
  repository.commit('base');
  repository.git('switch', '--quiet', '--create', 'other');
  repository.agent('a.ts', ...renamed);
  repository.commit('renamed');
  repository.git('switch', '--quiet', 'main');
  return repository;
}

/** A branch `other` on which an agent appended lines, and `mine`, which starts from the commit before. */
async function withAppended(...lines: string[]): Promise<NotedRepository> {
  const repository = await NotedRepository.make();
  repository.write('a.ts', ...base);
  repository.commit('base');
  repository.git('switch', '--quiet', '--create', 'other');
  repository.agent('a.ts', ...base, ...lines);
  repository.commit('appended');
  repository.git('switch', '--quiet', '--create', 'mine', 'main');
  return repository;
}

async function elsewhere(repository: NotedRepository, branch = 'HEAD'): Promise<string> {
  return repository.cloned(branch).blame('a.ts');
}

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'an agent changes a line on a branch, and on another, which never had that, a person adds a line', evidence: 'none', result: 'the untouched line is nobody\'s, before the commit and after' }, async () => {
    const repository = await withRenamed();
    repository.write('a.ts', top, ...base);
    assert.doesNotMatch(await repository.blame('a.ts'), /[AU!]/);
    repository.commit('top');
    assert.doesNotMatch(await repository.blame('a.ts'), /[AU!]/);
    repository.write('a.ts', top, top, ...base);
    repository.commit('and again');
    assert.doesNotMatch(await repository.blame('a.ts'), /[AU!]/);
  });

  scenario({ case: 'the same where a person changes that line otherwise', evidence: 'none', result: 'it is not the AI\'s, nor of unknown origin' }, async () => {
    const repository = await withRenamed();
    repository.write('a.ts', ...base.with(10, 'const eleventh = measureIt(11, "b");'));
    assert.doesNotMatch(await repository.blame('a.ts'), /[AU!]/);
    repository.commit('mine');
    assert.doesNotMatch(await repository.blame('a.ts'), /[AU]/);
  });

  scenario({ case: 'the same where an agent writes elsewhere in the file', evidence: 'reported', result: 'only the line that it wrote here is the AI\'s' }, async () => {
    const repository = await withRenamed();
    repository.agent('a.ts', seven, ...base);
    assert.match(await repository.blame('a.ts'), /^A[-?]{12}$/);
    repository.commit('seven');
    assert.deepEqual(repository.note(), ['a.ts claude-code 1']);
    assert.match(await repository.blame('a.ts'), /^A[-?]{12}$/);
  });

  scenario({ case: 'the same where another branch on which an agent wrote is merged', evidence: 'reported', result: 'only what that brings is the AI\'s' }, async () => {
    const repository = await withRenamed();
    repository.git('switch', '--quiet', '--create', 'third');
    repository.agent('a.ts', ...base.toSpliced(6, 0, seven));
    repository.commit('seven');
    repository.git('switch', '--quiet', 'main');
    repository.write('b.ts', 'const other = 1;');
    repository.commit('other');
    repository.git('merge', '--quiet', '--no-edit', 'third');
    assert.match(await repository.blame('a.ts'), /^[-?]{6}A[-?]{6}$/);
    assert.match(await elsewhere(repository), /^[-?]{6}A[-?]{6}$/);
  });

  scenario({ case: 'the same where a person adds a line, and an agent\'s commit is picked or its stash popped', evidence: 'reported', result: 'only what that brings is noted as the AI\'s' }, async () => {
    for (const way of ['pick', 'stash']) {
      const repository = await withRenamed();
      if (way === 'pick') repository.git('switch', '--quiet', '--create', 'third');
      repository.agent('a.ts', ...base.toSpliced(6, 0, seven));
      if (way === 'pick') repository.commit('seven');
      repository.git(...(way === 'pick' ? ['switch', '--quiet', 'main'] : ['stash', '--quiet']));
      repository.write('a.ts', top, ...base);
      repository.commit('top');
      repository.git(...(way === 'pick' ? ['cherry-pick', 'third'] : ['stash', 'pop', '--quiet']));
      if (way === 'stash') repository.commit('seven');
      assert.deepEqual(repository.note(), ['a.ts claude-code 8'], way);
      assert.match(await repository.blame('a.ts'), /^[-?]{7}A[-?]{6}$/, way);
      assert.match(await elsewhere(repository), /^[-?]{7}A[-?]{6}$/, way);
    }
  });

  const appended = ['export function grow(arg) { return arg * 1 + "g"; }', 'export function growAgain(arg) { return arg * 2 + "g"; }'];
  const removal = 'remove("/tmp/cache", { ignoreErrors: true });';
  for (const [by, made] of [
    ['const typed = computeSomething(1, "typed");', appended],
    ['run(process.argv[2], { retries: 3 });', appended],
    ['export function stop(server) { return server.close(); }', appended],
    ['remove(target);', [removal]],
    ['remove(target, { onError: report });', [removal]],
  ] as const) {
    scenario({ case: 'an agent appends lines on a branch, and on another a person appends a line that reads otherwise', evidence: 'none', result: 'it is not the AI\'s, and does not become so when it is rebased or squashed' }, async () => {
      const repository = await withAppended(...made);
      repository.write('a.ts', ...base, by);
      assert.doesNotMatch(await repository.blame('a.ts'), /[AU!]/);
      repository.commit('mine');
      assert.doesNotMatch(await repository.blame('a.ts'), /[AU!]/);
      repository.agent('a.ts', seven, ...base, by);
      repository.commit('an agent goes on');
      assert.deepEqual(repository.note(), ['a.ts claude-code 1']);
      repository.git('rebase', '--quiet', '--force-rebase', 'main');
      assert.match(await repository.blame('a.ts'), /^A[-?]{13}$/);
      assert.match(await elsewhere(repository, 'mine'), /^A[-?]{13}$/);
      repository.git('switch', '--quiet', 'main');
      repository.git('merge', '--quiet', '--squash', 'mine');
      repository.commit('squashed');
      assert.deepEqual(repository.note(), ['a.ts claude-code 1']);
    });
  }

  const much = ['', 'export function clean(target) {', '  report("the cleaning begins", target, new Date());', '  removeAll(target, { recursive: true, onError: report });', '}'];

  scenario({ case: 'a person commits much at once, and an agent changes another line and amends that', evidence: 'reported', result: 'what the person committed stays nobody\'s in other clones' }, async () => {
    const repository = await withAppended(seven);
    repository.git('switch', '--quiet', 'other');
    repository.write('a.ts', ...base, seven, ...much);
    repository.commit('mine');
    repository.agent('a.ts', ...base, seven.replace('7777', '8888'), ...much);
    repository.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    assert.deepEqual(repository.note(), ['a.ts claude-code 13']);
    assert.match(await elsewhere(repository, 'other'), /^[-?]{12}!?A[-?]{5}$/);
  });

  scenario({ case: 'a commit of a person\'s that was rebased, and an agent\'s fixup of the one before it, squashed into that', evidence: 'reported', result: 'what the person committed stays nobody\'s' }, async () => {
    const repository = await withAppended(seven);
    repository.git('switch', '--quiet', 'other');
    repository.write('a.ts', ...base.with(4, 'const fifth = computeSomething(5, "b");'), seven);
    repository.commit('mine');
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', top, ...base);
    repository.commit('top');
    repository.git('switch', '--quiet', 'other');
    repository.git('rebase', '--quiet', 'main');
    repository.agent('a.ts', top, ...base.with(4, 'const fifth = computeSomething(5, "b");').with(0, 'const started = computeSomething(1, "b");'), seven);
    repository.commit('fixup! appended');
    repository.git('-c', 'sequence.editor=true', 'rebase', '--quiet', '--interactive', '--autosquash', 'main');
    assert.match(await repository.blame('a.ts'), /^[-?]!?A[-?]{11}A$/);
  });
});
