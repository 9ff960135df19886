import assert from 'node:assert/strict';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { parseStoredRegions } from '../../../src/core/attribution/parseStoredRegions.ts';
import { regionsFor, serializeRegions, withRegions, type StoredRegions } from '../../../src/core/attribution/storedRegions.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const author = { insertionId: 'i1', origin: { kind: 'ai', tool: 'demo', model: 'm' }, evidence: 'observed', insertedAt: 5 } as const;
const regions: readonly AiRegion[] = [
  { ...author, range: OffsetRange.empty(3), removedText: 'if (safe)' },
  { ...author, range: new OffsetRange(3, 9) },
  { ...author, range: new OffsetRange(9, 12), insertionId: 'i2', origin: { kind: 'unknown' }, evidence: 'inferred' },
];
const text = { digest: 'sha256:aa', length: 12 };
const stored = withRegions({ path: 'src/a.ts', texts: [] }, text, regions, 1000);

const region = { start: 0, endExclusive: 4, insertionId: 'i', origin: { kind: 'ai', tool: 't' }, evidence: 'observed', insertedAt: 1 };
const withRegion = (...fields: object[]): unknown => ({
  version: 1,
  path: 'a.ts',
  texts: [{ digest: 'd', length: 10, savedAt: 1, regions: fields.map((field) => ({ ...region, ...field })) }],
});
const bad: readonly (readonly [what: string, value: unknown, error: RegExp])[] = [
  ['nothing', undefined, /^the file: invalid type/],
  ['a list', [], /^the file: invalid type/],
  ['an empty object', {}, /^version: /],
  ['an unknown version', { version: 2, path: 'a', texts: [] }, /^version: invalid value/],
  ['no path', { version: 1, path: '', texts: [] }, /^path: too small/],
  ['texts that are no list', { version: 1, path: 'a', texts: {} }, /^texts: invalid type/],
  ['a text without regions', { version: 1, path: 'a', texts: [{ digest: 'd', length: 1, savedAt: 1 }] }, /^texts\.0\.regions: /],
  ['too many texts', { version: 1, path: 'a', texts: Array(17).fill({ digest: 'd', length: 1, savedAt: 1, regions: [] }) }, /^texts: too big/],
  ['a negative start', withRegion({ start: -1 }), /^texts\.0\.regions\.0\.start: too small/],
  ['half a character', withRegion({ endExclusive: 1.5 }), /regions\.0\.endExclusive: invalid type/],
  ['a start as text', withRegion({ start: '0' }), /regions\.0\.start: invalid type/],
  ['an offset that is no number', withRegion({ endExclusive: Number.NaN }), /regions\.0\.endExclusive: /],
  ['an offset beyond all numbers', withRegion({ endExclusive: 1e300 }), /regions\.0\.endExclusive: /],
  ['a range behind the text', withRegion({ endExclusive: 11 }), /regions\.0: ends behind the text/],
  ['a range turned round', withRegion({ start: 5 }), /regions\.0: ends before it starts/],
  ['ranges that overlap', withRegion({}, { start: 3 }), /regions\.1: overlaps/],
  ['ranges not sorted', withRegion({ start: 5, endExclusive: 6 }, {}), /regions\.1: overlaps/],
  ['an empty range that marks nothing', withRegion({ endExclusive: 0 }), /regions\.0: is empty/],
  ['a mark with text of its own', withRegion({ removedText: 'x' }), /regions\.0: is empty/],
  ['a mark of blanks', withRegion({ endExclusive: 0, removedText: ' \n' }), /regions\.0: marks the deletion of blanks/],
  ['a human region', withRegion({ origin: { kind: 'human' } }), /regions\.0\.origin/],
  ['an origin that is no object', withRegion({ origin: 'ai' }), /regions\.0\.origin/],
  ['an AI without a name', withRegion({ origin: { kind: 'ai', tool: '' } }), /regions\.0\.origin\.tool/],
  ['an evidence of another kind', withRegion({ evidence: 'sworn' }), /regions\.0\.evidence: invalid value/],
  ['a field too many', withRegion({ approved: true }), /regions\.0: unrecognized keys approved/],
  ['a prototype as a field', JSON.parse('{"version":1,"path":"a","texts":[],"__proto__":{"texts":[]}}'), /^the file: unrecognized keys __proto__/],
  ['a constructor as a field', { version: 1, path: 'a', texts: [], constructor: {} }, /^the file: unrecognized keys constructor/],
];

describe('stored regions', () => {
  it('come back as they were saved', () => {
    assert.deepEqual(parseStoredRegions(JSON.parse(serializeRegions(stored))), stored);
  });

  it('are found by the text they belong to', () => {
    assert.deepEqual(regionsFor(stored, text), regions);
    assert.equal(regionsFor(stored, { ...text, digest: 'sha256:bb' }), undefined);
    assert.equal(regionsFor(stored, { ...text, length: 13 }), undefined);
  });

  it('keep the newest texts first, one of each, and not too many', () => {
    let many: StoredRegions = stored;
    for (let at = 0; at < 40; at++) many = withRegions(many, { digest: `d${at % 20}`, length: 3 }, [], at);
    assert.deepEqual(many.texts.slice(0, 3).map(({ digest, savedAt }) => [digest, savedAt]), [['d19', 39], ['d18', 38], ['d17', 37]]);
    assert.equal(many.texts.length, 16);
    assert.ok('path' in parseStoredRegions(JSON.parse(serializeRegions(many))));
  });

  for (const [what, value, error] of bad) {
    it(`refuse ${what}`, () => {
      const parsed = parseStoredRegions(value);
      assert.ok('error' in parsed);
      assert.match(parsed.error, error);
    });
  }
});
