// `npm run fuzz -- attribution`: sequences of edits of mixed origins, each held against one author per character. One seed makes one sequence again.
import { runAuthored } from '../../test/unit/attribution/authoredSequence.ts';
import { runUpkeep } from '../../test/unit/attribution/upkeepSequence.ts';

const [count = 100_000, first = Math.floor(Math.random() * 2 ** 30)] = process.argv.slice(2, 4).map(Number);
if (!Number.isInteger(count) || !Number.isInteger(first) || count < 1 || first < 0) {
  console.error('Usage: npm run fuzz -- attribution [COUNT [FIRST SEED]]');
  process.exit(2);
}

let faults = 0;
const started = performance.now();
for (let seed = first; seed < first + count; seed++) {
  for (const run of [runUpkeep, runAuthored]) {
    try {
      run(seed);
    } catch (error) {
      faults++;
      if (faults <= 20) console.log(`\nFAULT: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  if ((seed - first + 1) % 20_000 === 0) console.log(`${seed - first + 1} seeds, ${faults} faults, ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
console.log(`\n${count} seeds from ${first} on, two sequences of 30 edits each: ${faults} faults in ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = faults === 0 ? 0 : 1;
