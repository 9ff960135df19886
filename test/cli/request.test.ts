import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { risky, removeSandboxes, Sandbox } from './sandbox.ts';

const other = risky.replace('user', 'order');

/** What a request must leave as it was. */
function stateOf(sandbox: Sandbox): unknown {
  const { mtimeNs, ino, size } = statSync(sandbox.at('.git/index'), { bigint: true });
  return {
    index: [readFileSync(sandbox.at('.git/index')).toString('hex'), mtimeNs, ino, size],
    head: readFileSync(sandbox.at('.git/HEAD'), 'utf8'),
    refs: sandbox.git('for-each-ref').split('\n').filter((line) => !line.includes('refs/firebreak/')),
    status: sandbox.gitWith({ env: { GIT_OPTIONAL_LOCKS: '0' } }, 'status', '--porcelain=v2', '--untracked-files=all'),
    files: readdirSync(sandbox.folder, { recursive: true }).filter((name) => !String(name).startsWith('.git')).map(String).sort(),
    leftOver: readdirSync(sandbox.temporary),
  };
}

const requestRefs = (sandbox: Sandbox) => sandbox.git('for-each-ref', '--format=%(refname)', 'refs/firebreak').split('\n').filter((ref) => ref !== '');

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly requester: { readonly name: string; readonly email: string };
  readonly reviewers: readonly string[];
  readonly findings: readonly { readonly path: string; readonly line: number; readonly fingerprint: string }[];
  readonly reason: string;
}

async function listed(sandbox: Sandbox): Promise<Listed[]> {
  const { stdout } = await sandbox.run(['reviews', '--format', 'json']);
  const { version, reviews } = JSON.parse(stdout) as { version: number; reviews: Listed[] };
  assert.equal(version, 1);
  return reviews;
}

/** The one request's record, and the commits that it is bound to. */
function recordOf(sandbox: Sandbox): { head: string; base: string; parents: string; targetRef: string; includes: unknown } {
  const [ref = ''] = requestRefs(sandbox);
  const record = JSON.parse(sandbox.git('show', `${ref}:request.json`)) as { head: string; base: string; targetRef: string; includes: unknown };
  return { ...record, parents: sandbox.git('show', '--no-patch', '--format=%P', ref) };
}

describe('firebreak request', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', '// a\n');
    sandbox.write('run.sh', '#!/bin/sh\n');
    chmodSync(sandbox.at('run.sh'), 0o755);
    sandbox.commitAll('Add a');
    sandbox.git('switch', '--quiet', '--create', 'feature');
  });
  after(removeSandboxes);

  it('binds the findings of the change to a commit of exactly that code, and leaves all else untouched', async () => {
    sandbox.write('committed.ts', risky);
    sandbox.commitAll('Commit one');
    const lastCommit = sandbox.git('rev-parse', 'HEAD');
    sandbox.write('a.ts', `// a\n${risky}`);
    sandbox.write('staged.ts', '// staged\n');
    sandbox.git('add', 'staged.ts');
    sandbox.write('staged.ts', '// staged, then changed\n');
    sandbox.write('untracked.ts', other);
    sandbox.write('unrelated.txt', 'not for review\n');
    unlinkSync(sandbox.at('README.md'));
    const before = stateOf(sandbox);

    const { code, stdout, stderr } = await sandbox.run(['request', '--all', '--reason', 'Clean up\nthe users', '--reviewer', 'alice@corp', '--reviewer', 'carol@corp']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(stateOf(sandbox), before);

    const [review, ...more] = await listed(sandbox);
    assert.equal(more.length, 0);
    assert.match(stdout, new RegExp(`^Review requested: ${review?.id ?? ''}\n`));
    assert.deepEqual([review?.state, review?.reason, review?.reviewers, review?.requester], ['pending', 'Clean up\nthe users', ['alice@corp', 'carol@corp'], { name: 'Robin Junior', email: 'robin@example.com' }]);
    assert.deepEqual(review?.findings.map((finding) => [finding.path, finding.line]), [['a.ts', 2], ['committed.ts', 1], ['untracked.ts', 1]]);

    const { head, base, parents, targetRef, includes } = recordOf(sandbox);
    assert.equal(parents, `${head} ${base}`);
    assert.equal(base, sandbox.git('rev-parse', 'main'));
    assert.equal(targetRef, 'refs/heads/main');
    assert.equal(sandbox.git('rev-parse', `${head}^`), lastCommit);
    assert.deepEqual(sandbox.git('diff', '--name-status', 'HEAD', head).split('\n'), ['D\tREADME.md', 'M\ta.ts', 'A\tstaged.ts', 'A\tuntracked.ts']);
    assert.equal(sandbox.git('show', `${head}:staged.ts`), '// staged, then changed');
    assert.deepEqual(includes, ['README.md', 'a.ts', 'staged.ts', 'untracked.ts'].map((name) => ({ path: name, from: 'workTree' })));
  });

  it('takes the last commit itself when nothing differs from it', async () => {
    sandbox.write('a.ts', risky);
    const lastCommit = sandbox.commitAll('Commit it');
    assert.equal((await sandbox.run(['request', '--all', '--reason', 'x'])).code, 0);
    assert.equal(recordOf(sandbox).head, lastCommit);
  });

  it('takes findings by their first digits, also in files that did not change', async () => {
    sandbox.write('old.ts', risky);
    sandbox.commitAll('Add old');
    sandbox.git('branch', '--force', 'main', 'HEAD');
    sandbox.write('a.ts', other);
    const all = (await sandbox.check(['.'])).findings.map(({ fingerprint }) => fingerprint);
    for (const fingerprint of all) assert.equal((await sandbox.run(['request', fingerprint.slice(0, 12).toUpperCase(), '--reason', 'x'])).code, 0);
    assert.deepEqual((await listed(sandbox)).map(({ findings }) => findings.map(({ fingerprint }) => fingerprint)).reverse(), all.map((each) => [each]));
  });

  const refusals: readonly (readonly [string, string[], RegExp])[] = [
    ['nothing to ask about', ['request', '--all', '--reason', 'x'], /the change has no findings/],
    ['neither findings nor --all', ['request', '--reason', 'x'], /name findings .*or give --all/],
    ['both', ['request', 'abcdef', '--all', '--reason', 'x'], /name findings .*or give --all/],
    ['no reason', ['request', '--all'], /required option '--reason <text>' not specified/],
    ['an empty reason', ['request', '--all', '--reason', ' '], /the reason is empty/],
    ['too few digits', ['request', 'abcde', '--reason', 'x'], /"abcde" names no finding; give 6 or more/],
    ['no digits', ['request', 'zzzzzz', '--reason', 'x'], /"zzzzzz" names no finding/],
    ['an unknown finding', ['request', 'abcdef', '--reason', 'x'], /no finding has the fingerprint abcdef/],
  ];
  for (const [what, args, message] of refusals) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await sandbox.run(args);
      assert.equal(code, 2);
      assert.match(stderr, /^firebreak: [^\n]+\n$/);
      assert.match(stderr, message);
      assert.deepEqual(requestRefs(sandbox), []);
    });
  }

  it('refuses a reason and a reviewer that no reader would accept', async () => {
    sandbox.write('a.ts', risky);
    for (const [args, why] of [
      [['--reason', 'x'.repeat(10_001)], /no reader would accept the request: its reason is longer than 10000 characters/],
      [['--reason', 'x', '--reviewer', 'a\nb'], /no reader would accept the request: its reviewers\.0 is missing or not valid/],
      [['--reason', 'x', '--reviewer', ''], /--reviewer is empty; name a senior, or leave it out/],
      [['--reason', 'x', '--target', 'refs/heads/../x'], /--target takes the full name of a branch, and "refs\/heads\/\.\.\/x" is none; write refs\/heads\/NAME/],
      [['--reason', 'x', '--target', 'refs/tags/v1'], /"refs\/tags\/v1" is none; write refs\/heads\/NAME/],
      [['--reason', 'x', '--target', 'main'], /"main" is none; write refs\/heads\/main/],
    ] as const) {
      const { code, stderr } = await sandbox.run(['request', '--all', ...args]);
      assert.equal(code, 2);
      assert.match(stderr, why);
    }
    assert.deepEqual(requestRefs(sandbox), []);
  });
});

describe('firebreak request: states of a repository', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', risky);
  });
  after(removeSandboxes);

  const ask = (where: Sandbox, env: NodeJS.ProcessEnv = {}) => where.run(['request', '--all', '--reason', 'x'], { env });

  async function refuses(why: RegExp, where = sandbox, env: NodeJS.ProcessEnv = {}): Promise<void> {
    const before = stateOf(where);
    const { code, stderr } = await ask(where, env);
    assert.equal(code, 2);
    assert.match(stderr, /^firebreak: [^\n]+\n$/);
    assert.match(stderr, why);
    assert.deepEqual(stateOf(where), before);
    assert.deepEqual(requestRefs(where), []);
  }

  it('leaves out what it cannot name, asks for what could not be read, and says so', async () => {
    sandbox.write('odd\nname.ts', other);
    sandbox.write('binary.sh', 'a\0b');
    const { code, stderr } = await ask(sandbox);
    assert.equal(code, 0);
    assert.match(stderr, /"odd\\nname\.ts" has findings that are not in the request/);
    assert.match(stderr, /binary\.sh could not be read: .* so the request asks for it as a whole/);
    assert.deepEqual((await listed(sandbox))[0]?.findings.map(({ path: file }) => file), ['a.ts', 'binary.sh']);
  });

  it('refuses where no commit is yet', async () => {
    const fresh = new Sandbox();
    fresh.init();
    fresh.write('a.ts', risky);
    fresh.git('add', 'a.ts');
    await refuses(/no commit yet; make the first one: git commit/, fresh);
  });

  it('refuses in a merge conflict, and in a merge that is not committed', async () => {
    sandbox.commitAll('Ours');
    sandbox.git('switch', '--quiet', '--create', 'theirs', 'HEAD~');
    sandbox.write('a.ts', other);
    sandbox.commitAll('Theirs');
    assert.throws(() => sandbox.git('merge', 'main'));
    await refuses(/a\.ts is in a merge conflict; resolve it first/);
    sandbox.write('a.ts', risky + other);
    sandbox.git('add', 'a.ts');
    await refuses(/a merge is under way; finish it first: git merge --continue \(or --abort\)/);
    sandbox.git('merge', '--abort');
    assert.throws(() => sandbox.git('rebase', 'main'));
    sandbox.git('add', 'a.ts');
    sandbox.write('a.ts', risky + other);
    await refuses(/a rebase is under way; finish it first: git rebase --continue/);
  });

  it('answers the same question of the same person with the request that is there', async () => {
    sandbox.write('a.ts', risky);
    const [first, again] = [await ask(sandbox), await ask(sandbox)];
    const [, id] = /^Review requested: (\S+)$/m.exec(first.stdout) ?? [];
    assert.match(first.stdout, /^ {2}not committed yet: a\.ts; an approval is on that too, so commit it before you push$/m);
    assert.deepEqual([again.code, /^Review requested already, for the same code: (\S+)$/m.exec(again.stdout)?.[1], requestRefs(sandbox).length], [0, id, 1]);
    sandbox.write('a.ts', `${risky}// more\n`);
    await ask(sandbox);
    assert.equal(requestRefs(sandbox).length, 2);
  });

  it('says of a file that no request can name what to do', async () => {
    sandbox.write('a\tb.sh', 'ls\n');
    sandbox.commitAll('Add a script');
    sandbox.write('a\tb.sh', 'ls\nrm -rf $DIR/*\n');
    const { code, stderr } = await ask(sandbox);
    assert.equal(code, 2);
    assert.match(stderr, /"a\\tb\.sh" has findings that are not in the request[^]*all that needs an approval is in files that no request can name; rename them \(git mv\), commit, and ask again/);
    assert.deepEqual(requestRefs(sandbox), []);
  });

  const odd: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['a line end', 'odd\nname.txt', /the change holds the file "odd\\nname\.txt", which no approval can name, so nobody could approve it; rename it \(git mv\), commit that, and ask again/],
    ['bytes that are not UTF-8', Buffer.from([0x6f, 0xff, 0x2e, 0x74, 0x78, 0x74]), /the change brings the file "o\\xff\.txt", whose name is not UTF-8/],
  ];
  for (const [what, name, why] of odd) {
    it(`writes none that nobody could approve, for a harmless file with ${what} in its name`, async () => {
      sandbox.git('switch', '--quiet', '--create', 'topic');
      writeFileSync(Buffer.concat([Buffer.from(`${sandbox.folder}/`), Buffer.from(name)]), 'x\n');
      sandbox.write('b.ts', risky);
      sandbox.commitAll('Add both');
      await refuses(why);
    });
  }

  it('refuses without an identity', async () => {
    for (const name of ['user.name', 'user.email']) sandbox.git('config', '--unset', name);
    sandbox.git('config', 'user.useConfigOnly', 'true');
    await refuses(/git does not know who you are; say it: git config/);
  });

  it('refuses when a ref cannot be written, and says what git said', async () => {
    sandbox.git('update-ref', 'refs/firebreak/requests', 'HEAD');
    const before = stateOf(sandbox);
    const { code, stderr } = await ask(sandbox);
    assert.equal(code, 2);
    assert.match(stderr, /the request was not written to .*, and nothing was changed: git update-ref said: .*refs\/firebreak\/requests/);
    assert.deepEqual(stateOf(sandbox), before);
  });

  it('works with HEAD detached when the target is known, and says what to do when it is not', async () => {
    sandbox.git('checkout', '--quiet', '--detach');
    assert.equal((await ask(sandbox)).code, 0);
    assert.equal(recordOf(sandbox).targetRef, 'refs/heads/main');
    const lonely = Sandbox.repository();
    lonely.git('checkout', '--quiet', '--detach');
    lonely.git('branch', '--move', 'main', 'side');
    lonely.write('a.ts', risky);
    await refuses(/no branch is checked out, and no remote says which one the change is for; check out a branch/, lonely);
  });

  it('takes the remote\'s default branch, else the upstream, for the target', async () => {
    const remote = Sandbox.repository();
    remote.git('branch', '--move', 'main', 'trunk');
    remote.git('branch', 'release');
    const clone = new Sandbox();
    clone.git('clone', '--quiet', remote.folder, '.');
    for (const [name, value] of [['user.name', 'R'], ['user.email', 'r@x']] as const) clone.git('config', name, value);
    clone.git('switch', '--quiet', '--create', 'topic', 'origin/release');
    clone.write('a.ts', risky);
    clone.commitAll('Add a');
    assert.equal((await ask(clone)).code, 0);
    assert.deepEqual([recordOf(clone).targetRef, recordOf(clone).base], ['refs/heads/trunk', remote.git('rev-parse', 'trunk')]);
    clone.git('remote', 'set-head', 'origin', '--delete');
    for (const ref of requestRefs(clone)) for (const place of [clone, remote]) place.git('update-ref', '-d', ref);
    assert.equal((await ask(clone)).code, 0);
    assert.equal(recordOf(clone).targetRef, 'refs/heads/release');
  });

  it('takes the main branch of a remote that was added by hand, of which git knows no default', async () => {
    const remote = new Sandbox();
    remote.git('init', '--quiet', '--bare', '.');
    sandbox.git('remote', 'add', 'origin', remote.folder);
    sandbox.git('push', '--quiet', 'origin', 'main', 'main:refs/heads/feature');
    sandbox.write('risky.ts', risky);
    sandbox.commitAll('Commit one');
    assert.equal((await sandbox.run(['request', '--all', '--reason', 'r', '--no-push'])).code, 0);
    assert.deepEqual([recordOf(sandbox).targetRef, recordOf(sandbox).base], ['refs/heads/main', sandbox.git('rev-parse', 'origin/main')]);
  });

  it('says what to fetch in a shallow clone that does not reach the base', async () => {
    const remote = Sandbox.repository();
    remote.git('switch', '--quiet', '--create', 'side');
    remote.write('side.txt', '1');
    remote.commitAll('Side');
    remote.git('switch', '--quiet', 'main');
    remote.write('main.txt', '1');
    remote.commitAll('Main');
    const clone = new Sandbox();
    clone.git('clone', '--quiet', '--depth=1', '--no-single-branch', `file://${remote.folder}`, '.');
    for (const [name, value] of [['user.name', 'R'], ['user.email', 'r@x']] as const) clone.git('config', name, value);
    clone.git('switch', '--quiet', 'side');
    clone.write('a.ts', risky);
    await refuses(/this clone is shallow .*; fetch the rest: git fetch --unshallow/, clone);
    clone.git('switch', '--quiet', 'main');
    assert.equal((await ask(clone)).code, 0, 'enough is there');
  });

  it('works in a linked work tree, with SHA-256, with a split index and without an index', async () => {
    const linked = new Sandbox();
    sandbox.git('worktree', 'add', '--quiet', linked.at('tree'), '-b', 'side');
    linked.write('tree/a.ts', risky);
    assert.equal((await linked.run(['request', '--all', '--reason', 'x'], { cwd: linked.at('tree') })).code, 0);
    assert.equal(requestRefs(sandbox).length, 1, 'refs are common to all work trees');
    const wide = Sandbox.repository('--object-format=sha256');
    wide.write('a.ts', risky);
    assert.equal((await ask(wide)).code, 0);
    assert.equal(recordOf(wide).head.length, 64);
    const split = Sandbox.repository();
    split.git('update-index', '--split-index');
    split.write('a.ts', risky);
    assert.equal((await ask(split)).code, 0);
    rmSync(split.at('.git/index'));
    split.write('README.md', 'Changed.\n');
    assert.equal((await ask(split)).code, 0);
  });

  it('keeps modes and line ends as a commit would', async () => {
    sandbox.write('.gitattributes', '*.ts text eol=crlf\n');
    sandbox.write('run.ts', '// run\r\n');
    chmodSync(sandbox.at('run.ts'), 0o755);
    sandbox.commitAll('Add run');
    sandbox.write('run.ts', risky.replace('\n', '\r\n'));
    symlinkSync('run.ts', sandbox.at('link.ts'));
    sandbox.git('add', 'link.ts');
    assert.equal((await ask(sandbox)).code, 0);
    const { head } = recordOf(sandbox);
    const candidate = sandbox.git('ls-tree', head);
    sandbox.git('add', '--all');
    assert.equal(candidate, sandbox.git('ls-tree', sandbox.git('write-tree')));
  });

  it('asks in a folder below the root for the whole repository', async () => {
    sandbox.write('deep/b.ts', risky);
    const { code } = await sandbox.run(['request', '--all', '--reason', 'x'], { cwd: sandbox.at('deep') });
    assert.equal(code, 0);
    assert.deepEqual((await listed(sandbox))[0]?.findings.map((finding) => finding.path), ['a.ts', path.join('deep', 'b.ts')]);
  });
});
