// `npm run fuzz -- histories COUNT [SEED]`: random git histories. Each line says in its own words who wrote it, which nothing that is tested
// looks at; what the notes say of every line is compared with that.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { CommitNotes } from '../../src/node/notes/commitNotes.ts';
import { HistoryLines } from '../../src/node/notes/historyLines.ts';
import { linesOf } from '../../src/core/attribution/notes/authoredText.ts';
import { Random } from '../../test/support/random.ts';
import { CommonLines, tellsOf } from './histories/lines.ts';
import { History } from './histories/history.ts';
import { environment } from './histories/repository.ts';

const [count = 200, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2, 4).map(Number);
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, environment);

const tally = { lines: 0, ai: 0, aiKnown: 0, person: 0, personKnown: 0, personUnknown: 0, aiUnknown: 0, ambiguous: 0, wrong: 0 };
const operations = new Map<string, number>();

/** Compares all files of a commit. @returns what is wrong */
async function faultsAt(history: History, commit: string, common: CommonLines): Promise<string[]> {
  const faults: string[] = [];
  const notes = await CommitNotes.open(history.repository.place);
  try {
    const lines = new HistoryLines(notes);
    for (const file of await history.filesAt(commit)) {
      const found = await lines.linesAt(commit, file);
      if (found === undefined) continue;
      const texts = linesOf(found.text);
      for (const [at, text] of texts.entries()) {
        const truth = tellsOf(text) ?? common.authorOf(texts, at);
        const said = found.authors[at]?.kind ?? 'none';
        tally.lines++;
        if (truth === undefined) tally.ambiguous++;
        else if (truth === 'a') {
          tally.ai++;
          if (said === 'ai') tally.aiKnown++;
          else if (said === 'human') faults.push(`${file}:${at + 1} ${JSON.stringify(text)} is the AI's, and is said to be a person's`);
          else tally.aiUnknown++;
        } else {
          tally.person++;
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
    const tips = await history.tips();
    for (const isCold of [false, true]) {
      // As in a clone that has only the notes.
      if (isCold) rmSync(path.join(history.repository.root, '.git/firebreak'), { recursive: true, force: true });
      for (const tip of tips) {
        for (const fault of await faultsAt(history, tip, history.common)) {
          tally.wrong++;
          if (tally.wrong <= 40) console.log(`WRONG seed ${seed + index}${isCold ? ' (cold)' : ''} at ${tip.slice(0, 7)}: ${fault}`);
        }
      }
    }
  } catch (error) {
    tally.wrong++;
    console.log(`FAILED seed ${seed + index}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n  ${history.log.join('; ')}`);
  } finally {
    if (process.env.KEEP === undefined) history.repository.remove();
    else console.log(history.repository.root);
  }
  if ((index + 1) % 100 === 0) console.log(`${index + 1} histories, ${tally.wrong} wrong, ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
const share = (part: number, whole: number) => `${part} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`;
console.log(`\n${count} histories (seed ${seed}): ${tally.wrong} wrong lines of ${tally.lines}`);
console.log(`an AI's lines: ${tally.ai}; known ${share(tally.aiKnown, tally.ai)}, unknown ${share(tally.aiUnknown, tally.ai)}`);
console.log(`a person's lines: ${tally.person}; known ${share(tally.personKnown, tally.person)}, unknown ${share(tally.personUnknown, tally.person)}`);
console.log(`ordinary lines that could be either's, not judged: ${tally.ambiguous}`);
console.log([...operations].sort().map(([name, times]) => `${name} ${times}`).join(', '));
process.exitCode = tally.wrong === 0 ? 0 : 1;
