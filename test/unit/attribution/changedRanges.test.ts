import assert from 'node:assert/strict';
import { changedRanges } from '../../../src/core/attribution/changedRanges.ts';

/** The text after with ⟦⟧ around what changed. */
function marked(before: string, after: string): string {
  return changedRanges(before, after).reduceRight((text, { start, endExclusive }) => `${text.slice(0, start)}⟦${text.slice(start, endExclusive)}⟧${text.slice(endExclusive)}`, after);
}

describe('changedRanges', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    ['nothing', 'a\nb\n', 'a\nb\n', 'a\nb\n'],
    ['a changed line', 'a\nb\nc\n', 'a\nB\nc\n', 'a\n⟦B⟧\nc\n'],
    ['added lines', 'a\nd\n', 'a\nb\nc\nd\n', 'a\n⟦b\nc⟧\nd\n'],
    ['a new last line', 'a\n', 'a\nb', 'a\n⟦b⟧'],
    ['a new text', '', 'a\nb\n', '⟦a\nb⟧\n'],
    ['a removed line', 'a\nb\nc\n', 'a\nc\n', 'a⟦⟧\n⟦⟧c\n'],
    ['a removed first line', 'a\nb\n', 'b\n', '⟦⟧b\n'],
    ['a removed last line', 'a\nb\n', 'a\n', 'a⟦⟧\n⟦⟧'],
    ['a removed blank line', 'a\n\n  \nb\n', 'a\nb\n', 'a\nb\n'],
    ['all removed', 'a\nb', '', '⟦⟧'],
    ['a line that lost lines beside it', 'a\nb\nc\nd\n', 'a\nX\nd\n', 'a\n⟦X⟧\nd\n'],
    ['other line ends', 'a\nb\n', 'a\r\nb\r\n', 'a\r\nb\r\n'],
    ['a change and other line ends', 'a\nb\nc\n', 'a\r\nB\r\nc\r\n', 'a\r\n⟦B⟧\r\nc\r\n'],
    ['a removal and other line ends', 'a\nb\nc\n', 'a\r\nc\r\n', 'a⟦⟧\r\n⟦⟧c\r\n'],
    ['lines that are set in deeper, under what came', 'a\n  b\nc\n', 'a\nif x\n    b\nc\n', 'a\n⟦if x⟧\n    b\nc\n'],
    ['a line that is set in less', 'if x\n  b\n', 'if x\nb\n', 'if x\n⟦b⟧\n'],
    ['an added blank line', 'a\nb\n', 'a\n\nb\n', 'a\n⟦⟧\nb\n'],
  ];
  for (const [what, before, after, expected] of table) {
    it(`marks ${what}`, () => {
      assert.equal(marked(before, after), expected);
    });
  }

  it('takes all between the common ends where too much differs', () => {
    const lines = Array.from({ length: 5000 }, (_, number) => `line ${number}`);
    const after = ['same', ...lines.map((line) => `${line}!`), 'end', ''].join('\n');
    const ranges = changedRanges(['same', ...lines, 'end', ''].join('\n'), after);
    assert.deepEqual(ranges.map((range) => [range.start, range.endExclusive]), [[5, after.length - 5]]);
  });
});
