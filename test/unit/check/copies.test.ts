import assert from 'node:assert/strict';
import { Copies } from '../../../src/core/check/copies.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { Random } from '../../support/random.ts';

function placesIn(text: string, wanted: string): number[] {
  return Array.from({ length: text.length }, (_, start) => start).filter((start) => text.startsWith(wanted, start));
}

describe('the places of a text in one that is edited', () => {
  for (const seed of Array.from({ length: 60 }, (_, index) => index + 1)) {
    it(`are those of a plain search (seed ${seed})`, () => {
      const random = new Random(seed);
      const live = new LineText('ab\nba\nabab\naab\n');
      const copies = new Copies(live);
      for (let count = 0; count < 40; count++) {
        const first = random.below(live.length + 1);
        const second = Math.min(live.length, first + random.below(3));
        const third = second + random.below(live.length - second + 1);
        const replacements = [{ range: new OffsetRange(first, second), newText: random.of(['', 'a', 'b', 'ab', '\n', 'aab\nb']) }, { range: OffsetRange.empty(third), newText: random.of(['', '', 'ab', 'a']) }];
        const edit = new OffsetEdit(replacements);
        copies.willChange(edit);
        live.apply(edit);
        if (random.next() < 0.4) continue;
        for (const wanted of ['ab', 'a', 'ab\n', 'aa']) {
          if (random.next() < 0.3) continue;
          assert.deepEqual(copies.of(wanted).map((range) => range.start), placesIn(live.toString(), wanted), `of ${JSON.stringify(wanted)} in ${JSON.stringify(live.toString())}`);
        }
        if (random.next() < 0.5) copies.forgetUnused();
      }
    });
  }
});
