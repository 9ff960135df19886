// What agents' hooks cost: each is a process that the agent waits for.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { settleCommands } from '../src/node/endedCommands.ts';
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
/** Milliseconds of the processor's time that processes took which ended and were waited for, to the hundredth of a second; Linux tells. */
function processorTime(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return NaN;
  }
}

const taken = new Map<string, { readonly durations: number[]; processor: number }>();
const untilTaken: number[] = [];
function measure(name: string, args: readonly string[], root: string, input: string): void {
  const one = taken.get(name) ?? { durations: [], processor: 0 };
  taken.set(name, one);
  const before = processorTime();
  one.durations.push(timed(() => { node(args, root, input); }));
  one.processor += (processorTime() - before) / runs;
}

for (let run = 0; run < runs; run++) {
  measure('a bare Node', ['-e', '0'], small, '');
  for (const [kind, inputOf] of Object.entries(kinds)) {
    for (const [size, root] of [['3 files', small], ['30,000 files', large]] as const) {
      measure(`${kind}, ${size}`, [hook, 'claude-code'], root, inputOf(root, run));
      const start = performance.now();
      await settleCommands(path.join(root, '.git'));
      if (kind === 'after it' && root === large) untilTaken.push(performance.now() - start);
    }
  }
}
const bare = taken.get('a bare Node') ?? { durations: [], processor: NaN };
for (const [name, { durations, processor }] of taken) {
  console.log(distributionOf(`hook: ${name}`, durations));
  const above = median(durations) - median(bare.durations);
  console.log(`  ${above.toFixed(1)} ms above a bare Node at the median; ${processor.toFixed(0)} ms of the processor's time each, ${(processor - bare.processor).toFixed(1)} above, ${(processor / bare.processor).toFixed(2)} times`);
}
console.log(distributionOf('a command, 30,000 files: after the hook, until all is taken down', untilTaken));
rmSync(folder, { recursive: true });
