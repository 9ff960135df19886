import assert from 'node:assert/strict';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes } from './sandbox.ts';

const cleaning = (name: string): string[] => [`${name}() {`, '  d=$1', '  rm -rf $d', '}', ''];
const returning = (name: string): string[] => [`function ${name}() {`, '  return 1;', '}', ''];
const testing = (name: string, value: number): string[] => [`it('${name}', () => {`, '  const c = make();', `  expect(run(c)).toBe(${value});`, '});', ''];

async function withBetween(file: string, base: readonly (readonly string[])[], made: readonly string[]): Promise<NotedRepository> {
  const [one = [], two = []] = base;
  const repository = await NotedRepository.make();
  repository.write(file, ...one, ...two);
  repository.commit('base');
  repository.agent(file, ...one, ...made, ...two);
  repository.commit('made');
  return repository;
}

scenarios('Duplicates', () => {
  after(removeSandboxes);

  scenario({ case: 'an AI\'s function between two others with the same body, committed', evidence: 'reported', result: 'all of it is the AI\'s in every clone, and its deletion is found there' }, async () => {
    const repository = await withBetween('a.sh', [cleaning('clean_one'), cleaning('clean_last')], cleaning('clean_robot'));
    assert.deepEqual(repository.note(), ['a.sh claude-code 6-10']);
    const clone = repository.cloned();
    assert.equal(await clone.blame('a.sh'), '?????AAAAA?????');
    const { code, stdout } = await repository.sandbox.run(['check', '--diff', 'HEAD~1..HEAD', '--scope', 'ai', '--fail-on', 'low'], { cwd: clone.folder });
    assert.equal(code, 1);
    assert.match(stdout, /^a\.sh:8:3 .*recursive-delete/m);
  });

  scenario({ case: 'people\'s functions with the same body come before an AI\'s and behind it', evidence: 'reported', result: 'each is whose it was, in its own clone and in others; of the blank line between two nothing need be known' }, async () => {
    const repository = await withBetween('a.ts', [returning('one'), returning('two')], returning('middle'));
    repository.write('a.ts', ...returning('zero'), ...returning('one'), ...returning('middle'), ...returning('two'));
    repository.commit('before');
    repository.write('a.ts', ...returning('zero'), ...returning('one'), ...returning('middle'), ...returning('theirs'), ...returning('two'));
    repository.commit('behind');
    for (const each of [repository, repository.cloned()]) assert.match(await each.blame('a.ts'), /^\?{8}AAA[A?]\?{8}$/);
  });

  scenario({ case: 'a person\'s test like an AI\'s is put in front of it', evidence: 'reported', result: 'the AI\'s stays all the AI\'s in a clone' }, async () => {
    const repository = await withBetween('a.ts', [testing('one', 1), testing('last', 9)], testing('robot', 5));
    repository.write('a.ts', ...testing('one', 1), ...testing('mine', 7), ...testing('robot', 5), ...testing('last', 9));
    repository.commit('mine');
    assert.equal(await repository.cloned().blame('a.ts'), '??????????AAAAA?????');
  });
});
