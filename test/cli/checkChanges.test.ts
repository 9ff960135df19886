import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { harmless, type Report, risky, removeSandboxes, Sandbox } from './sandbox.ts';

const placesOf = ({ findings }: Report) => findings.map(({ path, range }) => `${path}:${range.start.line}`);
const other = risky.replace('user', 'order');

describe('firebreak check: what changed', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', `${risky}// end\n`);
    sandbox.commitAll('Add a');
  });
  after(removeSandboxes);

  it('looks at the work tree when nothing is named, new files too', async () => {
    sandbox.write('a.ts', `${risky}${other}// end\n`);
    sandbox.write('new.ts', risky);
    assert.deepEqual(placesOf(await sandbox.check([])), ['a.ts:2', 'new.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check(['--scope', 'all'])), ['a.ts:1', 'a.ts:2', 'new.ts:1']);
  });

  it('tells what is staged from what is not', async () => {
    sandbox.write('a.ts', `${risky}// end\n${other}`);
    sandbox.git('add', 'a.ts');
    sandbox.write('a.ts', harmless);
    sandbox.write('unstaged.ts', risky);
    assert.deepEqual(placesOf(await sandbox.check(['--staged'])), ['a.ts:3']);
    assert.deepEqual(placesOf(await sandbox.check(['--staged', '--scope', 'all'])), ['a.ts:1', 'a.ts:3']);
  });

  it('follows a hook to the index that is being committed', async () => {
    sandbox.write('b.ts', risky);
    copyFileSync(sandbox.at('.git/index'), sandbox.at('.git/other'));
    sandbox.gitWith({ env: { GIT_INDEX_FILE: sandbox.at('.git/other') } }, 'add', 'b.ts');
    assert.deepEqual(placesOf(await sandbox.check(['--staged'], { env: { GIT_INDEX_FILE: '.git/other', GIT_DIR: '.git' } })), ['b.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check(['--staged'])), []);
  });

  it('compares two commits, from where they parted with three dots', async () => {
    sandbox.git('switch', '--quiet', '--create', 'feature');
    sandbox.write('b.ts', risky);
    sandbox.commitAll('Add b');
    sandbox.git('switch', '--quiet', 'main');
    sandbox.write('a.ts', harmless);
    sandbox.commitAll('Tame a');
    assert.deepEqual(placesOf(await sandbox.check(['--diff', 'main..feature'])), ['a.ts:1', 'b.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check(['--diff', 'main...feature'])), ['b.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check(['--diff', 'feature..'])), []);
    assert.deepEqual(placesOf(await sandbox.check(['--diff', '..feature'])), ['a.ts:1', 'b.ts:1']);
  });

  it('looks of two commits only at the files and folders that are named, beside all that the change holds', async () => {
    const [kept, moved] = ['one', 'two'].map((name) => `resource "aws_db_instance" "${name}" {\n  identifier = "${name}"\n}\n`);
    sandbox.write('infra/a.tf', `${kept}${moved}`);
    const base = sandbox.commitAll('Add databases');
    sandbox.write('infra/a.tf', `${kept}`);
    sandbox.write('infra/b.tf', `${moved}`);
    sandbox.write('src/c.ts', risky);
    sandbox.write('src/d.ts', risky);
    sandbox.commitAll('Move one');
    const diff = ['--diff', `${base}..HEAD`];
    assert.deepEqual(placesOf(await sandbox.check([...diff, 'src/c.ts', 'infra'])), ['src/c.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check([...diff, '--', 'd.ts'], { cwd: sandbox.at('src') })), ['src/d.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check([...diff, 'infra/a.tf'])), [], 'what moved to another file of the change has only moved');
    assert.equal((await sandbox.check([...diff, '.'])).findings.length, 2);
    rmSync(sandbox.at('infra/b.tf'));
    sandbox.commitAll('Remove it');
    assert.deepEqual(placesOf(await sandbox.check(['--diff', 'HEAD~..HEAD', 'infra/b.tf'])), ['infra/b.tf:1']);
    for (const [path, why] of [['none.ts', /^firebreak: there is no file or folder "none\.ts" in \w{12} or \w{12}; name one that is in one of them$/m], ['..', /lies outside of the repository at/]] as const) {
      const { code, stderr } = await sandbox.run(['check', ...diff, path]);
      assert.deepEqual([code, why.test(stderr)], [2, true], stderr);
    }
  });

  it('sees through a rename, and reads no deleted file', async () => {
    sandbox.write('long.ts', `${risky}${'// filler\n'.repeat(20)}`);
    sandbox.write('gone.ts', risky);
    sandbox.commitAll('Add files');
    renameSync(sandbox.at('long.ts'), sandbox.at('moved.ts'));
    rmSync(sandbox.at('gone.ts'));
    sandbox.git('add', '--all');
    assert.deepEqual(placesOf(await sandbox.check(['--staged'])), []);
    assert.deepEqual(placesOf(await sandbox.check(['--staged', '--scope', 'all'])), ['moved.ts:1']);
    sandbox.commitAll('Move');
    assert.deepEqual(placesOf(await sandbox.check(['--diff', 'HEAD~..HEAD'])), []);
    rmSync(sandbox.at('a.ts'));
    const { findings, unread, code } = await sandbox.check(['.']);
    assert.deepEqual([code, findings.length, unread], [1, 1, []]);
  });

  it('judges what a renamed file was by the name that it had', async () => {
    const script = `aws s3 rb s3://customer-data --force\n${'# filler\n'.repeat(5)}`;
    for (const file of ['n.txt', 'left/x.sh', 'staging/wipe.sh', 'tool', 'suppressed.sh']) sandbox.write(file, file === 'tool' ? `#!/bin/sh\n${script}` : file === 'suppressed.sh' ? `# firebreak-ignore bucket-delete: made by this script\n${script}` : script);
    sandbox.write('.firebreak/policy.yml', "version: 1\ntargets: [refs/heads/main]\nseniors: [alice@corp.example]\nexclude: ['left/**']\n");
    sandbox.commitAll('Add scripts');
    mkdirSync(sandbox.at('production'));
    for (const [from, to] of [['n.txt', 'n.sh'], ['left/x.sh', 'x.sh'], ['staging/wipe.sh', 'production/wipe.sh'], ['tool', 'tool.sh'], ['suppressed.sh', 'spoken.sh']] as const) renameSync(sandbox.at(from), sandbox.at(to));
    sandbox.git('add', '--all');
    assert.deepEqual(placesOf(await sandbox.check(['--staged'])), ['n.sh:1', 'production/wipe.sh:1', 'x.sh:1']);
    sandbox.commitAll('Rename');
    assert.deepEqual(placesOf(await sandbox.check(['--diff', 'HEAD~..HEAD'])), ['n.sh:1', 'production/wipe.sh:1', 'x.sh:1']);
  });

  it('takes a Terraform file that goes to another module for one that is gone', async () => {
    sandbox.write('infra/db.tf', 'resource "aws_db_instance" "orders" {\n  identifier = "orders"\n  engine     = "postgres"\n}\n');
    sandbox.write('infra/main.tf', 'resource "aws_vpc" "main" {\n}\n');
    sandbox.commitAll('Add a database');
    mkdirSync(sandbox.at('infra/db'));
    renameSync(sandbox.at('infra/db.tf'), sandbox.at('infra/db/main.tf'));
    sandbox.git('add', '--all');
    assert.deepEqual((await sandbox.check(['--staged'])).findings.map(({ rule, path }) => `${rule} ${path}`), ['resource-removed infra/db.tf']);
    sandbox.write('infra/main.tf', 'resource "aws_vpc" "main" {\n}\n\nmodule "db" {\n  source = "./db"\n}\n\nmoved {\n  from = aws_db_instance.orders\n  to   = module.db.aws_db_instance.orders\n}\n');
    sandbox.git('add', '--all');
    assert.deepEqual((await sandbox.check(['--staged'])).findings, []);
  });

  it('does not take new line ends or a new mode for changes', async () => {
    sandbox.write('a.ts', `${risky}// end\n`.replaceAll('\n', '\r\n'));
    chmodSync(sandbox.at('a.ts'), 0o755);
    assert.deepEqual(placesOf(await sandbox.check([])), []);
  });

  it('sees a statement whose last line went', async () => {
    sandbox.write('a.sql', 'DELETE FROM users\nWHERE id = 1\n;\nSELECT 1;\n');
    sandbox.write('b.sql', 'SELECT 1;\n\nDELETE FROM users;\n');
    sandbox.commitAll('Add SQL');
    sandbox.write('a.sql', 'DELETE FROM users\n;\nSELECT 1;\n');
    sandbox.write('b.sql', 'SELECT 1;\nDELETE FROM users;\n');
    assert.deepEqual(placesOf(await sandbox.check([])), ['a.sql:1']);
  });

  it('compares with the text before for safeguards', async () => {
    const guarded = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';
    sandbox.write('main.tf', guarded);
    const base = sandbox.commitAll('Guard');
    sandbox.write('main.tf', guarded.replace('true', 'false'));
    assert.deepEqual(placesOf(await sandbox.check([])), ['main.tf:2']);
    assert.deepEqual(placesOf(await sandbox.check(['main.tf'])), ['main.tf:2']);
    sandbox.commitAll('Unguard');
    assert.deepEqual(placesOf(await sandbox.check(['main.tf'])), []);
    assert.deepEqual(placesOf(await sandbox.check(['--diff', `${base}..HEAD`])), ['main.tf:2']);
  });

  it('tells of a staged file in a merge conflict', async () => {
    sandbox.git('switch', '--quiet', '--create', 'one');
    sandbox.write('a.ts', '// one\n');
    sandbox.commitAll('One');
    sandbox.git('switch', '--quiet', 'main');
    sandbox.write('a.ts', '// two\n');
    sandbox.commitAll('Two');
    assert.throws(() => sandbox.git('merge', 'one'));
    const { unread, code } = await sandbox.check(['--staged']);
    assert.deepEqual([code, unread], [1, [{ path: 'a.ts', why: 'it is in a merge conflict' }]]);
    assert.equal((await sandbox.check([])).code, 0, 'the file on disk can be read');
  });

  it('leaves the index and its time alone', async () => {
    const before = readFileSync(sandbox.at('.git/index'));
    chmodSync(sandbox.at('a.ts'), 0o600);
    await sandbox.check([]);
    await sandbox.check(['.']);
    assert.deepEqual(readFileSync(sandbox.at('.git/index')), before);
  });

  it('takes a file that became a link, or the other way round, for what it is', async () => {
    sandbox.write('b.ts', risky);
    symlinkSync('b.ts', sandbox.at('c.ts'));
    sandbox.commitAll('Add b and a link');
    rmSync(sandbox.at('b.ts'));
    symlinkSync('a.ts', sandbox.at('b.ts'));
    rmSync(sandbox.at('c.ts'));
    sandbox.write('c.ts', risky);
    assert.deepEqual(placesOf(await sandbox.check([])), ['c.ts:1']);
  });
});

describe('firebreak check: repositories of every kind', () => {
  after(removeSandboxes);

  it('is damaged', async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('.git/refs/heads/main', `${'1'.repeat(40)}\n`);
    const { code, stderr } = await sandbox.run(['check']);
    assert.equal(code, 2);
    assert.match(stderr, /^firebreak: the last commit, 1{40}, is missing in [^\n]+; see what is damaged: git fsck\n$/);
  });

  it('has no commit yet', async () => {
    const sandbox = new Sandbox();
    sandbox.init();
    assert.equal((await sandbox.check([])).code, 0);
    sandbox.write('a.ts', risky);
    sandbox.git('add', 'a.ts');
    sandbox.write('b.ts', risky);
    assert.deepEqual(placesOf(await sandbox.check([])), ['a.ts:1', 'b.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check(['--staged'])), ['a.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check(['.'])), ['a.ts:1', 'b.ts:1']);
    const { code, stderr } = await sandbox.run(['check', '--diff', 'HEAD..HEAD']);
    assert.equal(code, 2);
    assert.match(stderr, /there is no commit "HEAD"/);
  });

  it('is none', async () => {
    const sandbox = new Sandbox();
    for (const args of [['check'], ['check', '--staged'], ['check', '--diff', 'a..b'], ['reviews'], ['request', '--all', '--reason', 'x']]) {
      const { code, stderr } = await sandbox.run(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, /^firebreak: .* is in no git repository; go to one, or make one: git init\n$/);
    }
  });

  it('is bare, or git\'s own folder', async () => {
    const sandbox = new Sandbox();
    sandbox.git('init', '--quiet', '--bare', '.');
    const bare = await sandbox.run(['check']);
    assert.deepEqual([bare.code, bare.stderr.includes('is a bare repository, which has no files')], [2, true], bare.stderr);
    const usual = Sandbox.repository();
    const inside = await usual.run(['check'], { cwd: usual.at('.git') });
    assert.deepEqual([inside.code, inside.stderr.includes('lies inside of git\'s own folder')], [2, true], inside.stderr);
  });

  it('uses SHA-256', async () => {
    const sandbox = Sandbox.repository('--object-format=sha256');
    sandbox.write('a.ts', risky);
    assert.deepEqual(placesOf(await sandbox.check([])), ['a.ts:1']);
    const base = sandbox.git('rev-parse', 'HEAD');
    sandbox.commitAll('Add a');
    assert.deepEqual(placesOf(await sandbox.check(['--diff', `${base}..HEAD`])), ['a.ts:1']);
  });

  it('is a linked work tree', async () => {
    const sandbox = Sandbox.repository();
    const linked = new Sandbox();
    sandbox.git('worktree', 'add', '--quiet', linked.at('tree'), '-b', 'side');
    linked.write('tree/a.ts', risky);
    assert.deepEqual(placesOf(await linked.check([], { cwd: linked.at('tree') })), ['a.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check([])), []);
  });

  it('has a submodule, which is a repository of its own', async () => {
    const library = Sandbox.repository();
    const sandbox = Sandbox.repository();
    sandbox.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.folder, 'lib');
    sandbox.commitAll('Add the library');
    sandbox.write('lib/a.ts', risky);
    assert.deepEqual(placesOf(await sandbox.check([])), []);
    assert.deepEqual(placesOf(await sandbox.check(['lib/a.ts'])), ['a.ts:1']);
    assert.deepEqual(placesOf(await sandbox.check(['README.md', 'lib/a.ts'])), ['lib/a.ts:1']);
  });

  it('belongs to somebody else', async () => {
    const sandbox = Sandbox.repository();
    // Git's own switch for its tests: to give a file away takes root.
    const { code, stderr } = await sandbox.run(['check'], { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } });
    assert.equal(code, 2);
    assert.match(stderr, /because it belongs to another user; if you trust it: git config --global --add safe\.directory /);
  });

  it('runs none of the programs that its configuration names', async () => {
    const sandbox = Sandbox.repository();
    sandbox.write('hooks/run', '#!/bin/sh\ntouch ran\n');
    chmodSync(sandbox.at('hooks/run'), 0o755);
    const program = sandbox.at('hooks/run');
    for (const name of ['core.fsmonitor', 'core.pager', 'diff.external', 'diff.evil.command', 'diff.evil.textconv', 'gpg.program', 'core.editor', 'credential.helper']) sandbox.git('config', name, program);
    for (const hook of ['post-index-change', 'reference-transaction', 'pre-commit']) {
      mkdirSync(sandbox.at('.git/hooks'), { recursive: true });
      symlinkSync(program, sandbox.at('.git/hooks', hook));
    }
    sandbox.git('config', 'log.showSignature', 'true');
    sandbox.write('.gitattributes', '* diff=evil\n');
    sandbox.write('a.ts', risky);
    await sandbox.check([]);
    await sandbox.check(['.']);
    await sandbox.check(['--staged']);
    await sandbox.check(['--diff', 'HEAD..HEAD']);
    assert.equal((await sandbox.run(['request', '--all', '--reason', 'x'])).code, 0);
    assert.equal((await sandbox.run(['reviews'])).code, 0);
    assert.throws(() => readFileSync(sandbox.at('ran')));
  });
});

describe('firebreak check: where git is not', () => {
  after(removeSandboxes);

  it('says so', async () => {
    const sandbox = new Sandbox();
    const { code, stderr } = await sandbox.run(['check', '.'], { env: { PATH: '/nowhere' } });
    assert.equal(code, 2);
    assert.match(stderr, /git was not found.*install git/);
  });
});
