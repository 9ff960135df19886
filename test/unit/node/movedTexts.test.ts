import assert from 'node:assert/strict';
import { step } from '../../../src/core/agents/steps.ts';
import { type JournalEvent, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { reconcile } from '../../../src/core/attribution/reconcile.ts';
import { sha256Hex } from '../../../src/node/digest.ts';
import { MovedTexts } from '../../../src/node/movedTexts.ts';

/** Files of a person, and what an agent does to them. */
class Files {
  private readonly events = new Map<string, JournalEvent[]>();
  private readonly texts = new Map<string, string>();
  private at = 1_700_000_000_000;

  constructor(private readonly committed: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(committed)) this.texts.set(path, text);
  }

  agent(path: string, ...lines: readonly string[]): void {
    const [before, after] = [this.texts.get(path) ?? '', lines.join('')];
    this.at += 1000;
    this.texts.set(path, after);
    const event = { path, at: this.at, by: { kind: 'ai', tool: 'agent', session: 's' }, before: sha256Hex(before), replacements: replacementsOf(step('agent', before, after).edit, before), after: sha256Hex(after) } as const;
    this.events.set(path, [...(this.events.get(path) ?? []), event]);
  }

  /** What of a file is said to be the agent's. */
  async agentsIn(path: string): Promise<string> {
    const files = [...this.events.keys()].map((each) => ({ path: each, stamp: '' }));
    const tracesOf = (each: string) => {
      const text = this.committed[each] ?? '';
      return { stored: { path: each, texts: [{ digest: sha256Hex(text), length: text.length, savedAt: 0, regions: [], text }] }, events: this.events.get(each) ?? [], digestOf: sha256Hex };
    };
    const moved = new MovedTexts({ takenSince: () => Promise.resolve(files) }, { eventsOf: (each) => Promise.resolve(this.events.get(each) ?? []), tracesOf: (each) => Promise.resolve(tracesOf(each)) });
    const { events } = tracesOf(path);
    const text = this.texts.get(path) ?? '';
    const regions = reconcile(text, { ...tracesOf(path), broughtBy: await moved.broughtBy(events) }) ?? [];
    return regions.map(({ range }) => range.of(text)).join('');
  }
}

const total = ['function total(order, rate) {\n', '  const sum = sumOf(order.items, priceOf);\n', '  return sum * rate;\n', '}\n'];
const own = ['const one = firstOf(all, of, them);\n', 'const two = secondOf(all, of, them);\n'];

describe('what an agent moves between files', () => {
  it('stays a person\'s where the end of it, too short to be known by itself, goes on to a third file with what stood behind', async () => {
    const files = new Files({ 'a.ts': [...total, ...own].join(''), 'b.ts': own.join('') });
    files.agent('a.ts', ...own);
    files.agent('b.ts', ...total, ...own);
    files.agent('b.ts', ...total.slice(0, 2), ...own.slice(1));
    files.agent('c.ts', ...total.slice(2), ...own.slice(0, 1), 'export const zero = 0;\n');
    assert.equal(await files.agentsIn('c.ts'), 'export const zero = 0;\n');
    assert.equal(await files.agentsIn('b.ts'), '');
  });
});
