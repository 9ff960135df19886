import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes, risky, Sandbox } from './sandbox.ts';

const base = ['const one = first();', 'const two = second();', 'const three = third();', 'const four = fourth();'];
const made = ['function made() {', '  return byTheAgent();', '}'];
const later = ['function later() {', '  return byTheAgentToo();', '}'];

/** A branch `topic` with a commit of an agent's, of which git carries the notes along itself. */
async function carriedByGit(mode?: string): Promise<NotedRepository> {
  const repository = await NotedRepository.withTopic(base, made);
  repository.git('config', 'notes.rewriteRef', 'refs/notes/*');
  if (mode !== undefined) repository.git('config', 'notes.rewriteMode', mode);
  return repository;
}

function baseOf(repository: NotedRepository, commit: string): string {
  return /"base_commit_sha": "([0-9a-f]+)"/.exec(repository.git('notes', '--ref=ai', 'show', commit))?.[1] ?? '';
}

/** Puts a text on a commit in place of its note. */
function putNote(repository: NotedRepository, text: string, commit = 'HEAD'): string {
  writeFileSync(repository.sandbox.at('note'), text);
  repository.git('notes', '--ref=ai', 'add', '--force', `--file=${repository.sandbox.at('note')}`, commit);
  return repository.git('notes', '--ref=ai', 'list', commit);
}

/** A note as git-ai writes one on the last commit. */
function gitAi(repository: NotedRepository, metadata: Record<string, unknown>, ...entries: string[]): string {
  const sessions = { s_0123456789abcd: { agent_id: { tool: 'cursor', id: 'x', model: 'm' } } };
  return `a.ts\n${entries.join('\n')}\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: repository.git('rev-parse', 'HEAD'), prompts: {}, sessions, ...metadata })}`;
}

scenarios('Git', () => {
  after(removeSandboxes);

  for (const mode of [undefined, 'overwrite', 'cat_sort_uniq', 'ignore']) {
    it(`git carries notes along itself (notes.rewriteRef, ${mode ?? 'concatenate'}), and a commit is amended: the new one has its own note`, async () => {
      const repository = await carriedByGit(mode);
      repository.agent('a.ts', ...base, ...made, ...later);
      repository.git('commit', '--quiet', '--all', '--amend', '--no-edit');
      assert.deepEqual(repository.note(), ['a.ts claude-code 5-10']);
      assert.equal(baseOf(repository, 'HEAD'), repository.git('rev-parse', 'HEAD'));
      assert.equal(await repository.cloned().blame('a.ts'), '????AAAAAA');
    });
  }

  scenario({ case: 'a commit is amended whose note, of git-ai, names an AI and people', evidence: 'reported', result: 'the new one names them too, with all that was said of them' }, async () => {
    const repository = await NotedRepository.make();
    repository.write('a.ts', ...base, ...made);
    repository.commit('base');
    const head = repository.git('rev-parse', 'HEAD');
    const metadata = { schema_version: 'authorship/3.0.0', base_commit_sha: head, prompts: {}, sessions: { s_0123456789abcd: { agent_id: { tool: 'cursor', id: 'x', model: 'm' } } }, humans: { h_0123456789abcd: { author: 'Ann <ann@example.com>' } } };
    putNote(repository, `a.ts\n  h_0123456789abcd 1-4\n  s_0123456789abcd::t_0123456789abcd 5-7\n---\n${JSON.stringify(metadata)}`);
    repository.agent('b.ts', ...later);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--amend', '--no-edit');
    const note = repository.git('notes', '--ref=ai', 'show', 'HEAD');
    assert.match(note, /^ {2}h_0123456789abcd 1-4$/m);
    assert.match(note, /^ {2}s_0123456789abcd::t_0123456789abcd 5-7$/m);
    assert.match(note, /"author": "Ann <ann@example.com>"/);
  });

  scenario({ case: 'only the words of a commit are amended that our hook noted and git-ai noted after it, in its own words', evidence: 'reported', result: 'the new note has what both say, and what neither understands' }, async () => {
    const repository = await NotedRepository.withTopic(base, made);
    putNote(repository, gitAi(repository, { humans: {}, future: { a: [1] } }, '  s_0123456789abcd::t_0123456789abcd 6'));
    repository.git('commit', '--quiet', '--amend', '--message=other words');
    assert.deepEqual(repository.note().sort(), ['a.ts claude-code 5-7', 'a.ts cursor 6']);
    assert.match(repository.git('notes', '--ref=ai', 'show', 'HEAD'), /"future"/);
  });

  scenario({ case: 'a note of git-ai has the numbers of before a rebase onto lines of a person\'s, and it was noted of that commit', evidence: 'none', result: 'it is told and not believed: the person\'s lines are not the AI\'s' }, async () => {
    const repository = NotedRepository.of(Sandbox.repository());
    repository.write('a.ts', ...later, ...base);
    repository.commit('upstream');
    repository.write('a.ts', ...later, ...base, ...made);
    repository.commit('rebased');
    putNote(repository, gitAi(repository, {}, '  s_0123456789abcd::t_0123456789abcd 5-7'));
    const { stdout, stderr } = await repository.sandbox.run(['blame', '--format', 'json', 'a.ts']);
    assert.doesNotMatch(stdout, /"ai"/);
    assert.match(stderr, /names line 5 of "a\.ts", which that commit did not change/);
    putNote(repository, gitAi(repository, {}, '  s_0123456789abcd::t_0123456789abcd 8-10'));
    assert.equal(await repository.blame('a.ts'), '???????AAA');
  });

  scenario({ case: 'a person changes one character of an AI\'s line, and git-ai calls it the person\'s from then on', evidence: 'reported', result: 'it is still the AI\'s, and those that were not touched are too' }, async () => {
    const repository = NotedRepository.of(Sandbox.repository());
    repository.write('a.ts', ...base);
    repository.commit('base');
    repository.write('a.ts', ...base, ...made);
    repository.commit('made');
    putNote(repository, gitAi(repository, {}, '  s_0123456789abcd::t_0123456789abcd 5-7'));
    repository.write('a.ts', ...base.with(0, 'let other = entirely(new);'), made[0] ?? '', '  return  byTheAgent();', ...made.slice(2));
    repository.commit('one blank');
    const humans = { h_0123456789abcd: { author: 'Ann <ann@example.com>' } };
    putNote(repository, gitAi(repository, { humans }, '  h_0123456789abcd 1,6'));
    assert.equal(await repository.blame('a.ts'), '-???AAA');
    putNote(repository, gitAi(repository, {}, '  h_0123456789abcd 1,6'));
    assert.equal(await repository.blame('a.ts'), '????AAA', 'nobody says who that person is');
  });

  it('tells what notes say also where what it found out cannot be kept, as in a repository that may only be read', async () => {
    const clone = (await carriedByGit()).cloned();
    mkdirSync(path.join(clone.folder, '.git/firebreak'), { recursive: true });
    symlinkSync('nowhere/at/all', path.join(clone.folder, '.git/firebreak/lines'));
    assert.equal(await clone.blame('a.ts'), '????AAA');
  });

  scenario({ case: 'git carries notes along itself, and commits are rebased onto a person\'s lines', evidence: 'reported', result: 'just the agent\'s lines are the agent\'s, and each note is about its commit' }, async () => {
    const repository = await carriedByGit();
    repository.agent('b.ts', ...later);
    repository.commit('later');
    repository.git('switch', '--quiet', 'main');
    repository.write('a.ts', ...later.map((line) => `// ${line}`), 'const zero = 0;', ...base);
    repository.commit('upstream');
    repository.git('switch', '--quiet', 'topic');
    repository.git('rebase', '--quiet', 'main');
    assert.deepEqual([repository.note('HEAD~'), repository.note('HEAD')], [['a.ts claude-code 9-11'], ['b.ts claude-code 1-3']]);
    for (const commit of ['HEAD', 'HEAD~']) assert.equal(baseOf(repository, commit), repository.git('rev-parse', commit));
    assert.equal(await repository.cloned().blame('a.ts'), '????????AAA');
  });

  scenario({ case: 'a note of another commit stands on one before ours is written', evidence: 'reported', result: 'it is not merged with ours, and which object held it is kept' }, async () => {
    const repository = await carriedByGit();
    const [copied, noted] = [repository.git('rev-parse', 'HEAD'), repository.git('notes', '--ref=ai', 'list', 'HEAD')];
    repository.agent('b.ts', ...later);
    repository.git('add', '--all');
    repository.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=later');
    repository.git('notes', '--ref=ai', 'copy', copied, 'HEAD');
    repository.sandbox.git('hook', 'run', 'post-commit');
    assert.deepEqual(repository.note(), ['b.ts claude-code 1-3']);
    assert.match(repository.git('notes', '--ref=ai', 'show', 'HEAD'), new RegExp(`"setAside": \\{\\s+"${noted}": "it is about another commit"`));
  });

  scenario({ case: 'notes that another clone\'s git put one behind the other', evidence: 'reported', result: 'the one about the commit is read' }, async () => {
    const repository = await carriedByGit();
    const [first, text] = [repository.git('rev-parse', 'HEAD'), repository.git('notes', '--ref=ai', 'show', 'HEAD')];
    putNote(repository, `${text.replaceAll(first, 'd'.repeat(40)).replace(' 5-7', ' 1-7')}\n\n${text}`);
    assert.equal(await repository.cloned().blame('a.ts'), '????AAA');
  });

  scenario({ case: 'a note that is broken', evidence: 'none', result: 'it is told with its commit and line, once, by blame and by check' }, async () => {
    const repository = await carriedByGit();
    repository.write('a.ts', ...base, ...made, risky.trim());
    repository.write('b.ts', risky.trim());
    repository.commit('a person');
    const commit = repository.git('rev-parse', 'HEAD~');
    putNote(repository, 'a.ts\n  s_1 5-7\n---\n{"schema_version": "authorship/3.0.0",\n broken}', commit);
    const clone = repository.cloned();
    const told = `firebreak: the note on commit ${commit} is broken in line 5 and not believed: the metadata is not JSON; see it: git notes --ref=ai show ${commit}\n`;
    for (const args of [['blame', 'a.ts'], ['blame', 'a.ts'], ['check', '--diff', 'HEAD~..HEAD', '--scope', 'ai']]) {
      const { stderr } = await repository.sandbox.run(args, { cwd: clone.folder });
      assert.equal(stderr.split(told).length, 2, `${args.join(' ')}: ${stderr}`);
    }
  });

  scenario({ case: 'a commit is noted on which something broken stands', evidence: 'reported', result: 'the note is written, and what was broken is kept' }, async () => {
    const repository = await carriedByGit();
    const broken = putNote(repository, 'broken');
    repository.sandbox.git('hook', 'run', 'post-commit');
    assert.deepEqual(repository.note(), ['a.ts claude-code 5-7']);
    const written = repository.git('notes', '--ref=ai', 'show', 'HEAD');
    assert.match(written, new RegExp(`"${broken}": "line 2: no line is ---`));
    assert.equal(repository.git('-C', repository.cloned().folder, 'cat-file', '-p', broken), 'broken');
    repository.sandbox.git('hook', 'run', 'post-commit');
    assert.equal(repository.git('notes', '--ref=ai', 'show', 'HEAD'), written);
  });

  scenario({ case: 'a line of traces.jsonl that is no record', evidence: 'none', result: 'it is told with its number each time' }, async () => {
    const repository = await carriedByGit();
    mkdirSync(`${repository.folder}/.agent-trace`);
    appendFileSync(`${repository.folder}/.agent-trace/traces.jsonl`, '\n{"version":"1.0"}\n{broken\n');
    for (const time of ['first', 'second']) {
      const { stderr } = await repository.sandbox.run(['blame', 'a.ts']);
      assert.match(stderr, /^firebreak: \.agent-trace\/traces\.jsonl:2 is no record of Agent Trace and was passed over: .+\nfirebreak: \.agent-trace\/traces\.jsonl:3 .+: it is not JSON\n$/, time);
    }
  });
});
