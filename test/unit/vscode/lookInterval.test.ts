import assert from 'node:assert/strict';
import { waitMs } from '../../../src/vscode/review/lookInterval.ts';

describe('how long until a remote is asked again for reviews', () => {
  const minute = 60_000;
  for (const [every, failures, wanted] of [
    [5, 0, 5],
    [5, 1, 10],
    [5, 3, 40],
    [5, 4, 60],
    [5, 4000, 60],
    [240, 0, 240],
    [240, 9, 240],
  ] as const) {
    it(`is ${wanted} minutes when it is asked each ${every}, and was not reached ${failures} times`, () => {
      assert.equal(waitMs(every * minute, failures), wanted * minute);
    });
  }
});
