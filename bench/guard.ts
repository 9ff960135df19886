// What it costs an agent to be judged before it acts, above the start of Node: a process that it waits for.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { distributionOf, median } from './distribution.ts';

const runs = 40;
const root = mkdtempSync(path.join(tmpdir(), 'firebreak bench '));
execFileSync('git', ['init', '--quiet'], { cwd: root });
const hook = path.resolve('dist/hook.js');

const before = (tool: string, input: object) => JSON.stringify({ session_id: 's', cwd: root, hook_event_name: 'PreToolUse', tool_name: tool, tool_use_id: 't', tool_input: input });
const write = (file: string, content: string) => before('Write', { file_path: path.join(root, file), content });
const drop = (name: string) => `import { S3 } from "@aws-sdk/client-s3";\nexport const drop = (s3: S3) => s3.deleteBucket({ Bucket: "${name}" });\n`;

const proposals = {
  'a harmless command': before('Bash', { command: 'git status --short && npm test -- --watch=false' }),
  'a dangerous command': before('Bash', { command: 'cd infra && terraform destroy -auto-approve' }),
  'a harmless edit': write('src/a.ts', 'export const add = (a: number, b: number) => a + b;\n'.repeat(200)),
  'a dangerous edit of TypeScript': write('src/drop.ts', drop('data')),
  'a dangerous edit of Terraform': write('main.tf', 'resource "aws_db_instance" "main" {\n  skip_final_snapshot = true\n  deletion_protection = false\n}\n'),
};

function timed(args: readonly string[], input: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, input });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}`);
  return performance.now() - start;
}

const bare: number[] = [];
const taken = new Map(Object.keys(proposals).map((name) => [name, [] as number[]]));
for (let run = 0; run < runs; run++) {
  bare.push(timed(['-e', '0'], ''));
  for (const [name, input] of Object.entries(proposals)) taken.get(name)?.push(timed([hook, 'claude-code'], input));
}
console.log(distributionOf('a bare Node', bare));
for (const [name, durations] of taken) {
  console.log(distributionOf(`guard: ${name}`, durations));
  console.log(`  ${(median(durations) - median(bare)).toFixed(1)} ms above a bare Node at the median`);
}
rmSync(root, { recursive: true });
