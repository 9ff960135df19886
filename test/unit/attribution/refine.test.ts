import assert from 'node:assert/strict';
import { type Finest, refine } from '../../../src/core/attribution/refine.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { Random } from '../text/random.ts';

const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const whole = (oldText: string, newText: string): OffsetEdit => OffsetEdit.replace(new OffsetRange(0, oldText.length), newText);
const shown = (oldText: string, newText: string, finest: Finest): readonly string[] =>
  refine(whole(oldText, newText), (range) => range.of(oldText), finest).replacements.map(({ range, newText: text }) => `${range.of(oldText)}→${text}`);

describe('refine', () => {
  for (const finest of ['lines', 'words', 'phrases'] as const) {
    it(`has the same effect, by ${finest} (seeds ${seeds.at(0)} to ${seeds.at(-1)})`, () => {
      for (const seed of seeds) {
        const random = new Random(seed);
        const text = random.text(25);
        const edit = random.chance(50) ? whole(text, random.edit(text, 4).apply(text)) : random.edit(text, 4);
        const refined = refine(edit, (range) => range.of(text), finest);
        assert.equal(refined.apply(text), edit.apply(text), `seed ${seed}`);
        for (const { range } of refined.replacements) assert.ok(!/^[\uDC00-\uDFFF]/.test(text.slice(range.start)), `seed ${seed}`);
      }
    });
  }

  it('replaces only the lines that changed, without their common ends', () => {
    assert.deepEqual(shown('a\nb(1)\nc\nd\n', 'a\nb(2)\nc\nnew\nd\n', 'lines'), ['1→2', '→new\n']);
  });

  it('replaces only the words that changed', () => {
    assert.deepEqual(shown('f(a,b) + "c"', "f(a, b) + 'c'", 'words'), ['→ ', "\"→'", "\"→'"]);
  });

  it('drops what puts the same text back', () => {
    assert.deepEqual(shown('a\nb\n', 'a\nb\n', 'lines'), []);
  });

  it('lets a line that came behind one that changed start where it starts', () => {
    const before = 'const one = compute("x", load(0));\nconst two = compute("y", load(7));\n';
    const now = before.replace('compute', 'computed').replace('\n', '\nlet mine = handle("p", [0], wait(1));\n');
    assert.deepEqual(shown(before, now, 'phrases'), ['compute→computed', '→let mine = handle("p", [0], wait(1));\n']);
    assert.deepEqual(shown(now, before, 'phrases'), ['computed→compute', 'let mine = handle("p", [0], wait(1));\n→']);
  });

  it('cuts no surrogate pair and no line ending in two', () => {
    assert.deepEqual(shown('x😀', 'x😁', 'lines'), ['😀→😁']);
    assert.deepEqual(shown('😀y', '🨀y', 'lines'), ['😀→🨀']);
    assert.deepEqual(shown('a\r', 'a\r\n', 'lines'), ['\r→\r\n']);
  });

  it('finds what stayed among very many changes', () => {
    const text = (word: string): string => Array.from({ length: 3000 }, (_, line) => (line % 3 === 0 ? `kept${line}\n` : `${word}${line}\n`)).join('');
    assert.equal(refine(whole(text('a'), text('b')), (range) => range.of(text('a')), 'lines').replacements.length, 1000);
  });

  it('compares files of many thousand lines by lines', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `  const value${at} = compute(${at}, options);\n`);
    const text = (word: string) => lines.flatMap((line, at) => (at % 100 === 0 ? [line, word] : [line])).join('');
    assert.ok(text('').length > 800_000);
    assert.equal(refine(whole(lines.join(''), text('added();\n')), (range) => range.of(lines.join('')), 'lines').replacements.length, 200);
  });

  it('takes only the common ends of texts that are too long to compare', () => {
    const text = (word: string): string => `head ${word.repeat(7_000_000)} tail`;
    const refined = refine(whole(text('ab'), text('cd')), (range) => range.of(text('ab')), 'lines');
    assert.deepEqual(refined.replacements.map(({ range }) => [range.start, text('ab').length - range.endExclusive]), [[5, 5]]);
  });

  it('keeps what it can where nothing is unique', () => {
    assert.deepEqual(shown('}\n}\na\na\n}\n', 'b\n}\nb\n}\na\na\n}\nb\n', 'lines'), ['→b\n', '→b\n', '→b\n']);
  });
});
