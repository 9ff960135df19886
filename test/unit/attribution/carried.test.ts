import assert from 'node:assert/strict';
import { carried, withExplained, withKnown } from '../../../src/core/attribution/carried.ts';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const ai = (start: number, endExclusive: number): AiRegion => ({ range: new OffsetRange(start, endExclusive), insertionId: `ai${start}`, origin: { kind: 'ai', tool: 'demo' }, evidence: 'observed', insertedAt: 1 });
const unknown = (start: number, endExclusive: number): AiRegion => ({ ...ai(start, endExclusive), insertionId: `u${start}`, origin: { kind: 'unknown' }, evidence: 'inferred' });
const mark = (at: number): AiRegion => ({ ...ai(at, at), insertionId: `m${at}`, removedText: 'gone' });
const shown = (regions: readonly AiRegion[]) => regions.map(({ range, insertionId }) => `${insertionId} ${range.toString()}`);

describe('what is known of a text from elsewhere', () => {
  it('is carried to a later text, where new text is judged by its size or explained', () => {
    const much = 'export const made = true;\n'.repeat(12);
    const known = { text: 'one\ntwo\n', regions: [ai(4, 8)], at: 5 };
    assert.deepEqual(shown(carried(known, '// a\none\ntwo\n', 'unexplained')), ['ai4 [9, 13)']);
    assert.deepEqual(carried(known, `${much}one\ntwo\n`, 'unexplained').map(({ origin }) => origin.kind), ['unknown', 'ai']);
    assert.deepEqual(carried(known, `${much}one\ntwo\n`, 'explained').map(({ origin }) => origin.kind), ['ai']);
  });

  it('counts where it is an AI\'s, and leaves the rest and the deletions at its edges', () => {
    assert.deepEqual(shown(withKnown([unknown(0, 10), ai(12, 14)], [ai(2, 6), unknown(20, 30)])), ['u0 [0, 2)', 'ai2 [2, 6)', 'u0 [6, 10)', 'ai12 [12, 14)']);
    assert.deepEqual(shown(withKnown([mark(2), mark(6)], [ai(2, 6)])), ['m2 [2, 2)', 'ai2 [2, 6)', 'm6 [6, 6)']);
    assert.deepEqual(shown(withKnown([mark(4)], [ai(2, 6)])), ['ai2 [2, 6)']);
  });

  it('gives what one calls unknown to the AI that the other saw, and claims nothing else', () => {
    assert.deepEqual(shown(withExplained([unknown(0, 10)], [ai(5, 20)])), ['u0 [0, 5)', 'ai5 [5, 10)']);
    assert.deepEqual(shown(withExplained([ai(0, 4)], [ai(5, 20)])), ['ai0 [0, 4)']);
  });
});
