import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Sandbox } from './sandbox.ts';
import type { Team } from './team.ts';
import { assertTaken, push } from './threats/guarded.ts';

interface Bypass { readonly kind: string; readonly commit?: string; readonly path?: string; readonly rule?: string; readonly what: string; readonly because: readonly string[]; readonly unless: readonly string[]; readonly committer: string }

/** What an audit tells that came past the gate, or may have; `told` is what did, each as `COMMIT PATH`. */
export async function audited(sandbox: Sandbox, ...args: string[]) {
  const { code, stdout, stderr } = await sandbox.run(['audit', ...args]);
  assert.equal(code, 0, stderr);
  const bypasses = stdout.trimEnd().split('\n').slice(1, -1).map((line) => (JSON.parse(line) as { entry: Bypass }).entry).filter(({ kind, commit }) => (kind === 'bypassed' || kind === 'uncertain') && commit !== undefined);
  return { stdout, stderr, bypasses, told: bypasses.filter(({ kind }) => kind === 'bypassed').map(({ commit, path }) => `${commit ?? ''} ${path ?? ''}`) };
}

/** Somebody else's clone of the remote, with their own name on what they commit. */
export function somebody(team: Team): Sandbox {
  const clone = team.clone('mallory');
  clone.git('fetch', '--quiet', 'origin');
  clone.git('reset', '--quiet', '--hard', 'origin/main');
  return clone;
}

/** As whoever has the server's files does it. */
export function pushPastTheGate(team: Team, from: Sandbox, ref = 'main'): string {
  const hook = team.remote.at('hooks', 'pre-receive');
  const held = readFileSync(hook);
  rmSync(hook);
  assertTaken(push(from, `HEAD:${ref}`));
  writeFileSync(hook, held, { mode: 0o755 });
  return from.git('rev-parse', 'HEAD');
}
