import assert from 'node:assert/strict';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { Random } from './random.ts';

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

describe('LineText', () => {
  it(`equals a plain string through edits (seeds ${seeds.at(0)} to ${seeds.at(-1)})`, () => {
    for (const seed of seeds) {
      const random = new Random(seed);
      let text = seed % 10 === 0 ? '' : random.text(40);
      const lines = new LineText(text);
      for (let step = 0; step < 15; step++) {
        const edit = random.edit(text, 3);
        text = edit.apply(text);
        lines.apply(edit);
        assertSame(lines, text, random, `seed ${seed}, step ${step}`);
      }
    }
  });

  it('takes offsets outside the text to its nearest end', () => {
    const lines = new LineText('ab\nc');
    assert.deepEqual(lines.positionAt(-5), { line: 0, column: 0 });
    assert.deepEqual(lines.positionAt(99), { line: 1, column: 1 });
    assert.equal(lines.offsetAt({ line: 7, column: 0 }), 4);
    assert.equal(lines.line(7), '');
  });

  it('refuses an edit outside the text', () => {
    assert.throws(() => { new LineText('abc').apply(OffsetEdit.delete(new OffsetRange(2, 9))); }, RangeError);
  });

  it('takes a replacement of very many lines', () => {
    const lines = new LineText('a\nb\nc');
    lines.apply(OffsetEdit.replace(new OffsetRange(2, 3), 'x\n'.repeat(120_000)));
    assert.equal(lines.lineCount, 120_003);
    assert.equal(lines.line(120_002), 'c');
    assert.equal(lines.length, 240_004);
  });
});

function assertSame(lines: LineText, text: string, random: Random, note: string): void {
  assert.equal(lines.toString(), text, note);
  assert.equal(lines.length, text.length, note);
  assert.equal(lines.lineCount, text.split('\n').length, note);
  for (let probe = 0; probe < 6; probe++) {
    const at = random.below(text.length + 1);
    const before = text.slice(0, at);
    const position = { line: before.split('\n').length - 1, column: at - (before.lastIndexOf('\n') + 1) };
    assert.deepEqual(lines.positionAt(at), position, note);
    assert.equal(lines.offsetAt(position), at, note);
    assert.equal(lines.startOfLine(position.line), at - position.column, note);
    const range = new OffsetRange(at, at + random.below(text.length - at + 1));
    assert.equal(lines.slice(range), range.of(text), note);
  }
}
