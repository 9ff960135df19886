import assert from 'node:assert/strict';
import type { AiOrigin } from '../../../src/core/attribution/origin.ts';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { turnOf } from '../../../src/core/attribution/reconcile.ts';
import { TakenTexts } from '../../../src/core/attribution/takenTexts.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const by: AiOrigin = { kind: 'ai', tool: 'agent', session: 's' };
const turn = turnOf({ by });
const minute = 60_000;
const mine = 'const subtotal = sumOf(order.items, taxed);\n';
const theirs = 'const discount = shareOf(order.total, halved);\n';

function region(start: number, length: number, insertedAt: number): AiRegion {
  return { range: OffsetRange.ofLength(start, length), insertionId: `at ${insertedAt}`, origin: by, evidence: 'reported', insertedAt };
}

function broughtBy(taken: TakenTexts, newText: string, at: number, path = 'c.ts') {
  return taken.broughtBy({ path, at, by, before: 'one', replacements: [[0, '', newText]], after: 'two' });
}

describe('what agents took away from files', () => {
  let taken: TakenTexts;
  beforeEach(() => {
    taken = new TakenTexts();
    taken.set('a.ts', [{ text: mine, regions: [], turn, at: minute }]);
  });

  it('is found again by its words, in the same hour and by the same session', () => {
    assert.deepEqual(broughtBy(taken, `// here\n${mine}`, 2 * minute).map(({ text }) => text), [mine]);
    assert.deepEqual(broughtBy(taken, theirs, 2 * minute), []);
    assert.deepEqual(broughtBy(taken, mine, 70 * minute), []);
    taken.set('a.ts', [{ text: mine, regions: [], turn: 'another', at: minute }]);
    assert.deepEqual(broughtBy(taken, mine, 2 * minute), []);
  });

  it('is whose it was where it was taken from first, over several files', () => {
    const [both, inB] = [mine + theirs, 2 * minute];
    taken.set('b.ts', [{ text: both, regions: [region(0, both.length, inB)], turn, at: 3 * minute }]);
    const [last] = broughtBy(taken, both, 4 * minute);
    assert.deepEqual(last, { text: both, regions: [region(mine.length, theirs.length, inB)] });
  });

  it('is an AI\'s where that wrote it in another session, though a person\'s that reads alike was taken away', () => {
    taken.set('b.ts', [{ text: mine, regions: [{ ...region(0, mine.length, 0), origin: { ...by, session: 'before' } }], turn, at: 3 * minute }]);
    assert.deepEqual(broughtBy(taken, mine, 4 * minute)[0]?.regions.map(({ range }) => range.length), [mine.length]);
  });

  it('is forgotten with what the file was known to have lost', () => {
    taken.set('a.ts', []);
    assert.deepEqual(broughtBy(taken, mine, 2 * minute), []);
  });
});
