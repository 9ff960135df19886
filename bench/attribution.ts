// What knowing who wrote what costs: upkeep at each edit, memory, the journal, reconciling and keeping.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { step } from '../src/core/agents/steps.ts';
import { Authorship } from '../src/core/attribution/authorship.ts';
import { type JournalEvent, replacementsOf } from '../src/core/attribution/journal.ts';
import { reconcile } from '../src/core/attribution/reconcile.ts';
import type { AiRegion } from '../src/core/attribution/region.ts';
import { serializeRegions, withRegions } from '../src/core/attribution/storedRegions.ts';
import { LineText } from '../src/core/text/lineText.ts';
import { OffsetEdit } from '../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../src/core/text/offsetRange.ts';
import { sha256Hex } from '../src/node/digest.ts';
import { appendEvent } from '../src/node/journal.ts';
import { RegionStore } from '../src/node/regionStore.ts';
import { Random } from '../test/support/random.ts';
import { distributionOf, median } from './distribution.ts';

const random = new Random(1);
const lineOf = (index: number) => `const value${index} = compute(${index}, 'of a line');\n`;
const keys = { detailedReason: { source: 'cursor', metadata: { kind: 'type' } } };

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Regions of half a line each, spread evenly over a file of so many lines. */
function spread(count: number, lines: readonly string[]): AiRegion[] {
  const regions: AiRegion[] = [];
  const every = lines.length / count;
  let offset = 0;
  for (const [index, line] of lines.entries()) {
    if (Math.floor(index / every) >= regions.length && regions.length < count) {
      regions.push({ range: OffsetRange.ofLength(offset, line.length >> 1), insertionId: `i${regions.length}`, origin: { kind: 'ai', tool: 'bench', model: 'm', session: 's' }, evidence: 'observed', insertedAt: 1 });
    }
    offset += line.length;
  }
  return regions;
}

const lines = Array.from({ length: 100_000 }, (_, index) => lineOf(index));
const whole = lines.join('');

/** As the editor does it for each change: who wrote what, and the text. Keys at one place for a while, then at another. */
function upkeep(count: number): void {
  const text = new LineText(whole);
  const authorship = new Authorship({ regions: spread(count, lines), nextId: () => 'new', now: () => 1 });
  const read = (range: OffsetRange) => text.slice(range);
  const [onlyRegions, withText]: [number[], number[]] = [[], []];
  const edits = 20_000;
  let at = 0;
  let cpu = process.cpuUsage();
  for (let done = -2000; done < edits; done++) {
    if (done % 50 === 0) at = text.offsetAt({ line: random.below(text.lineCount - 1), column: 5 });
    const edit = done % 2 === 0 ? OffsetEdit.insert(at, 'x') : OffsetEdit.delete(OffsetRange.ofLength(at, 1));
    // Where lines start behind an edit is learnt anew by whoever asks first: that is the text's cost, not the regions'.
    text.positionAt(at + 1);
    const start = performance.now();
    authorship.apply(edit, keys, read);
    const between = performance.now();
    text.apply(edit);
    const end = performance.now();
    if (done === 0) cpu = process.cpuUsage();
    if (done < 0) continue;
    onlyRegions.push(between - start);
    withText.push(end - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  console.log(distributionOf(`upkeep, ${count} regions in 100,000 lines`, onlyRegions));
  console.log(`  ${Math.round(1000 / median(onlyRegions))} edits a second at the median; ${Math.round((1_000_000 * edits) / (user + system))} a second of the processor's time, the text and the collection of garbage included`);
  console.log(distributionOf('  with the text', withText));
}

/** What an AI does at once in the midst of a file of 6,000 lines, a function of a thousand of them: all of it before the next key counts. */
function aiEvent(title: string, old: (index: number) => string, now: (index: number) => string): void {
  const [before, after] = [old, now].map((lineAt) => Array.from({ length: 1000 }, (_, index) => lineAt(index)).join('')) as [string, string];
  const around = lines.slice(0, 5000).join('');
  const durations: number[] = [];
  let cpu = 0;
  for (let run = -5; run < 25; run++) {
    const text = around + before + around;
    const authorship = new Authorship({ regions: spread(100, lines.slice(0, 5000)), nextId: () => `run ${run}`, now: () => 1 });
    const edit = OffsetEdit.replace(OffsetRange.ofLength(around.length, before.length), after);
    const started = process.cpuUsage();
    const duration = timed(() => { authorship.apply(edit, { chatEditing: true, chatTurn: 'turn' }, (range) => range.of(text)); });
    if (run < 0) continue;
    durations.push(duration);
    const { user, system } = process.cpuUsage(started);
    cpu += user + system;
  }
  console.log(distributionOf(`an AI's event of 1,000 lines: ${title}`, durations));
  console.log(`  ${(cpu / 1000 / durations.length).toFixed(1)} ms of the processor's time each, the collection of garbage included`);
}

/** Bytes of the heap that are in use. */
function heap(): number {
  if (globalThis.gc === undefined) throw new Error('the memory is measured with node --expose-gc');
  for (let run = 0; run < 3; run++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** As an editor keeps them, the text left out: ten documents with so many, before and after a key in each tenth region, which parts it; what can be undone is kept too. */
function memory(count: number): void {
  const text = lines.slice(0, 2 * count).join('');
  const read = (range: OffsetRange) => range.of(text);
  const before = heap();
  const documents = Array.from({ length: 10 }, () => new Authorship({ regions: spread(count, lines.slice(0, 2 * count)), nextId: () => 'new', now: () => 1 }));
  const fresh = heap();
  for (const authorship of documents) {
    for (const { range } of authorship.regions.filter((_, index) => index % 10 === 5).reverse()) authorship.apply(OffsetEdit.insert(range.start + 3, 'x'), keys, read);
  }
  const edited = heap();
  const regions = documents.reduce((sum, { regionCount }) => sum + regionCount, 0);
  console.log(`memory, ${count} regions: ${((fresh - before) / (10 * count)).toFixed(0)} bytes each; ${((edited - before) / regions).toFixed(0)} each of ${regions / 10} after ${count / 10} keys`);
}

function agentsWork(first: string, edits: number): { readonly events: readonly JournalEvent[]; readonly text: string; readonly textsBefore: readonly string[] } {
  const now = first.split(/(?<=\n)/);
  const events: JournalEvent[] = [];
  const textsBefore: string[] = [];
  let text = first;
  for (let index = 0; index < edits; index++) {
    now.splice(index * 97, 1, `const changed${index} = compute(${index});\n`, `await use(changed${index});\n`);
    const after = now.join('');
    const made = step('agent', text, after);
    const event: JournalEvent = { path: 'big.ts', at: index, by: { kind: 'ai', tool: 'bench' }, before: sha256Hex(text), replacements: replacementsOf(made.edit, text), after: sha256Hex(after) };
    events.push(index === 0 ? { ...event, text } : event);
    textsBefore.push(text);
    text = after;
  }
  return { events, text, textsBefore };
}

const folder = mkdtempSync(path.join(tmpdir(), 'firebreak bench '));

function journalAndReconcile(): void {
  const first = lines.slice(0, 10_000).join('');
  const { events, text, textsBefore } = agentsWork(first, 100);
  const appends = events.map((event, index) => timed(() => { appendEvent(folder, event, textsBefore[index] ?? ''); }));
  console.log(distributionOf('append to a journal, a file of 10,000 lines', appends));
  const [exact, later, single]: [number[], number[], number[]] = [[], [], []];
  const last = events.slice(-1).map((event) => ({ ...event, before: sha256Hex(first), text: first }));
  for (let run = 0; run < 40; run++) {
    exact.push(timed(() => { reconcile(text, { events, committed: first, digestOf: sha256Hex }); }));
    later.push(timed(() => { reconcile(`// by somebody\n${text}`, { events, committed: first, digestOf: sha256Hex }); }));
    single.push(timed(() => { reconcile(text.replace('value5000 ', 'mine '), { events: last, committed: first, digestOf: sha256Hex }); }));
  }
  console.log(distributionOf('reconcile 10,000 lines: a chain of 100 events', exact));
  console.log(distributionOf('reconcile 10,000 lines: the same, changed since', later));
  console.log(distributionOf('reconcile 10,000 lines: by comparing', single));
}

async function keeping(): Promise<void> {
  const text = lines.slice(0, 10_000).join('');
  const regions = spread(1000, lines.slice(0, 10_000));
  const stored = withRegions({ path: 'big.ts', texts: [] }, { digest: sha256Hex(text), length: text.length, text }, regions, 1);
  console.log(`kept on disk, 1000 regions in 10,000 lines: ${(serializeRegions(stored).length / text.length).toFixed(2)} times the text`);
  const store = new RegionStore(folder);
  const [saves, loads]: [number[], number[]] = [[], []];
  for (let run = 0; run < 40; run++) {
    let start = performance.now();
    await store.save('big.ts', () => stored);
    saves.push(performance.now() - start);
    start = performance.now();
    await store.load('big.ts');
    loads.push(performance.now() - start);
  }
  console.log(distributionOf('save 1000 regions of a file of 10,000 lines', saves));
  console.log(distributionOf('load them', loads));
}

for (const count of [1000, 10_000]) upkeep(count);
for (const count of [1000, 10_000]) memory(count);
aiEvent('added', () => '', (index) => `  const made${index} = await compute(${index}, 'of a line');\n`);
aiEvent('in place of others', lineOf, (index) => `  const made${index} = await compute(${index * 7}, { of: 'a line', with: [${index}] });\n`);
aiEvent('a word or two in each changed', (index) => `  let v${index} = f(${index});\n`, (index) => `  const v${index} = g(${index});\n`);
journalAndReconcile();
await keeping();
console.log(`  (the median digest of 10,000 lines takes ${median(Array.from({ length: 40 }, () => timed(() => { sha256Hex(whole.slice(0, 450_000)); }))).toFixed(2)} ms of each)`);
rmSync(folder, { recursive: true });
