import assert from 'node:assert/strict';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { Random } from './random.ts';

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('OffsetEdit', () => {
  it(`keeps its laws (seeds ${seeds.at(0)} to ${seeds.at(-1)})`, () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      const text = seed % 10 === 0 ? '' : random.text(20);
      const one = random.edit(text, 4);
      const middle = one.apply(text);
      const other = random.edit(middle, 4);
      const note = `seed ${seed}`;
      assert.equal(middle.length - text.length, one.lengthDelta, note);
      assert.equal(one.inverse((range) => range.of(text)).apply(middle), text, note);
      assert.equal(one.compose(other).apply(text), other.apply(middle), note);
      assert.equal(one.compose(one.inverse((range) => range.of(text))).apply(text), text, note);
      assert.equal(OffsetEdit.none.compose(one).apply(text), middle, note);
      assert.equal(one.compose(OffsetEdit.none).apply(text), middle, note);
    }
  });

  it('refuses replacements that overlap or are not sorted', () => {
    const replacement = (start: number, endExclusive: number) => ({ range: new OffsetRange(start, endExclusive), newText: 'x' });
    assert.throws(() => new OffsetEdit([replacement(0, 3), replacement(2, 4)]), RangeError);
    assert.throws(() => new OffsetEdit([replacement(4, 5), replacement(0, 1)]), RangeError);
    assert.equal(new OffsetEdit([replacement(0, 2), replacement(2, 2), replacement(2, 3)]).apply('abc'), 'xxx');
  });

  it('refuses a range outside the text', () => {
    assert.throws(() => OffsetEdit.delete(new OffsetRange(1, 4)).apply('abc'), RangeError);
  });

  it('sorts what an editor reports bottom first, insertions at one place included', () => {
    const reported = [
      { range: new OffsetRange(3, 4), newText: 'C' },
      { range: OffsetRange.empty(1), newText: 'second ' },
      { range: OffsetRange.empty(1), newText: 'first ' },
    ];
    const oneAfterTheOther = reported.reduce((text, { range, newText }) => OffsetEdit.replace(range, newText).apply(text), '_abc');
    assert.equal(OffsetEdit.ofUnsorted(reported).apply('_abc'), oneAfterTheOther);
    assert.equal(oneAfterTheOther, '_first second abC');
  });

  it('knows when it does nothing', () => {
    assert.ok(OffsetEdit.none.isEmpty);
    assert.ok(OffsetEdit.insert(3, '').isEmpty);
    assert.ok(!OffsetEdit.delete(new OffsetRange(0, 1)).isEmpty);
  });

  it('composes many replacements', () => {
    const text = 'x'.repeat(130_000);
    const everywhere = new OffsetEdit(Array.from(text, (_, at) => ({ range: OffsetRange.ofLength(at, 1), newText: 'yz' })));
    assert.equal(everywhere.compose(OffsetEdit.insert(0, 'a')).lengthDelta, 130_001);
  });
});
