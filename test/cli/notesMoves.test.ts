import assert from 'node:assert/strict';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes } from './sandbox.ts';

const total = ['export function total(order: Order, rate: number): number {', '  const subtotal = order.items.reduce((sum, item) => sum + item.price, 0);', '  return subtotal * (1 + rate);', '}'];
const others = ['export const one = firstOf(all, of, them);', 'export const two = secondOf(all, of, them);', 'export const three = thirdOf(all, of, them);'];
const own = ['export const zero = noneOf(all, of, them);', ...others];
const more = ['export const four = fourthOf(all, of, them);'];

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'an agent moves a person\'s function to another file beside a line of its own, on to a third, and writes on there after the person, each in a commit', evidence: 'reported', result: 'the function is noted as nobody\'s that was seen in each commit, the lines are the agent\'s' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('a.ts', ...total, ...others);
    repository.write('b.ts', ...own);
    repository.commit('by a person');
    repository.agent('a.ts', ...others);
    repository.agent('b.ts', ...more, ...own, ...total);
    repository.commit('moved');
    assert.deepEqual(repository.note(), ['b.ts claude-code 1']);
    assert.equal(await repository.blame('b.ts'), 'A????????');
    repository.agent('b.ts', ...more, ...own);
    repository.agent('c.ts', ...total);
    repository.commit('moved on');
    assert.equal(await repository.blame('c.ts'), '????');
    repository.write('c.ts', '// mine', ...total);
    repository.commit('by the person');
    repository.agent('c.ts', '// mine', ...total, ...more);
    repository.commit('written on');
    assert.deepEqual(repository.note(), ['c.ts claude-code 6']);
    assert.equal(await repository.cloned().blame('c.ts'), '?????A');
  });

  scenario({ case: 'an agent moves a function that nobody committed to another file, and on to a third after a commit of which there was nothing to note', evidence: 'reported', result: 'it is nobody\'s that was seen' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('a.ts', ...others);
    repository.write('b.ts', ...own);
    repository.commit('by a person');
    repository.write('a.ts', ...total, ...others);
    repository.agent('b.ts', ...own, ...total);
    repository.agent('a.ts', ...others);
    repository.commit('moved');
    assert.deepEqual(repository.note(), []);
    repository.agent('b.ts', ...own);
    repository.agent('c.ts', ...total, ...more);
    repository.commit('moved on');
    assert.deepEqual(repository.note(), ['c.ts claude-code 5']);
  });

  scenario({ case: 'an agent moves a person\'s function over a second file to a third before the commit', evidence: 'reported', result: 'it is nobody\'s that was seen before the commit and after' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('a.ts', ...total, ...others);
    repository.write('b.ts', ...own);
    repository.commit('by a person');
    repository.agent('a.ts', ...others);
    repository.agent('b.ts', ...own, ...total);
    repository.agent('b.ts', ...own);
    repository.agent('c.ts', ...more, ...total);
    assert.match(await repository.blame('c.ts'), /^A[-?]{4}$/);
    repository.commit('moved');
    assert.deepEqual(repository.note(), ['c.ts claude-code 1']);
  });

  scenario({ case: 'an agent moves a function that another\'s note says is an AI\'s to another file', evidence: 'reported', result: 'it is an AI\'s there, before the commit and after' }, async () => {
    const author = await NotedRepository.make();
    author.write('b.ts', ...own);
    author.agent('a.ts', ...total, ...others);
    author.commit('by an AI');
    const repository = author.cloned();
    await repository.hook();
    repository.git('config', 'user.name', 'b');
    repository.git('config', 'user.email', 'b@c');
    repository.agent('a.ts', ...others);
    repository.agent('b.ts', ...own, ...total);
    assert.match(await repository.blame('b.ts'), /^[-?]{4}A{4}$/);
    repository.commit('moved');
    assert.deepEqual(repository.note().filter((line) => line.startsWith('b.ts')), ['b.ts claude-code 5-8']);
  });

  scenario({ case: 'an agent writes a file with just the text of one that another\'s note says is an AI\'s', evidence: 'reported', result: 'the copy is an AI\'s, before the commit and after' }, async () => {
    const author = await NotedRepository.make();
    author.agent('a.ts', ...total, ...others);
    author.git('add', '--all');
    author.sandbox.gitWith({ env: { GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' } }, 'commit', '--quiet', '--message=by an AI');
    const repository = author.cloned();
    await repository.hook();
    repository.git('config', 'user.name', 'b');
    repository.git('config', 'user.email', 'b@c');
    repository.agent('b.ts', ...total, ...others);
    assert.equal(await repository.blame('b.ts'), 'AAAAAAA');
    repository.commit('copied');
    assert.equal(await repository.blame('b.ts'), 'AAAAAAA');
  });

  scenario({ case: 'an agent writes a file with just the text of a person\'s, and it is committed', evidence: 'none', result: 'the copy is nobody\'s that was seen, as the first one is' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('a.ts', ...total, ...others);
    repository.git('add', '--all');
    repository.sandbox.gitWith({ env: { GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' } }, 'commit', '--quiet', '--message=by a person');
    repository.agent('b.ts', ...total, ...others);
    assert.match(await repository.blame('b.ts'), /^[-?]{7}$/);
    repository.commit('copied');
    assert.equal(await repository.blame('b.ts'), '???????');
  });

  scenario({ case: 'what an agent wrote is copied before anybody commits or looks, and it writes on in a second copy', evidence: 'reported', result: 'it is the AI\'s in both copies, in a clone too, but for a bracket of the second' }, async () => {
    const repository = await NotedRepository.make();
    const [made, more] = [['function madeByTheAgent() {', '  return byTheAgentAlone();', '}'], ['function more() {', '  return byTheAgentToo();', '}']];
    repository.write('readme', 'base');
    repository.commit('base');
    repository.agent('a.ts', ...made);
    repository.write('copy.ts', ...made);
    repository.write('second.ts', ...made);
    repository.agent('second.ts', ...made, ...more);
    repository.commit('all');
    const clone = repository.cloned();
    assert.equal(await clone.blame('copy.ts'), 'AAA');
    assert.match(await clone.blame('second.ts'), /^AA[A?]AAA$/);
  });
});
