import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cli, harmless, quietEnvironment, risky, riskyRule, removeSandboxes, Sandbox } from './sandbox.ts';

describe('firebreak check: files and folders', () => {
  let sandbox: Sandbox;
  before(() => {
    sandbox = Sandbox.repository();
    sandbox.write('src/a.ts', `// first\n${risky}`);
    sandbox.write('src/deep/b.ts', risky);
    sandbox.write('src/fine.ts', harmless);
    sandbox.write('picture.png', Buffer.from([0x89, 0x50, 0, 0]));
    sandbox.write('.gitignore', 'ignored.ts\n');
    sandbox.write('ignored.ts', risky);
    sandbox.commitAll('Add code');
  });
  after(removeSandboxes);

  it('prints a paragraph for a finding and a line for all', async () => {
    const { code, stdout, stderr } = await sandbox.run(['check', 'src/a.ts']);
    assert.equal(code, 1);
    assert.equal(stderr, '');
    const [place, matched, sentence, fingerprint, , summary, end] = stdout.split('\n');
    assert.equal(place, `src/a.ts:2:7 high (medium confidence) ${riskyRule}`);
    assert.equal(matched, '  db.user.deleteMany({})');
    assert.match(sentence ?? '', /^ {2}deletes every record of `user`; cannot be undone/);
    assert.match(fingerprint ?? '', /^ {2}[0-9a-f]{12}$/);
    assert.equal(summary, '1 finding (1 high) in 1 checked file');
    assert.equal(end, '');
  });

  it('prints JSON as documented, places from 1', async () => {
    const { stdout, code } = await sandbox.run(['check', 'src/a.ts', '--format', 'json']);
    assert.equal(code, 1);
    const report = JSON.parse(stdout) as { findings: Record<string, unknown>[] };
    const [finding] = report.findings;
    assert.match(String(finding?.fingerprint), /^[0-9a-f]{64}$/);
    assert.deepEqual(report, {
      version: 1,
      findings: [
        {
          rule: riskyRule,
          title: 'Every record deleted or overwritten',
          path: 'src/a.ts',
          range: { start: { line: 2, column: 7 }, end: { line: 2, column: 29 } },
          severity: 'high',
          confidence: 'medium',
          matched: 'db.user.deleteMany({})',
          fingerprint: finding?.fingerprint,
          blastRadius: { scope: 'collection', undo: 'none', target: 'user', factors: [] },
        },
      ],
      suppressed: [],
      unread: [],
    });
  });

  it('walks a folder in the order of the paths, and leaves out what git ignores', async () => {
    const { findings, unread } = await sandbox.check(['.']);
    assert.deepEqual(findings.map(({ path }) => path), ['src/a.ts', 'src/deep/b.ts']);
    assert.deepEqual(unread, []);
  });

  it('checks an ignored file that is named', async () => {
    const { findings } = await sandbox.check(['ignored.ts']);
    assert.deepEqual(findings.map(({ path }) => path), ['ignored.ts']);
    const changes = await sandbox.check(['ignored.ts', '--scope', 'changes']);
    assert.equal(changes.findings.length, 1, 'all of a file that git does not know is new');
  });

  it('shows paths from the root, also below it', async () => {
    const { findings } = await sandbox.check(['deep', 'fine.ts'], { cwd: sandbox.at('src') });
    assert.deepEqual(findings.map(({ path }) => path), ['src/deep/b.ts']);
  });

  it('names a file once that is named twice', async () => {
    const { findings } = await sandbox.check(['src/a.ts', 'src', './src/a.ts']);
    assert.equal(findings.length, 2);
  });

  it('gives the same output twice', async () => {
    const [one, other] = [await sandbox.run(['check', '.']), await sandbox.run(['check', '.'])];
    assert.deepEqual(one, other);
  });

  it('passes when nothing is found', async () => {
    const { code, stdout } = await sandbox.run(['check', 'src/fine.ts']);
    assert.equal(code, 0);
    assert.equal(stdout, '0 findings in 1 checked file\n');
  });

  for (const [threshold, code] of [['low', 1], ['medium', 1], ['high', 1], ['critical', 0]] as const) {
    it(`exits with ${code} on a high finding with --fail-on ${threshold}`, async () => {
      const run = await sandbox.check(['src/a.ts', '--fail-on', threshold]);
      assert.equal(run.code, code);
      assert.equal(run.findings.length, 1, 'the finding is printed all the same');
    });
  }

  it('has no colours where no terminal is', async () => {
    const { stdout } = await sandbox.run(['check', '.'], { env: { FORCE_COLOR: '1' } });
    assert.ok(!stdout.includes('\u001b'));
  });

  it('checks outside of a repository, without links and packages', async () => {
    const outside = new Sandbox();
    outside.write('app/a.ts', risky);
    outside.write('app/node_modules/b.ts', risky);
    const { findings } = await outside.check(['app']);
    assert.deepEqual(findings.map(({ path }) => path), ['app/a.ts']);
    const { findings: named } = await outside.check([outside.at('app/a.ts')]);
    assert.deepEqual(named.map(({ path }) => path), ['app/a.ts']);
  });

  it('finds the repository of the path from elsewhere', async () => {
    const { findings } = await sandbox.check([sandbox.at('src/a.ts')], { cwd: '/' });
    assert.deepEqual(findings.map(({ path }) => path), ['src/a.ts']);
  });
});

describe('firebreak check: the standard input', () => {
  let sandbox: Sandbox;
  const guarded = 'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n';
  const unguarded = guarded.replace('true', 'false');
  before(() => {
    sandbox = Sandbox.repository();
    sandbox.write('main.tf', guarded);
    sandbox.commitAll('Add infrastructure');
  });
  after(removeSandboxes);

  it('checks a text by the name it would have', async () => {
    const { findings, code } = await sandbox.check(['--stdin', '--path', 'src/new.ts'], { input: risky });
    assert.equal(code, 1);
    assert.deepEqual(findings.map(({ path, rule }) => [path, rule]), [['src/new.ts', riskyRule]]);
  });

  it('compares with the text at HEAD', async () => {
    const { findings } = await sandbox.check(['--stdin', '--path', 'main.tf'], { input: unguarded });
    assert.deepEqual(findings.map(({ rule }) => rule), ['deletion-protection-removed']);
  });

  it('compares with the file that --before names', async () => {
    sandbox.write('old.tf', unguarded);
    const { findings } = await sandbox.check(['--stdin', '--path', 'main.tf', '--before', 'old.tf'], { input: unguarded });
    assert.deepEqual(findings, []);
  });

  it('works outside of a repository', async () => {
    const outside = new Sandbox();
    const { findings } = await outside.check(['--stdin', '--path', 'a.ts'], { input: risky });
    assert.deepEqual(findings.map(({ path }) => path), ['a.ts']);
  });

  it('has nothing to say about a kind of file that no checker reads', async () => {
    const { code, findings, unread } = await sandbox.check(['--stdin', '--path', 'notes.txt'], { input: risky });
    assert.deepEqual([code, findings, unread], [0, [], []]);
  });
});

describe('firebreak check: usage', () => {
  let sandbox: Sandbox;
  before(() => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', harmless);
  });
  after(removeSandboxes);

  const faults: readonly (readonly [string[], RegExp])[] = [
    [['check', 'gone.ts'], /there is no file or folder "gone.ts" in .*; name one/],
    [['check', 'a.ts', '--staged'], /PATH and --staged do not go together/],
    [['check', '--staged', '--diff', 'a..b'], /--staged and --diff do not go together/],
    [['check', '--stdin'], /--stdin takes --path NAME/],
    [['check', '--path', 'a.ts'], /--path and --before go with --stdin/],
    [['check', 'a.ts', '--before', 'a.ts'], /--path and --before go with --stdin/],
    [['check', '--stdin', '--path', 'a.ts', '--before', 'gone'], /there is no file or folder "gone"/],
    [['check', '--stdin', '--path', 'a.ts', '--before', '.'], /\. is no file; --before takes one/],
    [['check', '--scope', 'everything'], /Allowed choices are ai, changes, all/],
    [['check', '--format', 'xml'], /Allowed choices are text, json/],
    [['check', '--fail-on', 'never'], /Allowed choices are low, medium, high, critical/],
    [['check', '--diff', 'main'], /--diff takes BASE\.\.HEAD/],
    [['check', '--diff', 'nowhere..main'], /there is no commit "nowhere"/],
    [['check', '--diff', 'HEAD@{99}..main'], /there is no commit "HEAD@\{99\}"/],
    [['check', '--diff', '--output=x..main'], /there is no commit "--output=x"/],
    [['check', '--nonsense'], /unknown option '--nonsense'/],
    [['chekc'], /unknown command 'chekc'.*Did you mean check/],
    [[], /no command was given/],
    [['show'], /missing required argument 'id'/],
    [['explain', 'a', 'b'], /too many arguments/],
  ];
  for (const [args, message] of faults) {
    it(`says in one line what is wrong with: firebreak ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await sandbox.run(args);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^firebreak: [^\n]+\n$/);
      assert.match(stderr, message);
    });
  }

  it('prints help and version', async () => {
    const help = await sandbox.run(['--help']);
    assert.deepEqual([help.code, help.stderr], [0, '']);
    assert.match(help.stdout, /check[^]*request[^]*reviews[^]*show[^]*explain/);
    const version = await sandbox.run(['--version']);
    assert.equal(version.code, 0);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('is quiet when nobody reads on', async () => {
    sandbox.write('many.ts', Array.from({ length: 2000 }, (_, number) => risky.replace('user', `table${number}`)).join(''));
    const child = spawn(process.execPath, [cli, 'check', 'many.ts'], { cwd: sandbox.folder, env: quietEnvironment, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += String(data)));
    child.stdout.once('data', () => child.stdout.destroy());
    await once(child, 'close');
    assert.equal(stderr, '');
  });
});
