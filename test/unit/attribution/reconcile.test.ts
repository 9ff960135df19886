import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { step } from '../../../src/core/agents/steps.ts';
import { type JournalEdit, type JournalEvent, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { knownTexts, reconcile } from '../../../src/core/attribution/reconcile.ts';
import { Random } from '../../support/random.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const first = Array.from({ length: 60 }, (_, index) => `line ${index}\n`).join('');

/** What agents told of edits that they made one after the other, and the texts in between. */
function chain(random: Random, length: number): { readonly events: readonly JournalEdit[]; readonly texts: readonly string[] } {
  const events: JournalEdit[] = [];
  const texts = [first];
  for (let at = 1; at <= length; at++) {
    const before = texts.at(-1) ?? '';
    const from = random.below(before.length);
    const to = Math.min(before.length, from + random.below(30));
    const after = `${before.slice(0, from)}<${at}>${'x'.repeat(random.below(5))}\n${before.slice(to)}`;
    const by = random.below(4) === 0 ? ({ kind: 'human' } as const) : ({ kind: 'ai', tool: `agent ${random.below(2)}` } as const);
    events.push({ path: 'a.ts', at, by, before: digestOf(before), replacements: replacementsOf(step('agent', before, after).edit, before), after: digestOf(after), ...(at === 1 && { text: before }) });
    texts.push(after);
  }
  return { events, texts };
}

/** Does not lead where it says, in one way or another. */
const wrong = {
  'a text that another edit leads to': (event: JournalEdit): JournalEdit => ({ ...event, replacements: [[0, '', 'bogus']], after: digestOf('nobody made this') }),
  'an old text that does not stand there': (event: JournalEdit): JournalEdit => ({ ...event, replacements: [[0, 'not there', '']], after: digestOf('nor this') }),
  'a place behind the end': (event: JournalEdit): JournalEdit => ({ ...event, replacements: [[1_000_000, '', 'bogus']], after: digestOf('nor that') }),
};

describe('what agents told, as a chain', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = new Random(seed);
    const { events, texts } = chain(random, 1 + random.below(40));
    const text = texts.at(-1) ?? '';
    const exact = reconcile(text, { events, digestOf });

    it(`is followed in any order, to each text on its way (seed ${seed})`, () => {
      assert.ok(exact !== undefined && exact.length > 0);
      const known = knownTexts({ events: [...events].reverse(), digestOf });
      for (const [at, each] of texts.slice(1).entries()) {
        const regions = reconcile(each, { events, digestOf });
        assert.deepEqual(regions, reconcile(each, { events: events.slice(0, at + 1), digestOf }));
        assert.deepEqual(known.regionsAt(digestOf(each)), regions);
        assert.ok(known.texts.some((one) => one.text === each));
      }
    });

    for (const [what, spoil] of Object.entries(wrong)) {
      it(`is not led astray by an event with ${what} (seed ${seed})`, () => {
        const at = random.below(events.length);
        const event = events[at];
        assert.ok(event !== undefined);
        const spoilt: JournalEvent[] = [...events.slice(0, at), spoil(event), ...events.slice(at)];
        assert.deepEqual(reconcile(text, { events: spoilt, digestOf }), exact);
        assert.ok(knownTexts({ events: spoilt, digestOf }).texts.every((one) => texts.includes(one.text)));
      });
    }
  }

  it('asks for few digests, however long it is', () => {
    const { events, texts } = chain(new Random(1), 40);
    let count = 0;
    reconcile(texts.at(-1) ?? '', { events, committed: first, digestOf: (text) => (count++, digestOf(text)) });
    assert.ok(count <= 4, `${count}`);
  });
});

describe('what an agent wrote, put aside and brought back after it wrote elsewhere', () => {
  const base = 'one();\ntwo();\n';
  const aside = `${base}await client.dropEverything(now);\n`;
  const events = [[base, aside], [base, `start();\n${base}`]].map(([before = '', after = ''], at): JournalEdit => {
    return { path: 'a.ts', at: at + 1, by: { kind: 'ai', tool: 'agent' }, before: digestOf(before), replacements: replacementsOf(step('agent', before, after).edit, before), after: digestOf(after), text: before };
  });
  const shown = (text: string) => (reconcile(text, { events, committed: base, digestOf }) ?? []).filter(({ origin }) => origin.kind === 'ai').map(({ range }) => range.of(text));

  it('is the agent\'s again', () => {
    assert.deepEqual(shown(`start();\n${aside}`), ['start();\n', 'await client.dropEverything(now);\n']);
    assert.deepEqual(shown(`start();\n// a person\n${aside}`), ['start();\n', 'await client.dropEverything(now);\n']);
  });

  it('is nobody\'s where somebody wrote another line', () => {
    assert.deepEqual(shown(`start();\n${base}await client.count(everything);\n`), ['start();\n']);
  });
});

describe('what somebody wrote while a command of an agent ended that had committed', () => {
  it('is all that is unknown, though of the commit only the second is known', () => {
    const [committed, now] = ['one();\ntwo();\n', 'one();\ntwo();\nthree();\n'];
    const event = { path: 'a.ts', at: 1_300, by: { kind: 'ai', tool: 'agent' }, wrote: [], after: digestOf(now), text: now } as const;
    const unknownIn = (savedAt: number) => (reconcile(now, { stored: { path: 'a.ts', texts: [{ digest: digestOf(committed), length: committed.length, savedAt, regions: [] }] }, events: [event], committed, digestOf }) ?? []).map(({ range }) => range.of(now));
    assert.deepEqual([unknownIn(1_999), unknownIn(2_999)], [['three();\n'], [now]]);
  });
});

describe('lines that somebody only puts in another order', () => {
  const start = 'open(door);\n';
  const long = ['const sum = order.items.reduce(add, 0);\n', 'const tax = rate * sum;\n', 'send(sum, tax);\n', 'close(order);\n'].join('');
  const short = ['i = i2;\n', 'j = j2;\n'].join('');
  const said = (texts: readonly string[], byPersonFrom = texts.length) => {
    const events = texts.slice(1).map((after, at): JournalEdit => {
      const before = texts[at] ?? '';
      const by = at + 1 < byPersonFrom ? ({ kind: 'ai', tool: 'agent' } as const) : ({ kind: 'human' } as const);
      return { path: 'a.ts', at: at + 1, by, before: digestOf(before), replacements: replacementsOf(step('agent', before, after).edit, before), after: digestOf(after), text: before };
    });
    const now = texts.at(-1) ?? '';
    return (reconcile(now, { events, committed: texts[0], digestOf }) ?? []).flatMap(({ range, origin }) => (range.isEmpty ? [] : [`${origin.kind} ${range.of(now)}`]));
  };

  it('stay whose they were, however little the fewer of them say', () => {
    assert.deepEqual(said([`${start}}\n${short}}\n${long}`, `${start}}\n${long}}\n${short}`]), []);
    assert.deepEqual(said([`${start}}\n}\n${long}`, `${start}}\n${short}}\n${long}`, `${start}}\n${long}}\n${short}`]), [`ai ${short}`]);
  });

  it('stay the agent\'s where a person does so', () => {
    assert.deepEqual(said([start, `${start}i = i2;\n`, `i = i2;\n${start}`], 2), ['ai i = i2;\n']);
  });

  it('are the agent\'s where it writes anything besides', () => {
    assert.deepEqual(said([`${start}}\n${short}}\n${long}`, `${start}}\n${long}}\n${short}k = k2;\n`]), [`ai }\n${short}k = k2;\n`]);
  });

  it('are of unknown origin where they read alike and some were the agent\'s', () => {
    const [one, other, own] = ['const one = firstOf(all);\n', 'const two = secondOf(all);\n', 'const three = thirdOf(all);\n'];
    assert.deepEqual(said([`${one}}\n${other}`, `${one}}\n${other}}\n${own}`, `${own}}\n${other}}\n${one}`]), [`ai ${own}`, 'unknown }\n', 'unknown }\n']);
  });
});
