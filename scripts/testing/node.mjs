import { spawn } from 'node:child_process';
import path from 'node:path';
import { atEnd } from '../lifetime.mjs';

export const root = path.resolve(import.meta.dirname, '../..');

/** Runs a script of this project with Node, from the project's root. Throws when its exit code is not 0. */
export async function runNode(args, { output, env = {} }) {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const takeBack = atEnd(() => child.kill());
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (data) => output.write(data));
  const ended = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  }).finally(takeBack);
  if (ended !== 0) throw new Error(`${path.relative(root, path.resolve(root, args[0]))} ended with ${ended}`);
}
