// `npm run fuzz -- histories COUNT [SEED]`: random git histories, of which what the notes say of every line is compared with who can have written it. Each
// line carries its writer: in its words, or in a mark that git sees and what is tested does not (`histories/lines.ts`).
import { rmSync } from 'node:fs';
import path from 'node:path';
import { CommitNotes } from '../../src/node/notes/commitNotes.ts';
import { HistoryLines } from '../../src/node/notes/historyLines.ts';
import { Random } from '../../test/support/random.ts';
import { tellsOf } from './histories/lines.ts';
import { History } from './histories/history.ts';
import { environment } from './histories/repository.ts';

const [count = 200, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2, 4).map(Number);
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, environment);

const tally = { lines: 0, ai: 0, aiKnown: 0, aiUnknown: 0, person: 0, personKnown: 0, personUnknown: 0, told: 0, toldKnown: 0, either: 0, ordinary: 0, ordinaryKnown: 0, wrong: 0 };
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
      const told = repository.shown.told.get(`${commit} ${file}`) ?? [];
      if (found !== undefined && writers.length !== found.lines.length) throw new Error(`${file} has ${found.lines.length} lines and ${writers.length} are known`);
      for (const [at, text] of (found?.lines ?? []).entries()) {
        const [only, other] = [...(writers[at] ?? [])];
        const said = found?.authors[at]?.kind ?? 'none';
        const isKnown = said === 'ai' || said === 'human';
        tally.lines++;
        if (tellsOf(text) === undefined) {
          tally.ordinary++;
          if (isKnown) tally.ordinaryKnown++;
        }
        if (only === undefined || other !== undefined) tally.either++;
        else if (only === 'a') {
          tally.ai++;
          if (said === 'ai') tally.aiKnown++;
          else if (said === 'human') faults.push(`${file}:${at + 1} ${JSON.stringify(text)} is the AI's, and is said to be a person's`);
          else tally.aiUnknown++;
        } else {
          tally.person++;
          const wasTold = told[at] === true;
          if (wasTold) tally.told++;
          if (wasTold && said === 'human') tally.toldKnown++;
          if (said === 'ai') faults.push(`${file}:${at + 1} ${JSON.stringify(text)} is a person's, and is said to be the AI's`);
          else if (said === 'human') tally.personKnown++;
          else tally.personUnknown++;
        }
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
const share = (part: number, whole: number) => `${part} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`;
console.log(`\n${count} histories (seed ${seed}): ${tally.wrong} wrong lines of ${tally.lines}`);
console.log(`an AI's lines: ${tally.ai}; known ${share(tally.aiKnown, tally.ai)}, unknown ${share(tally.aiUnknown, tally.ai)}`);
console.log(`a person's lines: ${tally.person}; known ${share(tally.personKnown, tally.person)}, unknown ${share(tally.personUnknown, tally.person)}; of those that somebody saw being written, ${tally.told}, known ${share(tally.toldKnown, tally.told)}`);
console.log(`ordinary lines: ${tally.ordinary}, known ${share(tally.ordinaryKnown, tally.ordinary)}; lines that text cannot tell whose they are, where either writer may be said: ${tally.either}`);
console.log([...operations].sort().map(([name, times]) => `${name} ${times}`).join(', '));
process.exitCode = tally.wrong === 0 ? 0 : 1;
