// What it costs to judge a push: 50 files, of which ten hold a finding that a senior approved, in a small repository and in a large one. `firebreak gate`, as a server or CI runs it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { distributionOf, median } from './distribution.ts';

const runs = 20;
const cli = path.resolve('dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'firebreak bench '));
const key = path.join(folder, 'key');
execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const run = (program: string, args: readonly string[], cwd: string, input?: string) => execFileSync(program, args, { cwd, env, input, stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28 }).toString().trim();

/** A bare repository of so many files and commits, and a push to it that ten approvals cover. */
function repository(name: string, files: number, commits: number): { readonly remote: string; readonly base: string; readonly head: string } {
  const [remote, clone] = [path.join(folder, `${name}.git`), path.join(folder, name)];
  run('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote], folder);
  importHistory(remote, files, commits);
  run('git', ['clone', '--quiet', remote, clone], folder);
  const git = (...args: string[]) => run('git', ['-c', 'user.name=robin', '-c', 'user.email=robin@example.com', ...args], clone);
  git('config', 'user.name', 'robin');
  git('config', 'user.email', 'robin@example.com');
  git('switch', '--quiet', '--create', 'topic');
  // One request and approval for each file, as a branch that grew: each approval is on the change so far.
  for (let index = 0; index < 10; index++) {
    write(clone, `src/risky${index}.ts`, `// ${index}\nawait db.table${index}.deleteMany({});\n`);
    for (let other = 0; other < 4; other++) write(clone, `src/plain${index}_${other}.ts`, `export const plain${index}_${other} = await db.table.findMany({ take: ${other} });\n`.repeat(20));
    git('add', '--all');
    git('commit', '--quiet', `--message=Change ${index}`);
    const id = /requested: (\S+)/.exec(run(process.execPath, [cli, 'request', '--all', '--reason', 'needed', '--no-push'], clone))?.[1] ?? '';
    run(process.execPath, [cli, 'approve', id, '--as', 'alice@corp.example', '--key', key, '--reason', 'fine', '--yes', '--no-push'], clone);
  }
  git('push', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*', 'HEAD:refs/heads/topic');
  return { remote, base: git('rev-parse', 'origin/main'), head: git('rev-parse', 'HEAD') };
}

function importHistory(remote: string, files: number, commits: number): void {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const file = (name: string, text: string) => `M 100644 inline ${name}\n${data(text)}`;
  const signer = `alice@corp.example ${readFileSync(`${key}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')}\n`;
  const commit = (index: number) => `commit refs/heads/main\ncommitter founder <founder@corp.example> ${1_700_000_000 + index * 60} +0000\n${data(`Commit ${index}`)}`;
  const parts = [commit(0), file('.firebreak/policy.yml', 'version: 1\nseniors: [alice@corp.example]\n'), file('.firebreak/allowed_signers', signer)];
  for (let index = 0; index < files; index++) parts.push(file(`lib/p${index % 300}/f${index}.ts`, `export const n${index} = ${index};\n`));
  for (let index = 1; index < commits; index++) parts.push(commit(index), file(`lib/p${index % 300}/f${index % files}.ts`, `export const n = ${index};\n`));
  run('git', ['fast-import', '--quiet'], remote, parts.join(''));
}

function write(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function judged({ remote, base, head }: ReturnType<typeof repository>): number {
  const start = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [cli, 'gate', '--base', base, '--head', head, '--target', 'refs/heads/main', '--requester', 'robin@example.com'], { cwd: remote, env });
  if (status !== 0 || !stdout.toString().includes('10 approvals looked at, none missing')) throw new Error(`the gate ended with ${String(status)}: ${stdout.toString()}`);
  return performance.now() - start;
}

try {
  const places = { small: repository('small', 10, 5), large: repository('large', 30_000, 2_000) };
  const taken = { small: [] as number[], large: [] as number[] };
  for (let index = 0; index < runs; index++) for (const name of ['small', 'large'] as const) taken[name].push(judged(places[name]));
  console.log(distributionOf('gate: 50 files, 10 approvals, in 10 files, 5 commits', taken.small));
  console.log(distributionOf('gate: 50 files, 10 approvals, in 30,000 files, 2,000', taken.large));
  console.log(`  ${(median(taken.large) / median(taken.small)).toFixed(2)} times the small repository's at the median`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
