import assert from 'node:assert/strict';
import { isDryRun, loopFactors, namesProduction } from '../../../src/core/check/factors.ts';
import { type PathKind, pathKindOf } from '../../../src/core/check/paths.ts';
import { hole } from '../../../src/core/language/operation.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

/** `<x>` is a hole that holds x. */
const paths: Readonly<Record<PathKind, readonly string[]>> = {
  scratch: ['/tmp/x', '/tmp', '/var/tmp/*', 'node_modules', './dist', 'a/build/', '<$TMPDIR>/x', '<${TMPDIR:-/tmp}>', '<$(mktemp -d)>', '<$tmp_dir>/*', '<$ROOT>/node_modules', '/app/node_modules', '~/.cache/x', 'src/__pycache__', '/var/lib/apt/lists/*', '<tmpDir>', '<$BUILD_DIR>'],
  relative: ['src', './data', 'a/b/', 'x*', 'distribution', 'a/../b'],
  dynamic: ['<$DIR>', '<$DIR>/sub', '<$1>', '<${DIR:?}>/*', '<$temperature>'],
  absolute: ['/srv/data', '/var/lib/shop', '~/projects', '<$HOME>/work', '../other', '/usr/lib/shop', '/opt/build'],
  unbounded: ['<$DIR>/', '<$DIR>/*', '/<$DIR>', '<${BUILD_DIR}>/*'],
  here: ['.', './', '*', './*', '.*', '..', '../..', '../*', 'a/..'],
  system: ['/etc', '/usr', '/var/', '/usr/local', '/tmp/../etc', '/var/log', '/etc/./'],
  root: ['/', '/*', '//', '/tmp/..', '~', '~/', '~/*', '~bob', '<$HOME>', '<${HOME}>/', '<$HOME>/*', 'C:\\', '/home'],
};

describe('a path that is deleted', () => {
  for (const [kind, examples] of Object.entries(paths)) {
    for (const example of examples) {
      it(`${example} is ${kind}`, () => {
        const holes = [...example.matchAll(/<([^>]*)>/g)].map((match) => match[1] ?? '');
        assert.equal(pathKindOf(example.replace(/<[^>]*>/g, hole), holes), kind);
      });
    }
  }
});

describe('factors', () => {
  for (const name of ['prod', 'shop-prod', 'PROD_DB', 'prodDatabase', 'https://api.production.example.com', 'dbProd', 'prd-eu']) {
    it(`${name} names production`, () => {
      assert.ok(namesProduction(name));
    });
  }
  for (const name of ['product', 'products', 'reproduce', 'non-prod', 'preprod', 'nonprod', 'producer', 'staging']) {
    it(`${name} does not name production`, () => {
      assert.ok(!namesProduction(name));
    });
  }
  it('a dry run is told by its option and its value', () => {
    assert.deepEqual([['--dry-run'], ['--dry-run=client'], ['--dryrun'], ['--dry-run=none'], ['--no-dry-run'], []].map((words) => isDryRun(words)), [true, true, true, false, false, false]);
  });
  const range = new OffsetRange(0, 1);
  const loops: readonly (readonly [string, string, number])[] = [
    ['stacks', 'called in a loop over `stacks`', 1],
    ['$(aws s3 ls)', 'called for each that `$(aws s3 ls)` lists', 1],
    ['a b c', 'called in a loop over `a b c`', 0],
    ["['a', 'b']", "called in a loop over `['a', 'b']`", 0],
    ['i = 0; i < 3; i++', 'called in a loop', 1],
    ['true', 'called in a loop', 1],
  ];
  for (const [over, text, weight] of loops) {
    it(`a loop over ${over}`, () => {
      assert.deepEqual(loopFactors({ loop: { over, range } }), [{ text, weight, range }]);
    });
  }
});
