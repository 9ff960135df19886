// Runs the steps that the command line asks for, one after the other, and stops at the first that fails.
import path from 'node:path';
import { Output } from './output.mjs';
import { steps } from './steps.mjs';

/**
 * @param words names of steps, test files, or both: a file picks the steps that run it (or those of them that are named),
 *   and of their tests only itself
 * @returns whether all passed
 */
export async function runSteps(words) {
  const chosen = choose(words);
  const begun = new Map();
  const begin = (step, vscode) => {
    const output = new Output();
    const ended = step.run(output, { ...step, vscode });
    // Looked at when it is this step's turn; until then a failure is not "unhandled".
    ended.catch(() => undefined);
    return { output, ended };
  };
  for (const step of chosen.filter(({ isEarly }) => isEarly)) begun.set(step, begin(step));

  const total = { passed: 0, failed: 0 };
  let vscode;
  let hasPassed = true;
  for (const step of chosen) {
    console.log(`\n== ${step.name}: ${step.title}`);
    const startedAt = performance.now();
    const { output, ended } = begun.get(step) ?? begin(step, vscode);
    output.show();
    const result = await ended.catch((error) => ({ failure: error.message }));
    if (step.name === 'host') vscode = result;
    const { failure } = step.tests && !result?.notRun ? judge(step, output.text, result, total) : (result ?? {});
    const outcome = failure ? `FAILED: ${failure}` : result?.notRun ? `not run: ${result.notRun}` : 'ok';
    console.log(`== ${step.name}: ${outcome} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    hasPassed = !failure;
    if (failure) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return hasPassed;
}

function choose(words) {
  if (words.length === 0) return steps;
  const files = words.filter((word) => word.endsWith('.ts')).map((file) => path.relative('', path.resolve(file)));
  const names = words.filter((word) => !word.endsWith('.ts'));
  for (const name of names) {
    if (!steps.some((step) => step.name === name)) {
      throw new Error(`No step "${name}". The steps are: ${steps.map((step) => step.name).join(', ')}; or name a test file.`);
    }
  }
  const picked = steps.map((step) => {
    const isNamed = names.includes(step.name);
    const tests = step.tests?.filter((file) => files.includes(file)) ?? [];
    if (tests.length > 0 && (isNamed || names.length === 0)) return { ...step, tests };
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

/** Adds a mocha run to the total. A run without a test is a failure: nothing was shown. */
function judge(step, report, result, total) {
  const { passed, failed } = countTests(report);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) return { failure: `${failed} of ${passed + failed} tests failed` };
  if (passed === 0) return { failure: result?.failure ?? `no test of ${step.name} ran` };
  return { failure: result?.failure };
}

/** Adds up the closing counts of mocha's report. */
function countTests(report) {
  const sum = (word) => [...report.matchAll(new RegExp(`^ *(\\d+) ${word}\\b`, 'gm'))].reduce((n, [, count]) => n + Number(count), 0);
  return { passed: sum('passing'), failed: sum('failing') };
}
