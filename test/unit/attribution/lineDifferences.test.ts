import assert from 'node:assert/strict';
import { lineDifferences } from '../../../src/core/attribution/lineDifferences.ts';

/** The lines that went and came, from which line on, and whether they can only have done so there. */
const shown = (old: readonly string[], now: readonly string[]): readonly string[] =>
  lineDifferences(old, now).map(({ oldStart, oldCount, newStart, newCount, isPlaced }) => `-${oldStart},${oldCount} +${newStart},${newCount}${isPlaced ? '' : ' or elsewhere'}`);
const named = (name: string): string[] => [`${name}() {`, '  d=$1', '', '  run $d', '}'];
const block = (name: string): string[] => [...named(name), ''];

describe('lines that came or went among others that read alike', () => {
  it('did so as a whole function does, also at the end, deep in another, without blank lines and by indentation alone', () => {
    assert.deepEqual(shown([...block('one'), ...block('two')], [...block('one'), ...block('new'), ...block('two')]), ['-6,0 +6,6']);
    assert.deepEqual(shown([...block('one'), ...block('new'), ...block('two')], [...block('one'), ...block('two')]), ['-6,6 +6,0']);
    assert.deepEqual(shown([...named('one'), ...named('two')], [...named('one'), ...named('new'), ...named('two')]), ['-5,0 +5,5']);
    assert.deepEqual(shown(named('one'), [...block('one'), ...named('new')]), ['-5,0 +5,6']);
    assert.deepEqual(shown(block('two'), [...block('new'), ...block('two')]), ['-0,0 +0,6']);
    const within = (...names: string[]) => ['class A {', ...names.flatMap((name) => block(name).map((line) => (line === '' ? '' : `\t${line}`))), '}'];
    assert.deepEqual(shown(within('one', 'two'), within('one', 'new', 'two')), ['-7,0 +7,6']);
    const python = (...names: string[]) => names.flatMap((name) => [`def ${name}(p):`, '    remove(p)', '']);
    assert.deepEqual(shown(python('one', 'two'), python('one', 'new', 'two')), ['-3,0 +3,3']);
  });

  it('did so anywhere where no place is better than the others', () => {
    assert.deepEqual(shown(['a', '}', 'b'], ['a', '}', '}', 'b']), ['-2,0 +2,1 or elsewhere']);
    assert.deepEqual(shown(['}\n', '}\n', ''], ['}\n', '}\n', '}\n', '']), ['-2,0 +2,1 or elsewhere']);
    assert.deepEqual(shown(['a', '}'], ['a', '}', '    b', 'c', '}']), ['-1,0 +1,3 or elsewhere']);
    assert.deepEqual(shown(['a', '  return;', 'b'], ['a', '  return;', '    c', '', '  return;', 'b']), ['-2,0 +2,3 or elsewhere']);
    assert.deepEqual(shown(['a', 'x', 'y', 'b'], ['a', 'x', 'y', 'new', 'x', 'y', 'b']), ['-3,0 +3,3 or elsewhere']);
  });

  it('did so between others that came or went beside them', () => {
    assert.deepEqual(shown([...block('one'), ...block('two')], [...block('zero'), ...block('one'), ...block('new'), ...block('more'), ...block('two')]), ['-0,0 +0,6', '-6,0 +12,12']);
    assert.deepEqual(shown(['a', 'b'], ['c', 'b']), ['-0,1 +0,1 or elsewhere']);
  });
});
