import assert from 'node:assert/strict';
import { describe as describeBlastRadius, describeBriefly, type Scope, type Undo } from '../../../src/core/check/blastRadius.ts';
import { isAtLeast, severityOf } from '../../../src/core/check/severity.ts';
import { unhurried } from '../../../src/core/language/pace.ts';
import { decode, largestFileBytes } from '../../../src/core/text/decode.ts';
import { checker, checkText } from '../../support/check.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const risky = 'await prisma.user.deleteMany({});\n';

const looks: readonly [name: string, path: string, content: Uint8Array, expected: string][] = [
  ['a risky file', 'a.ts', bytes(risky), '1 found'],
  ['an empty file', 'a.ts', bytes(''), '0 found'],
  ['a picture', 'a.png', new Uint8Array([0x89, 0x50, 0, 0]), 'notApplicable'],
  ['a language without a checker', 'a.f90', bytes('DELETE ALL'), 'notApplicable'],
  ['a script that only its first line tells', 'bin/tool', bytes('#!/usr/bin/env node\n' + risky), '1 found'],
  ['a NUL', 'a.ts', bytes(`a\0b\n${risky}`), 'unread: it is binary (a NUL at byte 1)'],
  ['too much', 'a.ts', new Uint8Array(largestFileBytes + 1).fill(32), 'unread: it has 5.0 MB, and files over 5 MB are not read'],
  ['a mark of UTF-8', 'a.ts', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(risky)]), '1 found'],
  ['UTF-16', 'a.ts', new Uint8Array([0xff, 0xfe, ...Buffer.from(risky, 'utf16le')]), '1 found'],
  ['a mark of UTF-16 before other text', 'a.sh', new Uint8Array([0xff, 0xfe, 10, ...bytes('rm -rf /\n')]), 'unread: it is marked as UTF-16 and is not'],
  ['a pointer of Git LFS in place of code', 'db/a.sql', bytes(`version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`), 'unread: it is a pointer of Git LFS, and what that puts in its place is not here'],
  ['one with an extension, as git-lfs of before wrote it', 'a.sh', bytes(`\nversion https://hawser.github.com/spec/v1\next-0-case sha256:${'b'.repeat(64)}\noid sha256:${'a'.repeat(64)}\nsize 12\n`), 'unread: it is a pointer of Git LFS, and what that puts in its place is not here'],
  ['a pointer in place of a film', 'a.mp4', bytes(`version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`), 'notApplicable'],
  ['code that speaks of a pointer', 'a.py', bytes("# version https://git-lfs.github.com/spec/v1\nhead = 'version https://git-lfs.github.com/spec/v1\\noid sha256:'\n"), '0 found'],
  ['bytes that are no UTF-8 beside it', 'a.ts', new Uint8Array([...bytes('// '), 0xe9, 0xff, 10, ...bytes(risky)]), '1 found'],
  ['Windows line ends', 'a.ts', bytes(`\r\n\r\n${risky.replace('\n', '\r\n')}`), '1 found'],
];

describe('a look', () => {
  for (const [name, path, content, expected] of looks) {
    it(`at ${name}: ${expected}`, async () => {
      const [look] = await checker.check({ files: [{ path, after: decode(content) }] }, () => unhurried);
      assert.ok(look !== undefined);
      assert.equal(look.kind === 'findings' ? `${look.findings.length} found` : look.kind === 'unread' ? `unread: ${look.why}` : look.kind, expected);
    });
  }
  it('at a long file misses nothing, in many lines or in one', async () => {
    const filler = 'const someName = otherName(1, 2);';
    for (const lineEnd of ['\n', ' ']) {
      const text = `${filler}${lineEnd}`.repeat(4000) + risky + `${filler}${lineEnd}`.repeat(2000) + risky;
      const found = await checkText('a.ts', text);
      assert.deepEqual(found.map(({ range }) => range.of(text)), ['prisma.user.deleteMany({})', 'prisma.user.deleteMany({})']);
    }
  });
  it('that takes too long is unread, never empty', async () => {
    const [look] = await checker.check({ files: [{ path: 'a.ts', after: { text: risky.repeat(2000) } }] }, () => ({ isOver: () => true }));
    assert.deepEqual(look, { kind: 'unread', path: 'a.ts', why: 'reading it took too long' });
  });
  it('at a Terraform block that moved to another file sees what it lost on the way', async () => {
    const block = (protect: boolean) => ({ text: `resource "aws_db_instance" "a" {\n  deletion_protection = ${String(protect)}\n}\n` });
    const looks = await checker.check({ files: [{ path: 'infra/main.tf', before: block(true), after: { text: '' } }, { path: 'infra/db.tf', after: block(false) }] }, () => unhurried);
    assert.deepEqual(looks.map((look) => (look.kind === 'findings' ? look.findings.map(({ ruleId }) => ruleId) : look.kind)), [[], ['deletion-protection-removed']]);
  });
  it('at what took the place of a pointer takes all of it for new', async () => {
    const pointer = { text: `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n` };
    const database = { text: 'resource "aws_db_instance" "a" {\n  engine = "postgres"\n}\n' };
    const looks = await checker.check({ files: [{ path: 'infra/main.tf', before: pointer, after: database }, { path: 'db/main.tf', before: database, after: pointer }, { path: 'x.sql', before: pointer, after: { text: 'DROP DATABASE orders;\n' } }] }, () => unhurried);
    assert.deepEqual(looks.map((look) => (look.kind === 'findings' ? look.findings.map(({ ruleId }) => ruleId) : look.kind)), [[], 'unread', ['sql-drop']]);
  });
  it('at code that nests without end is unread', async () => {
    const [look] = await checker.check({ files: [{ path: 'a.ts', after: { text: `${'('.repeat(5000)}prisma.user.deleteMany({})${')'.repeat(5000)}` } }] }, () => unhurried);
    assert.equal(look?.kind, 'unread');
  });
  it('at a deleted file finds nothing to check', async () => {
    const [look] = await checker.check({ files: [{ path: 'a.ts', before: { text: risky } }] }, () => unhurried);
    assert.equal(look?.kind, 'notApplicable');
  });
});

describe('a fingerprint', () => {
  const fingerprintsIn = async (text: string, path = 'a.ts') => (await checkText(path, text)).map((finding) => finding.fingerprint);
  const inFunction = (name: string, body: string) => `async function ${name}() {\n${body}}\n`;

  it('is 64 hexadecimal digits', async () => {
    assert.match((await fingerprintsIn(risky))[0] ?? '', /^[0-9a-f]{64}$/);
  });
  it('stays when the operation moves in its file', async () => {
    assert.deepEqual(await fingerprintsIn(`// a\n\n  ${risky}`), await fingerprintsIn(risky));
  });
  it('tells copies apart', async () => {
    const found = await fingerprintsIn(risky.repeat(3));
    assert.equal(new Set(found).size, 3);
    assert.equal(found[0], (await fingerprintsIn(risky))[0]);
  });
  it('tells places apart', async () => {
    const found = await fingerprintsIn(inFunction('a', risky) + inFunction('b', risky));
    assert.equal(new Set(found).size, 2);
    assert.deepEqual(await fingerprintsIn(inFunction('b', risky)), found.slice(1));
  });
  it('changes with one byte of the operation, also of white space', async () => {
    assert.notDeepEqual(await fingerprintsIn(risky.replace('({})', '({ })')), await fingerprintsIn(risky));
  });
  it('tells two safeguards apart that one block lost', async () => {
    const before = 'resource "aws_db_instance" "a" {\n  deletion_protection = true\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n';
    const found = await checkText('a.tf', 'resource "aws_db_instance" "a" {\n}\n', { before });
    assert.equal(new Set(found.map((finding) => finding.fingerprint)).size, 2);
  });
  it('tells statements apart that one hole brings in', async () => {
    const found = await fingerprintsIn("const CLEAN = 'DROP TABLE a; DROP TABLE b';\nawait db.query(`${CLEAN}`);");
    assert.deepEqual([found.length, new Set(found).size], [2, 2]);
  });
  it('changes with the path', async () => {
    assert.notDeepEqual(await fingerprintsIn(risky, 'b.ts'), await fingerprintsIn(risky));
  });
});

const table: readonly [scope: Scope, undo: Undo, weights: readonly (-1 | 0 | 1)[], severity: string][] = [
  ['object', 'none', [], 'low'],
  ['set', 'costly', [], 'medium'],
  ['collection', 'none', [], 'high'],
  ['collection', 'none', [1], 'critical'],
  ['collection', 'none', [1, 1, 1], 'critical'],
  ['collection', 'none', [-1, 0], 'medium'],
  ['service', 'costly', [1, -1], 'high'],
  ['environment', 'easy', [], 'high'],
  ['account', 'none', [-1], 'high'],
  ['object', 'easy', [-1], 'low'],
];

describe('severity', () => {
  for (const [scope, undo, weights, severity] of table) {
    it(`of ${scope}, undo ${undo}, factors ${JSON.stringify(weights)} is ${severity}`, () => {
      assert.equal(severityOf({ scope, undo, factors: weights.map((weight) => ({ text: '', weight })) }), severity);
    });
  }
  it('is ordered', () => {
    assert.ok(isAtLeast('critical', 'high') && isAtLeast('high', 'high') && !isAtLeast('medium', 'high'));
  });
});

describe('a blast radius in words', () => {
  const radius = { scope: 'environment', undo: 'none', effect: 'deletes the CloudFormation stack `prod` and everything in it', factors: [{ text: 'called in a loop over `stacks`', weight: 1 }] } as const;
  it('says effect, undo and factors', () => {
    assert.equal(describeBlastRadius(radius), 'deletes the CloudFormation stack `prod` and everything in it; cannot be undone; called in a loop over `stacks`');
  });
  it('is brief on a lens', () => {
    assert.equal(describeBriefly(radius), 'deletes the CloudFormation stack `prod` and everything in it, no undo');
  });
});
