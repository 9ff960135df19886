import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(tmpdir(), 'firebreak-bench-big');
const megabyte = 1_000_000;

/** A unit over and over, each with a number for its `@`: as many as fit into so many characters. */
function repeated(unit, characters) {
  const numbered = unit.replaceAll('@', '000000');
  return Array.from({ length: Math.floor(characters / numbered.length) }, (_, index) => unit.replaceAll('@', String(index).padStart(6, '0'))).join('');
}

const nested = (open, close, inside) => open.repeat(100_000) + inside + close.repeat(100_000);

/** Each holds what rules look for, so that it is read. */
function inputs() {
  const files = {
    'five.js': repeated('export function f@(a) {\n  fs.rmSync(a, { recursive: true });\n}\n', 4.9 * megabyte),
    'five.ts': repeated('export function f@(a: string): void {\n  fs.rmSync(a, { recursive: true });\n}\n', 4.9 * megabyte),
    'five.py': repeated('def f@(a):\n    shutil.rmtree(a)\n\n', 4.9 * megabyte),
    'five.go': `package a\n${repeated('func f@(a string) {\n\tos.RemoveAll(a)\n}\n', 4.9 * megabyte)}`,
    'five.java': repeated('class C@ { void f() { Files.delete(path); } }\n', 4.9 * megabyte),
    'five.rb': repeated('def f@\n  User.delete_all\nend\n', 4.9 * megabyte),
    'five.sh': repeated('cd /srv/app@ && git push --force origin main\n', 4.9 * megabyte),
    'five.sql': repeated('DELETE FROM t@ WHERE id = 1;\n', 4.9 * megabyte),
    'five.ps1': repeated('Remove-Item -Recurse -Force $a@\n', 4.9 * megabyte),
    'five.tf': repeated('resource "aws_s3_bucket" "b@" {\n  force_destroy = true\n}\n', 4.9 * megabyte),
    'five.yml': repeated('key@:\n  run: git push --force\n', 4.9 * megabyte),
    'five.json': `[${repeated('{"scripts": {"a@": "git push --force"}},\n', 4.9 * megabyte)}1]`,
    'line.js': repeated('fs.rmSync(a);', megabyte),
    'line.py': repeated('shutil.rmtree(a);', megabyte),
    'line.sh': repeated('git push --force; ', megabyte),
    'line.sql': repeated('DELETE FROM t; ', megabyte),
    'line.json': `[${repeated('"git push --force",', megabyte)}1]`,
    'nested.js': `fs.rmSync(${nested('(', ')', 'a')});\n`,
    'nested.ts': nested('{', '}', 'fs.rmSync(a);'),
    'nested.py': `shutil.rmtree(${nested('(', ')', 'a')})\n`,
    'nested.sh': nested('(', ')', 'git push --force'),
    'nested.sql': `DELETE FROM t WHERE ${nested('(', ')', '1')};\n`,
    'nested.tf': `force_destroy = ${nested('[', ']', 'true')}\n`,
    'nested.json': nested('{"scripts":', '}', '"git push --force"'),
    'nested.yml': `run: ${nested('[', ']', 'git push --force')}\n`,
  };
  return Object.entries(files);
}

/** A tree with a million lines in files of common length. */
function writeLines(target) {
  mkdirSync(target, { recursive: true });
  for (let file = 0; file < 4000; file++) writeFileSync(path.join(target, `f${file}.ts`), repeated('export function f@(a: string): string {\n  const text = a.trim();\n  cache.delete(text);\n  return text;\n}\n', 50 * 103).split('\n').slice(0, 250).join('\n') + '\n');
}

/** What has a process tell the most memory that it ever took, in kilobytes, when it ends. */
const tellsMemory = `data:text/javascript,${encodeURIComponent("process.once('exit', () => process.stderr.write(`\\n${process.resourceUsage().maxRSS}`));")}`;

/** Seconds and the most memory in megabytes, of a check. */
function check(args) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, ['--import', tellsMemory, path.join(root, 'dist/cli.js'), 'check', '--scope', 'all', ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, told] = ['', ''];
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (told += data));
    child.once('error', reject);
    child.once('close', (code) => {
      const summary = out.trim().split('\n').at(-1);
      if (code !== 0 && code !== 1) reject(new Error(`firebreak check ${args.join(' ')} ended with ${code}: ${told}`));
      else resolve({ seconds: (performance.now() - start) / 1000, megabytes: Number(told.split('\n').at(-1)) / 1024, isUnread: /not read/.test(summary), summary });
    });
  });
}

/** Inputs that no one writes finish or are told as unread, and a million lines fit into memory. */
export async function benchBig() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of inputs()) {
    writeFileSync(path.join(folder, name), text);
    const { seconds, isUnread } = await check([name]);
    console.log(`${`${name}, the start of the program included`.padEnd(58)}${seconds.toFixed(2).padStart(8)} s  ${isUnread ? 'unread' : 'read'}`);
    rmSync(path.join(folder, name));
  }
  writeLines(path.join(folder, 'lines'));
  const { seconds, megabytes, summary } = await check(['lines']);
  console.log(`${'a million lines in 4000 files, all cores'.padEnd(58)}${seconds.toFixed(2).padStart(8)} s  ${megabytes.toFixed(0)} MB of memory at most  (${summary})`);
  rmSync(folder, { recursive: true, force: true });
}
