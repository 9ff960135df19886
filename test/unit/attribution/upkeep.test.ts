import { runAuthored } from './authoredSequence.ts';
import { runUpkeep } from './upkeepSequence.ts';

const first = Number(process.env.FIREBREAK_FUZZ_FIRST ?? 0);
const sequences = Number(process.env.FIREBREAK_FUZZ_SEQUENCES ?? 1000);
const batchSize = 100;
const batches = Array.from({ length: Math.ceil(sequences / batchSize) }, (_, batch) => {
  const from = first + batch * batchSize;
  return { from, to: Math.min(from + batchSize, first + sequences) };
});

for (const [what, run] of [
  ['region upkeep', runUpkeep],
  ['authorship', runAuthored],
] as const) {
  describe(`${what} against one author per character`, () => {
    for (const { from, to } of batches) {
      it(`is the same through edits, undo and redo (seeds ${from} to ${to - 1})`, () => {
        for (let seed = from; seed < to; seed++) run(seed);
      });
    }
  });
}
