// What git's hooks cost at a commit, and what it takes to know who wrote a file that is opened.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { replacementsOf } from '../src/core/attribution/journal.ts';
import { step } from '../src/core/agents/steps.ts';
import { sha256Hex } from '../src/node/digest.ts';
import { appendEvent } from '../src/node/journal.ts';
import { withHistory } from '../src/node/notes/openHistory.ts';
import { findPlace } from '../src/node/place.ts';
import { distributionOf, median } from './distribution.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'firebreak bench '));
const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

function git(root: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'gc.auto=0', ...args], { cwd: root, stdio: 'pipe', env: environment });
}

/** 30,000 files, and 5,000 commits of which 1,000 change one file, `hot.ts`, each with a note. */
function repository(): string {
  const root = path.join(folder, 'large');
  mkdirSync(root);
  git(root, 'init', '--quiet', '--initial-branch=main');
  const stream: string[] = [];
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  for (let commit = 0; commit < 5000; commit++) {
    stream.push(`commit refs/heads/main\ncommitter a <a@b> ${1_600_000_000 + commit} +0000\n${data(`c${commit}`)}`);
    if (commit === 0) for (let file = 0; file < 30_000; file++) stream.push(`M 100644 inline src/p${file % 300}/f${file}.ts\n${data(`export const n${file} = ${file};\n`.repeat(20))}`);
    else if (commit % 5 === 0) stream.push(`M 100644 inline hot.ts\n${data(Array.from({ length: 300 }, (_, line) => `line ${line} of ${line === (commit / 5) % 300 ? commit : 0}\n`).join(''))}`);
    else stream.push(`M 100644 inline src/p${commit % 300}/f${commit}.ts\n${data(`export const n${commit} = -${commit};\n`.repeat(20))}`);
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: stream.join(''), env: environment, maxBuffer: 1 << 30 });
  git(root, 'reset', '--quiet', '--hard');
  return root;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** An agent writes in files, tells so, and they are staged. */
function stage(root: string, files: number, round: number): void {
  for (let index = 0; index < files; index++) {
    const file = `src/p${index % 300}/f${index}.ts`;
    const before = execFileSync('cat', [path.join(root, file)]).toString();
    const after = `${before}export const agent${round}x${index} = ${round};\n`;
    writeFileSync(path.join(root, file), after);
    const { edit } = step('agent', before, after);
    appendEvent(path.join(root, '.git'), { path: file, at: round * 1000 + index, by: { kind: 'ai', tool: 'bench', session: 's' }, before: sha256Hex(before), replacements: replacementsOf(edit, before), after: sha256Hex(after) }, before);
  }
  git(root, 'add', '--all');
}

const root = repository();
const install = spawnSync(process.execPath, [path.resolve('dist/cli.js'), 'init', '--hook'], { cwd: root, env: environment });
if (install.status !== 0) throw new Error(install.stderr.toString());

const commit = (withHooks: boolean) => { git(root, '-c', withHooks ? 'x.y=z' : 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=c'); };
/** What the hook would have done at a commit that was made without it. */
const noteLate = () => {
  const { status, stderr } = spawnSync(path.join(root, '.git/firebreak/bin/firebreak'), ['git-hook', 'post-commit'], { cwd: root, env: environment });
  if (status !== 0 || stderr.length > 0) throw new Error(stderr.toString());
};
let rounds = 0;
const committed = (files: number, withHooks: boolean): number => {
  stage(root, files, rounds++);
  return timed(() => { commit(withHooks); });
};

const [bare, plain, hooked, unfollowed, large]: number[][] = [[], [], [], [], []];
for (let round = 0; round < 20; round++) {
  bare?.push(timed(() => { spawnSync(process.execPath, ['-e', '0']); }));
  plain?.push(committed(20, false));
  noteLate();
  hooked?.push(committed(20, true));
}
for (let round = 0; round < 5; round++) {
  committed(20, false);
  unfollowed?.push(committed(20, true));
}
for (let round = 0; round < 3; round++) {
  const without = committed(1000, false);
  noteLate();
  large?.push(committed(1000, true) - without);
}
console.log(distributionOf('a bare Node', bare ?? []));
console.log(distributionOf('a commit of 20 files, no hooks', plain ?? []));
console.log(distributionOf('a commit of 20 files, with hooks', hooked ?? []));
console.log(`  ${(median(hooked ?? []) - median(plain ?? [])).toFixed(1)} ms are added at the median (wanted: under 100)`);
console.log(distributionOf('the same after a commit that was not noted', unfollowed ?? []));
console.log(`  ${(median(unfollowed ?? []) - median(plain ?? [])).toFixed(1)} ms are added at the median`);
console.log(distributionOf('added to a commit of 1,000 files', large ?? []));
console.log(`  ${(median(large ?? []) / 1000).toFixed(2)} s at the median (wanted: under 2)`);

const place = await findPlace(root);
if (place === undefined) throw new Error('no repository');
const opened = async (): Promise<number> => {
  const start = performance.now();
  await withHistory(place, ({ history }) => history.linesAt('HEAD', 'hot.ts'));
  return performance.now() - start;
};
const [unnoted, noted, cached]: [number[], number[], number[]] = [[], [], []];
const forget = () => { rmSync(path.join(root, '.git/firebreak/lines'), { recursive: true, force: true }); };
for (let round = 0; round < 5; round++) {
  forget();
  unnoted.push(await opened());
}
const hot = path.join(root, 'hot.ts');
const before = execFileSync('cat', [hot]).toString();
appendFileSync(hot, 'by the agent\n');
const { edit } = step('agent', before, `${before}by the agent\n`);
appendEvent(path.join(root, '.git'), { path: 'hot.ts', at: 1e9, by: { kind: 'ai', tool: 'bench', session: 's' }, before: sha256Hex(before), replacements: replacementsOf(edit, before), after: sha256Hex(`${before}by the agent\n`) }, before);
git(root, 'add', '--all');
commit(true);
for (let round = 0; round < 15; round++) {
  forget();
  noted.push(await opened());
  cached.push(await opened());
}
console.log(distributionOf('open a file with 1,000 commits behind it, no note says anything of it', unnoted));
console.log(distributionOf('open it with a note on its last commit, for the first time', noted));
console.log(distributionOf('open it again', cached));
console.log(`  ${median(cached).toFixed(1)} ms at the median (wanted: under 30)`);
rmSync(folder, { recursive: true });
