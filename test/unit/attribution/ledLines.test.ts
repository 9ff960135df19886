import assert from 'node:assert/strict';
import { type JournalEdit, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { linesOf } from '../../../src/core/attribution/notes/authoredText.ts';
import { alignedWith } from '../../../src/core/attribution/notes/explain.ts';
import { ledLines } from '../../../src/core/attribution/notes/ledLines.ts';
import { refine } from '../../../src/core/attribution/refine.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const digestOf = (text: string): string => `of ${text}`;
const by = { ai: { kind: 'ai', tool: 't' }, human: { kind: 'human' } } as const;

function edit(writer: 'ai' | 'human', before: string, after: string): JournalEdit {
  const whole = refine(OffsetEdit.replace(new OffsetRange(0, before.length), after), (range) => range.of(before), 'lines');
  return { path: 'a.ts', at: 1, by: by[writer], before: digestOf(before), replacements: replacementsOf(whole, before), after: digestOf(after) };
}

/** For each line who may have written it: an AI, a person, or a line of the start by its number. */
function hands(text: string, events: readonly JournalEdit[], start = ''): readonly string[] | undefined {
  const startLines = (digest: string) => (digest === digestOf(start) ? linesOf(start) : undefined);
  return ledLines(text, { digestOf, events, startLines, originsIn: alignedWith(linesOf(text)) })?.hands.map((line) => line.map((hand) => (hand.kind === 'before' ? hand.at : hand.kind === 'ai' ? 'A' : 'H')).join(''));
}

describe('the lines that told edits lead to', () => {
  it('are each their writer\'s, or a line of the start', () => {
    const [start, middle, end] = ['one\ntwo\n', 'one\nhis = new;\ntwo\n', 'one\nhis = new;\nits(new);\ntwo\n'];
    const events = [edit('human', start, middle), edit('ai', middle, end)];
    assert.deepEqual(hands(end, events, start), ['0', 'H', 'A', '1']);
    assert.deepEqual(hands(middle, events, start), ['0', 'H', '1']);
    assert.equal(hands(start, events, start), undefined);
  });

  it('are not an AI\'s for a bracket or an end of line that stays of its line', () => {
    const [start, middle, end] = ['', 'its(first);\n});\nits(second);\n', 'his = new\n});\n\nits(second);\n'];
    assert.deepEqual(hands(end, [edit('ai', start, middle), edit('human', middle, end)]), ['H', 'A', 'H', 'A']);
    assert.deepEqual(hands('its(first);\n\nits(second);\n', [edit('ai', start, middle), edit('human', middle, 'its(first);\n\nits(second);\n')]), ['A', 'H', 'A']);
  });

  it('are those of several where equal lines cannot be told apart', () => {
    const [start, end] = ['a\n}\nb\n', 'a\n}\n}\nb\n'];
    assert.deepEqual(hands(end, [edit('ai', start, end)], start), ['0', 'A1', 'A1', '2']);
  });

  it('are of both who wrote in a line', () => {
    const [start, end] = ['send(all, now);\n', 'send(all, now, please);\n'];
    assert.deepEqual(hands(end, [edit('human', start, end)], start), ['H0']);
  });

  it('start where no edit was told, and an edit that does not fit is not followed', () => {
    const event = edit('human', 'x\n', 'x\ny = new\n');
    assert.deepEqual(hands('x\ny = new\n', [event], 'other'), ['0', 'H']);
    assert.equal(hands('x\ny = new\n', [{ ...event, replacements: [[0, 'x', 'z']] }], 'x\n'), undefined);
    assert.equal(hands('x\ny = new\n', [{ ...event, before: digestOf('w\n') }], 'w\n'), undefined);
  });
});
