// `npm run fuzz -- histories COUNT [SEED]`: random git histories, of which what the notes say of every line is compared with who can have written it. Each
// line carries its writer: in its words, or in a mark that git sees and what is tested does not (`histories/lines.ts`).
import { rmSync } from 'node:fs';
import path from 'node:path';
import { CommitNotes } from '../../src/node/notes/commitNotes.ts';
import { HistoryLines } from '../../src/node/notes/historyLines.ts';
import { Random } from '../../test/support/random.ts';
import { tellsOf, type Writer } from './histories/lines.ts';
import { History } from './histories/history.ts';
import { closeShell, environment } from './histories/repository.ts';

const [count = 200, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2, 4).map(Number);
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, environment);

const tally = { lines: 0, a: 0, aKnown: 0, h: 0, hKnown: 0, u: 0, either: 0, ordinary: 0, ordinaryKnown: 0, wrong: 0 };
const names = { a: "an AI's", h: "a person's", u: "somebody's whom nobody saw" };
const operations = new Map<string, number>();

/** Compares all files of a commit. @returns what is wrong */
async function faultsAt({ repository }: History, marked: string): Promise<string[]> {
  const faults: string[] = [];
  const commit = await repository.shown.commit(marked);
  const notes = await CommitNotes.open(repository.place);
  try {
    const lines = new HistoryLines(notes);
    const tree = (await notes.reader.commit(commit))?.tree;
    for (const file of (await notes.reader.tree(tree)).keys()) {
      const found = await lines.linesAt(commit, file);
      const writers = repository.shown.writers.get(`${commit} ${file}`) ?? [];
      if (found !== undefined && writers.length !== found.lines.length) throw new Error(`${file} has ${found.lines.length} lines and ${writers.length} are known`);
      for (const [at, text] of (found?.lines ?? []).entries()) {
        const possible = writers[at] ?? new Set<Writer>();
        const [only, other] = [...possible];
        const kind = found?.authors[at]?.kind;
        const said = kind === 'ai' ? 'a' : kind === 'human' ? 'h' : undefined;
        tally.lines++;
        if (tellsOf(text) === undefined) {
          tally.ordinary++;
          if (said !== undefined) tally.ordinaryKnown++;
        }
        if (said !== undefined && !possible.has(said)) faults.push(`${file}:${at + 1} ${JSON.stringify(text)} is ${[...possible].map((each) => names[each]).join(' or ')}, and is said to be ${names[said]}`);
        if (only === undefined || other !== undefined) tally.either++;
        else tally[only]++;
        if (other === undefined && said !== undefined && said === only) tally[said === 'a' ? 'aKnown' : 'hKnown']++;
      }
    }
  } finally {
    notes.close();
  }
  return faults;
}

const started = performance.now();
for (let index = 0; index < count; index++) {
  const history = await History.start(new Random(seed + index), operations);
  try {
    const steps = 8 + history.random.below(14);
    for (let done = 0; done < steps; done++) await history.step();
    const tips = history.tips();
    for (const isCold of process.env.KEEP === undefined ? [false, true] : [false]) {
      // As in a clone that has only the notes.
      if (isCold) rmSync(path.join(history.repository.place.gitDir, 'firebreak'), { recursive: true, force: true });
      for (const tip of tips) {
        for (const fault of await faultsAt(history, tip)) {
          tally.wrong++;
          if (tally.wrong <= 40) console.log(`WRONG seed ${seed + index}${isCold ? ' (cold)' : ''} at ${tip.slice(0, 7)}: ${fault}`);
        }
      }
    }
  } catch (error) {
    tally.wrong++;
    console.log(`FAILED seed ${seed + index}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n  ${history.log.join('; ')}`);
  } finally {
    history.repository.shown.close();
    if (process.env.KEEP === undefined) history.repository.remove();
    else console.log(`${history.repository.root}\n${history.log.join('; ')}`);
  }
  if ((index + 1) % 100 === 0) console.log(`${index + 1} histories, ${tally.wrong} wrong, ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
closeShell();
const share = (part: number, whole: number) => `${part} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`;
console.log(`\n${count} histories (seed ${seed}): ${tally.wrong} wrong lines of ${tally.lines}`);
console.log(`an AI's lines: ${tally.a}, known ${share(tally.aKnown, tally.a)}; lines that a person was seen to write: ${tally.h}, known ${share(tally.hKnown, tally.h)}; lines that nobody saw being written: ${tally.u}`);
console.log(`ordinary lines: ${tally.ordinary}, known ${share(tally.ordinaryKnown, tally.ordinary)}; lines that text cannot tell whose they are, where any of several writers may be said: ${tally.either}`);
console.log([...operations].sort().map(([name, times]) => `${name} ${times}`).join(', '));
process.exitCode = tally.wrong === 0 ? 0 : 1;
