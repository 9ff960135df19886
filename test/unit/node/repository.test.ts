import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { ReviewRequest } from '../../../src/core/review/request.ts';
import type { Repository } from '../../../src/vscode/ports.ts';
import { git, GitError } from '../../../src/node/git.ts';
import { createPorts } from '../../../src/node/ports.ts';
import { type GitRepository, openRepository } from '../../../src/node/repository.ts';
import { removeSandboxes, Sandbox } from '../../cli/sandbox.ts';
import { isolateGit } from './isolateGit.ts';

async function open(fsPath: string): Promise<GitRepository> {
  const repository = await openRepository(fsPath);
  assert.ok(repository);
  return repository;
}

describe('openRepository', () => {
  isolateGit();
  after(removeSandboxes);

  it('satisfies the port of the editor', async () => {
    const ports = createPorts('/nowhere');
    const repository: Repository | undefined = await ports.repositoryOf(Sandbox.repository().folder);
    assert.ok(repository);
    assert.match(ports.newId(), /^[0-9A-Z]{26}$/);
    assert.equal(ports.digest(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('finds it from a file, a folder and what is not there yet', async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('deep/a.ts', '');
    for (const inside of ['', 'README.md', 'deep', 'deep/a.ts', 'deep/new/b.ts']) assert.equal((await open(sandbox.at(inside))).root, sandbox.folder);
    assert.equal(await openRepository(new Sandbox().folder), undefined);
  });

  it('keeps the way that leads there', async () => {
    const sandbox = Sandbox.repository();
    mkdirSync(sandbox.at('deep'));
    const other = new Sandbox();
    symlinkSync(sandbox.folder, other.at('way'));
    const repository = await open(other.at('way/deep'));
    assert.equal(repository.root, other.at('way'));
    assert.equal(await repository.pathOf(other.at('way/deep/a.ts')), 'deep/a.ts');
    assert.equal(await repository.pathOf(sandbox.at('README.md')), 'README.md');
    assert.equal(await repository.pathOf(other.at('a.ts')), undefined);
    symlinkSync(sandbox.at('deep'), other.at('straight'));
    assert.equal((await open(other.at('straight'))).root, sandbox.folder);
  });

  it('copes with a folder that has a line end in its name', async () => {
    const sandbox = new Sandbox();
    const folder = sandbox.at('odd\nname');
    mkdirSync(folder);
    sandbox.gitWith({ cwd: folder }, 'init', '--quiet');
    const { root, place } = await open(folder);
    assert.deepEqual([root, place.gitDir], [folder, path.join(folder, '.git')]);
  });

  it('knows what belongs to a linked work tree alone', async () => {
    const sandbox = Sandbox.repository();
    const linked = new Sandbox();
    sandbox.git('worktree', 'add', '--quiet', linked.at('tree'), '-b', 'side');
    const { place } = await open(linked.at('tree'));
    assert.deepEqual([place.root, place.gitDir, place.commonDir], [linked.at('tree'), sandbox.at('.git/worktrees/tree'), sandbox.at('.git')]);
  });

  it('reads texts at HEAD', async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('a.ts', '\uFEFFtext\r\n');
    sandbox.write('binary', Buffer.from([1, 0]));
    sandbox.write('big', Buffer.alloc(6 * 1024 * 1024, 'x'));
    sandbox.write('new\nline "and" quotes', 'odd');
    symlinkSync('a.ts', sandbox.at('link'));
    sandbox.commitAll('Add files');
    sandbox.write('a.ts', 'changed');
    const { textAtHead } = await open(sandbox.folder);
    assert.deepEqual(await textAtHead('a.ts'), { text: 'text\r\n' });
    assert.deepEqual(await textAtHead('binary'), { unread: 'it is binary (a NUL at byte 1)' });
    assert.deepEqual(await textAtHead('big'), { unread: 'it has 6.0 MB, and files over 5 MB are not read' });
    assert.deepEqual(await textAtHead('new\nline "and" quotes'), { text: 'odd' });
    for (const missing of ['link', 'gone', 'a.ts/x', '*', ':/a.ts']) assert.equal(await textAtHead(missing), undefined, missing);
    const fresh = new Sandbox();
    fresh.init();
    assert.equal(await (await open(fresh.folder)).textAtHead('a.ts'), undefined);
  });

  it('says what git said when git says no', async () => {
    const sandbox = Sandbox.repository();
    await assert.rejects(git(sandbox.folder, ['cat-file', 'blob', 'nothing']), (error) => {
      assert.ok(error instanceof GitError);
      assert.deepEqual([error.command, error.exitCode, error.lastLine], ['cat-file', 128, 'Not a valid object name nothing']);
      return true;
    });
  });
});

describe('requestReview with buffers', () => {
  isolateGit();
  after(removeSandboxes);

  const ask = async (sandbox: Sandbox, paths: readonly string[], buffers: Record<string, string>): Promise<ReviewRequest> => {
    const finding = { fingerprint: 'a'.repeat(64), rule: 'r', title: 't', line: 1, severity: 'high', confidence: 'high', matched: 'm', blastRadius: { scope: 'set', undo: 'none', description: 'd' } } as const;
    const { requestReview } = await open(sandbox.folder);
    return requestReview({ findings: paths.map((file) => ({ ...finding, path: file })), reviewers: [], reason: 'x', buffers: new Map(Object.entries(buffers)) });
  };

  it('takes the buffer for the file, with its mode and mark', async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('run.sh', 'echo 1\n');
    chmodSync(sandbox.at('run.sh'), 0o755);
    sandbox.write('marked.ts', '\uFEFF// 1\n');
    sandbox.write('wide.sql', Buffer.from('\uFEFFSELECT 1;\n', 'utf16le'));
    sandbox.commitAll('Add files');
    const status = sandbox.git('status', '--porcelain');
    const { head, includes } = await ask(sandbox, ['run.sh'], { 'run.sh': 'echo 2\n', 'marked.ts': '// 2\n', 'wide.sql': 'SELECT 2;\n', 'new/file.ts': '// new\n' });
    assert.deepEqual(includes, ['marked.ts', 'new/file.ts', 'run.sh', 'wide.sql'].map((file) => ({ path: file, from: 'buffer' })));
    const bytesOf = (file: string) => Buffer.from(sandbox.git('show', `${head}:${file}`));
    assert.match(sandbox.git('ls-tree', head, 'run.sh'), /^100755 /);
    assert.equal(bytesOf('run.sh').toString(), 'echo 2');
    assert.equal(bytesOf('marked.ts').toString(), '\uFEFF// 2');
    assert.equal(sandbox.git('cat-file', '-s', `${head}:wide.sql`), String(2 * '\uFEFFSELECT 2;\n'.length));
    assert.equal(sandbox.git('show', `${head}:new/file.ts`), '// new');
    assert.equal(sandbox.git('status', '--porcelain'), status);
  });

  it('counts a buffer that equals what is committed as no change', async () => {
    const sandbox = Sandbox.repository();
    const { head, includes } = await ask(sandbox, ['README.md'], { 'README.md': 'A project.\n' });
    assert.deepEqual([head, includes], [sandbox.git('rev-parse', 'HEAD'), []]);
  });

  it('writes through a link to what it leads to, and nothing outside', async () => {
    const sandbox = Sandbox.repository();
    const elsewhere = new Sandbox();
    elsewhere.write('b.ts', 'secret');
    sandbox.write('a.ts', '1');
    symlinkSync('a.ts', sandbox.at('link.ts'));
    symlinkSync(elsewhere.at('b.ts'), sandbox.at('out.ts'));
    sandbox.commitAll('Add links');
    const { includes } = await ask(sandbox, ['a.ts'], { 'link.ts': '2', 'out.ts': '3', '../climb.ts': '4' });
    assert.deepEqual(includes, [{ path: 'a.ts', from: 'buffer' }]);
  });

  it('takes an ignored file that a finding stands in', async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('.gitignore', '*.sql\n');
    sandbox.commitAll('Ignore');
    sandbox.write('a.sql', 'DROP TABLE x;\n');
    sandbox.write('b.sql', 'SELECT 1;\n');
    const { includes } = await ask(sandbox, ['a.sql', 'gone.sql'], {});
    assert.deepEqual(includes, [{ path: 'a.sql', from: 'workTree' }]);
  });
});

describe('suggestReviewers', () => {
  isolateGit();
  after(removeSandboxes);

  const commitAs = (sandbox: Sandbox, email: string, times: number) => {
    for (let time = 0; time < times; time++) sandbox.gitWith({ env: { GIT_AUTHOR_EMAIL: email } }, 'commit', '--quiet', '--allow-empty', '--message=x');
  };

  it('names who wrote most, without oneself and robots', async () => {
    const sandbox = Sandbox.repository();
    commitAs(sandbox, 'few@x', 1);
    commitAs(sandbox, 'many@x', 3);
    commitAs(sandbox, 'ROBIN@example.com', 4);
    commitAs(sandbox, '1+dependabot[bot]@users.noreply.github.com', 5);
    assert.deepEqual(await (await open(sandbox.folder)).suggestReviewers(), ['many@x', 'few@x']);
  });

  it('names the seniors of the last commit\'s policy, without oneself', async () => {
    const sandbox = Sandbox.repository();
    commitAs(sandbox, 'many@x', 3);
    sandbox.write('.firebreak/policy.yml', 'version: 1\nseniors: [alice@corp, robin@corp, carol@corp]\npeople: { robin@corp: { emails: [robin@example.com] } }\n');
    assert.deepEqual(await (await open(sandbox.folder)).suggestReviewers(), ['many@x'], 'not committed');
    sandbox.commitAll('Decide');
    assert.deepEqual(await (await open(sandbox.folder)).suggestReviewers(), ['alice@corp', 'carol@corp']);
    sandbox.write('.firebreak/policy.yml', 'version: 99\n');
    sandbox.commitAll('Break it');
    assert.deepEqual(await (await open(sandbox.folder)).suggestReviewers(), ['many@x']);
  });

  it('names nobody where no commit is', async () => {
    const fresh = new Sandbox();
    fresh.init();
    assert.deepEqual(await (await open(fresh.folder)).suggestReviewers(), []);
  });
});

describe('watchHead', () => {
  isolateGit();
  after(removeSandboxes);

  it('calls once for each new commit or checkout, from the first on, and not for other work', async () => {
    const sandbox = new Sandbox();
    sandbox.init();
    const repository = await open(sandbox.folder);
    let calls = 0;
    let wake: () => void = () => undefined;
    const watch = repository.watchHead(() => {
      calls++;
      wake();
    });
    const called = () => new Promise<void>((resolve) => (wake = resolve));
    const quiet = () => new Promise((resolve) => setTimeout(resolve, 400));
    await quiet();
    sandbox.write('a.ts', '1');
    sandbox.git('add', 'a.ts');
    await quiet();
    assert.equal(calls, 0);
    for (const work of [['commit', '--quiet', '--message=1'], ['commit', '--quiet', '--allow-empty', '--message=2'], ['checkout', '--quiet', 'HEAD~']]) {
      const next = called();
      sandbox.git(...work);
      await next;
    }
    assert.equal(calls, 3);
    watch.dispose();
    sandbox.git('checkout', '--quiet', 'main');
    await quiet();
    assert.equal(calls, 3);
  });
});
