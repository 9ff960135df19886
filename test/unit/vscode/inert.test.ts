import assert from 'node:assert/strict';
import { label, markdown, message, plain, plainLines } from '../../../src/vscode/inert.ts';

/** What a place shows for a text; strings are JavaScript's, so that every character can be seen. */
const cases: readonly (readonly [what: string, shown: string, expected: string])[] = [
  ['plain keeps one line', plain('a\n\tb  c '), 'a b c'],
  ['plain spells out what turns text around', plain('a\u202eb\u2066'), 'a\\u{202e}b\\u{2066}'],
  ['plain spells out control characters', plain('a\u0007b\u0000'), 'a\\u{7}b\\u{0}'],
  ['plain spells out half a surrogate pair', plain('a\ud83d'), 'a\\u{d83d}'],
  ['plain keeps other scripts and pictures', plain('é 漢 🚀'), 'é 漢 🚀'],
  ['plain cuts long texts', plain('abcdef', 4), 'abc…'],
  ['plain never cuts a pair in two', plain('🚀🚀🚀🚀', 3), '🚀🚀…'],
  ['plain leaves a text that just fits', plain('abcd', 4), 'abcd'],
  ['label makes no pictures', label('$(zap) $(pwd) $(x~spin)'), '\\$(zap) \\$(pwd) \\$(x~spin)'],
  ['label leaves what makes none', label('$(cat x) ${y} \\$(zap)'), '$(cat x) ${y} \\$(zap)'],
  ['message makes no links', message('[a](command:b)'), '[a] (command:b)'],
  ['markdown keeps balanced code', markdown('deletes `a_b` now'), 'deletes `a_b` now'],
  ['markdown makes no links, pictures or HTML', markdown('[a](command:b)![c](d)<img>'), '\\[a\\]\\(command\\:b\\)\\!\\[c\\]\\(d\\)\\<img\\>'],
  ['markdown makes no bare links', markdown('http://a.b c@d.e'), 'http\\:\\/\\/a\\.b c\\@d\\.e'],
  ['markdown makes no lists, headings or entities', markdown('# 1. - &lt;'), '\\# 1\\. \\- \\&lt\\;'],
  ['markdown escapes a backtick that opens nothing', markdown('a` [b](c)'), 'a\\` \\[b\\]\\(c\\)'],
  ['markdown escapes empty code', markdown('``'), '\\`\\`'],
  ['markdown keeps links in code as code', markdown('`[a](command:b)`'), '`[a](command:b)`'],
];

describe('texts made inert', () => {
  for (const [what, shown, expected] of cases) {
    it(what, () => {
      assert.equal(shown, expected);
    });
  }

  it('keeps lines and indentation of code, and nothing else that moves', () => {
    assert.deepEqual(plainLines('if (a)\r\n\tb();\u001b[2J\n'), ['if (a)', '  b();\\u{1b}[2J', '']);
  });
});
