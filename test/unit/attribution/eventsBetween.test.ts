import assert from 'node:assert/strict';
import { step } from '../../../src/core/agents/steps.ts';
import { eventsBetween } from '../../../src/core/attribution/eventsBetween.ts';
import { type JournalEvent, replacementsOf, serializeEvent } from '../../../src/core/attribution/journal.ts';
import { sha256Hex } from '../../../src/node/digest.ts';

const [base, one, two, three, other] = ['a\n', 'a\nb\n', 'a\nb\nc\n', 'a\nb\nc\nd\n', 'x\n'];

function told(before: string, after: string): JournalEvent {
  return { path: 'a.ts', at: 1, by: { kind: 'ai', tool: 'agent' }, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, after).edit, before), after: sha256Hex(after) };
}

/** The texts that the events lead to which lead from one text to another. */
function between(from: string, to: string, ...events: readonly (JournalEvent | string)[]): string[] | undefined {
  const journal = events.map((event) => (typeof event === 'string' ? event : serializeEvent(event))).join('');
  const names = new Map(Object.entries({ base, one, two, three, other }).map(([name, text]) => [sha256Hex(text), name]));
  return eventsBetween(journal, 'a.ts', { from, to }, sha256Hex)?.map(({ after }) => names.get(after) ?? after);
}

describe('the events between two texts', () => {
  it('are those that lead from one to the other, whatever came before and behind', () => {
    assert.deepEqual(between(one, three, told(base, one), told(one, two), told(two, three), told(three, other)), ['two', 'three']);
  });

  it('are found over lines that are no event', () => {
    assert.deepEqual(between(base, two, told(base, one), '\n{"v":1,"pa\n', told(one, two)), ['one', 'two']);
  });

  const unclear: Readonly<Record<string, string[] | undefined>> = {
    'a step is missing': between(base, three, told(base, one), told(two, three)),
    'no event leads to the last': between(base, two, told(base, one)),
    'both are one': between(one, one, told(base, one)),
    'another way leads to one of them': between(base, two, told(other, one), told(base, one), told(one, two)),
    'another way leads to the last': between(one, two, told(base, two), told(one, two)),
    'another leads on from the first': between(base, two, told(base, other), told(base, one), told(one, two)),
    'one was told twice': between(base, two, told(base, one), told(base, one), told(one, two)),
    'a step does not lead where it says': between(base, two, told(base, one), { ...told(one, three), after: sha256Hex(two) }),
    'they are about another file': between(base, one, { ...told(base, one), path: 'b.ts' }),
    'an agent may have taken away before what it put in': between(base, `moved(line);\n${base}`, told(`${base}moved(line);\n`, base), told(base, `moved(line);\n${base}`)),
    'somebody wrote the whole text': between(base, two, told(base, one), { path: 'a.ts', at: 1, by: { kind: 'human' }, wrote: [one], after: sha256Hex(one) }, told(one, two)),
  };
  for (const [why, events] of Object.entries(unclear)) {
    it(`are not told apart where ${why}`, () => {
      assert.equal(events, undefined);
    });
  }
});
