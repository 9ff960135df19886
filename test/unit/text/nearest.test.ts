import assert from 'node:assert/strict';
import { nearest } from '../../../src/core/text/nearest.ts';

describe('nearest', () => {
  const words = ['seniors', 'people', 'rules', 'exclude'];
  for (const [word, meant] of [['senior', 'seniors'], ['Rules', 'rules'], ['ruels', 'rules'], ['excluded', 'exclude'], ['zzz', undefined], ['', undefined]] as const) {
    it(`takes ${JSON.stringify(word)} for ${String(meant)}`, () => {
      assert.equal(nearest(word, words), meant);
    });
  }
});
