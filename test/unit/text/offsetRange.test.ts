import assert from 'node:assert/strict';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const bad: readonly (readonly [start: number, endExclusive: number])[] = [[-1, 2], [3, 2], [Number.NaN, 2], [0, Number.NaN], [0, Infinity]];

describe('OffsetRange', () => {
  for (const [start, endExclusive] of bad) {
    it(`refuses ${start} to ${endExclusive}`, () => {
      assert.throws(() => new OffsetRange(start, endExclusive), RangeError);
    });
  }

  it('tells sharing a character from touching', () => {
    const range = new OffsetRange(2, 5);
    assert.ok(range.overlaps(new OffsetRange(4, 9)));
    assert.ok(!range.overlaps(new OffsetRange(5, 9)));
    assert.ok(range.touches(new OffsetRange(5, 9)));
    assert.ok(range.touches(OffsetRange.empty(2)));
    assert.ok(!range.touches(OffsetRange.empty(6)));
  });

  it('contains its start and not its end', () => {
    const range = new OffsetRange(2, 5);
    assert.deepEqual([1, 2, 4, 5].map((at) => range.contains(at)), [false, true, true, false]);
  });

  it('encloses itself and what lies within', () => {
    const range = new OffsetRange(2, 5);
    assert.ok(range.encloses(range));
    assert.ok(range.encloses(OffsetRange.empty(5)));
    assert.ok(!range.encloses(new OffsetRange(1, 3)));
  });

  it('reads its stretch of a text', () => {
    assert.equal(OffsetRange.ofLength(1, 2).of('abcd'), 'bc');
    assert.equal(OffsetRange.hull(new OffsetRange(0, 1), new OffsetRange(3, 4)).of('abcd'), 'abcd');
    assert.equal(new OffsetRange(0, 2).shift(2).of('abcd'), 'cd');
  });
});
