import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes } from './sandbox.ts';

const head = ['import os', 'import json', '', 'def load(path):', '    return json.load(open(path))', ''];
const base = [...head, 'LIMIT = 10', '', 'def save(path, data):', '    json.dump(data, open(path))'];
const purge = ['', 'def purge_everything(p):', '    os.remove(p)'];
const later = ['', 'def purge_later(p):', '    os.rmdir(p)'];
const mine = ['# what a person noted', ...base];

async function withBase(): Promise<NotedRepository> {
  const repository = await NotedRepository.make();
  repository.write('a.py', ...base);
  repository.commit('base');
  return repository;
}

/** A branch `topic` on which an agent added lines and set the limit, and `main` on which a person did. */
async function withTwoLimits(): Promise<NotedRepository> {
  const repository = await withBase();
  repository.git('switch', '--quiet', '--create', 'topic');
  repository.agent('a.py', ...base.with(6, 'LIMIT = 20'), ...purge);
  repository.commit('topic');
  repository.git('switch', '--quiet', 'main');
  repository.write('a.py', ...mine.with(7, 'LIMIT = 30'));
  repository.commit('mine');
  return repository;
}

/** A branch `topic` on which an agent added lines, and `main` on which a person did above. */
async function withTopic(): Promise<NotedRepository> {
  const repository = await withBase();
  repository.git('switch', '--quiet', '--create', 'topic');
  repository.agent('a.py', ...base, ...purge);
  repository.commit('topic');
  repository.git('switch', '--quiet', 'main');
  repository.write('a.py', ...mine);
  repository.commit('mine');
  return repository;
}

/** As a clone has it that fetched the notes. */
async function elsewhere(repository: NotedRepository, file = 'a.py', branch = 'HEAD'): Promise<string> {
  return repository.cloned(branch).blame(file);
}

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'an agent writes, somebody edits another line and tells nobody, the agent writes again, and all is committed', evidence: 'reported', result: 'the lines of both its writes are noted' }, async () => {
    const repository = await withBase();
    repository.agent('a.py', ...base, ...purge);
    repository.write('a.py', ...mine, ...purge);
    repository.agent('a.py', ...mine, ...purge, ...later);
    repository.commit();
    assert.deepEqual(repository.note(), ['a.py claude-code 12-17']);
    assert.equal(await elsewhere(repository), '?'.repeat(11) + 'A'.repeat(6));
  });

  scenario({ case: 'a merge with a conflict that an agent resolves', evidence: 'reported', result: 'what came from the branch without a conflict stays the AI\'s, and no marker of the conflict counts as deleted' }, async () => {
    const repository = await withTwoLimits();
    repository.fails('merge', '--quiet', 'topic');
    repository.agent('a.py', ...mine.with(7, 'LIMIT = 25'), ...purge);
    repository.commit('merged');
    assert.deepEqual(repository.note(), ['a.py claude-code 8,12-14']);
    assert.doesNotMatch(repository.git('notes', '--ref=ai', 'show', 'HEAD'), /<<<<<<<|=======|>>>>>>>/);
    assert.equal(await elsewhere(repository), '???????!A???AAA');
  });

  scenario({ case: 'a cherry-pick with a conflict that an agent resolves', evidence: 'reported', result: 'what came with the picked commit stays the AI\'s' }, async () => {
    const repository = await withTwoLimits();
    repository.fails('cherry-pick', 'topic');
    repository.agent('a.py', ...mine.with(7, 'LIMIT = 25'), ...purge);
    repository.git('add', '--all');
    repository.git('cherry-pick', '--continue');
    assert.deepEqual(repository.note(), ['a.py claude-code 8,12-14']);
  });

  scenario({ case: 'merge --no-commit, cherry-pick -n or merge --squash, and an agent that writes on before the commit', evidence: 'reported', result: 'what came from the branch stays the AI\'s' }, async () => {
    const repository = await withTopic();
    for (const command of [['merge', '--quiet', '--no-ff', '--no-commit'], ['cherry-pick', '--no-commit'], ['merge', '--quiet', '--squash']]) {
      repository.git('switch', '--quiet', '--create', command.join(''), 'main');
      repository.git(...command, 'topic');
      repository.agent('a.py', ...mine, ...purge, ...later);
      repository.commit('brought');
      assert.deepEqual(repository.note(), ['a.py claude-code 12-17'], command.join(' '));
    }
  });

  scenario({ case: 'a rebase that stops to edit a commit, to which an agent adds', evidence: 'reported', result: 'the lines that the commit had and those added are the AI\'s' }, async () => {
    const repository = await withTopic();
    repository.git('switch', '--quiet', 'topic');
    repository.sandbox.gitWith({ env: { GIT_SEQUENCE_EDITOR: "sed -i -e '1s/pick/edit/'" } }, 'rebase', '--quiet', '--interactive', 'main');
    repository.agent('a.py', ...mine, ...purge, ...later);
    repository.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    repository.git('rebase', '--continue');
    assert.deepEqual(repository.note(), ['a.py claude-code 12-17']);
  });

  scenario({ case: 'a commit made before the hooks were there', evidence: 'reported', result: 'the next commit notes the lines of both' }, async () => {
    const repository = await withBase();
    repository.agent('a.py', ...base, ...purge);
    repository.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--all', '--message=not noted');
    repository.agent('a.py', ...base, ...purge, ...later);
    repository.commit();
    assert.deepEqual(repository.note(), ['a.py claude-code 11-16']);
    assert.equal(await elsewhere(repository), '?'.repeat(10) + 'A'.repeat(6));
  });

  scenario({ case: 'a commit whose note could not be written', evidence: 'reported', result: 'its lines are noted with the next commit of the file' }, async () => {
    const repository = await withBase();
    repository.agent('a.py', ...base, ...purge);
    repository.write('.git/refs/notes/ai.lock');
    repository.commit('not noted');
    assert.equal(repository.hasNote(), false);
    rmSync(repository.sandbox.at('.git/refs/notes/ai.lock'));
    repository.write('a.py', ...mine, ...purge);
    repository.commit();
    assert.deepEqual(repository.note(), ['a.py claude-code 12-14']);
  });

  scenario({ case: 'what an agent wrote is stashed, it writes elsewhere in the file, that is committed, the stash popped, and it writes on', evidence: 'reported', result: 'the lines of all its writes are its own before the commit, and noted, a short one amid them too' }, async () => {
    const repository = await withBase();
    const [stashed, limited] = [[...base, ...purge, '    x()'], base.with(6, 'LIMIT = 20')];
    repository.agent('a.py', ...stashed);
    repository.git('stash', '--quiet');
    repository.agent('a.py', ...limited);
    repository.commit('limited');
    repository.git('stash', 'pop', '--quiet');
    assert.equal(await repository.blame('a.py'), '??????!A???AAAA');
    repository.agent('a.py', ...stashed.with(6, 'LIMIT = 20'), ...later);
    assert.equal(await repository.blame('a.py'), '??????!A???AAAAAAA');
    repository.commit('all');
    assert.deepEqual(repository.note(), ['a.py claude-code 7,11-17']);
  });

  scenario({ case: 'an agent\'s line is stashed, or picked with cherry-pick -n, onto a commit that a person made meanwhile, a person changes a part of it unseen, and the agent writes elsewhere', evidence: 'reported', result: 'what is left of the line is the AI\'s in the work tree, in the note and elsewhere' }, async () => {
    const withLine = (lines: readonly string[], ...line: string[]) => lines.toSpliced(-4, 0, ...line);
    const changed = withLine(mine, 'os.system("rm -rf /var/lib/mysql " + the_person)');
    for (const way of ['stash', 'pick']) {
      const repository = await withBase();
      if (way === 'pick') repository.git('switch', '--quiet', '--create', 'topic');
      repository.agent('a.py', ...withLine(base, 'os.system("rm -rf /var/lib/postgres " + the_agent)'));
      if (way === 'pick') repository.commit('topic');
      repository.git(...(way === 'pick' ? ['switch', '--quiet', 'main'] : ['stash', '--quiet']));
      repository.write('a.py', ...mine);
      repository.commit('mine');
      repository.git(...(way === 'pick' ? ['cherry-pick', '--no-commit', 'topic'] : ['stash', 'pop', '--quiet']));
      repository.write('a.py', ...changed);
      // A commit's time is known by the second: what is told after it counts from the next one on.
      await setTimeout(1000 - (Date.now() % 1000));
      repository.agent('a.py', ...changed, ...later);
      assert.equal(await repository.blame('a.py'), '???????A????AAA', way);
      repository.commit('changed');
      assert.deepEqual(repository.note(), ['a.py claude-code 8,13-15'], way);
      assert.equal(await elsewhere(repository), '???????A????AAA', way);
    }
  });

  scenario({ case: 'filter-branch that rewords commits, and git am of one, of which no hook of ours hears', evidence: 'reported', result: 'the lines are found by the texts that the notes of the first commits are about' }, async () => {
    const repository = await withTopic();
    const patch = repository.git('format-patch', '-1', '--stdout', 'topic');
    repository.sandbox.gitWith({ env: { FILTER_BRANCH_SQUELCH_WARNING: '1' } }, 'filter-branch', '--msg-filter', 'sed s/topic/reworded/', 'main..topic');
    assert.equal(repository.hasNote('topic'), false);
    assert.equal(await elsewhere(repository, 'a.py', 'topic'), '?'.repeat(10) + 'AAA');
    repository.sandbox.write('a.patch', `${patch}\n`);
    repository.git('am', '--quiet', '--3way', 'a.patch');
    assert.equal(await elsewhere(repository), '?'.repeat(11) + 'AAA');
  });

  scenario({ case: 'merge -X ours, and merge -s ours, of a branch on which an agent changed a line that a person changed too', evidence: 'reported', result: 'the line that was kept is unknown, never the agent\'s nor seen to be a person\'s, and what came of the branch is the agent\'s' }, async () => {
    const repository = await withTwoLimits();
    repository.git('merge', '--quiet', '--no-edit', '-X', 'ours', 'topic');
    assert.deepEqual(repository.note(), ['a.py claude-code 12-14']);
    assert.match(await elsewhere(repository), /^\?{7}!?[U?]\?{3}AAA$/);
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    repository.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'topic');
    assert.match(await elsewhere(repository), /^\?{7}!?[U?]\?{3}$/);
  });

  scenario({ case: 'an amendment that nobody saw being written brings a bracket at another place, where one that a person was seen to write had gone', evidence: 'none', result: 'it is nobody\'s' }, async () => {
    const repository = await withBase();
    const withBracket = (...lines: readonly string[]) => [...base.slice(0, 2), ...lines, '}', ...base.slice(2)];
    repository.person('a.py', ...withBracket());
    repository.commit('typed');
    repository.write('a.py', ...base);
    repository.commit('gone');
    repository.write('a.py', ...withBracket('for (;;) {'));
    repository.git('commit', '--quiet', '--all', '--amend', '--no-edit');
    assert.equal(await repository.blame('a.py'), '?'.repeat(12));
  });

  scenario({ case: 'a tree in which somebody edits on, or a merge stopped, after much came with commits that nobody saw being written', evidence: 'reported', result: 'the AI\'s lines are the AI\'s, and what the commits hold is not called unknown for coming at once: it is nobody\'s' }, async () => {
    const repository = await withBase();
    const much = Array.from({ length: 14 }, (_, at) => `def came_with_the_commit_${at}(x): return compute_${at}(x)`);
    repository.git('switch', '--quiet', '--create', 'topic');
    repository.write('a.py', ...much, ...base.with(6, 'LIMIT = 20'));
    repository.commit('much');
    repository.git('switch', '--quiet', 'main');
    repository.agent('a.py', ...base.with(6, 'LIMIT = 30'), ...purge);
    repository.commit('an AI');
    repository.fails('merge', '--quiet', 'topic');
    assert.match(await repository.blame('a.py'), /^\?{14}.*AAA$/);
    repository.write('a.py', ...much, ...base.with(6, 'LIMIT = 30'), ...purge);
    repository.commit('merged');
    repository.write('a.py', ...much, ...base.with(6, 'LIMIT = 30'), ...purge, '# the end');
    assert.equal(await repository.blame('a.py'), `${'?'.repeat(20)}!A???AAAU`);
  });

  scenario({ case: 'an agent writes on a rebased branch, and git checkout -m or a stash carries that to another', evidence: 'reported', result: 'the AI\'s line is the AI\'s, and what people committed there is not of unknown origin' }, async () => {
    const repository = await withTopic();
    const upstream = ['# what a person wrote upstream, at some length', '# and some more of the same, so that it is much', '# and the rest of all that there is to be said of it'];
    repository.write('a.py', ...upstream, ...mine);
    repository.commit('upstream');
    repository.git('switch', '--quiet', 'topic');
    repository.git('rebase', '--quiet', 'main');
    for (const carry of [[['checkout', '--quiet', '--merge', 'main']], [['stash', '--quiet'], ['switch', '--quiet', 'main'], ['stash', 'pop', '--quiet']]]) {
      repository.git('switch', '--quiet', 'topic');
      const [first = '', ...rest] = base;
      repository.agent('a.py', ...upstream, ...mine.slice(0, 1), first, 'import shutil', ...rest, ...purge);
      for (const args of carry) repository.git(...args);
      assert.equal(await repository.blame('a.py'), '?????A?????????');
      repository.git('checkout', '--quiet', '--', '.');
    }
  });

  scenario({ case: 'an agent writes lines, a person changes a word of one and puts a line behind it, the agent writes elsewhere, and all is committed', evidence: 'reported', result: 'each of the agent\'s lines is the AI\'s before the commit and after it, here and in a clone, and the person\'s is not' }, async () => {
    const script = ['#!/bin/sh', 'cd /srv || exit', 'sync', 'exit 0'];
    const wiped = ['backup --to "$TARGET" --level 3', 'rm -rf "/srv/data/$OLD"', 'terraform destroy -auto-approve'];
    const withWiped = (...lines: string[]) => [...script.slice(0, 2), ...lines, ...script.slice(2)];
    const repository = await NotedRepository.make();
    repository.write('a.sh', ...script);
    repository.commit('base');
    repository.agent('a.sh', ...withWiped(...wiped));
    const changed = withWiped('backup --to "$TARGET" --level 4', 'logger -t ops "we go on now" --to "$TARGET"', ...wiped.slice(1));
    repository.write('a.sh', ...changed);
    repository.agent('a.sh', ...changed, 'logger done');
    assert.equal(await repository.blame('a.sh'), '??A?AA??A');
    repository.commit('all');
    assert.equal(await repository.blame('a.sh'), '??A?AA??A');
    assert.equal(await repository.cloned().blame('a.sh'), '??A?AA??A');
  });
});
