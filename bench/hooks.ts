// What agents' hooks cost: each is a process that the agent waits for.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { distributionOf, median } from './distribution.ts';

const runs = 60;
const folder = mkdtempSync(path.join(tmpdir(), 'firebreak bench '));

function repository(name: string, files: number): string {
  const root = path.join(folder, name);
  for (let index = 0; index < files; index++) {
    const inner = path.join(root, `src/p${index % 300}`);
    mkdirSync(inner, { recursive: true });
    writeFileSync(path.join(inner, `f${index}.ts`), `export const n${index} = ${index};\n`);
  }
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=Start');
  return root;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function node(args: readonly string[], cwd: string, input: string): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, input });
  if (status !== 0 || stderr.length > 0) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr.toString()}`);
}

const hook = path.resolve('dist/hook.js');
const [small, large] = [repository('small', 3), repository('large', 30_000)];
const payload = (root: string, event: string, tool: string, input: object) => JSON.stringify({ session_id: 's', cwd: root, hook_event_name: event, tool_name: tool, tool_use_id: 't', tool_input: input, tool_response: { originalFile: '' } });
const edit = (root: string, index: number) => {
  const file = path.join(root, 'src/p1/f1.ts');
  const content = `export const n1 = ${index};\n`.repeat(20);
  writeFileSync(file, content);
  return payload(root, 'PostToolUse', 'Write', { file_path: file, content });
};
const command = (root: string, event: string, line: string) => payload(root, event, 'Bash', { command: line });

const kinds = {
  'a write': (root: string, run: number) => edit(root, run),
  'before a command that may write': (root: string) => command(root, 'PreToolUse', 'sed -i s/1/2/ notes.txt'),
  'after it': (root: string) => command(root, 'PostToolUse', 'sed -i s/1/2/ notes.txt'),
  'after a command that only reads': (root: string) => command(root, 'PostToolUse', 'grep -rn x src | head'),
};
const taken = new Map<string, number[]>([['a bare Node', []]]);
for (let run = 0; run < runs; run++) {
  taken.get('a bare Node')?.push(timed(() => { node(['-e', '0'], small, ''); }));
  for (const [kind, inputOf] of Object.entries(kinds)) {
    for (const [size, root] of [['3 files', small], ['30,000 files', large]] as const) {
      const input = inputOf(root, run);
      const durations = taken.get(`${kind}, ${size}`) ?? [];
      durations.push(timed(() => { node([hook, 'claude-code'], root, input); }));
      taken.set(`${kind}, ${size}`, durations);
    }
  }
}
const bare = median(taken.get('a bare Node') ?? []);
for (const [name, durations] of taken) {
  console.log(distributionOf(`hook: ${name}`, durations));
  console.log(`  ${(median(durations) - bare).toFixed(1)} ms above a bare Node at the median`);
}
rmSync(folder, { recursive: true });
