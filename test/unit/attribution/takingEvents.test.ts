import assert from 'node:assert/strict';
import { step } from '../../../src/core/agents/steps.ts';
import { editOf, type JournalEvent, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { arrivalsIn } from '../../../src/core/attribution/moves.ts';
import { takenFrom } from '../../../src/core/attribution/reconcile.ts';
import { refine } from '../../../src/core/attribution/refine.ts';
import { brings, TakenTexts } from '../../../src/core/attribution/takenTexts.ts';
import { TakingEvents } from '../../../src/core/attribution/takingEvents.ts';
import { sha256Hex } from '../../../src/node/digest.ts';
import { Random } from '../../support/random.ts';

const minute = 60_000;
const lines = [
  'const subtotal = sumOf(order.items, taxed);\n',
  'const discount = shareOf(order.total, halved);\n',
  'export function remove(order) {\n',
  '  return repository.purge(order.id, order.version);\n',
  'anIdentifierOfOneSingleWord;\n',
  '}\n',
];

/** Agents write in three files, a stretch of lines at a time, and some of what one loses another gets. */
function work(seed: number): ReadonlyMap<string, readonly JournalEvent[]> {
  const random = new Random(seed);
  const texts = new Map(['a.ts', 'b.ts', 'c.ts'].map((path) => [path, '']));
  const events = new Map<string, JournalEvent[]>(['a.ts', 'b.ts', 'c.ts'].map((path) => [path, []]));
  for (let count = 0; count < 24; count++) {
    const path = random.of([...texts.keys()]);
    const before = texts.get(path) ?? '';
    const old = before.split(/(?<=\n)/).filter((line) => line !== '');
    const at = random.below(old.length + 1);
    const fresh = Array.from({ length: random.below(4) }, () => random.of(lines));
    const after = [...old.slice(0, at), ...fresh, ...old.slice(at + random.below(4))].join('');
    if (after === before) continue;
    texts.set(path, after);
    const by = { kind: 'ai', tool: 'agent', session: random.next() < 0.8 ? 's' : 't' } as const;
    events.get(path)?.push({ path, at: count * 5 * minute, by, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, after).edit, before), text: before, after: sha256Hex(after) });
  }
  return events;
}

describe('which events may have taken away what others brought', () => {
  for (let seed = 1; seed <= 12; seed++) {
    it(`is told of all that brought something (seed ${seed})`, () => {
      const events = work(seed);
      const [taken, taking] = [new TakenTexts(), new TakingEvents()];
      for (const [path, own] of events) {
        taken.set(path, takenFrom({ events: own, digestOf: sha256Hex }));
        taking.set(path, own);
      }
      for (const event of [...events.values()].flat().filter(brings)) {
        const wanted = new TakenTexts();
        for (const [path, own] of taking.sourcesOf([event])) {
          const followed = takenFrom({ events: events.get(path) ?? [], digestOf: sha256Hex });
          wanted.set(path, followed.filter(({ at }) => own.some((each) => each.at === at)));
        }
        const { text = '' } = event;
        const edit = 'replacements' in event ? refine(editOf(event.replacements), (range) => range.of(text), 'phrases') : assert.fail();
        assert.deepEqual(arrivalsIn(edit, wanted.broughtBy(event), 'moved').flat(), arrivalsIn(edit, taken.broughtBy(event), 'moved').flat());
      }
    });
  }

  it('is none where nobody has words of it in a row', () => {
    const taking = new TakingEvents();
    const told = (path: string, before: string, after: string): JournalEvent => ({ path, at: minute, by: { kind: 'ai', tool: 'agent' }, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, after).edit, before), after: sha256Hex(after) });
    taking.set('a.ts', [told('a.ts', lines[0] ?? '', '')]);
    assert.deepEqual([...taking.sourcesOf([told('b.ts', '', lines[1] ?? '')])], []);
    assert.deepEqual([...taking.sourcesOf([told('b.ts', '', lines[0] ?? '')]).keys()], ['a.ts']);
  });
});
