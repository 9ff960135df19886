// Takes each check out that answers an attack, in a copy of the project, and sees that the attack's test fails without it. What was seen is kept for docs/threats.md.
// Usage: node scripts/removeChecks.mjs [words of an attack…]   (without words: those that were not shown yet)
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testsIn } from './declaredTests.mjs';
import { removals } from './removals.mjs';
import { readShown, shownFile } from './shownRemovals.mjs';

const root = path.resolve(import.meta.dirname, '..');
const wanted = process.argv.slice(2);
const shown = new Set(readShown(root).map(({ attack, from }) => `${attack}\n${from}`));
const chosen = removals.filter(({ attack, from }) => (wanted.length === 0 ? !shown.has(`${attack}\n${from}`) : wanted.some((words) => attack.includes(words))));
const copy = mkdtempSync(path.join(tmpdir(), 'firebreak-removed-'));
let isAllShown = true;
try {
  for (const name of ['src', 'test', 'scripts', 'media', 'package.json', 'tsconfig.json', 'esbuild.mjs', 'rooms.mjs', 'LICENSE', 'README.md', 'CHANGELOG.md']) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  // No attack goes through the editor, whose bundle takes longest.
  const bundles = path.join(copy, 'esbuild.mjs');
  writeFileSync(bundles, readFileSync(bundles, 'utf8').replace(/^.*entryPoints: \{ extension: .*\n/m, ''));
  for (const removal of chosen) {
    const seen = withoutCheck(removal);
    console.log(`${seen === 'failed' ? 'fails without it' : `NOT SHOWN (${seen})`}: ${removal.attack} [${removal.file}: ${removal.what}]`);
    isAllShown &&= seen === 'failed';
    keep(removal, seen === 'failed');
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = isAllShown ? 0 : 1;

function withoutCheck({ attack, file, from, to, and }) {
  const layers = [{ file, from, to }, ...(and === undefined ? [] : [and])].map((each) => ({ ...each, source: path.join(copy, each.file), before: readFileSync(path.join(copy, each.file), 'utf8') }));
  const missing = layers.find(({ before, from: words }) => before.split(words).length !== 2);
  if (missing !== undefined) return `the check is not found once in ${missing.file}`;
  for (const { source, before, from: words, to: instead } of layers) writeFileSync(source, before.replace(words, () => instead));
  try {
    const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: copy, encoding: 'utf8' });
    if (built.status !== 0) return `it does not build: ${built.stderr.slice(-300)}`;
    const test = testsIn(copy, 'test/cli/threats').find((each) => readFileSync(path.join(copy, each), 'utf8').replaceAll("\\'", "'").includes(attack));
    if (test === undefined) return 'no test declares it';
    const { status, stdout } = spawnSync(process.execPath, ['scripts/removedTest.mjs', test, attack], { cwd: copy, encoding: 'utf8' });
    return /^ *1 failing/m.test(stdout) && /AssertionError/.test(stdout) && status !== 0 ? 'failed' : `it ended with ${status}: ${stdout.slice(-600)}`;
  } finally {
    for (const { source, before } of layers) writeFileSync(source, before);
  }
}

function keep({ attack, file, from }, isShown) {
  const others = readShown(root).filter((each) => each.attack !== attack);
  const order = removals.map((each) => each.attack);
  const all = [...others, ...(isShown ? [{ attack, file, from }] : [])].filter((each) => order.includes(each.attack)).sort((one, other) => order.indexOf(one.attack) - order.indexOf(other.attack));
  writeFileSync(shownFile(root), `${JSON.stringify(all, undefined, 2)}\n`);
}
