import assert from 'node:assert/strict';
import { flaggedFirst } from '../../../src/vscode/review/reviewWords.ts';

describe('the order of files in a review', () => {
  const order = (paths: readonly string[], flagged: readonly string[], first?: string) => flaggedFirst(paths.map((path) => ({ path })), flagged.map((each) => ({ path: each.slice(0, 1), severity: each.endsWith('!') ? 'critical' : 'high' })), first).map(({ path }) => path).join(' ');
  const rows: readonly [what: string, paths: readonly string[], flagged: readonly string[], first: string | undefined, expected: string][] = [
    ['is those with findings first, and else as they came', ['a', 'b', 'c', 'd'], ['c', 'b'], undefined, 'b c a d'],
    ['is the worst first', ['a', 'b', 'c'], ['a', 'b', 'c!', 'c'], undefined, 'c a b'],
    ['is the one that was asked for before all', ['a', 'b', 'c'], ['b'], 'c', 'c b a'],
    ['is as they came where nothing was found', ['b', 'a'], [], undefined, 'b a'],
    ['takes no file in that only a finding names', ['a'], ['z', 'a'], 'y', 'a'],
  ];
  for (const [what, paths, flagged, first, expected] of rows) {
    it(what, () => {
      assert.equal(order(paths, flagged, first), expected);
    });
  }
});
