import assert from 'node:assert/strict';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes } from './sandbox.ts';

const base = ['echo start', 'exit 0'];
/** Each line says so little that it could be anybody's. */
const script = ['set -e', 'cd /srv', 'rm -rf /', 'sync'];
const made = ['echo start', ...script, 'exit 0'];

/** The clone of a colleague, with its hooks and all notes, of a branch on which an agent wrote a short script, and a `main` that went on. */
async function colleague(): Promise<NotedRepository> {
  const repository = await NotedRepository.make();
  repository.write('w.sh', ...base);
  repository.commit('base');
  repository.git('switch', '--quiet', '--create', 'topic');
  repository.agent('w.sh', ...made);
  repository.commit('made');
  repository.git('switch', '--quiet', 'main');
  repository.write('w.sh', ...base, 'echo other');
  repository.commit('other');
  const clone = await hooked(repository, 'topic');
  clone.git('fetch', '--quiet', 'origin', 'main:main');
  return clone;
}

async function hooked(repository: NotedRepository, branch?: string): Promise<NotedRepository> {
  const clone = repository.cloned(branch);
  clone.git('config', 'user.name', 'Another');
  clone.git('config', 'user.email', 'another@example.com');
  await clone.hook();
  return clone;
}

async function isFound(repository: NotedRepository): Promise<void> {
  const { stdout } = await repository.sandbox.run(['check', '--diff', 'HEAD~1..HEAD', '--scope', 'ai'], { cwd: repository.folder });
  assert.match(stdout, /w\.sh:\d:1 critical .*recursive-delete/);
}

scenarios('Git', () => {
  after(removeSandboxes);

  const cases: readonly (readonly [name: string, work: (clone: NotedRepository) => void, expected: string])[] = [
    ['rebases', (clone) => clone.git('rebase', '--quiet', 'main'), '?AAAA??'],
    ['picks', (clone) => clone.git('switch', '--quiet', 'main') + clone.git('cherry-pick', 'topic'), '?AAAA??'],
    [
      'amends',
      (clone) => {
        clone.write('w.sh', ...made.with(4, 'nice sync'));
        clone.git('commit', '--quiet', '--all', '--amend', '--no-edit');
      },
      '?AAAA?',
    ],
    [
      'commits anew after a reset to its parent',
      (clone) => {
        clone.git('reset', '--quiet', '--soft', 'HEAD~1');
        clone.write('w.sh', ...made.with(4, 'nice sync'));
        clone.commit('again');
      },
      '?AAAA?',
    ],
  ];
  scenario({ case: 'a colleague, who has only the notes, rebases, picks, amends or commits anew short lines of an agent\'s', evidence: 'reported', result: 'the lines are known by the patch, however little each says, and found by check' }, async () => {
    for (const [name, work, expected] of cases) {
      const clone = await colleague();
      work(clone);
      assert.equal(await clone.blame('w.sh'), expected, name);
      await isFound(clone);
      assert.equal(await clone.cloned().blame('w.sh'), expected, name);
    }
  });

  scenario({ case: 'an agent\'s file is put over a person\'s, or two files change names', evidence: 'reported', result: 'the lines are known where they stand now, in every clone' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('old.sh', ...base);
    repository.agent('new.sh', ...script, 'deployEverything now');
    repository.commit('base');
    repository.git('mv', '--force', 'new.sh', 'old.sh');
    repository.commit('over');
    assert.equal(await repository.cloned().blame('old.sh'), 'AAAAA');
    repository.write('mine.sh', 'echo "this is a person\'s script"', ...base);
    repository.commit('mine');
    repository.git('mv', 'old.sh', 'third');
    repository.git('mv', 'mine.sh', 'old.sh');
    repository.git('mv', 'third', 'mine.sh');
    repository.commit('swapped');
    assert.equal(await repository.cloned().blame('mine.sh'), 'AAAAA');
    assert.equal(await repository.cloned().blame('old.sh'), '???');
  });

  scenario({ case: 'a clone without the notes of what stood there before takes a squash by a forge', evidence: 'reported', result: 'its note leaves that to the notes of others' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('a.ts', 'one();', 'two();');
    repository.agent('b.ts', 'anything(byOurAgent);');
    repository.commit('base');
    const clone = await hooked(repository);
    clone.git('switch', '--quiet', '--create', 'topic');
    clone.agent('a.ts', 'one();', 'two();', 'deleteEverything(byTheirAgent);');
    clone.commit('topic');
    repository.agent('a.ts', 'dropTheTables(byOurAgent);', 'one();', 'two();');
    repository.commit('ours');
    repository.write('a.ts', 'dropTheTables(byOurAgent);', 'one();', 'two();', 'deleteEverything(byTheirAgent);');
    repository.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--all', '--message=Squashed (#1)');
    clone.git('switch', '--quiet', '-');
    clone.git('pull', '--quiet', '--no-rebase', 'origin', 'HEAD');
    assert.ok(clone.hasNote());
    clone.git('fetch', '--quiet', 'origin', '+refs/notes/ai:refs/notes/theirs');
    clone.git('notes', '--ref=ai', 'merge', '--quiet', '--strategy=union', 'theirs');
    assert.equal(await clone.blame('a.ts'), 'A??A');
  });

  scenario({ case: 'an agent changes one digit of a short line, committed', evidence: 'reported', result: 'the line is the AI\'s in the note' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('main.tf', 'resource "aws_db_instance" "main" {', '  count = 3', '}');
    repository.commit('base');
    repository.agent('main.tf', 'resource "aws_db_instance" "main" {', '  count = 0', '}');
    repository.commit('none');
    assert.deepEqual(repository.note(), ['main.tf claude-code 2']);
  });

  scenario({ case: 'an agent changes only signs of lines that were committed within the same second', evidence: 'reported', result: 'the lines are the AI\'s in the note, also when the commit is amended' }, async () => {
    const repository = await NotedRepository.make();
    const lines = (test: string, step: string) => ['import x from "y";', `if (accounts.length ${test} limit) removeThem(accounts);`, `left ${step} 1;`, 'return accounts.open;'];
    repository.write('a.ts', ...lines('<', '+='));
    repository.commit('base');
    repository.agent('a.ts', ...lines('>=', '-='));
    repository.commit('signs');
    assert.deepEqual(repository.note(), ['a.ts claude-code 2-3']);
    repository.git('commit', '--quiet', '--amend', '--message=other words');
    assert.deepEqual(repository.note(), ['a.ts claude-code 2-3']);
  });

  scenario({ case: 'a note of git-ai\'s that names a person\'s brackets, and only the commit\'s words are amended', evidence: 'reported', result: 'each line is whose it was' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('a.ts', 'export function purge(items) {', '  for (const i of items) {', '    drop(i);', '  }', '}');
    repository.commit('base');
    const metadata = { schema_version: 'authorship/3.0.0', base_commit_sha: repository.git('rev-parse', 'HEAD'), prompts: { '0123456789abcdef': { agent_id: { tool: 'cursor', id: 'c', model: 'm' } } }, humans: { h_00112233445566: { author: 'Pat <pat@example.com>' } } };
    repository.git('notes', '--ref=ai', 'add', '--force', `--message=a.ts\n  0123456789abcdef 1-3\n  h_00112233445566 4-5\n---\n${JSON.stringify(metadata)}`);
    assert.equal(await repository.blame('a.ts'), 'AAA--');
    repository.git('commit', '--quiet', '--amend', '--message=other words');
    assert.equal(await repository.blame('a.ts'), 'AAA--');
  });

  scenario({ case: 'a formatter breaks an agent\'s line before the commit, in a file of which it indents a person\'s lines anew', evidence: 'reported', result: 'all of its lines are noted, and none of the person\'s; `check --scope ai` has the finding in every clone' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('w.py', 'import shutil', 'def first(value):', '  return handle(value)');
    repository.commit('base');
    repository.agent('w.py', 'import shutil', 'def first(value):', '  shutil.rmtree("/srv/data", ignore_errors=True, onerror=handler)', '  return handle(value)');
    repository.write('w.py', 'import shutil', '', 'def first(value):', '    shutil.rmtree(', "        '/srv/data',", '        ignore_errors=True,', '        onerror=handler,', '    )', '    return handle(value)');
    repository.commit('formatted');
    assert.deepEqual(repository.note(), ['w.py claude-code 4-8']);
    const clone = await hooked(repository);
    clone.git('fetch', '--quiet', 'origin', 'refs/notes/ai:refs/notes/ai');
    const { stdout } = await clone.sandbox.run(['check', '--diff', 'HEAD~1..HEAD', '--scope', 'ai'], { cwd: clone.folder });
    assert.match(stdout, /w\.py:4:5 high .*file-tree-delete/);
  });
});
