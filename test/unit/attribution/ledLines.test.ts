import assert from 'node:assert/strict';
import { type JournalEdit, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { linesOf } from '../../../src/core/attribution/notes/authoredText.ts';
import { alignedWith } from '../../../src/core/attribution/notes/explain.ts';
import { ledLines, Trails } from '../../../src/core/attribution/notes/ledLines.ts';
import { refine } from '../../../src/core/attribution/refine.ts';
import { OffsetEdit } from '../../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../../src/core/text/offsetRange.ts';

const digestOf = (text: string): string => `of ${text}`;
const by = { ai: { kind: 'ai', tool: 't' }, human: { kind: 'human' } } as const;

function edit(writer: 'ai' | 'human', before: string, after: string, at = 1): JournalEdit {
  const whole = refine(OffsetEdit.replace(new OffsetRange(0, before.length), after), (range) => range.of(before), 'lines');
  return { path: 'a.ts', at, by: by[writer], before: digestOf(before), replacements: replacementsOf(whole, before), after: digestOf(after) };
}

/** For each line who may have written it: an AI, a person, somebody whom nobody saw, or a line of the start by its number. */
function hands(text: string, events: readonly JournalEdit[], start = ''): readonly string[] | undefined {
  const startLines = (digest: string) => (digest === digestOf(start) ? linesOf(start) : undefined);
  const lastKnown = (before: number, but: ReadonlySet<string>) => [...events].reverse().filter(({ at, after }) => at <= before && !but.has(after)).map(({ after }) => ({ digest: after, text: after.slice('of '.length) }))[0];
  const led = ledLines(text, { trails: new Trails(events, digestOf), startLines, originsIn: alignedWith(linesOf(text)), lastKnown });
  const letters = { ai: 'A', human: 'H', unseen: '?' };
  return led?.hands.map((line) => line.map((hand) => (hand.kind === 'before' ? hand.at : letters[hand.kind])).join(''));
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

  it('are whose they were before some of them were taken away and put back', () => {
    const [start, middle, without] = ['one();\n', 'its(first);\nits(second);\none();\n', 'its(first);\none();\n'];
    const events = [edit('ai', start, middle, 1), edit('ai', middle, without, 2), edit('ai', without, middle, 3)];
    assert.deepEqual(hands(middle, events, start), ['A', 'A', '0']);
    const end = `${middle}his = new;\n`;
    assert.deepEqual(hands(end, [...events, edit('human', middle, end, 4)], start), ['A', 'A', '0', 'H']);
    assert.equal(hands(middle, events.slice(1), start), undefined);
  });

  it('are not looked for behind what was done later: a text that was written and then taken away whole was written', () => {
    const end = 'its(first);\n';
    const events = [edit('ai', '', end, 1), edit('ai', end, '', 2)];
    assert.deepEqual(hands(end, events, 'other'), ['A']);
  });

  it('are of both who wrote in a line', () => {
    const [start, end] = ['send(all, now);\n', 'send(all, now, please);\n'];
    assert.deepEqual(hands(end, [edit('human', start, end)], start), ['H0']);
  });

  it('are followed over what nobody saw, which may have put any bracket anywhere', () => {
    const start = 'firstLine();\n';
    const first = `${start}itsLine(a);\n}\n`;
    const unseen = `${start}}\nhisLine(b);\nitsLine(a);\n`;
    const end = `${unseen}itsLine(c);\n`;
    const events = [edit('ai', start, first, 1), edit('ai', unseen, end, 3)];
    assert.deepEqual(hands(end, events, start), ['0', '?', '?', 'A', 'A']);
    assert.deepEqual(hands(end, events.slice(1), start), ['0', '1', '2', '3', 'A']);
  });

  it('start where no edit was told, and an edit that does not fit is not followed', () => {
    const event = edit('human', 'x\n', 'x\ny = new\n');
    assert.deepEqual(hands('x\ny = new\n', [event], 'other'), ['0', 'H']);
    assert.equal(hands('x\ny = new\n', [{ ...event, replacements: [[0, 'x', 'z']] }], 'x\n'), undefined);
    assert.equal(hands('x\ny = new\n', [{ ...event, before: digestOf('w\n') }], 'w\n'), undefined);
  });
});
