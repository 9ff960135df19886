import assert from 'node:assert/strict';
import { type Data, textOf, valueAt } from '../../../src/core/language/data/data.ts';
import { type DataRead, DataText } from '../../../src/core/language/data/dataText.ts';
import { json } from '../../../src/core/language/json/documents.ts';
import { runThrough, unhurried } from '../../../src/core/language/pace.ts';
import { yaml } from '../../../src/core/language/yaml/documents.ts';
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
  return (await readAs(language, text)).documents;
}

async function readAs(language: 'yaml' | 'json', text: string): Promise<DataRead> {
  const makeParser = await ports.grammars.parsersFor(language);
  assert.ok(makeParser !== undefined);
  return runThrough(new DataText(makeParser, new LineText(text), language === 'yaml' ? yaml : json).read(unhurried));
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

const chart = `{{- if .Values.keep }}
kind: Secret
metadata:
  name: {{ include "app.name" . }}-keys
  annotations:
    {{- toYaml .Values.annotations | nindent 4 }}
    note: "{{ .Values.note | default "none" }}"
spec: {{ toYaml .Values.spec
  | nindent 2 }}
{{- end }}
`;

describe('templates in YAML', () => {
  it('are values where they stand in one, and nothing where they stand alone', async () => {
    const { documents, isBroken } = await readAs('yaml', chart);
    assert.equal(isBroken, false);
    assert.deepEqual(documents.map(plain), [
      { kind: 'Secret', metadata: { name: '{{ include "app.name" . }}-keys', annotations: { note: '{{ .Values.note | default "none" }}' } }, spec: '{{ toYaml .Values.spec' },
    ]);
  });

  it('leave everything where it is', async () => {
    const { documents, text } = await readAs('yaml', chart);
    assert.equal(text.length, chart.length);
    const name = valueAt(documents[0], 'metadata', 'name');
    assert.equal(name?.range.of(chart), '{{ include "app.name" . }}-keys');
  });
});

describe('data that cannot be read', () => {
  for (const [language, text, isBroken] of [
    ['yaml', 'a: 1\nb: [1, 2\nc: 3\n', true],
    ['yaml', 'a: "x\n', true],
    ['yaml', 'a: 1\n---\n- x\nb: 2\n', true],
    ['yaml', 'a: ${{ github.sha }}\nb: "{{ x }}"\n', false],
    ['yaml', '', false],
    ['json', '{"a": 1,\n "b": }', true],
    ['json', '{"a": 1', true],
    ['json', '{"a": [1, 2,], // note\n}', false],
  ] as const) {
    it(`is told from data that can: ${JSON.stringify(text)}`, async () => {
      assert.equal((await readAs(language, text)).isBroken, isBroken);
    });
  }
});

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
