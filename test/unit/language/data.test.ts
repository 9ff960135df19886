import assert from 'node:assert/strict';
import { type Data, textOf, valueAt } from '../../../src/core/language/data/data.ts';
import { DataText } from '../../../src/core/language/data/dataText.ts';
import { jsonDocuments } from '../../../src/core/language/json/documents.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { syntaxOf } from '../../../src/core/language/reader.ts';
import { yamlDocuments } from '../../../src/core/language/yaml/documents.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';
import { ports } from '../../support/check.ts';

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

function plain(data: Data): Plain {
  switch (data.kind) {
    case 'map':
      return Object.fromEntries(data.entries.map(({ key, value }) => [key, plain(value)]));
    case 'list':
      return data.items.map(plain);
    case 'scalar':
      return data.tag === undefined ? data.constant : `${data.tag} ${data.code.text}`;
  }
}

async function documentsOf(language: 'yaml' | 'json', text: string): Promise<readonly Data[]> {
  const syntax = await syntaxOf(language, new LineText(text), ports.grammars);
  return runThrough(new DataText(syntax, language === 'yaml' ? yamlDocuments : jsonDocuments).documents(unhurried));
}

/** Per text: its documents as plain values. */
const texts: Readonly<Record<'yaml' | 'json', readonly (readonly [text: string, ...documents: Plain[]])[]>> = {
  yaml: [
    ['a: 1\nb: [x, "y z", true, ~]\nc: {d: e}\n', { a: 1, b: ['x', 'y z', true, null], c: { d: 'e' } }],
    ['a: |\n  one\n    two\n\n  three\nb: >-\n  one\n  two\n\n  three\n    kept\n', { a: 'one\n  two\n\nthree', b: 'one two\n\nthree\n  kept' }],
    ['a: "x\\ty\\u0041\\\n  z\n  w"\nb: \'it\'\'s\n  here\'\nc: plain\n  text\n', { a: 'x\tyAz w', b: "it's here", c: 'plain text' }],
    ['a: &base\n  x: 1\n  y: 2\nb:\n  <<: *base\n  y: 3\nc: *base\n', { a: { x: 1, y: 2 }, b: { y: 3, x: 1 }, c: { x: 1, y: 2 } }],
    ['a: &a [*a]\nb: *missing\n', { a: [null], b: null }],
    ['a: !Ref Db\nb: !Sub "${X}-y"\nc:\n- d:\n- e\n', { a: '!Ref Db', b: '!Sub ${X}-y', c: [{ d: null }, 'e'] }],
    ['---\na: 1\n---\n- b\n', { a: 1 }, ['b']],
    ['[a: 1, b]\n', [{ a: 1 }, 'b']],
    ['a: |\r\n  one\r\n  two\r\n', { a: 'one\ntwo' }],
  ],
  json: [
    ['// note\n{"a": [1, -2.5, true, null, "x\\n\\u0041\\"y"], /* and */ "b": {}}', { a: [1, -2.5, true, null, 'x\nA"y'], b: {} }],
    ['{"a": {"b": "c"},}', { a: { b: 'c' } }],
  ],
};

for (const language of ['yaml', 'json'] as const) {
  describe(`${language} as values`, () => {
    for (const [text, ...documents] of texts[language]) {
      it(JSON.stringify(text).slice(0, 80), async () => {
        assert.deepEqual((await documentsOf(language, text)).map(plain), documents);
      });
    }
  });
}

/** Where parts of a decoded text are written: the text, the part, and what stands at its place. */
const places = [
  ['yaml', 'a: |\n  one\n  two three\n', 'two', 'two'],
  ['yaml', 'a: >\n  one\n  two three\n', 'one two', 'one\n  two'],
  ['yaml', "a: 'it''s here'\n", "t's h", "t''s h"],
  ['json', '{"a": "x\\ny z"}', 'y z', 'y z'],
] as const;

describe('the way back from a value to its file', () => {
  for (const [language, text, part, written] of places) {
    it(`finds ${JSON.stringify(part)} in ${JSON.stringify(text)}`, async () => {
      const [root] = await documentsOf(language, text);
      const value = valueAt(root, 'a');
      const decoded = textOf(value);
      assert.ok(value?.kind === 'scalar' && decoded !== undefined);
      assert.equal(value.code.rangeOf(OffsetRange.ofLength(decoded.indexOf(part), part.length)).of(text), written);
    });
  }
});
