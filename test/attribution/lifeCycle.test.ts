import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { Authorship } from '../../src/core/attribution/authorship.ts';
import type { AiRegion } from '../../src/core/attribution/region.ts';
import { storedText, withRegions } from '../../src/core/attribution/storedRegions.ts';
import { OffsetEdit } from '../../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../../src/core/text/offsetRange.ts';
import { KnownFiles } from '../../src/node/attribution.ts';
import { beginTrace, endTrace } from '../../src/node/commandTrace.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { RegionStore } from '../../src/node/regionStore.ts';
import { removeSandboxes, Sandbox } from '../cli/sandbox.ts';
import { tab, Typist } from '../support/typist.ts';
import { scenario, scenarios } from './scenario.ts';

const file = 'src/a.ts';
const human = 'one();\ntwo();\n';
const written = 'await drop(everything);\n';
const text = `one();\n${written}two();\n`;

/** A window that knows what an AI wrote in a text. */
const windowWith = (all: string) => {
  const start = all.indexOf(written);
  const region: AiRegion = { range: OffsetRange.ofLength(start, written.length), insertionId: 'i', origin: { kind: 'ai', tool: 'demo' }, evidence: 'observed', insertedAt: 5 };
  return [region];
};
/** What another session finds, where the last commit holds `committed`. */
const attribute = (gitDir: string, file: { path: string; text: string; isUnsaved?: boolean }, committed?: string) => {
  const nothing = () => Promise.resolve(undefined);
  return new KnownFiles({ root: gitDir, gitDir, commonDir: gitDir }, new RegionStore(gitDir), { textOf: () => Promise.resolve(committed), incomingOf: () => Promise.resolve([]), textBefore: nothing, copyBefore: nothing }, nothing).attribute(file);
};
const idOf = (all: string) => ({ digest: sha256Hex(all), length: all.length, text: all });

scenarios('Life cycle', () => {
  let sandbox: Sandbox;
  let store: RegionStore;
  beforeEach(() => {
    sandbox = new Sandbox();
    store = new RegionStore(sandbox.folder);
  });
  after(removeSandboxes);

  const save = (all: string, regions: readonly AiRegion[], now = 1) => store.save(file, (stored) => withRegions(stored ?? { path: file, texts: [] }, idOf(all), regions, now));
  /** What another session finds. */
  const found = async (all: string, isUnsaved = false, committed?: string) => {
    const { regions, told } = await attribute(sandbox.folder, { path: file, text: all, isUnsaved }, committed);
    return { texts: regions?.map(({ range, origin, removedText }) => removedText ?? `${origin.kind} ${range.of(all)}`), told };
  };

  scenario({ case: 'a window is closed and opened again', evidence: 'observed', result: 'the same regions are there' }, async () => {
    await save(text, windowWith(text));
    assert.deepEqual(await found(text), { texts: [`ai ${written}`], told: [] });
  });

  scenario({ case: 'a window is killed before the save', evidence: 'observed', result: 'the text that it comes back with has its regions' }, async () => {
    await store.keepUnsaved(file, 'W1', storedText(idOf(text), windowWith(text), 1));
    assert.deepEqual((await found(text, true)).texts, [`ai ${written}`]);
  });

  scenario({ case: 'a window is killed, and somebody typed after its regions were kept last', evidence: 'observed', result: 'what was typed is the person\'s, the rest stays the AI\'s' }, async () => {
    await store.keepUnsaved(file, 'W1', storedText(idOf(text), windowWith(text), 1));
    assert.deepEqual((await found(`// typed\n${text}`, true)).texts, [`ai ${written}`]);
  });

  scenario({ case: 'what a window held unsaved is thrown away', evidence: 'none', result: 'the text on disk has nothing of it' }, async () => {
    await store.keepUnsaved(file, 'W1', storedText(idOf(text), windowWith(text), 1));
    assert.deepEqual((await found(human)).texts?.filter((each) => each.startsWith('ai')) ?? [], []);
  });

  scenario({ case: 'two windows save one file at once', evidence: 'observed', result: 'what either knows of its text is kept' }, async () => {
    const [one, other] = [new RegionStore(sandbox.folder), new RegionStore(sandbox.folder)];
    const texts = [text, `${text}three();\n`];
    await Promise.all([one, other].map((each, index) => each.save(file, (stored) => withRegions(stored ?? { path: file, texts: [] }, idOf(texts[index] ?? ''), windowWith(text), index))));
    for (const each of texts) assert.deepEqual((await found(each)).texts, [`ai ${written}`]);
  });

  scenario({ case: 'the clock is set back', evidence: 'observed', result: 'the digest decides, and no time' }, async () => {
    await save(human, [], 9_000_000_000_000);
    await save(text, windowWith(text), 1);
    assert.deepEqual([(await found(text)).texts, (await found(human)).texts], [[`ai ${written}`], []]);
  });

  scenario({ case: 'the saved regions are cut off, foreign or of another version', evidence: 'none', result: 'they are set aside with one message, and nothing is claimed' }, async () => {
    await save(text, windowWith(text));
    const [name = ''] = readdirSync(sandbox.at('firebreak/regions'));
    const named = sandbox.at('firebreak/regions', name);
    for (const content of ['{"version":1,"pa', '', 'null', '{"version":2}', JSON.stringify({ version: 1, path: 'b.ts', texts: [] })]) {
      writeFileSync(named, content);
      const first = await found(text);
      assert.equal(first.texts, undefined);
      assert.match(first.told.join('\n'), /^The saved regions of src\/a\.ts could not be read \(.+\); they were set aside as .+$/);
      assert.deepEqual((await found(text)).told, []);
    }
  });

  scenario({ case: 'a file of 100,000 lines', evidence: 'observed', result: 'its regions are found again for just that text; of another one nothing is claimed' }, async () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `line${index}();\n`).join('');
    const long = `${many}${written}${many}`;
    await save(long, windowWith(long));
    assert.deepEqual((await found(long)).texts, [`ai ${written}`]);
    // Longer than what is kept beside the regions: nothing is claimed, and nothing invented.
    assert.deepEqual(((await found(`// more\n${long}`)).texts ?? []).filter((each) => each.startsWith('ai')), []);
  });

  scenario({ case: 'line ends become CRLF while nobody looks', evidence: 'observed', result: 'the AI\'s line stays its own' }, async () => {
    await save(text, windowWith(text));
    const crlf = text.replaceAll('\n', '\r\n');
    assert.deepEqual((await found(crlf)).texts?.map((each) => each.trim()), [`ai ${written.trim()}`]);
  });

  scenario({ case: 'text in surrogate pairs is typed into', evidence: 'observed', result: 'no pair is cut' }, () => {
    const typist = new Typist('𝒳y').insertBefore('y', '𝒳👍', tab).replace('𝒳👍', '𝒳👎', { chatEditing: true });
    for (const { range } of typist.regions) assert.ok(!/^[\uDC00-\uDFFF]/.test(typist.text.slice(range.start)) && !/[\uD800-\uDBFF]$/.test(range.of(typist.text)));
  });
});

scenarios('Git', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
  });
  after(removeSandboxes);

  scenario({ case: 'a rename that nobody saw', evidence: 'observed', result: 'the regions are there under both names' }, async () => {
    const store = new RegionStore(sandbox.at('.git'));
    const long = `${text}three();\nfour();\n`;
    await store.save(file, (stored) => withRegions(stored ?? { path: file, texts: [] }, idOf(long), windowWith(long), 1));
    const ask = async (path: string) => (await attribute(sandbox.at('.git'), { path, text: long })).regions?.map(({ range }) => range.of(long));
    assert.deepEqual([await ask('src/b.ts'), await ask(file)], [[written], [written]]);
  });

  scenario({ case: 'a commit of what an AI and a person wrote', evidence: 'observed', result: 'the AI\'s lines stay its own, though nobody saw the person\'s change' }, async () => {
    const store = new RegionStore(sandbox.at('.git'));
    await store.save(file, (stored) => withRegions(stored ?? { path: file, texts: [] }, idOf(text), windowWith(text), 1));
    const now = `// mine\n${text}`;
    const { regions } = await attribute(sandbox.at('.git'), { path: file, text: now }, now);
    assert.deepEqual(regions?.map(({ range }) => range.of(now)), [written]);
  });

  scenario({ case: 'a merge brings many lines to a file in which an AI wrote', evidence: 'observed', result: 'they are explained; the AI\'s stay its own' }, async () => {
    const store = new RegionStore(sandbox.at('.git'));
    await store.save(file, (stored) => withRegions(stored ?? { path: file, texts: [] }, idOf(text), windowWith(text), 1));
    const now = text + Array.from({ length: 50 }, (_, index) => `export const merged${index} = ${index};\n`).join('');
    const { regions } = await attribute(sandbox.at('.git'), { path: file, text: now }, now);
    assert.deepEqual(regions?.map(({ range }) => range.of(now)), [written]);
  });
});

scenarios('Unhooked writes', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = Sandbox.repository();
    sandbox.write(file, human);
    sandbox.commitAll('Add a');
  });
  after(removeSandboxes);

  scenario({ case: 'sed and a generator that an agent runs, beside what a person had changed before', evidence: 'reported', result: 'what differs between before and after the command is the agent\'s, and nothing else' }, async () => {
    const command = { root: sandbox.folder, gitDir: sandbox.at('.git'), key: 'one' };
    sandbox.write('mine.ts', 'mine();\n');
    await beginTrace(command);
    sandbox.write(file, human.replace('two', 'twice'));
    sandbox.write('made.ts', written);
    sandbox.write('.git/ended', '');
    const { writes } = await endTrace(command, sandbox.at('.git/ended'));
    assert.deepEqual(writes.map(({ relative, before, after }) => [relative, before, after]).sort(), [
      ['made.ts', '', written],
      [file, human, human.replace('two', 'twice')],
    ]);
  });

  scenario({ case: 'a closed file in which an AI wrote is changed by another program', evidence: 'observed', result: 'the AI\'s lines stay its own, the small change is nobody\'s' }, async () => {
    const store = new RegionStore(sandbox.at('.git'));
    await store.save(file, (stored) => withRegions(stored ?? { path: file, texts: [] }, idOf(text), windowWith(text), 1));
    const now = text.replace('two', 'twice');
    const { regions } = await attribute(sandbox.at('.git'), { path: file, text: now }, human);
    assert.deepEqual(regions?.map(({ range }) => range.of(now)), [written]);
  });

  scenario({ case: 'another program writes to a file that is being typed into', evidence: 'observed', result: 'the editor keeps its text and its regions; reverted, small news are nobody\'s' }, () => {
    const authorship = new Authorship({ regions: windowWith(text), nextId: () => 'n', now: () => 1 });
    const disk = text.replace('one();', 'one(1);');
    authorship.apply(OffsetEdit.replace(new OffsetRange(0, text.length), disk), { detailedReason: { source: 'reloadFromDisk', metadata: {} } }, (range) => range.of(text));
    assert.deepEqual(authorship.regions.map(({ range }) => range.of(disk)), [written]);
  });
});
