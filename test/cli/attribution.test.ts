import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { risky, removeSandboxes, Sandbox } from './sandbox.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('firebreak check --scope ai', () => {
  let sandbox: Sandbox;
  const text = `${risky}${risky.replace('user', 'order')}`;
  const fileOf = (path: string) => `.git/firebreak/regions/${sha256(path)}.json`;
  /** As the editor saves them. */
  const save = (path: string, forText: string, range: readonly [number, number], origin: unknown = { kind: 'ai', tool: 'demo' }) => {
    const [start, endExclusive] = range;
    const region = { start, endExclusive, insertionId: 'one', origin, evidence: 'observed', insertedAt: 1 };
    sandbox.write(fileOf(path), JSON.stringify({ version: 1, path, texts: [{ digest: sha256(forText), length: forText.length, savedAt: 1, regions: [region] }] }));
  };
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write('a.ts', text);
    sandbox.write('b.ts', risky);
  });
  after(removeSandboxes);

  it('keeps what stands in AI text, and says whose it is', async () => {
    save('a.ts', text, [risky.length, text.length]);
    const { findings, code } = await sandbox.check(['.', '--scope', 'ai']);
    assert.equal(code, 1);
    assert.deepEqual(findings.map(({ path, range, origin }) => [path, range.start.line, origin]), [['a.ts', 2, { kind: 'ai', tool: 'demo', evidence: 'observed' }]]);
    const { stdout } = await sandbox.run(['check', '.', '--scope', 'ai']);
    assert.match(stdout, /\n1 finding \(1 high\) in 2 checked files; 1 file without attribution\n$/);
    const all = await sandbox.check(['.', '--scope', 'all']);
    assert.deepEqual(all.findings.map(({ origin }) => origin?.kind), [undefined, 'ai', undefined]);
  });

  it('keeps text of unknown origin', async () => {
    save('a.ts', text, [0, 3], { kind: 'unknown' });
    const { findings } = await sandbox.check(['a.ts', '--scope', 'ai']);
    assert.deepEqual(findings, [], 'the region ends before the operation');
    save('a.ts', text, [0, 10], { kind: 'unknown' });
    assert.deepEqual((await sandbox.check(['a.ts', '--scope', 'ai'])).findings.map(({ origin }) => origin?.kind), ['unknown']);
  });

  it('keeps what was added since the last commit at once, and nobody told of', async () => {
    sandbox.write('b.ts', `${Array.from({ length: 8 }, (_, at) => `export const fresh${at} = compute(${at}, 'for fresh');\n`).join('')}${risky}`);
    const { findings } = await sandbox.check(['b.ts', '--scope', 'ai']);
    assert.deepEqual(findings.map(({ origin }) => [origin?.kind, origin?.evidence]), [['unknown', 'inferred']]);
    sandbox.commitAll('Take it');
    assert.deepEqual((await sandbox.check(['b.ts', '--scope', 'ai'])).findings, []);
  });

  it('takes regions for exactly the text that they were saved for', async () => {
    save('a.ts', `${text}// more\n`, [0, 10]);
    assert.deepEqual((await sandbox.check(['a.ts', '--scope', 'ai'])).findings, []);
  });

  it('sets aside saved regions that cannot be read, and says so once', async () => {
    for (const content of ['{ not json', '{"version":9}', JSON.stringify({ version: 1, path: 'other.ts', texts: [] })]) {
      sandbox.write(fileOf('a.ts'), content);
      const { code, stderr } = await sandbox.run(['check', 'a.ts', '--scope', 'ai']);
      assert.equal(code, 0);
      assert.match(stderr, /^firebreak: The saved regions of a\.ts could not be read \([^\n]+\); they were set aside as [^\n]+\.unreadable-\d+\n$/);
      assert.equal((await sandbox.run(['check', 'a.ts', '--scope', 'ai'])).stderr, '');
    }
    const kept = readdirSync(sandbox.at('.git/firebreak/regions'));
    assert.equal(kept.filter((name) => name.includes('.unreadable-')).length, 3);
  });
});
