import assert from 'node:assert/strict';
import { alignLines } from '../../../src/core/attribution/notes/alignLines.ts';

describe('where a line of a text came from', () => {
  it('is not told of one that says little by lines as short before it, which stand as they stood', () => {
    const old = ['', 'one = two', 'two = ten', 'ten = one', '  return;', '  removeAll(paths);', '  removeLogs(paths);'];
    const now = ['startOver();', '', 'one = two', 'two = ten', 'ten = one', '  return;', '', 'somethingElse();', '  removeAll(paths);', '  removeLogs(paths);'];
    const at = now.indexOf('  return;');
    assert.deepEqual(alignLines(old, now)[at], { kind: 'line', at: 4, isHeld: false });
  });

  it('is told of short ones that were set in another way', () => {
    const old = ['load(x)', '', 'a(b,c)', 'd(e,f)', 'g(h,i)', 'j(k,l)', 'm(n,o)', 'p(q,r)', '', 'save(y)'];
    const now = ['load(x)', '', 'a(b, c);', 'd(e, f);', 'g(h, i);', 'j(k, l);', 'm(n, o);', 'p(q, r);', '', 'save(y)'];
    assert.deepEqual(alignLines(old, now).slice(2, 8), [2, 3, 4, 5, 6, 7].map((each) => ({ kind: 'laid', at: [each] })));
  });
});
