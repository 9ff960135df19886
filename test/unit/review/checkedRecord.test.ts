import assert from 'node:assert/strict';
import { wordChecked } from '../../../src/core/review/checkedRecord.ts';

describe('records that were checked again, in words', () => {
  const good = { ref: 'r', said: ['x'], faults: [] };
  const over = { ...good, isOver: true as const };
  const bad = { ...over, faults: ['y'] };
  const rows = [
    [[], 0, '0 records'],
    [[good], 0, '1 record, all good'],
    [[good, over], 0, '2 records, none bad, of which 1 would not count today'],
    [[good, over, bad], 1, '3 records, 1 not good'],
  ] as const;
  for (const [checked, count, last] of rows) {
    it(`come to: ${last}`, () => {
      const { bad: found, summary } = wordChecked(checked);
      assert.deepEqual([found, summary.at(-1), summary.length], [count, last, count > 0 ? 2 : 1]);
    });
  }
  it('say of each what it is, with what is wrong with it', () => {
    assert.deepEqual(wordChecked([good, over, bad]).records.map(({ state, lines }) => `${state}: ${lines.join(' ')}`), ['good: x', 'was good: x', 'not good: x y']);
  });
});
