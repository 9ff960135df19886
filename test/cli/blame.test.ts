import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { removeSandboxes, risky, Sandbox } from './sandbox.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface SavedRegion {
  readonly start: number;
  readonly endExclusive: number;
  readonly origin?: unknown;
  readonly evidence?: string;
  readonly removedText?: string;
}

describe('firebreak blame', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  /** As the editor saves them. */
  const save = (file: string, text: string, regions: readonly SavedRegion[], more: object = {}) => {
    const ai = { kind: 'ai', tool: 'demo' };
    const all = regions.map((region, index) => ({ insertionId: `i${index}`, origin: ai, evidence: 'observed', insertedAt: 1, ...region }));
    sandbox.write(`.git/firebreak/regions/${sha256(file)}.json`, JSON.stringify({ version: 1, path: file, texts: [{ digest: sha256(text), length: text.length, savedAt: 1, regions: all, ...more }] }));
  };
  const blame = async (file: string, cwd = sandbox.folder) => {
    const run = await sandbox.run(['blame', file, '--format', 'json'], { cwd });
    assert.equal(run.code, 0, run.stderr);
    return (JSON.parse(run.stdout) as { lines: readonly Readonly<Record<string, unknown>>[] }).lines;
  };
  const refused = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await sandbox.run(['blame', ...args]);
    assert.deepEqual([code, stdout, stderr.trim().split('\n').length], [2, '', 1]);
    return stderr;
  };

  it('names the lines of an AI, of nobody known, and what was deleted, and leaves the rest out', async () => {
    const text = 'mine\nan AI wrote this\nhalf mine, half not\n\nwho knows\nlast';
    sandbox.write('a.ts', text);
    const at = (part: string) => ({ start: text.indexOf(part), endExclusive: text.indexOf(part) + part.length });
    save('a.ts', text, [{ ...at('an AI wrote this\n'), origin: { kind: 'ai', tool: 'demo', model: 'm', session: 's' } }, { ...at('half not\n\n'), evidence: 'reported' }, { ...at('who knows'), origin: { kind: 'unknown' }, evidence: 'inferred' }, { start: text.length, endExclusive: text.length, removedText: 'if (safe)\n' }]);
    assert.deepEqual(await blame('a.ts'), [
      { line: 2, origin: 'ai', evidence: 'observed', tool: 'demo', model: 'm', session: 's' },
      { line: 3, origin: 'ai', evidence: 'reported', tool: 'demo' },
      { line: 4, origin: 'ai', evidence: 'reported', tool: 'demo' },
      { line: 5, origin: 'unknown', evidence: 'inferred' },
      { line: 6, origin: 'ai', evidence: 'observed', tool: 'demo', deleted: 'if (safe)\n', onlyDeleted: true },
    ]);
    assert.equal(
      (await sandbox.run(['blame', 'a.ts'])).stdout,
      ['                    1   mine', 'demo (observed)     2   an AI wrote this', 'demo (reported)     3   half mine, half not', 'demo (reported)     4   ', 'unknown (inferred)  5   who knows', 'demo (observed)       - if (safe)', '                    6   last', ''].join('\n'),
    );
  });

  describe('where nobody told anything', () => {
    const linesOf = (subject: string) => Array.from({ length: 10 }, (_, at) => `export const ${subject}${at} = compute(${at}, 'for ${subject}');\n`).join('');
    const unknownLines = async (file: string) => (await blame(file)).map(({ line, origin, evidence }) => [line, origin, evidence].join(' '));
    const all = Array.from({ length: 10 }, (_, at) => `${at + 1} unknown inferred`);

    it('says of much that was added since the last commit that it is unknown, and of what is committed nothing', async () => {
      sandbox.write('old.ts', linesOf('old'));
      sandbox.write('small.ts', 'export const one = 1;\n');
      sandbox.commitAll('Add old');
      sandbox.write('new.ts', linesOf('fresh'));
      sandbox.write('old.ts', linesOf('fresh') + linesOf('old'));
      sandbox.write('small.ts', 'export const one = 2;\n');
      assert.deepEqual([await unknownLines('new.ts'), await unknownLines('old.ts'), await unknownLines('small.ts')], [all, all, []]);
      assert.match((await sandbox.run(['blame', 'new.ts'])).stdout, /^unknown \(inferred\) {3}1 {3}export const fresh0/);
      sandbox.commitAll('Take it');
      assert.deepEqual([await unknownLines('new.ts'), await unknownLines('old.ts')], [[], []]);
    });

    it('explains what stood in another file of the last commit: moved, renamed, copied', async () => {
      sandbox.write('old.ts', linesOf('old') + linesOf('other'));
      sandbox.write('gone.ts', linesOf('gone'));
      sandbox.commitAll('Add old');
      rmSync(sandbox.at('gone.ts'));
      sandbox.write('renamed.ts', linesOf('gone').replace('gone3', 'changed'));
      sandbox.write('copy.ts', linesOf('old') + linesOf('other'));
      sandbox.write('old.ts', linesOf('old'));
      sandbox.write('part.ts', linesOf('other'));
      for (const file of ['renamed.ts', 'copy.ts', 'old.ts', 'part.ts']) assert.deepEqual(await unknownLines(file), [], file);
    });
  });

  it('prints as many lines as a file has that is not too long', async () => {
    sandbox.write('long.ts', 'x = 1;\n'.repeat(200_000));
    const { code, stdout } = await sandbox.run(['blame', 'long.ts']);
    assert.deepEqual([code, stdout.split('\n').length], [0, 200_001]);
  });

  it('ends with what was deleted behind the last line, which is nobody\'s line', async () => {
    save('end.ts', 'one\n', [{ start: 4, endExclusive: 4, removedText: 'two\n' }]);
    sandbox.write('end.ts', 'one\n');
    assert.deepEqual((await sandbox.run(['blame', 'end.ts'])).stdout, ['                 1   one', 'demo (observed)    - two', ''].join('\n'));
  });

  for (const [what, text, bytes] of [
    ['CRLF', 'one\r\nAI\r\nthree\r\n', undefined],
    ['a byte order mark', 'one\nAI\nthree\n', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16', 'one\nAI\nthree\n', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['surrogate pairs', '👩‍👩‍👧𝒳\n𝒳AI👍\n𝒳', undefined],
    ['separators that end no line', 'a\u2028b\u2029c\u0085d\n\u2028AI\nx', undefined],
  ] as const) {
    it(`counts lines as the editor does: ${what}`, async () => {
      sandbox.write('a.ts', bytes?.(text) ?? text);
      const start = text.indexOf('AI');
      save('a.ts', text, [{ start, endExclusive: start + 2 }]);
      assert.deepEqual((await blame('a.ts')).map(({ line }) => line), [2]);
    });
  }

  it('takes a path from where it is called, absolute, over a link and out of a folder below', async () => {
    const text = 'an AI wrote this\n';
    mkdirSync(sandbox.at('src/deep'), { recursive: true });
    sandbox.write('src/a.ts', text);
    save('src/a.ts', text, [{ start: 0, endExclusive: 3 }]);
    symlinkSync(sandbox.folder, `${sandbox.folder}-linked`);
    symlinkSync(sandbox.at('src'), sandbox.at('linked'));
    for (const [file, cwd] of [
      ['src/a.ts', sandbox.folder],
      ['./src/../src/a.ts', sandbox.folder],
      [sandbox.at('src/a.ts'), '/'],
      ['../a.ts', sandbox.at('src/deep')],
      [`${sandbox.folder}-linked/src/a.ts`, '/'],
    ] as const) {
      assert.equal((await blame(file, cwd)).length, 1, file);
    }
    rmSync(`${sandbox.folder}-linked`);
  });

  it('says in one line why there is nothing to tell', async () => {
    symlinkSync('a.ts', sandbox.at('link.ts'));
    execFileSync('mkfifo', [sandbox.at('pipe.ts')]);
    assert.match(await refused('link.ts'), /link\.ts is a link to a\.ts; name what it leads to/);
    assert.match(await refused('pipe.ts'), /pipe\.ts is no file with a text but a FIFO; name a file/);
    assert.match(await refused('.git/..'), /\.git\/\.\. is a folder; name a file in it/);
    assert.match(await refused('gone.ts'), /there is no file gone\.ts; name one that is there/);
    assert.match(await refused('/c:/repo/a.ts'), /lies in no repository|there is no file/);
    assert.match(await refused('.'), /is a folder; name a file in it/);
    sandbox.write('binary.ts', Buffer.from([0x61, 0, 0x62]));
    assert.match(await refused('binary.ts'), /binary\.ts could not be read: it is binary/);
    sandbox.write('large.ts', 'x'.repeat(5 * 1024 * 1024 + 1));
    assert.match(await refused('large.ts'), /large\.ts could not be read: .+MB/);
    const outside = new Sandbox();
    outside.write('a.ts', 'x\n');
    assert.match(await refused(outside.at('a.ts')), /lies in no repository; name a file of one/);
    symlinkSync(outside.at('a.ts'), sandbox.at('out.ts'));
    assert.match(await refused('out.ts'), /out\.ts/);
    assert.match(await refused('../a.ts'), /no repository|no file/);
    assert.match(await refused(), /missing required argument/);
  });

  it('says that nothing is known of a file of which nothing is', async () => {
    sandbox.write('a.ts', 'x\n');
    const { code, stdout, stderr } = await sandbox.run(['blame', 'a.ts', '--format', 'json']);
    assert.deepEqual([code, JSON.parse(stdout), stderr], [0, { version: 1, path: 'a.ts', lines: [], unseen: [[1, 1]] }, 'firebreak: nothing is known of who wrote a.ts\n']);
  });

  it('reads a file of 100,000 lines', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}\n`);
    const text = lines.join('');
    sandbox.write('long.ts', text);
    const start = text.indexOf('line 70000\n');
    save('long.ts', text, [{ start, endExclusive: text.length }]);
    const told = await blame('long.ts');
    assert.deepEqual([told.length, told[0]?.line, told.at(-1)?.line], [30_000, 70_001, 100_000]);
  });

  it('goes by digests, whatever the clock said', async () => {
    const [old, now] = ['an AI wrote this\n', 'an AI wrote this\nand that\n'];
    sandbox.write('a.ts', now);
    utimesSync(sandbox.at('a.ts'), 1, 1);
    const region = { start: 0, insertionId: 'i', origin: { kind: 'ai', tool: 'demo' }, evidence: 'observed' };
    // The newer text was saved after the clock had been set back.
    const texts = [
      { digest: sha256(now), length: now.length, savedAt: 5, regions: [{ ...region, endExclusive: now.length, insertedAt: 5 }] },
      { digest: sha256(old), length: old.length, savedAt: 9_000_000_000_000, regions: [{ ...region, endExclusive: 3, insertedAt: 9_000_000_000_000 }] },
    ];
    sandbox.write(`.git/firebreak/regions/${sha256('a.ts')}.json`, JSON.stringify({ version: 1, path: 'a.ts', texts }));
    assert.deepEqual((await blame('a.ts')).map(({ line }) => line), [1, 2]);
  });

  it('tells apart what somebody made of the newest text unseen, and check --scope ai goes by the same', async () => {
    const text = `const mine = 1;\n${risky}`;
    const now = `// on top\n${text}const more = 2;\n${risky.replace('user', 'order')}`;
    save('a.ts', text, [{ start: text.indexOf(risky), endExclusive: text.length, evidence: 'reported' }], { text });
    sandbox.write('a.ts', now);
    assert.deepEqual(await blame('a.ts'), [{ line: 3, origin: 'ai', evidence: 'reported', tool: 'demo' }]);
    const { findings } = await sandbox.check(['a.ts', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ range, origin }) => [range.start.line, origin]), [[3, { kind: 'ai', tool: 'demo', evidence: 'reported' }]]);
  });

  it('takes what git brought for explained', async () => {
    const text = 'const mine = 1;\nan AI wrote this\n';
    const others = Array.from({ length: 40 }, (_, index) => `export const made${index} = ${index};\n`).join('');
    save('a.ts', text, [{ start: text.indexOf('an AI'), endExclusive: text.length }], { text });
    sandbox.write('a.ts', text + others);
    assert.ok((await blame('a.ts')).some(({ origin }) => origin === 'unknown'));
    sandbox.commitAll('Bring others in');
    assert.deepEqual((await blame('a.ts')).map(({ line, origin }) => [line, origin]), [[2, 'ai']]);
  });

  it('does not let what an editor holds unsaved decide on the file, but for just that text', async () => {
    const [onDisk, unsaved] = ['const a = 1;\n', 'const a = 1;\nan AI wrote this\n'];
    sandbox.write('a.ts', onDisk);
    const region = { start: onDisk.length, endExclusive: unsaved.length, insertionId: 'i', origin: { kind: 'ai', tool: 'demo' }, evidence: 'observed', insertedAt: 1 };
    sandbox.write(`.git/firebreak/unsaved/${sha256('a.ts')}.WINDOW.json`, JSON.stringify({ version: 1, path: 'a.ts', texts: [{ digest: sha256(unsaved), length: unsaved.length, savedAt: 1, regions: [region], text: unsaved }] }));
    assert.deepEqual(await blame('a.ts'), []);
    sandbox.write('a.ts', unsaved);
    assert.deepEqual((await blame('a.ts')).map(({ line }) => line), [2]);
    writeFileSync(sandbox.at(`.git/firebreak/unsaved/${sha256('a.ts')}.WINDOW.json`), '{');
    assert.match((await sandbox.run(['blame', 'a.ts'])).stderr, /set aside as .+\.unreadable-/);
  });

  it('shows hostile names and texts as they are written', async () => {
    const text = 'x \u001b[31m red \u202e\n';
    sandbox.write('a.ts', text);
    save('a.ts', text, [{ start: 0, endExclusive: 3, origin: { kind: 'ai', tool: 'evil\u001b]0;title\u0007\nline' } }]);
    const { stdout } = await sandbox.run(['blame', 'a.ts']);
    assert.ok(!/[\u001b\u0007\u202e]/.test(stdout), JSON.stringify(stdout));
    assert.equal(stdout.trimEnd().split('\n').length, 1);
  });

  for (const [standing, inTheWay] of [
    ['a file', '.git/firebreak'],
    ['a file', '.git/firebreak/regions'],
    ['a file', '.git/firebreak/journal'],
    ['a file', '.git/firebreak/commands'],
    ['a folder', `.git/firebreak/journal/${sha256('a.ts')}.jsonl`],
  ] as const) {
    it(`says in one line that ${standing} stands in its way, and so do the others that keep something: ${inTheWay.slice(0, 24)}`, async () => {
      sandbox.write('a.ts', 'x\n');
      sandbox.commitAll('Add a');
      if (standing === 'a file') sandbox.write(inTheWay, '');
      else mkdirSync(sandbox.at(inTheWay), { recursive: true });
      const told = new RegExp(`^firebreak: .+/${inTheWay.replaceAll('.', '\\.')} is ${standing} where .+ belongs; move it away and try again\\n$`);
      assert.match(await refused('a.ts'), told);
      const check = await sandbox.run(['check', 'a.ts', '--scope', 'ai']);
      assert.deepEqual([check.code, told.test(check.stderr)], [2, true], check.stderr);
      for (const how of inTheWay === '.git/firebreak' ? [['--hook'], ['--agent', 'codex']] : []) assert.match((await sandbox.run(['init', ...how])).stderr, told);
      rmSync(sandbox.at(inTheWay), { recursive: true });
      assert.equal((await sandbox.run(['blame', 'a.ts'])).code, 0);
    });
  }

  it('sets a folder aside that stands where its regions are kept, and says so once', async () => {
    sandbox.write('a.ts', 'x\n');
    mkdirSync(sandbox.at(`.git/firebreak/regions/${sha256('a.ts')}.json`), { recursive: true });
    assert.match((await sandbox.run(['blame', 'a.ts'])).stderr, /could not be read \(it is a folder\); they were set aside as .+\.unreadable-/);
    assert.equal((await sandbox.run(['blame', 'a.ts'])).stderr, 'firebreak: nothing is known of who wrote a.ts\n');
  });

  it('fails in words where it may not read', async () => {
    sandbox.write('a.ts', 'x\n');
    chmodSync(sandbox.at('a.ts'), 0);
    const { code, stderr } = await sandbox.runUnprivileged(['blame', 'a.ts']);
    assert.equal(code, 2);
    assert.match(stderr, /not permitted/);
    chmodSync(sandbox.at('a.ts'), 0o644);
  });
});
