import { advance } from '../src/core/attribution/advance.ts';
import type { AiRegion } from '../src/core/attribution/region.ts';
import { runThrough, unhurried } from '../src/core/language/pace.ts';
import { LineText } from '../src/core/text/lineText.ts';
import { OffsetEdit } from '../src/core/text/offsetEdit.ts';
import { OffsetRange } from '../src/core/text/offsetRange.ts';
import { checker, ports } from '../test/support/check.ts';
import { distributionOf, median } from './distribution.ts';
import { sampleFile } from './sampleFile.ts';
import { noProject } from '../src/core/language/project.ts';

const keystrokes = 2000;
const warmUp = 400;
const walks = 40;

const human = { origin: { kind: 'human' }, evidence: 'observed', insertionId: 'typed', insertedAt: 0 } as const;

/** One character typed inside an AI region with risky calls: upkeep of the regions, re-parse, rules, fingerprints. */
async function typing(lines: number): Promise<number[]> {
  const { text, start, end } = sampleFile(lines);
  const live = new LineText(text);
  const file = checker.open({ path: 'src/orders.ts', changed: [], project: noProject }, live);
  if (file === undefined || !(await file.prepare())) throw new Error('the sample is not checked');
  let regions: readonly AiRegion[] = [
    { range: new OffsetRange(start, end), insertionId: 'demo', origin: { kind: 'ai', tool: 'bench' }, evidence: 'reported', insertedAt: 0 },
  ];
  const read = (range: OffsetRange) => live.slice(range);
  let at = text.indexOf('cleaning up', start) + 'cleaning up'.length;
  const durations: number[] = [];
  for (let count = 0; count < warmUp + keystrokes; count++) {
    // Ten characters are typed, then taken back, as people do.
    const isTyping = count % 20 < 10;
    const edit = isTyping ? OffsetEdit.insert(at, 'x') : OffsetEdit.delete(new OffsetRange(at - 1, at));
    at += isTyping ? 1 : -1;
    const before = performance.now();
    regions = advance(regions, edit, human, read);
    file.willChange(edit);
    live.apply(edit);
    const findings = runThrough(file.findings(regions.map((region) => region.range), unhurried));
    const took = performance.now() - before;
    if (findings.length !== 4) throw new Error(`${findings.length} findings where 4 are`);
    if (count >= warmUp) durations.push(took);
  }
  file.dispose();
  return durations;
}

/** What it costs to parse and walk the whole file for the same answer. */
async function parsingAll(lines: number): Promise<{ parsed: number[]; walked: number[] }> {
  const { text } = sampleFile(lines);
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

for (const lines of [1000, 10_000]) {
  const typed = await typing(lines);
  const { parsed, walked } = await parsingAll(lines);
  console.log(distributionOf(`keystroke in an AI region, ${lines} lines of TypeScript`, typed));
  console.log(distributionOf(`parse all of it instead, ${lines} lines`, parsed));
  console.log(distributionOf(`parse and walk all of it instead, ${lines} lines`, walked));
  console.log(`  ${(median(walked) / median(typed)).toFixed(0)} times faster at the median`);
}
