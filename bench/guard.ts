// What it costs an agent to be judged before it acts, above the start of Node: a process that it waits for.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { distributionOf, median } from './distribution.ts';

const runs = 40;
const folder = mkdtempSync(path.join(tmpdir(), 'firebreak bench '));
const hook = path.resolve('dist/hook.js');

function repository(name: string, files: Readonly<Record<string, string>>): string {
  const root = path.join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=Start');
  return root;
}

const some = Array.from({ length: 60 }, (_, index) => `export function repeat${index}(times: number, text: string) {\n  return text.repeat(times);\n}\n`).join('');
const root = repository('plain', { README: 'x\n', 'src/stores.ts': `import { S3 } from "@aws-sdk/client-s3";\n${some}export const drop = (s3: S3) => undefined;\n` });
const governed = repository('governed', { '.firebreak/policy.yml': 'version: 1\nagents: { ask: high, deny: critical }\n' });

const before = (tool: string, input: object, cwd = root) => ({ cwd, input: JSON.stringify({ session_id: 's', cwd, hook_event_name: 'PreToolUse', tool_name: tool, tool_use_id: 't', tool_input: input }) });
const write = (file: string, content: string, cwd = root) => before('Write', { file_path: path.join(cwd, file), content }, cwd);
const drop = (name: string) => `import { S3 } from "@aws-sdk/client-s3";\nexport const drop = (s3: S3) => s3.deleteBucket({ Bucket: "${name}" });\n`;

const proposals = {
  'a harmless command': before('Bash', { command: 'git status --short && npm test -- --watch=false' }),
  'a dangerous command': before('Bash', { command: 'cd infra && terraform destroy -auto-approve' }),
  'a dangerous command, where there is a policy': before('Bash', { command: 'cd infra && terraform destroy -auto-approve' }, governed),
  'a harmless edit': write('src/a.ts', 'export const add = (a: number, b: number) => a + b;\n'.repeat(200)),
  'a dangerous edit of TypeScript': write('src/drop.ts', drop('data')),
  'a dangerous edit of TypeScript, where there is a policy': write('src/drop.ts', drop('data'), governed),
  'a dangerous edit of TypeScript, in a file of 180 lines': before('Edit', { file_path: path.join(root, 'src/stores.ts'), old_string: 'undefined;', new_string: 's3.deleteBucket({ Bucket: "data" });' }),
  'a dangerous edit of Terraform': write('main.tf', 'resource "aws_db_instance" "main" {\n  skip_final_snapshot = true\n  deletion_protection = false\n}\n'),
};

function timed(args: readonly string[], { cwd, input }: { readonly cwd: string; readonly input: string }): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd, input });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}`);
  return performance.now() - start;
}

const bare: number[] = [];
const taken = new Map(Object.keys(proposals).map((name) => [name, [] as number[]]));
// The first of each kind compiles what the others take.
for (const proposal of Object.values(proposals)) timed([hook, 'claude-code'], proposal);
for (let run = 0; run < runs; run++) {
  bare.push(timed(['-e', '0'], { cwd: root, input: '' }));
  for (const [name, proposal] of Object.entries(proposals)) taken.get(name)?.push(timed([hook, 'claude-code'], proposal));
}
console.log(distributionOf('a bare Node', bare));
for (const [name, durations] of taken) {
  console.log(distributionOf(`guard: ${name}`, durations));
  console.log(`  ${(median(durations) - median(bare)).toFixed(1)} ms above a bare Node at the median, ${(Math.min(...durations) - Math.min(...bare)).toFixed(1)} at the least`);
}
rmSync(folder, { recursive: true });
