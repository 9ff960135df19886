// `npm run fuzz -- long`: the examples of the rules with something very long in them: a name, a line, blanks, brackets, a comment. None may take long: what
// is read may be anybody's.
import path from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Checker } from '../../src/core/check/checker.ts';
import { Grammars } from '../../src/core/language/grammars.ts';
import { languageOf } from '../../src/core/language/language.ts';
import { rules } from '../../src/core/rules/index.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { readGrammarFrom } from '../../src/node/readGrammar.ts';
import { today } from '../../src/node/today.ts';
import { randomFrom } from './mutate.ts';

/** `length` is that of what is long, in characters. */
const [count = 1000, seed = Math.floor(Math.random() * 2 ** 31), length = 60_000] = process.argv.slice(2, 5).map(Number);
/** After so much of a processor's time a reader may give up, and say so. What does not come to an end by twice of it hangs: on a busy machine an input takes longer for what others do. */
const longestMs = 2500;
const hungMs = 2 * longestMs;
/** What takes no processor's time either hangs then, by the clock. */
const waitingMs = 120_000;
const pollMs = 100;

/** What this process took of the processors: of its threads one looks and the other waits for it. */
function takenMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const signs = 'aA_1 \t\n-./(){}[]"\'`\\#$@*=:,;<>%|&!?';
const units = [...signs.split(''), 'a ', 'a.', 'a-', 'a/', 'a(', 'a,', 'a=', 'a: ', 'a\n', ' \n', '\n ', '\r\n', '"a" ', '${', '$(', '--', '-- ', '/*', '//', '# ', '<!--', 'a.a(', 'aA', 'a1', 'a_', '\\\n', '; ', '[a', '(a', '{a', 'a = 1\n', '=> ', '::', '&& ', '|| ', 'not ', 'and ', '- a\n', '  a: 1\n', 'a, ', '"a", ', "'a' + ", 'a[0].', '{ }\n', 'f();\n', '// a\n', '# a\n', '-- a\n', '0.', '%s', '{{ a }}', 'é', '日本'];

interface Input {
  readonly path: string;
  readonly text: string;
  readonly before?: string;
}

/** Where the inputs are looked at, until one hangs there. */
let worker: Worker | undefined;

if (isMainThread) await lead();
else work();

function work(): void {
  const checker = new Checker(rules, { grammars: new Grammars(readGrammarFrom(path.join(process.cwd(), 'dist/grammars'))), digest: sha256Hex, today });
  parentPort?.on('message', ({ path: name, text, before }: Input) => {
    const end = takenMs() + longestMs;
    void checker.check({ files: [{ path: name, after: { text }, ...(before !== undefined && { before: { text: before } }) }] }, () => ({ isOver: () => takenMs() > end })).then(
      () => parentPort?.postMessage(undefined),
      (error: unknown) => parentPort?.postMessage(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  });
}

async function lead(): Promise<void> {
  if (![count, seed, length].every((each) => Number.isInteger(each) && each > 0)) {
    console.error('Usage: npm run fuzz -- long [COUNT [SEED [LENGTH]]]');
    process.exit(2);
  }
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const examples = rules.flatMap((rule) => rule.examples.bad);
  const languages = [...new Set(examples.flatMap(({ path: name }) => languageOf(name) ?? []))];
  let faults = 0;
  for (let done = 1; done <= count; done++) {
    const language = pick(languages);
    const example = pick(examples.filter(({ path: name }) => languageOf(name) === language));
    const places = [...example.text.matchAll(/\b|$/g)].map(({ index }) => index);
    const at = pick(places);
    const unit = pick(units);
    const long = unit.repeat(Math.ceil(length / unit.length));
    const input: Input = { path: example.path, text: example.text.slice(0, at) + long + example.text.slice(at), ...(example.before !== undefined ? { before: example.before } : random() < 0.3 && { before: example.text }) };
    const fault = await answerOf(input);
    if (fault === undefined) continue;
    faults++;
    if (faults <= 20) console.log(`\nFAULT ${done}: ${fault}: ${JSON.stringify(unit)} at ${at} of\n${JSON.stringify({ ...input, text: example.text })}`);
  }
  await worker?.terminate();
  console.log(`\n${count} inputs of ${length} characters (seed ${seed}): ${faults} faults`);
  process.exitCode = faults === 0 ? 0 : 1;
}

/** What is wrong with what came of an input; undefined when nothing is. One that hangs takes its thread with it. */
function answerOf(input: Input): Promise<string | undefined> {
  const asked = (worker ??= new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) }));
  return new Promise((resolve) => {
    const [begun, start] = [takenMs(), performance.now()];
    const timer = setInterval(() => {
      const isLong = takenMs() - begun > hungMs;
      if (!isLong && performance.now() - start < waitingMs) return;
      clearInterval(timer);
      worker = undefined;
      void asked.terminate();
      resolve(isLong ? `took more than ${hungMs} ms of a processor` : `came to no end in ${waitingMs / 1000} s`);
    }, pollMs);
    asked.once('message', (fault: string | undefined) => {
      clearInterval(timer);
      resolve(fault);
    });
    asked.postMessage(input);
  });
}
