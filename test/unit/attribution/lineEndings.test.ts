import assert from 'node:assert/strict';
import { withLineEndingsOf } from '../../../src/core/attribution/lineEndings.ts';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { Random } from '../text/random.ts';

const seeds = Array.from({ length: 100 }, (_, seed) => seed);
const regionAt = (start: number, endExclusive: number, insertionId = 'i'): AiRegion => ({
  range: new OffsetRange(start, endExclusive),
  insertionId,
  origin: { kind: 'ai', tool: 't' },
  evidence: 'observed',
  insertedAt: 0,
});
const rangesOf = (regions: readonly AiRegion[] | undefined): readonly string[] | undefined => regions?.map(({ range }) => String(range));

describe('withLineEndingsOf', () => {
  it(`keeps line and column there and back (seeds ${seeds.at(0)} to ${seeds.at(-1)})`, () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      const lf = random.text(30, ['a', 'b', '\n', '😀']);
      const crlf = lf.replaceAll('\n', '\r\n');
      const regions: AiRegion[] = [];
      for (let at = random.below(3); at < lf.length; at += 2 + random.below(4)) regions.push(regionAt(at, at + 1, `i${at}`));
      const there = withLineEndingsOf(regions, lf, crlf);
      assert.deepEqual(there?.map(({ range }) => range.of(crlf).replaceAll('\r\n', '\n')), regions.map(({ range }) => range.of(lf)), `seed ${seed}`);
      assert.deepEqual(rangesOf(withLineEndingsOf(there, crlf, lf)), rangesOf(regions), `seed ${seed}`);
    }
  });

  it('refuses texts that differ in more', () => {
    assert.equal(withLineEndingsOf([], 'a\n', 'b\r\n'), undefined);
  });

  it('takes a place within a line ending to the end of its line, and drops a region of half of one', () => {
    assert.deepEqual(rangesOf(withLineEndingsOf([regionAt(0, 2)], 'a\r\nb', 'a\nb')), ['[0, 1)']);
    assert.deepEqual(rangesOf(withLineEndingsOf([regionAt(1, 2), { ...regionAt(2, 2), removedText: 'x' }], 'a\r\nb', 'a\nb')), ['[1, 1)']);
  });
});
