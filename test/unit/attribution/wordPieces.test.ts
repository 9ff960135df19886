import assert from 'node:assert/strict';
import { wordPieces } from '../../../src/core/attribution/wordPieces.ts';
import { Random } from '../../support/random.ts';

const parts = ['a', 'Zé', '_1', '$', '漢字', '𝒳', '👍', '\ud83d', '\n', '\r\n', '\r', ' ', '\t', '\u00a0', '\u2028', '(', '=>', '…'];

/** As an expression cuts it. */
const cut = (text: string) => text.match(/\r?\n|[^\S\r\n]+|[\p{L}\p{N}_$]+|[^]/gu) ?? [];
const textsAt = (text: string, starts: Int32Array) => Array.from(starts.subarray(1), (end, at) => text.slice(starts[at], end));

describe('two texts in pieces', () => {
  for (let seed = 1; seed <= 200; seed++) {
    it(`are words, runs of blanks, line breaks and signs, with one number for what reads the same (seed ${seed})`, () => {
      const random = new Random(seed);
      const text = () => Array.from({ length: random.below(30) }, () => random.of(parts)).join('');
      const [old, now] = [text(), text()];
      const pieces = wordPieces(old, now);
      const [oldTexts, newTexts] = [textsAt(old, pieces.oldStarts), textsAt(now, pieces.newStarts)];
      assert.deepEqual([oldTexts, newTexts], [cut(old), cut(now)]);
      const all = [...oldTexts, ...newTexts];
      const numbers = [...pieces.old, ...pieces.now];
      assert.deepEqual(numbers.map((number) => all[numbers.indexOf(number)]), all);
      assert.equal(new Set(numbers).size, new Set(all).size);
      assert.equal(pieces.kinds, new Set(all).size);
    });
  }
});
