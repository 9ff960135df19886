import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { openRepository } from '../../src/node/repository.ts';
import { scenario, scenarios } from '../attribution/scenario.ts';
import { NotedRepository } from '../support/notedRepository.ts';
import { call } from './hooked.ts';
import { quietEnvironment, removeSandboxes, Sandbox } from './sandbox.ts';

const base = ['const a = first();', 'const b = second();', 'const c = third();'];
const made = ['function wipe() {', '  return removeEverything();', '}'];

/** What Claude Code sends before and after a command. */
function payload({ folder }: NotedRepository, event: 'Pre' | 'Post', command: string) {
  return { session_id: 's', cwd: folder, hook_event_name: `${event}ToolUse`, tool_name: 'Bash', tool_input: { command }, tool_use_id: `toolu_${command}` };
}

async function tell(repository: NotedRepository, event: 'Pre' | 'Post', command: string): Promise<void> {
  const { code, stderr } = await call(repository.sandbox, 'claude-code', payload(repository, event, command), repository.folder);
  assert.deepEqual([code, stderr], [0, '']);
}

async function withBase(): Promise<NotedRepository> {
  const repository = await NotedRepository.make();
  repository.write('a.ts', ...base);
  repository.commit('base');
  return repository;
}

scenarios('Git', () => {
  after(removeSandboxes);

  scenario({ case: 'an agent\'s command that writes, commits and pushes, in a clone where nobody told of anything before', evidence: 'reported', result: 'what it wrote is noted before it is pushed, and known in another clone before the command has ended' }, async () => {
    const repository = await withBase();
    repository.git('init', '--quiet', '--bare', '../server.git');
    repository.git('remote', 'add', 'origin', '../server.git');
    await repository.sandbox.run(['init', '--notes'], { cwd: repository.folder });
    const command = 'sed -i s/b/B/ a.ts && ./generate > made.ts && git add -A && git commit -m made && git push';
    await tell(repository, 'Pre', command);
    repository.write('a.ts', base[0] ?? '', 'const b = removeEverything();', base[2] ?? '');
    repository.write('made.ts', ...made);
    const commit = repository.commit('made');
    repository.git('push', '--quiet', 'origin', 'main');
    repository.git('clone', '--quiet', '--branch=main', '../server.git', '../other');
    const other = repository.at('../other');
    other.git('fetch', '--quiet', 'origin', 'refs/notes/ai:refs/notes/ai');
    assert.deepEqual(other.note(commit), ['a.ts claude-code 2', 'made.ts claude-code 1-3']);
    await tell(repository, 'Post', command);
    assert.deepEqual([await repository.blame('a.ts'), await repository.blame('made.ts')], ['?!A?', 'AAA']);
  });

  scenario({ case: 'a command that commits two times, moves a file, takes one away, and writes on', evidence: 'reported', result: 'each commit has what is new in it, and the file on disk the rest' }, async () => {
    const repository = await withBase();
    repository.write('old.ts', ...base, 'export const moved = "long enough to be no chance";');
    repository.write('gone.ts', 'const gone = told();');
    repository.commit('more');
    await tell(repository, 'Pre', './release.sh');
    repository.write('a.ts', ...base, ...made);
    repository.git('mv', 'old.ts', 'moved.ts');
    repository.commit('one');
    repository.write('a.ts', 'import { x } from "y";', ...base, ...made);
    repository.git('rm', '--quiet', 'gone.ts');
    repository.commit('two');
    assert.deepEqual([repository.note('HEAD~1'), repository.note()], [['a.ts claude-code 4-6'], ['a.ts claude-code 1,5-7']]);
    repository.write('a.ts', 'import { x } from "y";', ...base, ...made, 'wipe();');
    await tell(repository, 'Post', './release.sh');
    assert.deepEqual([await repository.blame('a.ts'), await repository.blame('moved.ts')], ['A???AAAA', '????']);
  });

  scenario({ case: 'a command that was not let run, and commits of a person, by hand and in the editor', evidence: 'none', result: 'nothing of them is the agent\'s' }, async () => {
    const repository = await withBase();
    await toldElsewhere(repository, './generate && git commit -am made', () => {
      repository.write('a.ts', ...base, ...made);
      repository.commit('mine');
      return Promise.resolve();
    });
    assert.equal(repository.hasNote(), false);
    await tell(repository, 'Pre', './generate && git commit -am made');
    repository.write('a.ts', ...base, ...made, 'again();');
    repository.sandbox.gitWith({ cwd: repository.folder, env: { VSCODE_GIT_COMMAND: 'commit' } }, 'commit', '--quiet', '--all', '--message=mine');
    assert.equal(repository.hasNote(), false);
    // What is kept of the first says nothing of what another command commits.
    await tell(repository, 'Pre', 'git pull && git commit -am made');
    repository.write('a.ts', ...base, ...made, 'again();', 'andAgain();');
    repository.commit('mine');
    assert.equal(repository.hasNote(), false);
  });

  scenario({ case: 'a command that commits, of an agent whose hooks another program runs, noted by hooks or by the editor', evidence: 'reported', result: 'the commit is noted when the end of the command is told; one of a person\'s during a command that says nothing of commits is not' }, async () => {
    const repository = await withBase();
    const command = './generate && git commit -am made';
    await toldElsewhere(repository, command, async () => {
      repository.write('a.ts', ...base, ...made);
      const commit = repository.commit('made');
      assert.equal(repository.hasNote(), false);
      await tell(repository, 'Post', command);
      await repository.blame('a.ts');
      assert.deepEqual(repository.note(commit), ['a.ts claude-code 4-6']);
    });
    const inEditor = NotedRepository.of(Sandbox.repository());
    await toldElsewhere(inEditor, command, async () => {
      inEditor.write('a.ts', ...made);
      const commit = inEditor.commit('made');
      await (await openRepository(inEditor.folder))?.noteHead();
      assert.equal(inEditor.hasNote(), false);
      await tell(inEditor, 'Post', command);
      await inEditor.blame('a.ts');
      assert.deepEqual(inEditor.note(commit), ['a.ts claude-code 1-3']);
    });
    await toldElsewhere(repository, 'npm test', async () => {
      repository.write('b.ts', 'const mine = byHand();', 'mine.go();');
      const commit = repository.commit('mine');
      await tell(repository, 'Post', 'npm test');
      await repository.blame('b.ts');
      assert.equal(repository.hasNote(commit), false);
    });
  });

  scenario({ case: 'what is kept of running commands is damaged', evidence: 'reported', result: 'commits are noted all the same' }, async () => {
    const repository = await withBase();
    for (const [index, text] of ['', '{', 'null', '[]', '{"above":1}', '{"key":"a","by":{},"above":[null]}'].entries()) repository.sandbox.write(`.git/firebreak/commands/${index}.runs`, text);
    repository.agent('made.ts', ...made);
    repository.commit('made');
    assert.deepEqual(repository.note(), ['made.ts claude-code 1-3']);
  });
});

/** Runs a hook with what it is given, and goes on until its input ends. */
const runsHook = `const { status } = require('node:child_process').spawnSync(process.execPath, [process.argv[1], 'claude-code'], { input: process.argv[2] });
process.stdout.write(String(status)); process.stdin.resume();`;

/** The beginning of a command is told by a program that goes on until the work is done, and of which the work is no part. */
async function toldElsewhere(repository: NotedRepository, command: string, work: () => Promise<void>): Promise<void> {
  const runner = spawn(process.execPath, ['-e', runsHook, path.resolve('dist/hook.js'), JSON.stringify(payload(repository, 'Pre', command))], { cwd: repository.folder, env: quietEnvironment, stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(runner, 'close');
  try {
    assert.equal(String(await once(runner.stdout, 'data')), '0');
    await work();
  } finally {
    runner.stdin.end();
    await closed;
  }
}
