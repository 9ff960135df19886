import assert from 'node:assert/strict';
import type { Finding } from '../../../src/core/check/finding.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { moveFindings, moveRange } from '../../../src/vscode/documents/movedFindings.ts';
import { Random } from '../text/random.ts';

/** `⟦⟧` mark the range before and after; each case replaces `from` by `to`. */
const cases: readonly (readonly [what: string, before: string, from: string, to: string, after: string])[] = [
  ['text before it', 'a ⟦b⟧ c', 'a', 'xyz', 'xyz ⟦b⟧ c'],
  ['text behind it', 'a ⟦b⟧ c', 'c', 'xyz', 'a ⟦b⟧ xyz'],
  ['text within it', 'a ⟦bcd⟧ e', 'c', 'xyz', 'a ⟦bxyzd⟧ e'],
  ['its beginning and what stands before', 'a⟦bc⟧ d', 'ab', 'x', 'x⟦c⟧ d'],
  ['its end and what stands behind', 'a ⟦bc⟧d', 'cd', 'x', 'a ⟦b⟧x'],
];

describe('findings between two looks', () => {
  for (const [what, before, from, to, after] of cases) {
    it(`move with a change of ${what}`, () => {
      const text = unmarked(before);
      const start = text.indexOf(from);
      const edit = OffsetEdit.replace(OffsetRange.ofLength(start, from.length), to);
      assert.equal(edit.apply(text), unmarked(after));
      assert.ok(moveRange(rangeIn(before), edit).equals(rangeIn(after)));
    });
  }

  it('keep text that is inserted at an edge outside', () => {
    const range = new OffsetRange(2, 4);
    assert.ok(moveRange(range, OffsetEdit.insert(2, 'xx')).equals(new OffsetRange(4, 6)));
    assert.ok(moveRange(range, OffsetEdit.insert(4, 'xx')).equals(range));
  });

  it('are gone when their whole text is replaced', () => {
    const edit = OffsetEdit.replace(new OffsetRange(1, 5), 'other');
    assert.deepEqual(moveFindings([findingAt(new OffsetRange(1, 5)), findingAt(new OffsetRange(7, 9))], edit).map(({ range }) => range), [new OffsetRange(8, 10)]);
  });

  it('are the same objects when the change lies behind them', () => {
    const finding = findingAt(new OffsetRange(1, 5));
    assert.equal(moveFindings([finding], OffsetEdit.insert(6, 'x'))[0], finding);
  });

  for (let seed = 1; seed <= 20; seed++) {
    it(`stay between the characters that were their first and last (seed ${seed})`, () => {
      const random = new Random(seed);
      for (let round = 0; round < 50; round++) {
        const length = 2 + random.below(40);
        // Each character is unlike all others, so that it is found again.
        const text = Array.from({ length }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');
        const start = random.below(length);
        const range = new OffsetRange(start, start + 1 + random.below(length - start));
        const edit = random.edit(text, 4);
        const after = edit.apply(text);
        const first = after.indexOf(text.charAt(range.start));
        const last = after.indexOf(text.charAt(range.endExclusive - 1));
        const moved = moveRange(range, edit);
        assert.ok(moved.endExclusive <= after.length);
        if (first !== -1 && last !== -1) assert.ok(moved.equals(new OffsetRange(first, last + 1)), `${String(range)} became ${String(moved)}`);
      }
    });
  }
});

function unmarked(text: string): string {
  return text.replaceAll(/[⟦⟧]/g, '');
}

function rangeIn(text: string): OffsetRange {
  return new OffsetRange(text.indexOf('⟦'), text.indexOf('⟧') - 1);
}

function findingAt(range: OffsetRange): Finding {
  return {
    ruleId: 'test',
    title: 'Test',
    path: 'a.ts',
    range,
    matched: '',
    severity: 'high',
    confidence: 'high',
    blastRadius: { scope: 'set', undo: 'none', effect: 'tests', factors: [] },
    fingerprint: '',
    within: [range],
  };
}
