import assert from 'node:assert/strict';
import { parseTraces, readTraces, traceOf } from '../../../src/core/attribution/notes/agentTrace.ts';
import { human, type LineAuthor, unknown, unseen } from '../../../src/core/attribution/notes/authoredText.ts';
import { contentHash } from '../../../src/core/attribution/notes/contentHash.ts';

const init = { id: '0190a0a0-0000-7000-8000-000000000000', timestamp: new Date(0), path: 'a.ts', revision: 'abc', toolVersion: '0.1.0' };
const ai: LineAuthor = { kind: 'ai', origin: { kind: 'ai', tool: 'claude', model: 'anthropic/opus', session: 's' }, evidence: 'observed' };
const lines = ['one', 'two', 'three', 'four', 'five'];
const authors: LineAuthor[] = [ai, ai, human, unknown, unseen];

describe('Agent Trace', () => {
  it('gives back what was written', () => {
    const text = JSON.stringify(traceOf({ lines, authors }, init));
    const { records, faults } = parseTraces(`${text}\n`);
    assert.deepEqual(faults, []);
    const read = readTraces(records, { path: 'a.ts', revision: 'abc', lines });
    assert.deepEqual([...read], [[0, ai], [1, ai], [3, unknown]]);
    assert.equal(readTraces(records, { path: 'a.ts', revision: 'other', lines }).size, 0);
  });

  it('does not believe a range whose text is another, or that lies beyond it', () => {
    const record = traceOf({ lines, authors }, init);
    assert.deepEqual([...readTraces([record], { path: 'a.ts', revision: 'abc', lines: ['one', 'changed', 'three', 'four'] }).keys()], [3]);
    const misfits: string[] = [];
    assert.deepEqual([...readTraces([record], { path: 'a.ts', revision: 'abc', lines: ['one'] }, (why) => misfits.push(why)).keys()], []);
    assert.deepEqual(misfits, ['lines 1-2 of "a.ts" at abc, which has 1', 'lines 4-4 of "a.ts" at abc, which has 1']);
  });

  it('keeps what it does not know, and accepts version 1.0.0', () => {
    const record = { ...traceOf({ lines, authors }, init), version: '1.0.0', later: { kept: true } };
    assert.deepEqual(parseTraces(JSON.stringify(record)).records, [JSON.parse(JSON.stringify(record))]);
  });

  const wrong: readonly (readonly [what: string, text: string, why: RegExp])[] = [
    ['no JSON', '{', /not JSON/],
    ['a version of text', JSON.stringify({ ...traceOf({ lines, authors }, init), version: 'new' }), /version/],
    ['no id', JSON.stringify({ ...traceOf({ lines, authors }, init), id: 'x' }), /id/],
    ['no time', JSON.stringify({ ...traceOf({ lines, authors }, init), timestamp: 'today-ish' }), /^timestamp: it is no time$/],
    ['lines from 0', JSON.stringify(traceOf({ lines, authors }, init)).replace('"start_line":1,', '"start_line":0,'), /start_line/],
    ['a range that ends before it starts', JSON.stringify(traceOf({ lines, authors }, init)).replace('"end_line":2', '"end_line":1').replace('"start_line":1', '"start_line":2'), /^files\.0\.conversations\.0\.ranges\.0: it ends before it starts$/],
  ];
  for (const [what, text, why] of wrong) {
    it(`is refused with its line: ${what}`, () => {
      const { records, faults } = parseTraces(`${JSON.stringify(traceOf({ lines, authors }, init))}\n${text}\n`);
      assert.equal(records.length, 1);
      assert.deepEqual(faults.map(({ line }) => line), [2]);
      assert.match(faults[0]?.why ?? '', why);
    });
  }

  it('hashes as MurmurHash3 does', () => {
    assert.deepEqual(['', 'hello', 'hello, world', 'a'].map((text) => contentHash([text])), ['murmur3:00000000', 'murmur3:248bfa47', 'murmur3:149bbb7f', 'murmur3:3c2569b2']);
  });
});
