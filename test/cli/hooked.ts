import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { quietEnvironment, type Run, type Sandbox } from './sandbox.ts';

const hookBundle = path.resolve('dist/hook.js');

/** Calls a hook as an agent does, with the payload that it would send. */
export function callHook(agent: string, payload: unknown, { cwd, env = quietEnvironment, program = hookBundle }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly program?: string }): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, agent], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(typeof payload === 'string' ? payload : JSON.stringify(payload));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

export function call(sandbox: Sandbox, agent: string, payload: unknown, cwd = sandbox.folder, env = quietEnvironment): Promise<Run> {
  return callHook(agent, payload, { cwd, env });
}

export interface Line {
  readonly line: number;
  readonly origin: string;
  readonly evidence: string;
  readonly tool?: string;
  readonly model?: string;
  readonly deleted?: string;
  readonly onlyDeleted?: true;
}

export async function blame(sandbox: Sandbox, file: string): Promise<readonly Line[]> {
  const { stdout, code, stderr } = await sandbox.run(['blame', file, '--format', 'json']);
  assert.equal(code, 0, stderr);
  const { version, path: named, lines } = JSON.parse(stdout) as { version: number; path: string; lines: Line[] };
  assert.deepEqual([version, named], [1, file]);
  return lines;
}

export const short = (lines: readonly Line[]) => lines.map(({ line, origin, evidence, tool }) => `${line} ${origin} ${evidence}${tool === undefined ? '' : ` ${tool}`}`);
