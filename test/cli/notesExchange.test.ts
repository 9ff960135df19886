import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NotedRepository } from '../support/notedRepository.ts';
import { cli, quietEnvironment, removeSandboxes } from './sandbox.ts';

const made = ['function made() {', '  return byTheAgent();', '}'];

/** Two clones of one bare repository, each with hooks and notes exchanged. */
async function clones(): Promise<readonly [one: NotedRepository, other: NotedRepository]> {
  const source = await NotedRepository.make();
  source.git('init', '--quiet', '--bare', '../server.git');
  source.git('push', '--quiet', '../server.git', 'main');
  const [one, other] = ['../one', '../other'].map((folder) => {
    source.git('clone', '--quiet', '--branch=main', '../server.git', folder);
    const clone = source.at(folder);
    clone.git('config', 'user.name', 'R');
    clone.git('config', 'user.email', 'r@example.com');
    return clone;
  });
  assert.ok(one && other);
  for (const clone of [one, other]) {
    await clone.hook();
    await initNotes(clone);
  }
  return [one, other];
}

async function initNotes(clone: NotedRepository, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await clone.sandbox.run(['init', '--notes', ...args], { cwd: clone.folder });
  assert.equal(code, 0, stderr);
  return stdout;
}

describe('firebreak init --notes', () => {
  after(removeSandboxes);

  it('sets up the rules once, and takes out just them', async () => {
    const [one] = await clones();
    const rules = () => one.git('config', '--get-all', 'remote.origin.fetch').split('\n');
    assert.deepEqual(rules(), ['+refs/heads/*:refs/remotes/origin/*', '+refs/notes/ai*:refs/notes/ai-remote/origin*']);
    assert.match(await initNotes(one), /^origin is as it should be\n/);
    assert.equal(rules().length, 2);
    await initNotes(one, '--remove');
    assert.deepEqual(rules(), ['+refs/heads/*:refs/remotes/origin/*']);
    assert.match(await initNotes(one, '--remove'), /^origin is as it should be\npre-push has nothing of ours/);
  });

  it('pushes notes with commits, and knows them after a pull', async () => {
    const [one, other] = await clones();
    one.agent('a.ts', ...made);
    const commit = one.commit();
    one.git('push', '--quiet');
    other.git('pull', '--quiet');
    assert.deepEqual(other.note(commit), ['a.ts claude-code 1-3']);
    assert.equal(await other.blame('a.ts'), 'AAA');
  });

  it('notes before a push what ran no hook: git am, and programs that call none', async () => {
    const [one, other] = await clones();
    one.git('switch', '--quiet', '--create', 'mailed');
    one.agent('a.ts', ...made);
    one.commit();
    one.git('format-patch', '--quiet', '-1', '--output-directory=.git/patches');
    one.git('switch', '--quiet', 'main');
    one.write('c.ts', 'const upstream = 1;');
    one.commit('upstream');
    one.git('am', '--quiet', `.git/patches/${readdirSync(path.join(one.folder, '.git/patches'))[0] ?? ''}`);
    one.agent('b.ts', 'function second() {', '  return byTheAgentToo();', '}');
    one.git('add', '--all');
    one.git('-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=unhooked');
    assert.deepEqual([one.hasNote('HEAD~'), one.hasNote('HEAD')], [false, false]);
    one.git('push', '--quiet');
    other.git('pull', '--quiet');
    assert.deepEqual([other.note('HEAD~'), other.note('HEAD')], [['a.ts claude-code 1-3'], ['b.ts claude-code 1-3']]);
    assert.deepEqual([await other.blame('a.ts'), await other.blame('b.ts'), await other.blame('c.ts')], ['AAA', 'AAA', '?']);
  });

  it('takes nothing for an agent\'s before a push that the agent only wrote after the commit', async () => {
    const [one] = await clones();
    one.write('a.ts', ...made);
    one.git('add', '--all');
    one.sandbox.gitWith({ cwd: one.folder, env: { GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' } }, '-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=typed');
    one.write('a.ts', '');
    one.agent('a.ts', ...made);
    one.git('push', '--quiet');
    assert.equal(one.hasNote(), false);
  });

  it('merges notes that two wrote apart, also on one commit, and loses none', async () => {
    const [one, other] = await clones();
    one.agent('a.ts', ...made);
    const shared = one.commit();
    one.git('push', '--quiet');
    other.git('pull', '--quiet');
    writeFileSync(one.sandbox.at('note'), `a.ts\n  x_one 1\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: shared, prompts: {} })}`);
    writeFileSync(one.sandbox.at('note2'), `a.ts\n  x_other 2\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: shared, prompts: {} })}`);
    one.git('notes', '--ref=ai', 'add', '--force', `--file=${one.sandbox.at('note')}`, shared);
    other.git('notes', '--ref=ai', 'add', '--force', `--file=${one.sandbox.at('note2')}`, shared);
    // Texts of their own: a copy of one whose note says nothing of an AI is not the agent's.
    other.agent('b.ts', 'function second() {', '  return byTheAgentToo();', '}');
    const second = other.commit();
    other.git('push', '--quiet');
    one.agent('c.ts', 'function third() {', '  return byTheAgentAswell();', '}');
    one.commit();
    one.git('pull', '--quiet', '--rebase');
    one.git('push', '--quiet');
    assert.match(one.git('notes', '--ref=ai', 'show', shared), /^a\.ts\n {2}x_one 1\n {2}x_other 2\n---\n/);
    assert.deepEqual([one.note(second), one.note('HEAD')], [['b.ts claude-code 1-3'], ['c.ts claude-code 1-3']]);
    other.git('pull', '--quiet');
    assert.deepEqual(other.note('HEAD'), ['c.ts claude-code 1-3']);
    assert.equal(other.git('rev-parse', 'refs/notes/ai'), one.git('rev-parse', 'refs/notes/ai'));
  });

  it('has a note that is none win over no valid one, and loses neither', async () => {
    const [one, other] = await clones();
    one.agent('a.ts', ...made);
    const valid = one.commit();
    one.git('commit', '--quiet', '--allow-empty', '--message=empty');
    const bare = one.git('rev-parse', 'HEAD');
    one.git('push', '--quiet');
    other.git('pull', '--quiet');
    const put = (clone: NotedRepository, text: string, commit: string) => clone.git('notes', '--ref=ai', 'add', '--force', `--message=${text}`, commit);
    // First on top of what both have, then beside it.
    put(one, 'junk of one', valid);
    one.git('push', '--quiet', 'origin', 'refs/notes/ai');
    other.git('pull', '--quiet');
    other.git('fetch', '--quiet');
    assert.equal(await other.blame('a.ts'), 'AAA');
    put(other, 'junk of other', bare);
    put(one, 'junk of one', bare);
    for (const clone of [other, one, other]) {
      clone.agent('b.ts', ...made, clone.folder, String(Math.random()));
      clone.commit();
      clone.git('pull', '--quiet', '--rebase', '-X', 'ours');
      clone.git('push', '--quiet');
    }
    one.git('pull', '--quiet');
    for (const clone of [one, other]) {
      assert.deepEqual(clone.note(valid), ['a.ts claude-code 1-3']);
      assert.match(clone.git('notes', '--ref=ai', 'show', bare), /^junk of one\n+junk of other$/);
      const [, aside = ''] = /"setAside": \{\s+"([0-9a-f]{40})":/.exec(clone.git('notes', '--ref=ai', 'show', valid)) ?? [];
      assert.equal(clone.git('cat-file', '-p', aside), 'junk of one');
    }
  });

  it('leaves a remote alone whose notes cannot be read, and pushes the commits', async () => {
    const [one] = await clones();
    one.agent('a.ts', ...made);
    const commit = one.commit();
    one.git('push', '--quiet', '--no-verify', 'origin', 'main:refs/notes/ai');
    one.git('push', '--quiet');
    assert.equal(one.git('ls-remote', 'origin', 'refs/heads/main').slice(0, 40), commit);
  });

  it('has two processes that write at once lose nothing of one another', async () => {
    const repository = await NotedRepository.make();
    const names = ['one', 'two', 'three', 'four'];
    const trees = names.map((name) => {
      repository.git('worktree', 'add', '--quiet', '-b', name, `../${name}`);
      const tree = repository.at(`../${name}`);
      tree.agent(`${name}.ts`, ...made);
      tree.git('add', '--all');
      return tree;
    });
    await Promise.all(
      trees.map(
        (tree) =>
          new Promise<void>((resolve, reject) => {
            spawn('git', ['commit', '--quiet', '--message=c'], { cwd: tree.folder, env: quietEnvironment, stdio: 'ignore' }).once('close', (code) => {
              if (code === 0) resolve();
              else reject(new Error(`git commit ended with ${String(code)}`));
            });
          }),
      ),
    );
    assert.deepEqual(names.map((name) => repository.note(name)), names.map((name) => [`${name}.ts claude-code 1-3`]));
  });
});

describe('a hook that fails', () => {
  after(removeSandboxes);

  it('says so in one line, and the commit stands', async () => {
    const repository = await NotedRepository.make();
    repository.agent('a.ts', ...made);
    // A ref in the place where the notes' folder is to be: it cannot be written.
    repository.git('update-ref', 'refs/notes/ai/x', 'HEAD');
    repository.git('add', '--all');
    const { status, told } = commit(repository, '--message=c');
    assert.equal(status, 0);
    assert.match(told, /^firebreak: post-commit: who wrote what was not noted: [^\n]+\n$/);
    assert.equal(repository.git('log', '-1', '--format=%s'), 'c');
  });

  it('is not there any more: git goes on in silence', async () => {
    const repository = await NotedRepository.make();
    const launcher = path.join(repository.folder, '.git/firebreak/bin/firebreak');
    repository.agent('a.ts', ...made);
    writeFileSync(launcher, readFileSync(launcher, 'utf8').replaceAll(path.dirname(cli), '/nonexistent/dist'));
    repository.git('add', '--all');
    assert.equal(commit(repository, '--message=c').status, 0);
    chmodSync(launcher, 0o644);
    assert.deepEqual(commit(repository, '--allow-empty', '--message=d'), { status: 0, told: '' });
  });
});

function commit({ folder }: NotedRepository, ...args: string[]): { readonly status: number | null; readonly told: string } {
  const { status, stdout, stderr } = spawnSync('git', ['commit', '--quiet', ...args], { cwd: folder, env: quietEnvironment, encoding: 'utf8' });
  return { status, told: stdout + stderr };
}
