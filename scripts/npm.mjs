import { spawn } from 'node:child_process';
import path from 'node:path';
import { atEnd } from './lifetime.mjs';

/**
 * Runs npm in a folder. Its output is kept back and shown only when it fails.
 * Takes the npm that started this process (`npm test`), else the one on PATH.
 */
export async function runNpm(args, { cwd, env = process.env }) {
  const own = process.env.npm_execpath;
  const [command, ...first] = own && path.basename(own) === 'npm-cli.js' ? [process.execPath, own] : ['npm'];
  const all = [...first, ...args, '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  // Node starts npm.cmd on Windows only through a shell.
  const shell = process.platform === 'win32' && command === 'npm';
  const child = spawn(command, all, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  // npm finishes what it is at when it is asked to end.
  const takeBack = atEnd(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (output += data));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(takeBack);
  if (code !== 0) throw new Error(`\`npm ${args.join(' ')}\` failed in ${cwd} (exit code ${code}):\n${output.trim()}`);
  return output;
}
