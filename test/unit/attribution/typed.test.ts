import assert from 'node:assert/strict';
import { looksTyped } from '../../../src/core/attribution/typed.ts';

const typed: readonly (readonly [what: string, text: string, removed: number])[] = [
  ['a character', 'x', 0],
  ['a character over a selection', 'x', 30],
  ['a surrogate pair', '👍', 0],
  ['brackets that the editor closes', '()', 0],
  ['Enter with indentation', '\n    ', 0],
  ['Enter between braces', '\r\n  \r\n', 0],
  ['Tab', '    ', 0],
  ['Backspace', '', 1],
];

const others: readonly (readonly [what: string, text: string, removed: number])[] = [
  ['a word', 'word', 0],
  ['a line', '\nfoo();', 0],
  ['a deleted line', '', 20],
];

describe('what one key can do', () => {
  for (const [what, text, rangeLength] of typed) it(`is ${what}`, () => { assert.ok(looksTyped([{ text, rangeLength }, { text, rangeLength }])); });
  for (const [what, text, rangeLength] of others) it(`is not ${what}`, () => { assert.ok(!looksTyped([{ text: 'x', rangeLength: 0 }, { text, rangeLength }])); });
});
