import assert from 'node:assert/strict';
import { isEmptyFilter, isNarrowed, lastName } from '../../../src/core/check/filters.ts';
import type { Value } from '../../../src/core/language/operation.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const value = (source: string, more: Partial<Value> = {}): Value => ({ range: OffsetRange.empty(0), source, ...more });
const object = (isOpen: boolean, ...keys: readonly string[]) => value('{…}', { properties: new Map(keys.map((key) => [key, value(key)])), isOpen });

describe('a filter', () => {
  for (const source of ['{}', 'None', 'nil', 'bson.M{}', 'new Document()', 'Filters.empty()', '_ => true', 'Builders<User>.Filter.Empty', 'doc! {}', '[]']) {
    it(`matches everything as ${source}`, () => { assert.equal(isEmptyFilter(value(source)), true); });
  }
  it('matches everything when it is left out, or an object of nothing', () => {
    assert.deepEqual([isEmptyFilter(undefined), isEmptyFilter(object(false)), isEmptyFilter(value('""', { constant: '{}' }))], [true, true, true]);
  });
  it('may match less when something is spread into it, when other lines may fill it, or when it says something', () => {
    assert.deepEqual([isEmptyFilter(object(true)), isEmptyFilter({ ...object(false), standsFor: '{}' }), isEmptyFilter(object(false, 'id')), isEmptyFilter(value('filter'))], [false, false, false, false]);
  });
});

describe('a chain', () => {
  it('is narrowed by a condition that is called', () => {
    assert.equal(isNarrowed([{ name: 'where', args: [value('id')] }]), true);
    assert.equal(isNarrowed([{ name: 'eq', args: [value('a'), value('b')] }]), true);
  });
  it('is not by one that is only named, or that bounds nothing', () => {
    for (const args of [undefined, [value('undefined')], [value("'1=1'", { constant: '1 = 1' })], [value('True', { constant: true })], [object(false)]]) {
      assert.equal(isNarrowed([{ name: 'where', ...(args !== undefined && { args }) }]), false);
    }
    assert.equal(isNarrowed([{ name: 'set', args: [value('a')] }, { name: 'execute', args: [] }]), false);
  });
  it('is told by its last name', () => {
    assert.deepEqual(['db', 'this.dataSource.db', 'getDatabase(a, b)', 'a\n  .db', ''].map((receiver) => lastName(receiver)), ['db', 'db', 'getDatabase', 'db', '']);
  });
});
