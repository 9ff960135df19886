// Test files in portions that take about as long as each other, by what they took when it was measured.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Seconds by file, of those that take more than a few. Written by `npm test -- --measure`; where it is out of date, tests take longer and nothing else. */
const measuredFile = path.join(import.meta.dirname, 'seconds.json');
const measured = existsSync(measuredFile) ? JSON.parse(readFileSync(measuredFile, 'utf8')) : {};

/** To start mocha and load what all tests share. */
const secondsToStart = 1;
const secondsOfOthers = 1;
const notableSeconds = 3;

/**
 * Each portion is a process: tests of one file see nothing of those of another portion.
 * @returns `{ files, seconds }[]`, the longest first
 */
export function portionsOf(files, secondsEach) {
  const portions = [];
  const weighed = files.map((file) => ({ file, seconds: measured[file] ?? secondsOfOthers })).sort((one, other) => other.seconds - one.seconds);
  for (const { file, seconds } of weighed) {
    const last = portions.at(-1);
    if (last !== undefined && last.seconds + seconds <= secondsEach) {
      last.files.push(file);
      last.seconds += seconds;
    } else {
      portions.push({ files: [file], seconds: secondsToStart + seconds });
    }
  }
  return portions;
}

/** @param taken seconds by file, of those that were measured now */
export function keepMeasured(taken) {
  const notable = Object.entries({ ...measured, ...Object.fromEntries(taken) }).map(([file, seconds]) => [file, Math.round(seconds)]).filter(([, seconds]) => seconds >= notableSeconds);
  writeFileSync(measuredFile, `${JSON.stringify(Object.fromEntries(notable.sort(([one], [other]) => (one < other ? -1 : 1))), undefined, 2)}\n`);
}
