// `npm run fuzz`: texts in every language that were cut, mixed and broken at random. None may end in an exception, take
// long, or have a range outside its text.
import path from 'node:path';
import { Checker } from '../../src/core/check/checker.ts';
import { Grammars } from '../../src/core/language/grammars.ts';
import { languageOf } from '../../src/core/language/language.ts';
import { rules } from '../../src/core/rules/index.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { today } from '../../src/node/today.ts';
import { readGrammarFrom } from '../../src/node/readGrammar.ts';
import { mutated, randomFrom } from './mutate.ts';

const [count = 200_000, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2, 4).map(Number);
const only = process.argv.slice(4);

/** An input that takes longer counts as hung. */
const longestMs = 1000;
/** Only code that nests deeper than any that is written may be refused. */
const refusal = /nests more than|more than \d+ open brackets/;

const checker = new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.join(process.cwd(), 'dist/grammars'))), digest: sha256Hex, today });
const random = randomFrom(seed);
const examples = rules.flatMap((rule) => [...rule.examples.bad, ...rule.examples.good]);
const languages = [...new Set(examples.flatMap(({ path: name }) => languageOf(name) ?? []))].filter((language) => only.length === 0 || only.includes(language));
if (!Number.isInteger(count) || !Number.isInteger(seed) || count < 1 || languages.length === 0) {
  console.error('Usage: npm run fuzz [-- COUNT [SEED [LANGUAGE…]]]');
  process.exit(2);
}

function pick<T>(items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

interface Input {
  readonly path: string;
  readonly text: string;
  readonly before?: string;
}

function nextInput(): Input {
  const language = pick(languages);
  const ofLanguage = examples.filter(({ path: name }) => languageOf(name) === language);
  const [example, other] = [pick(ofLanguage), pick(ofLanguage)];
  const text = mutated(example.text, other.text, random);
  const before = example.before ?? (random() < 0.2 ? example.text : undefined);
  return { path: example.path, text, ...(before !== undefined && { before: random() < 0.5 ? before : mutated(before, other.text, random) }) };
}

/** What is wrong with what came of an input; undefined when nothing is. */
async function faultOf({ path: name, text, before }: Input): Promise<string | undefined> {
  const end = performance.now() + longestMs;
  const [look] = await checker.check({ files: [{ path: name, after: { text }, ...(before !== undefined && { before: { text: before } }) }] }, () => ({ isOver: () => performance.now() > end }));
  if (look?.kind === 'unread') return refusal.test(look.why) ? undefined : look.why;
  if (look?.kind !== 'findings') return undefined;
  for (const { range, matched, within, ruleId } of look.findings) {
    if ([range, ...within].some(({ start, endExclusive }) => start < 0 || start > endExclusive || endExclusive > text.length)) return `${ruleId} has a range outside the text`;
    if (range.of(text) !== matched) return `${ruleId} underlines another text than it says`;
  }
  return undefined;
}

let faults = 0;
const slowest: { ms: number; input: Input }[] = [];
const counts = new Map<string, number>();
const started = performance.now();
for (let done = 1; done <= count; done++) {
  const input = nextInput();
  const language = languageOf(input.path) ?? '';
  counts.set(language, (counts.get(language) ?? 0) + 1);
  const start = performance.now();
  const fault = await faultOf(input).catch((error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)));
  const ms = performance.now() - start;
  if (slowest.length < 5 || ms > (slowest.at(-1)?.ms ?? 0)) {
    slowest.push({ ms, input });
    slowest.sort((a, b) => b.ms - a.ms).splice(5);
  }
  if (fault !== undefined || ms > longestMs) {
    faults++;
    if (faults <= 20) console.log(`\nFAULT ${done}: ${fault ?? `took ${ms.toFixed(0)} ms`}\n${JSON.stringify(input)}`);
  }
  if (done % 20_000 === 0) console.log(`${done} inputs, ${faults} faults, ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
console.log(`\n${count} inputs (seed ${seed}): ${faults} faults`);
console.log([...counts].map(([language, times]) => `${language} ${times}`).join(', '));
console.log(`slowest: ${slowest.map(({ ms, input }) => `${ms.toFixed(0)} ms ${input.path} (${input.text.length} characters)`).join(', ')}`);
process.exitCode = faults === 0 ? 0 : 1;
