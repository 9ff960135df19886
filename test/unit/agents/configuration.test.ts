import assert from 'node:assert/strict';
import { parse } from 'jsonc-parser';
import { withEntries, withoutEntries } from '../../../src/core/agents/configuration.ts';
import { matchedHooks } from '../../../src/core/agents/hookLists.ts';
import { Random } from '../../support/random.ts';

const entries = matchedHooks({ Pre: 'Write|Bash', Post: 'Write' }, 'firebreak hook', 60);

function added(text: string | undefined): string {
  const both = withEntries(text, entries);
  assert.ok('text' in both && both.text !== undefined, JSON.stringify(both));
  return both.text;
}

function takenOut(text: string): string | undefined {
  const left = withoutEntries(text, entries);
  assert.ok('text' in left, JSON.stringify(left));
  return left.text;
}

interface Settings {
  readonly hooks: Readonly<Record<'Pre' | 'Post', readonly unknown[]>>;
}

const comments = /\/\/.*|\/\*.*?\*\//g;

const layouts = {
  'as JSON.stringify writes it': '{\n  "a": 1,\n  "hooks": {\n    "Post": [\n      {\n        "m": 1\n      }\n    ]\n  }\n}\n',
  'with tabs': '{\n\t"hooks": {\n\t\t"Post": [\n\t\t\t{ "m": 1 }\n\t\t]\n\t}\n}\n',
  'with entries on one line each': '{\n    "hooks": {\n        "Post": [{ "m": 1 }, { "m": 2 }],\n        "Other": []\n    }\n}',
  'on one line': '{"a":1,"hooks":{"Post":[{"m":1}]}}',
  'on one line with blanks': '{ "a": 1, "hooks": { "Pre": [ { "m": 1 } ] } }\n',
  'with line ends of Windows': '{\r\n  "hooks": {\r\n    "Post": [\r\n      1\r\n    ]\r\n  }\r\n}\r\n',
  'with comments and trailing commas': '// of the team\n{\n  // what runs\n  "hooks": {\n    "Post": [\n      { "m": 1 }, // first\n      { "m": 2 }, /* second */\n      // nothing behind it\n    ], // all\n  },\n  /* the end */\n}\n',
  'with a comment behind the last entry': '{\n  "hooks": {\n    "Post": [\n      { "m": 1 } // no comma\n      // not yet: { "m": 3 }\n    ]\n  } // end\n}\n',
  'with a comment in an empty list': '{\n  "hooks": {\n    "Post": [\n      // none yet\n    ]\n  }\n}\n',
  'with a line comment in the midst of a line': '{ "hooks": { "Post": [1, // one\n 2 // two\n] } }\n',
  'with nothing about hooks': '{\n  "model": "m" // best\n}\n',
};

describe('an agent\'s configuration', () => {
  for (const [title, text] of Object.entries(layouts)) {
    it(`${title} keeps what others wrote, and is as before without ours`, () => {
      const both = added(text);
      const settings = parse(both) as Settings;
      assert.deepEqual([settings.hooks.Pre.at(-1), settings.hooks.Post.at(-1)], entries.map(({ value }) => value));
      assert.deepEqual(both.match(comments), text.match(comments));
      assert.equal(added(both), both);
      assert.equal(takenOut(both), text);
    });
  }

  it('made by us goes with us', () => {
    assert.equal(takenOut(added(undefined)), undefined);
  });

  it('loses just ours, where others added to it since', () => {
    const both = added('{\n  "hooks": {}\n}\n').replace('"Post": [', '"Post": [\n      7, // theirs').replace('"Pre": [', '"Pre": [ // also theirs');
    assert.equal(takenOut(both), '{\n  "hooks": {\n    "Pre": [ // also theirs\n    ],\n    "Post": [\n      7 // theirs\n    ]\n  }\n}\n');
  });

  it('does not become another text behind a line comment', () => {
    const text = '{ "hooks": { "Pre": [1, // one\n' + `${JSON.stringify(entries[0]?.value)}] } }`;
    assert.equal(takenOut(text), '{ "hooks": { "Pre": [1 // one\n] } }');
  });

  const random = new Random(4);
  const samples = Array.from({ length: 300 }, () => randomSettings(random));
  it('of any layout keeps it: 300 random ones', () => {
    for (const text of samples) {
      const both = added(text);
      const before = parse(text) as { hooks?: Record<string, unknown[] | undefined> };
      for (const [list, old] of Object.entries(before.hooks ?? {})) assert.deepEqual((parse(both) as Settings).hooks[list as 'Pre'].slice(0, old?.length), old, text);
      assert.equal(takenOut(both), text);
    }
  });
});

/** A JSON text with comments and commas in odd places. Its lists are not empty: an empty one that only ours would stand in goes with them. */
function randomSettings(random: Random): string {
  const gap = () => random.of(['', ' ', '\n', '\n  ', '\n\t\t', ' /* c */ ', ' // c, "d": [\n', '\n  // e }\n ', '']);
  const list = (items: readonly string[], open: string, close: string) => `${open}${gap()}${items.join(`${gap()},${gap()}`)}${gap()}${random.of(['', ','])}${gap()}${close}`;
  const entry = () => random.of(['1', '"x, // y"', '{ "m": [1, 2,] }', 'null']);
  const hooks = ['Pre', 'Post', 'Other'].filter(() => random.below(2) === 0).map((name) => `"${name}"${gap()}:${gap()}${list(Array.from({ length: 1 + random.below(3) }, entry), '[', ']')}`);
  const members = [...(hooks.length === 0 ? [] : [`"hooks":${gap()}${list(hooks, '{', '}')}`]), `"a":${gap()}${entry()}`];
  return `${gap()}${list(random.below(2) === 0 ? members : members.reverse(), '{', '}')}${gap()}`;
}
