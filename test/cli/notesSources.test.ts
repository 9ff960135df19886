import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { contentHash } from '../../src/core/attribution/notes/contentHash.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { blame, call, short } from './hooked.ts';
import { removeSandboxes, risky, riskyRule, Sandbox } from './sandbox.ts';

const trailer = 'Co-Authored-By: Claude <noreply@anthropic.com>';

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'commits by an AI\'s name in a repository that has no notes at all', evidence: 'inferred', result: 'what they brought is of unknown origin, for blame and for check; what others brought is nobody\'s' }, async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('mine.ts', risky);
    sandbox.commitAll('by hand');
    assert.match((await sandbox.run(['blame', 'mine.ts'])).stderr, /nothing is known of who wrote mine\.ts/);
    sandbox.write('a.ts', risky);
    sandbox.commitAll(`Purge\n\n${trailer}`);
    assert.deepEqual(short(await blame(sandbox, 'a.ts')), ['1 unknown inferred']);
    assert.deepEqual(short(await blame(sandbox, 'mine.ts')), []);
    const { findings } = await sandbox.check(['--diff', 'HEAD~2..HEAD', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ rule, path: file, origin }) => [rule, file, origin?.kind]), [[riskyRule, 'a.ts', 'unknown']]);
  });

  scenario({ case: 'a commit by an AI\'s name, with a note and without, that formats a person\'s file', evidence: 'none', result: 'its lines stay nobody\'s that was seen, but for what is new' }, async () => {
    const repository = await NotedRepository.make();
    repository.agent('other.ts', 'one();');
    for (const file of ['noted.ts', 'plain.ts']) repository.write(file, "export const first = read('one')", "export const second = read('two')");
    repository.commit('by hand');
    const formatted = ['export const first = read("one");', 'export const second = read("two");', 'export const third = readEverything("three");'];
    repository.write('noted.ts', ...formatted);
    repository.commit(`Format\n\n${trailer}`);
    assert.equal(repository.hasNote(), true);
    repository.write('plain.ts', ...formatted);
    repository.git('add', '--all');
    repository.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', `--message=Format\n\n${trailer}`);
    assert.equal(repository.hasNote(), false);
    const clone = repository.cloned();
    assert.deepEqual([await clone.blame('noted.ts'), await clone.blame('plain.ts')], ['??U', '??U']);
  });

  it('a history in which no commit names an AI is looked through once', async () => {
    const sandbox = Sandbox.repository();
    await sandbox.run(['blame', 'README.md']);
    assert.equal(readFileSync(sandbox.at('.git/firebreak/lines/named'), 'utf8'), sandbox.git('rev-parse', 'HEAD'));
    sandbox.write('README.md', 'Other words.\n');
    sandbox.gitWith({ env: { GIT_AUTHOR_NAME: 'Robin (aider)' } }, 'commit', '--quiet', '--all', '--message=words');
    assert.deepEqual(short(await blame(sandbox, 'README.md')), ['1 unknown inferred']);
  });

  scenario({ case: 'notes that were fetched, where no hook has run since', evidence: 'reported', result: 'they are read' }, async () => {
    const source = await NotedRepository.make();
    source.git('clone', '--quiet', '.', '../clone');
    const clone = source.at('../clone');
    await clone.sandbox.run(['init', '--notes'], { cwd: clone.folder });
    for (const [file, lines] of [['a.ts', ['one();', 'two();']], ['b.ts', ['three();']]] as const) {
      source.agent(file, ...lines);
      source.commit();
      clone.git('fetch', '--quiet');
      clone.git('-c', 'core.hooksPath=/dev/null', 'merge', '--quiet', 'origin/main');
      assert.equal(await clone.blame(file), 'A'.repeat(lines.length));
    }
    assert.equal(clone.git('rev-parse', 'refs/notes/ai'), source.git('rev-parse', 'refs/notes/ai'));
  });

  it('files that only the notes know, and that have no finding, are not counted as without attribution', async () => {
    const repository = await NotedRepository.make();
    repository.write('mine.ts', 'mine();');
    for (let at = 0; at < 60; at++) repository.agent(`made${String(at).padStart(2, '0')}.ts`, 'one();', 'two();');
    repository.commit();
    const clone = repository.cloned();
    const { stdout } = await repository.sandbox.run(['check', '--diff', 'HEAD~1..HEAD', '--scope', 'ai'], { cwd: clone.folder });
    assert.match(stdout, /0 findings in 61 checked files; 1 file without attribution\n$/);
  });

  scenario({ case: 'records of Agent Trace, as our own blame writes them', evidence: 'reported', result: 'they are read in another clone, one record a line' }, async () => {
    const repository = await NotedRepository.make();
    repository.agent('a.ts', 'one();', 'two();');
    repository.commit();
    const { stdout } = await repository.sandbox.run(['blame', 'a.ts', '--format', 'agent-trace']);
    assert.match(stdout, /^\{.*\}\n$/);
    repository.git('clone', '--quiet', '.', '../clone');
    const clone = repository.at('../clone');
    assert.equal(await clone.blame('a.ts'), '??');
    clone.write('.agent-trace/traces.jsonl', stdout.trim());
    assert.equal(await clone.blame('a.ts'), 'AA');
  });

  scenario({ case: 'records of Agent Trace of version 1.0, that name no revision', evidence: 'reported', result: 'lines whose content hash they have are the AI\'s; a hash of a kind that is not known says nothing' }, async () => {
    const sandbox = Sandbox.repository();
    const lines = ['one();', 'two();', 'three();'];
    sandbox.write('a.ts', lines.map((line) => `${line}\n`).join(''));
    sandbox.commitAll('a');
    const range = (line: number, hash?: string) => ({ start_line: line, end_line: line, ...(hash !== undefined && { content_hash: hash }) });
    const ranges = [range(1, contentHash(lines.slice(0, 1))), range(2, contentHash(['other();'])), range(2), range(3, 'sha1:0123')];
    sandbox.write('.agent-trace/traces.jsonl', JSON.stringify({ version: '1.0', id: '0190a0a0-0000-7000-8000-000000000000', timestamp: '2026-01-01T00:00:00Z', files: [{ path: 'a.ts', conversations: [{ contributor: { type: 'ai' }, ranges }] }] }));
    assert.deepEqual(short(await blame(sandbox, 'a.ts')), ['1 ai reported unknown']);
  });
});

describe('a repository that the environment names', () => {
  after(removeSandboxes);

  it('is where init, blame, an agent\'s hook and git\'s own work', async () => {
    const sandbox = new Sandbox();
    const work = sandbox.at('files');
    sandbox.write('files/a.ts', 'mine();\n');
    sandbox.git('init', '--quiet', '--template=', '--bare', 'dots.git');
    const env = { GIT_DIR: sandbox.at('dots.git'), GIT_WORK_TREE: work };
    const git = (...args: string[]) => sandbox.gitWith({ cwd: work, env }, '-c', 'user.name=R', '-c', 'user.email=r@example.com', ...args);
    const made = await sandbox.run(['init', '--hook'], { cwd: work, env });
    assert.deepEqual([made.code, existsSync(sandbox.at('dots.git/hooks/post-commit'))], [0, true], made.stderr);
    sandbox.write('files/a.ts', 'mine();\nagents();\n');
    const payload = { agent: 'my-agent', session: 's', event: 'post', files: [{ path: path.join(work, 'a.ts'), before: 'mine();\n', content: 'mine();\nagents();\n' }] };
    await call(sandbox, 'generic', payload, work, { ...process.env, ...env });
    const blamed = async () => {
      const { stdout, stderr } = await sandbox.run(['blame', 'a.ts', '--format', 'json'], { cwd: work, env });
      assert.equal(stderr, '');
      return (JSON.parse(stdout) as { lines: { line: number; tool: string; session: string }[] }).lines.map(({ line, tool, session }) => [line, tool, session]);
    };
    assert.deepEqual(await blamed(), [[2, 'my-agent', 's']]);
    git('add', '--all');
    git('commit', '--quiet', '--message=c');
    assert.match(git('notes', '--ref=ai', 'show', 'HEAD'), /^a\.ts\n {2}s_\S+ 2\n/);
    assert.deepEqual(await blamed(), [[2, 'my-agent', 's']]);
  });

  it('is none to the gate, nor where the folder lies outside of its files', async () => {
    const [named, other] = [Sandbox.repository(), new Sandbox()];
    const env = { GIT_DIR: named.at('.git'), GIT_WORK_TREE: other.folder };
    const gate = await other.run(['gate', '--base', 'HEAD', '--head', 'HEAD', '--target', 'refs/heads/main'], { env });
    assert.equal(gate.code, 2);
    assert.match(gate.stderr, /is in no git repository/);
    const outside = await new Sandbox().run(['init', '--hook'], { env });
    assert.match(outside.stderr, /is in no git repository/);
  });
});
