import assert from 'node:assert/strict';
import { fileBefore, filesToCheck } from '../../../src/core/check/movedFile.ts';
import { noPolicy, type Policy } from '../../../src/core/policy/policy.ts';
import { findingsBefore } from '../../../src/core/review/findingsBefore.ts';
import { checker, checkText } from '../../support/check.ts';

const isLeftOut = (path: string) => path.startsWith('left/');
const manifest = 'services:\n  db:\n    image: postgres\n';

const moves: readonly (readonly [from: string, to: string, text: string, parts: readonly string[]])[] = [
  ['a.sh', 'b.sh', 'ls', ['b.sh']],
  ['a.ts', 'a.js', 'f()', ['a.js']],
  ['tool', 'tool.sh', '#!/bin/sh\nls', ['tool.sh']],
  ['notes.txt', 'notes.md', 'ls', ['notes.md']],
  ['a.txt', 'a.sh', 'ls', ['a.txt', 'a.sh']],
  ['a.sh', 'a.txt', 'ls', ['a.sh', 'a.txt']],
  ['a.sh', 'a.py', 'ls', ['a.sh', 'a.py']],
  ['main.tf', 'infra/main.tf', '', ['main.tf', 'infra/main.tf']],
  ['main.tf', 'db.tf', '', ['db.tf']],
  ['main.tf', 'main.tfvars', '', ['main.tf', 'main.tfvars']],
  ['main.tf', 'main.tofu', '', ['main.tf', 'main.tofu']],
  ['main.tf.json', 'main.json', '{}', ['main.tf.json', 'main.json']],
  ['compose.yml', 'docker-compose.yml', manifest, ['docker-compose.yml']],
  ['left/a.sh', 'a.sh', 'ls', ['a.sh']],
  ['a.sh', 'left/a.sh', 'ls', ['a.sh']],
  ['left/a.sh', 'left/b.sh', 'ls', []],
];

describe('a file that moved', () => {
  for (const [from, to, text, parts] of moves) {
    it(`from ${from} to ${to} is looked at as ${parts.join(' and ') || 'nothing'}`, () => {
      const files = filesToCheck({ path: to, pathBefore: from, before: { text }, after: { text } }, isLeftOut);
      assert.deepEqual(files.map(({ path }) => path), parts);
      const isOne = parts.length === 1 && !isLeftOut(from) && !isLeftOut(to);
      for (const file of files) assert.deepEqual([file.before !== undefined, file.after !== undefined], isOne ? [true, true] : [file.path === from, file.path === to]);
    });
  }

  const script = 'aws s3 rb s3://customer-data --force\n';
  const policy: Policy = { ...noPolicy, paths: [{ match: 'live/**', reviewers: ['carol'] }] };
  const places: readonly (readonly [from: string, to: string, count: number])[] = [
    ['staging/a.sh', 'staging/b.sh', 1],
    ['staging/a.sh', 'production/a.sh', 0],
    ['production/a.sh', 'staging/a.sh', 1],
    ['prod/a.sh', 'production/a.sh', 1],
    ['spare/a.sh', 'live/a.sh', 0],
    ['live/a.sh', 'spare/a.sh', 1],
    ['live/a.sh', 'live/b.sh', 1],
  ];
  for (const [from, to, count] of places) {
    it(`from ${from} to ${to} had ${count} of the findings that it has, by the names that they have now`, async () => {
      const before = await findingsBefore({ path: to, pathBefore: from, before: { text: script }, after: { text: script } }, policy, async (file) => (await checker.check({ files: [file] }, () => ({ isOver: () => false })))[0]);
      const now = await checkText(to, script);
      assert.equal(now.length, 1);
      assert.deepEqual(before.map(({ fingerprint }) => fingerprint), now.slice(0, count).map(({ fingerprint }) => fingerprint));
    });
  }

  it('is what it is where it was not moved', () => {
    assert.deepEqual(fileBefore({ path: 'production/a.sh', before: { text: '' } }), { path: 'production/a.sh', after: { text: '' }, knownAs: 'production/a.sh' });
    assert.equal(fileBefore({ path: 'a.sh', after: { text: '' } }), undefined);
  });
});
