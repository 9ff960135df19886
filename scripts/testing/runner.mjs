// Runs the steps that the command line asks for, beside each other as far as the cores go, and tells of them in order.
import path from 'node:path';
import { Cores } from './cores.mjs';
import { Output } from './output.mjs';
import { keepMeasured } from './portions.mjs';
import { countTests, failedTests, retriedTests } from './report.mjs';
import { steps } from './steps.mjs';

/**
 * @param words names of steps, test files, or both: a file picks the steps that run it (or those of them that are named), and of their tests only itself;
 *   `--long` adds the steps that take long, `--all` every step there is; `--measure` takes down what each test file takes
 * @returns whether all passed
 */
export async function runSteps(words) {
  const isMeasured = words.includes('--measure');
  const chosen = choose(words);
  const cores = new Cores();
  const measured = isMeasured ? new Map() : undefined;
  const begun = new Map();
  for (const step of chosen) begun.set(step.name, begin(step, { begun, cores, measured }));

  const total = { passed: 0, failed: 0 };
  const failures = [];
  const retried = [];
  for (const step of chosen) {
    console.log(`\n== ${step.name}: ${step.title}`);
    const { output, ended } = begun.get(step.name);
    output.show();
    const { result, error, seconds } = await ended;
    const failure = step.tests && !result?.notRun && !error?.isOfNeed ? judge(step, output.text, error, total) : error?.message;
    const outcome = failure ? `FAILED: ${failure}` : result?.notRun ? `not run: ${result.notRun}` : 'ok';
    console.log(`== ${step.name}: ${outcome} (${seconds.toFixed(1)} s)`);
    if (step.tests) retried.push(...retriedTests(output.text).map((title) => `${step.name}: ${title}`));
    // Said again at the very end, which is all that some show of a run.
    if (failure) failures.push([`${step.name}: ${failure}`, ...(step.tests ? failedTests(output.text) : [])].join('\n  '));
  }
  if (measured) keepMeasured(measured);
  const left = words.length === 0 ? steps.filter(({ isOf }) => isOf === 'long').map(({ name }) => name) : [];
  const closing = [
    `${total.passed} passed, ${total.failed} failed`,
    ...(left.length > 0 ? [`left to CI, because they take long: ${left.join(', ')} (npm test -- --long)`] : []),
    ...retried.map((title) => `tried again ${title}`),
    ...failures.map((failure) => `FAILED ${failure}`),
  ];
  console.log(`\n${closing.join('\n')}`);
  return failures.length === 0;
}

/** Starts a step as soon as what it needs is there. */
function begin(step, { begun, cores, measured }) {
  const output = new Output();
  const run = async () => {
    const needed = new Map(step.needs.map((name) => [name, begun.get(name).ended]));
    for (const [name, ended] of needed) {
      if ((await ended).error) throw Object.assign(new Error(`it needs what "${name}" failed to do`), { isOfNeed: true });
    }
    startedAt = performance.now();
    const vscode = (await needed.get(step.vscodeOf))?.result;
    return step.run(output, { ...step, vscode, cores, measured });
  };
  let startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const ended = run().then(
    (result) => ({ result, seconds: seconds() }),
    (error) => ({ error, seconds: seconds() }),
  );
  return { output, ended };
}

const options = ['--long', '--all', '--measure'];

function choose(words) {
  const unknown = words.find((word) => word.startsWith('--') && !options.includes(word));
  if (unknown !== undefined) throw new Error(`No option "${unknown}". The options are: ${options.join(', ')}.`);
  const files = words.filter((word) => word.endsWith('.ts')).map((file) => path.relative('', path.resolve(file)));
  const names = words.filter((word) => !word.endsWith('.ts') && !word.startsWith('--'));
  const runs = [undefined, ...(words.includes('--long') ? ['long'] : []), ...(words.includes('--all') ? ['long', 'all'] : [])];
  const isOfRun = (step) => runs.includes(step.isOf);
  if (files.length === 0 && names.length === 0) return steps.filter(isOfRun);
  for (const name of names) {
    if (!steps.some((step) => step.name === name)) {
      throw new Error(`No step "${name}". The steps are: ${steps.map((step) => step.name).join(', ')}; or name a test file.`);
    }
  }
  const picked = steps.map((step) => {
    const isNamed = names.includes(step.name);
    const tests = step.tests?.filter((file) => files.includes(file)) ?? [];
    if (tests.length > 0 && (isNamed || (names.length === 0 && (isOfRun(step) || step.isOf === 'long')))) return { ...step, tests };
    return isNamed && files.length === 0 ? step : undefined;
  });
  for (const file of files) {
    if (!picked.some((step) => step?.tests?.includes(file))) {
      throw new Error(`${file} is no test file of ${names.length > 0 ? 'these steps' : 'this project'}.`);
    }
  }
  const needed = new Set(picked.flatMap((step) => step?.needs ?? []));
  return steps.map((step, index) => picked[index] ?? (needed.has(step.name) ? step : undefined)).filter(Boolean);
}

/** Adds mocha's runs to the total. A step without a test is a failure: nothing was shown. */
function judge(step, report, error, total) {
  const { passed, failed } = countTests(report);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) return `${failed} of ${passed + failed} tests failed`;
  if (passed === 0) return error?.message ?? `no test of ${step.name} ran`;
  return error?.message;
}
