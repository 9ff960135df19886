import { advance } from '../src/core/attribution/advance.ts';
import type { AiRegion } from '../src/core/attribution/region.ts';
import { runThrough } from '../src/core/language/pace.ts';
import { noProject } from '../src/core/language/project.ts';
import { LineText } from '../src/core/text/lineText.ts';
import { OffsetEdit } from '../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../src/core/text/offsetRange.ts';
import { checker, ports } from '../test/support/check.ts';
import { distributionOf, median } from './distribution.ts';
import { python } from './samples/python.ts';
import { type Sample, sampleFile } from './samples/sample.ts';
import { typescript } from './samples/typescript.ts';

interface Counts {
  readonly keystrokes: number;
  readonly warmUp: number;
}

const steady: Counts = { keystrokes: 2000, warmUp: 400 };
/** Those that change the tree's shape cost more. */
const reshaping: Counts = { keystrokes: 200, warmUp: 40 };
const walks = 40;
/** The editor's slices, in milliseconds. */
const sliceMs = 4;

const human = { origin: { kind: 'human' }, evidence: 'observed', insertionId: 'typed', insertedAt: 0 } as const;

/** Characters that are typed behind a place one by one and then taken back, as people do. */
interface Strokes {
  readonly name: string;
  readonly behind: string;
  readonly typed: string;
}

interface Typed {
  readonly durations: number[];
  /** The longest stretch of each keystroke's work that did not ask for its pace. */
  readonly slices: number[];
}

/** Typing inside an AI region with risky calls: upkeep of the regions, re-parse, rules, fingerprints. */
async function typing(sample: Sample, lines: number, { behind, typed }: Strokes, { keystrokes, warmUp }: Counts, isCompared: boolean): Promise<Typed> {
  const { text, before, start, end } = sampleFile(sample, lines);
  const live = new LineText(text);
  const file = checker.open({ path: sample.path, changed: [], project: noProject, ...(isCompared && { before }) }, live);
  if (file === undefined || !(await file.prepare())) throw new Error('the sample is not checked');
  let regions: readonly AiRegion[] = [
    { range: new OffsetRange(start, end), insertionId: 'demo', origin: { kind: 'ai', tool: 'bench' }, evidence: 'reported', insertedAt: 0 },
  ];
  const read = (range: OffsetRange) => live.slice(range);
  const place = text.indexOf(behind, start) + behind.length;
  const durations: number[] = [];
  const slices: number[] = [];
  for (let stroke = 0; stroke < warmUp + keystrokes; stroke++) {
    const step = stroke % (2 * typed.length);
    const isTyping = step < typed.length;
    const edit = isTyping ? OffsetEdit.insert(place + step, typed[step] ?? '') : OffsetEdit.delete(OffsetRange.ofLength(place + 2 * typed.length - 1 - step, 1));
    let longest = 0;
    let asked = performance.now();
    const isOver = () => {
      const now = performance.now();
      longest = Math.max(longest, now - asked);
      asked = now;
      return false;
    };
    const began = asked;
    regions = advance(regions, edit, human, read);
    file.willChange(edit);
    live.apply(edit);
    const findings = runThrough(file.findings(regions.map((region) => region.range), { isOver }));
    isOver();
    const took = performance.now() - began;
    if (findings.length < 4) throw new Error(`${findings.length} findings where 4 are`);
    if (stroke < warmUp) continue;
    durations.push(took);
    slices.push(longest);
  }
  file.dispose();
  return { durations, slices };
}

/** What it costs to parse and walk the whole file for the same answer. */
async function parsingAll(lines: number): Promise<{ parsed: number[]; walked: number[] }> {
  const { text } = sampleFile(typescript, lines);
  const parser = await ports.grammars.parserFor('typescript');
  const parsed: number[] = [];
  const walked: number[] = [];
  for (let count = 0; count < walks; count++) {
    const before = performance.now();
    const tree = parser?.parse(text);
    parsed.push(performance.now() - before);
    let calls = 0;
    const cursor = tree?.walk();
    for (let more = cursor !== undefined; more && cursor !== undefined; ) {
      if (cursor.nodeType === 'call_expression' || cursor.nodeType === 'new_expression') calls++;
      more = cursor.gotoFirstChild() || cursor.gotoNextSibling();
      while (!more && cursor.gotoParent()) more = cursor.gotoNextSibling();
    }
    if (calls === 0) throw new Error('the walk saw no call');
    cursor?.delete();
    tree?.delete();
    walked.push(performance.now() - before);
  }
  parser?.delete();
  return { parsed, walked };
}

/** What leaves the tree in its shape comes first: the others are what it is to be held against. */
function strokesIn({ typedIn, newCall: [behind, typed] }: Sample): Strokes[] {
  return [
    { name: 'in a string', behind: typedIn, typed: 'xxxxxxxxxx' },
    { name: 'a new call', behind, typed },
    { name: 'a bracket', behind, typed: '(' },
    { name: 'a new line', behind, typed: '\n' },
  ];
}

for (const lines of [1000, 10_000]) {
  for (const sample of [typescript, python]) {
    for (const [index, strokes] of strokesIn(sample).entries()) {
      for (const isCompared of [false, true]) {
        const { durations, slices } = await typing(sample, lines, strokes, index === 0 ? steady : reshaping, isCompared);
        const name = `${strokes.name}${isCompared ? ', text before' : ''}, ${lines} lines of ${sample.language}`;
        console.log(distributionOf(name, durations));
        const cut = slices.filter((longest) => longest > sliceMs).length;
        if (cut > 0) console.log(distributionOf(`  longest slice of each (${cut} over ${sliceMs} ms)`, slices));
        if (index > 0 || isCompared || sample !== typescript) continue;
        const { parsed, walked } = await parsingAll(lines);
        console.log(distributionOf(`parse all of it instead, ${lines} lines`, parsed));
        console.log(distributionOf(`parse and walk all of it instead, ${lines} lines`, walked));
        console.log(`  ${(median(walked) / median(durations)).toFixed(0)} times faster at the median`);
      }
    }
  }
}
