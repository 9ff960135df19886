import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { NotedRepository } from '../support/notedRepository.ts';
import { removeSandboxes, Sandbox } from './sandbox.ts';

describe('firebreak init --hook', () => {
  after(removeSandboxes);
  const init = (sandbox: Sandbox, ...args: string[]) => sandbox.run(['init', '--hook', ...args]);
  const put = (sandbox: Sandbox, file: string, text: string) => {
    sandbox.write(file, text);
    chmodSync(sandbox.at(file), 0o755);
  };

  it('stands beside hooks that are there, in shell or not, and takes out exactly ours', async () => {
    const sandbox = Sandbox.repository();
    const [shell, node] = ['#!/bin/sh\necho shell >> ran\nexit 0\n', '#!/usr/bin/env node\nrequire("fs").appendFileSync("ran", "node\\n");\n'];
    put(sandbox, '.git/hooks/post-commit', shell);
    put(sandbox, '.git/hooks/post-checkout', node);
    put(sandbox, '.git/hooks/post-rewrite', '#!/bin/sh\ncat >> ran\n');
    assert.equal((await init(sandbox)).code, 0);
    const once = readFileSync(sandbox.at('.git/hooks/post-commit'), 'utf8');
    await init(sandbox);
    assert.equal(readFileSync(sandbox.at('.git/hooks/post-commit'), 'utf8'), once);
    sandbox.commitAll('x');
    sandbox.git('commit', '--quiet', '--amend', '--allow-empty', '--message=y');
    sandbox.git('switch', '--quiet', '--create', 'b');
    const ran = readFileSync(sandbox.at('ran'), 'utf8');
    assert.match(ran, /^shell\nshell\n[0-9a-f]{40} [0-9a-f]{40}\nnode\n$/);
    await init(sandbox, '--remove');
    assert.deepEqual(['post-commit', 'post-checkout'].map((name) => readFileSync(sandbox.at('.git/hooks', name), 'utf8')), [shell, node]);
    assert.equal(existsSync(sandbox.at('.git/hooks/post-merge')), false);
  });

  it('switches on no hook that was off, and gives each back as it was', async () => {
    const sandbox = Sandbox.repository();
    const modes = { 'post-commit': 0o644, 'post-merge': 0o700 };
    for (const [name, mode] of Object.entries(modes)) {
      sandbox.write(`.git/hooks/${name}`, '#!/bin/sh\necho ran >> ran\n');
      chmodSync(sandbox.at('.git/hooks', name), mode);
    }
    assert.match((await init(sandbox)).stdout, /^wrote post-commit, and the one that was there stays switched off, for it may not be executed\n/m);
    sandbox.commitAll('x');
    assert.equal(existsSync(sandbox.at('ran')), false);
    assert.match((await init(sandbox)).stdout, /^post-commit is as it should be\n/m);
    await init(sandbox, '--remove');
    for (const [name, mode] of Object.entries(modes)) {
      assert.equal(readFileSync(sandbox.at('.git/hooks', name), 'utf8'), '#!/bin/sh\necho ran >> ran\n');
      assert.equal(statSync(sandbox.at('.git/hooks', name)).mode & 0o777, mode, name);
    }
  });

  it('runs ours where the one that is there fails by its line ends, and says so', async () => {
    const repository = NotedRepository.of(Sandbox.repository());
    put(repository.sandbox, '.git/hooks/post-commit', '#!/bin/sh\r\necho hello\r\n');
    assert.match((await init(repository.sandbox)).stdout, /^wrote post-commit, which calls the one that was there; sh fails on that one, for it has the line ends of Windows: /m);
    repository.agent('a.ts', 'one();');
    repository.commit();
    assert.deepEqual(repository.note(), ['a.ts claude-code 1']);
  });

  it('says in one line that what it remembers of hooks is damaged, and writes it anew', async () => {
    const sandbox = Sandbox.repository();
    await init(sandbox);
    for (const damaged of ['\0garbage{{{\n', '\0'.repeat(200), 'notes ../\n']) {
      sandbox.write('.git/firebreak/hooks', damaged);
      const { code, stderr } = await sandbox.run(['check', '--scope', 'ai']);
      assert.equal(code, 0);
      assert.match(stderr, /^firebreak: \S.*\/\.git\/firebreak\/hooks, which says from which hooks git calls Firebreak, is damaged; write it anew: firebreak init --hook$/m);
      await init(sandbox);
      assert.doesNotMatch((await sandbox.run(['check', '--scope', 'ai'])).stderr, /damaged/);
    }
  });

  it('is missed in one line where a hook was written anew, is gone, or stands where git looks no longer, by what counts on it', async () => {
    const sandbox = Sandbox.repository();
    await init(sandbox);
    const told = async (...args: string[]) => (await sandbox.run(args)).stderr.split('\n').filter((line) => line.includes('git calls Firebreak no longer'));
    const missed = () => told('blame', 'README.md');
    assert.deepEqual(await missed(), []);
    put(sandbox, '.git/hooks/post-commit', '#!/bin/sh\n');
    rmSync(sandbox.at('.git/hooks/post-merge'));
    rmSync(sandbox.at('.git/hooks/pre-push'));
    const [line = '', ...more] = await missed();
    assert.match(line, /^firebreak: git calls Firebreak no longer from all the hooks in which it was put: pre-push, post-merge missing in \S.*\/\.git\/hooks; post-commit in \S.*\/\.git\/hooks without it, as after another program wrote that anew; so nothing holds a push here, and who wrote what is not noted with commits; put it back: firebreak init --hook$/);
    assert.deepEqual([more, await told('check', '--scope', 'ai')], [[], [line]]);
    for (const args of [['check'], ['reviews'], ['explain', 'recursive-delete']]) assert.deepEqual(await told(...args), [], args.join(' '));
    await init(sandbox);
    assert.deepEqual(await missed(), []);
    sandbox.git('config', 'core.hooksPath', '.hooks');
    assert.match((await missed()).join('\n'), /pre-push, post-commit, post-rewrite, post-merge, post-checkout in \S.*\/\.git\/hooks, where git does not look \(core\.hooksPath\)/);
    await init(sandbox);
    assert.deepEqual(await missed(), []);
    await init(sandbox, '--remove');
    assert.deepEqual(await missed(), []);
  });

  it('goes where core.hooksPath and husky look', async () => {
    const sandbox = Sandbox.repository();
    sandbox.git('config', 'core.hooksPath', '.husky/_');
    put(sandbox, '.husky/post-commit', 'echo husky\n');
    assert.match((await init(sandbox)).stdout, /git calls none of these yet: .+\.husky\/_ lacks husky's own script h, .+: npx husky\n/);
    put(sandbox, '.husky/_/h', '');
    const { code, stdout } = await init(sandbox);
    assert.deepEqual([code, stdout.includes('git calls none')], [0, false]);
    assert.match(readFileSync(sandbox.at('.husky/post-commit'), 'utf8'), /^# firebreak notes: begin\n[^]*# firebreak notes: end\necho husky\n$/);
    await init(sandbox, '--remove');
    assert.equal(readFileSync(sandbox.at('.husky/post-commit'), 'utf8'), 'echo husky\n');
  });

  it('stands beside the hook that lefthook writes, says when to come again, and is missed when lefthook installed anew', async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('lefthook.yml', 'pre-push:\n  commands:\n    test:\n      run: "true"\n');
    const installed = '#!/bin/sh\n\nif [ "$LEFTHOOK" = "0" ]; then\n  exit 0\nfi\n\necho lefthook "$@" >> ran\n';
    for (const hook of ['pre-push', 'post-commit']) put(sandbox, `.git/hooks/${hook}`, installed);
    const { code, stdout } = await init(sandbox);
    assert.deepEqual([code, /^added ours to pre-push; run this again after lefthook install$/m.test(stdout)], [0, true], stdout);
    sandbox.commitAll('x');
    assert.equal(readFileSync(sandbox.at('ran'), 'utf8'), 'lefthook\n');
    put(sandbox, '.git/hooks/pre-push', installed);
    assert.match((await sandbox.run(['blame', 'README.md'])).stderr, /pre-push in \S.* without it, as after another program wrote that anew; so nothing holds a push here; put it back: firebreak init --hook/);
    await init(sandbox);
    await init(sandbox, '--remove');
    assert.deepEqual(['pre-push', 'post-commit'].map((hook) => readFileSync(sandbox.at('.git/hooks', hook), 'utf8')), [installed, installed]);
  });

  it('says that a folder of hooks is that of all repositories, and holds a server to one of its own', async () => {
    const [sandbox, shared] = [Sandbox.repository(), new Sandbox()];
    shared.write('config', `[core]\n\thooksPath = ${shared.at('hooks')}\n`);
    const env = { GIT_CONFIG_GLOBAL: shared.at('config') };
    const made = await sandbox.run(['init', '--hook'], { env });
    assert.deepEqual([made.code, made.stdout.includes(`${shared.at('hooks')} is where git looks for the hooks of all your repositories`)], [0, true], made.stdout);
    const removed = await sandbox.run(['init', '--hook', '--remove'], { env });
    assert.match(removed.stdout, /so what was taken out is gone from those too; run this again in each that should keep it: firebreak init --hook/);
    const server = new Sandbox();
    server.git('init', '--quiet', '--bare', '--template=');
    const closed = await server.run(['init', '--server'], { env });
    assert.equal(closed.code, 2, closed.stdout);
    const [, value = ''] = /git config --local core\.hooksPath (.*)\n/.exec(closed.stderr) ?? [];
    server.git('config', '--local', 'core.hooksPath', value);
    assert.deepEqual([(await server.run(['init', '--server'], { env })).code, existsSync(server.at('hooks/pre-receive'))], [0, true]);
  });

  it('merges with a note that another tool wrote on the commit, and keeps one beside it that cannot be read', async () => {
    const repository = await NotedRepository.make();
    repository.agent('a.ts', 'one();', 'two();');
    const commit = repository.commit();
    const theirs = `a.ts\n  x_later 2\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: commit, prompts: {}, later: 1 })}`;
    writeFileSync(repository.sandbox.at('theirs'), theirs);
    repository.git('notes', '--ref=ai', 'add', '--force', '--file=theirs', commit);
    repository.sandbox.git('hook', 'run', 'post-commit');
    const merged = repository.git('notes', '--ref=ai', 'show', commit);
    assert.match(merged, /^a\.ts\n {2}s_\S+ 1-2\n {2}x_later 2\n---\n[^]*"later": 1/);
    writeFileSync(repository.sandbox.at('theirs'), 'broken');
    repository.git('notes', '--ref=ai', 'add', '--force', '--file=theirs', commit);
    repository.sandbox.git('hook', 'run', 'post-commit');
    const written = repository.git('notes', '--ref=ai', 'show', commit);
    assert.match(written, /^a\.ts\n {2}s_\S+ 1-2\n---\n/);
    const [, kept = ''] = /"setAside": \{\s+"([0-9a-f]{40})":/.exec(written) ?? [];
    assert.equal(repository.git('cat-file', '-p', kept), 'broken');
  });
});
