import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { risky, riskyRule, removeSandboxes, Sandbox } from './sandbox.ts';

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('firebreak check: texts of every kind', () => {
  let sandbox: Sandbox;
  before(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  for (const [path, text] of [
    ['compose.yaml', 'services:\n  a:\n    command: rm -rf /srv\n   volumes: [\n'],
    ['package.json', '{ "scripts": { "a": "rm -rf /srv" }, "b": }'],
  ] as const) {
    it(`says that it could not read all of a broken ${path}`, async () => {
      sandbox.write(path, text);
      const { code, unread } = await sandbox.check([path]);
      assert.equal(code, 1);
      assert.deepEqual(unread, [{ path, why: `it is not valid ${path.endsWith('json') ? 'JSON' : 'YAML'}` }]);
    });
  }

  const matched = 'db.user.deleteMany({})';
  /** Content, and where the one finding starts, from 1. */
  const readable: readonly (readonly [string, string | Uint8Array, number, number])[] = [
    ['Windows line ends', `// one\r\n${risky}`, 2, 7],
    ['lone carriage returns', `// one\r// two\n${risky}`, 2, 7],
    ['a byte order mark', Buffer.from(`\uFEFF${risky}`), 1, 7],
    ['UTF-16, little end first', utf16(`// one\n${risky}`), 2, 7],
    ['UTF-16, big end first', utf16(`// one\n${risky}`).swap16(), 2, 7],
    ['surrogate pairs before it', `const x = '😀😀'; ${risky}`, 1, 25],
    ['invalid UTF-8 before it', Buffer.concat([Buffer.from('// caf\xe9\n', 'latin1'), Buffer.from(risky)]), 2, 7],
    ['broken code before it', `function (((\n\n${risky}`, 3, 7],
    ['broken code behind it', `${risky}\nif (((`, 1, 7],
    ['no line end', risky.trimEnd(), 1, 7],
    ['a NUL far in', `${risky}${'//\n'.repeat(4000)}\0`, 1, 7],
    ['a line of 200 KB before it', `const x = '${'x'.repeat(200_000)}';\n${risky}`, 2, 7],
  ];
  for (const [what, content, line, column] of readable) {
    it(`finds the right range with ${what}`, async () => {
      sandbox.write('a.ts', content);
      const { findings, unread, stderr } = await sandbox.check(['a.ts']);
      assert.deepEqual(unread, []);
      assert.equal(stderr, '');
      assert.deepEqual(findings.map(({ matched: found, range }) => [found, range.start]), [[matched, { line, column }]]);
    });
  }

  const unreadable: readonly (readonly [string, () => void, RegExp])[] = [
    ['a binary file', () => { sandbox.write('b.ts', Buffer.from([0x61, 0, 0x62])); }, /binary \(a NUL at byte 1\)/],
    ['a file of 50 MB', () => { sandbox.write('b.ts', ''); truncateSync(sandbox.at('b.ts'), 50 * 1024 * 1024); }, /50\.0 MB/],
  ];
  for (const [what, make, why] of unreadable) {
    it(`tells of ${what} that a checker should have read, and exits with 1`, async () => {
      make();
      const { code, unread, findings } = await sandbox.check(['b.ts']);
      assert.equal(code, 1);
      assert.deepEqual(findings, []);
      const [told] = unread;
      assert.equal(told?.path, 'b.ts');
      assert.match(told.why, why);
      const { stdout } = await sandbox.run(['check', 'b.ts']);
      assert.match(stdout, /^b\.ts: not read: [^\n]+\n\n0 findings in 0 checked files; 1 file not read\n$/);
    });
  }

  it('tells of 50 MB on the standard input', async () => {
    const { code, unread } = await sandbox.check(['--stdin', '--path', 'x.sql'], { input: Buffer.alloc(50 * 1024 * 1024, ' ') });
    assert.equal(code, 1);
    assert.match(unread[0]?.why ?? '', /files over 5 MB are not read/);
  });

  for (const [what, content] of [['an empty file', ''], ['nothing but a mark', '\uFEFF'], ['blanks', ' \n\t\r\n']] as const) {
    it(`finds nothing in ${what}`, async () => {
      sandbox.write('e.ts', content);
      const { code, findings, unread } = await sandbox.check(['e.ts']);
      assert.deepEqual([code, findings, unread], [0, [], []]);
    });
  }

  it('has nothing to check in a picture', async () => {
    sandbox.write('big.png', '');
    truncateSync(sandbox.at('big.png'), 50 * 1024 * 1024);
    const { code, unread } = await sandbox.check(['big.png']);
    assert.deepEqual([code, unread], [0, []]);
  });
});

describe('firebreak check: names of every kind', () => {
  after(removeSandboxes);

  const names = ['with space.ts', 'new\nline.ts', 'tab\t.ts', 'quo"te.ts', "apo'strophe.ts", '-leading.ts', '--staged.ts', 'ünïcödé-😀.ts', '*.ts', ':(glob)x.ts', 'back\\slash.ts', '$(touch hacked).ts', '.hidden.ts', '\u202egnp.ts'];
  let sandbox: Sandbox;
  before(() => {
    sandbox = Sandbox.repository();
    for (const name of names) sandbox.write(name, risky);
  });

  it('checks each when it walks', async () => {
    const { findings } = await sandbox.check(['.']);
    assert.deepEqual(findings.map((finding) => finding.path), names.toSorted());
  });

  it('checks each when it is named, and no other', async () => {
    const runs = await Promise.all(names.map((name) => sandbox.check(['--', name])));
    assert.deepEqual(runs.map(({ findings }) => findings.map((finding) => finding.path)), names.map((name) => [name]));
  });

  it('checks each when it is staged, and shows them inertly', async () => {
    sandbox.git('add', '--all');
    const { findings } = await sandbox.check(['--staged']);
    assert.deepEqual(findings.map((finding) => finding.path), names.toSorted());
    const { stdout } = await sandbox.run(['check', '--staged']);
    assert.match(stdout, /^new\\nline\.ts:1:7 /m);
    assert.match(stdout, /^\\u\{202e\}gnp\.ts:1:7 /m);
    const json = (await sandbox.run(['check', '--staged', '--format', 'json'])).stdout;
    assert.ok(!json.includes('\u202e'));
  });

  it('writes nothing to the terminal that the code asked for', async () => {
    const hostile = new Sandbox();
    hostile.write('a.ts', "await db['\u001b]0;owned\u0007\u009b31m'].deleteMany({}); // \u202e\n");
    const { stdout } = await hostile.run(['check', 'a.ts']);
     
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('firebreak check: links', () => {
  let sandbox: Sandbox;
  let elsewhere: Sandbox;
  before(() => {
    elsewhere = new Sandbox();
    elsewhere.write('secret.ts', risky);
    sandbox = Sandbox.repository();
    sandbox.write('real.ts', risky);
    symlinkSync('real.ts', sandbox.at('inner.ts'));
    symlinkSync(elsewhere.at('secret.ts'), sandbox.at('out.ts'));
    symlinkSync(elsewhere.folder, sandbox.at('outfolder'));
    symlinkSync('nothing.ts', sandbox.at('broken.ts'));
  });
  after(removeSandboxes);

  it('follows none when it walks', async () => {
    const { findings, unread } = await sandbox.check(['.']);
    assert.deepEqual(findings.map(({ path: found }) => found), ['real.ts']);
    assert.deepEqual(unread, []);
  });

  it('takes one that is named for the file it leads to', async () => {
    const { findings } = await sandbox.check(['inner.ts']);
    assert.deepEqual(findings.map(({ path: found }) => found), ['real.ts']);
  });

  for (const [name, why] of [['out.ts', /is a link out of/], ['outfolder', /is a link out of/], ['broken.ts', /is a link to nothing/]] as const) {
    it(`refuses ${name}`, async () => {
      const { code, stderr } = await sandbox.run(['check', name]);
      assert.equal(code, 2);
      assert.match(stderr, why);
    });
  }

  it('works in a repository whose own path leads over a link', async () => {
    const link = path.join(elsewhere.folder, 'way');
    symlinkSync(sandbox.folder, link);
    const { findings } = await sandbox.check([path.join(link, 'real.ts')], { cwd: link });
    assert.deepEqual(findings.map(({ path: found, rule }) => [found, rule]), [['real.ts', riskyRule]]);
  });

  it('does not read what is no file', async () => {
    mkdirSync(sandbox.at('folder.ts'));
    execFileSync('mkfifo', [sandbox.at('pipe.ts')]);
    const { findings } = await sandbox.check(['.']);
    assert.equal(findings.length, 1);
  });
});
