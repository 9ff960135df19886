import assert from 'node:assert/strict';
import { carried, withExplained, withKnown } from '../../../src/core/attribution/carried.ts';
import { authorsOf, unseen } from '../../../src/core/attribution/notes/authoredText.ts';
import type { AiRegion } from '../../../src/core/attribution/region.ts';
import { LineText } from '../../../src/core/text/lineText.ts';
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

  /** By line: `A` an AI's, `U` of unknown origin. */
  const byLine = (before: readonly string[], aiLines: readonly [from: number, to: number], now: readonly string[]) => {
    const [text, later] = [before, now].map((lines) => lines.map((line) => `${line}\n`).join(''));
    assert.ok(text !== undefined && later !== undefined);
    const startOf = (line: number) => before.slice(0, line).join('\n').length + Math.min(line, 1);
    const found = carried({ text, regions: [ai(startOf(aiLines[0]), startOf(aiLines[1]))], at: 5 }, later, 'unexplained');
    return authorsOf(new LineText(later), found, unseen).map(({ kind }) => ({ ai: 'A', unknown: 'U', human: '-', unseen: '?', inherited: '.' })[kind]).join('');
  };
  const guarded = ['if (everything) {', '  drop(all);', '}'];

  it('keeps no lesser part of a word that became another, and no blank beside it, but what stayed of an AI\'s words', () => {
    const left = (text: string, part: string, now: string) => carried({ text, regions: [ai(text.indexOf(part), text.indexOf(part) + part.length)], at: 5 }, now, 'unexplained').map(({ range }) => range.of(now));
    assert.deepEqual(left('keep(all) # mix\n', ' # mix', 'keep(all) // box\n'), []);
    assert.deepEqual(left('keep(all) # mix\n', ' # mix', 'keep(all) # box\n'), [' #']);
    assert.deepEqual(left('keep(all);\n', 'keep(all)', 'keep(any);\n'), ['keep(', ')']);
    assert.deepEqual(left('deleteAllUsers();\n', 'deleteAllUsers()', 'deleteAllOrders();\n'), ['deleteAll', 'ers()']);
    assert.deepEqual(left('drop(one);\n', 'drop(one)', 'drop(one, two);\n'), ['drop(one', ')']);
  });

  it('says of no bracket that came beside an AI\'s whose it is, nor of the AI\'s', () => {
    const before = ['start();', ...guarded, 'finish();'];
    assert.equal(byLine(before, [1, 4], ['start();', 'if (x) {', ...guarded, '}', 'finish();']), '??AAUU?');
    assert.equal(byLine(before, [1, 4], ['start();', 'if (x) {', ...guarded.map((line) => `  ${line}`), '}', 'finish();']), '??AAUU?');
    assert.equal(byLine(before, [1, 4], ['start();', ...guarded, 'if (another) {', '  keep(everything);', '}', 'finish();']), '?AAA????');
  });

  it('says of no bracket that stays of an AI\'s and a person\'s whose it is', () => {
    const before = ['start();', 'if (x) {', ...guarded, '}', 'finish();'];
    assert.equal(byLine(before, [2, 5], ['start();', ...guarded, 'finish();']), '?AAU?');
    assert.equal(byLine(before, [1, 6], ['start();', ...guarded, 'finish();']), '?AAA?');
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
