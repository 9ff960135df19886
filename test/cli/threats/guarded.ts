import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import type { Decision } from '../../../src/core/review/decision.ts';
import { parseDecision, serializeDecision } from '../../../src/core/review/parseDecision.ts';
import { ulid } from '../../../src/core/review/ulid.ts';
import { sha256Hex } from '../../../src/node/digest.ts';
import { folderOf } from '../../../src/node/review/records.ts';
import { quietEnvironment, type Sandbox } from '../sandbox.ts';
import { approved, asked, keyOf, type Made, type Member, members, Team, type TeamOptions } from '../team.ts';

/** What came of a push. */
export interface Pushed {
  readonly code: number | null;
  /** What git and the other side's hook said. */
  readonly said: string;
  /** The last line of the hook. */
  readonly last: string;
}

/**
 * Pushes as somebody whom the server knows. The repository lies on this machine, so its hook gets this process's environment: `FIREBREAK_PUSHER`
 * stands for the forced command of sshd, which overSshd.test.ts has in truth.
 */
export function pushAs(pusher: string, from: Sandbox, ...args: string[]): Pushed {
  return pushWith({ FIREBREAK_PUSHER: pusher }, from, ...args);
}

/** @param env what the other side's hook gets beside the usual */
export function pushWith(env: NodeJS.ProcessEnv, from: Sandbox, ...args: string[]): Pushed {
  const { status, stderr } = spawnSync('git', ['push', 'origin', ...args], { cwd: from.folder, env: { ...quietEnvironment, FIREBREAK_PUSHER: members.robin, ...env } });
  const said = stderr.toString();
  return { code: status, said, last: said.split('\n').filter((line) => line.startsWith('remote: firebreak: ')).at(-1)?.slice('remote: firebreak: '.length).trim() ?? '' };
}

export const push = (from: Sandbox, ...args: string[]) => pushAs(members.robin, from, ...args);

export function assertRefused({ code, said }: Pushed, why: RegExp): void {
  assert.notEqual(code, 0, `it was let in: ${said}`);
  // A hook's lines are broken by nothing, but git pads them.
  assert.match(said, why);
}

export function assertTaken({ code, said }: Pushed): void {
  assert.equal(code, 0, said);
}

const templates = new Map<string, Made>();

/** A team whose remote holds pushes; of a kind that was made before, a copy. */
async function held(kind: string, make: () => Promise<Made>): Promise<Made> {
  let made = templates.get(kind);
  if (made === undefined) {
    made = await make();
    await guard(made.team);
    made.team.keep();
    templates.set(kind, made);
  }
  const team = new Team({}, made.team);
  return { team, id: made.id, robin: team.clone('robin') };
}

/** Robin has asked for the deletion of users to be approved. */
export const heldAsked = (options?: TeamOptions) => held(`asked ${JSON.stringify(options)}`, () => asked(options));
/** And Alice has approved it. */
export const heldApproved = (options?: TeamOptions) => held(`approved ${JSON.stringify(options)}`, () => approved(options));

/** As `firebreak init --server` sets it up. */
export async function guard(team: Team, ...args: string[]): Promise<void> {
  const { code, stderr } = await team.remote.run(['init', '--server', '--pusher', 'FIREBREAK_PUSHER', ...args]);
  assert.equal(code, 0, stderr);
}

export function decisionsIn(sandbox: Sandbox): string[] {
  return sandbox.git('for-each-ref', '--format=%(refname)', 'refs/firebreak/decisions').split('\n').filter((ref) => ref !== '');
}

export function textOf(sandbox: Sandbox, ref: string, name = 'decision.json'): string {
  return `${sandbox.git('show', `${ref}:${name}`)}\n`;
}

/** Puts files under a ref, as a commit of nobody's. */
export function putRecord(sandbox: Sandbox, ref: string, files: Readonly<Record<string, string | Uint8Array>>, parents: readonly string[] = []): void {
  const lines = Object.entries(files).map(([name, input]) => `100644 blob ${sandbox.gitWith({ input }, 'hash-object', '-w', '--stdin')}\t${name}\n`);
  const tree = sandbox.gitWith({ input: lines.join('') }, 'mktree');
  const env = { GIT_AUTHOR_NAME: 'x', GIT_AUTHOR_EMAIL: 'x@x', GIT_COMMITTER_NAME: 'x', GIT_COMMITTER_EMAIL: 'x@x' };
  sandbox.git('update-ref', ref, sandbox.gitWith({ env }, 'commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', 'x'));
}

export function signedBy(member: Member, text: string, namespace = 'firebreak-decision-v1'): string {
  return execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', namespace, '-f', keyOf(member)], { input: text, env: quietEnvironment, stdio: ['pipe', 'pipe', 'ignore'] }).toString();
}

export function decisionIn(sandbox: Sandbox, ref: string): Decision {
  const decision = parseDecision(textOf(sandbox, ref), sha256Hex);
  if ('why' in decision) throw new Error(decision.why);
  return decision;
}

export interface Rewritten {
  readonly as?: Member;
  /** From now. */
  readonly ageMs?: number;
  readonly signer?: Member;
  readonly over?: Partial<Decision>;
}

/** A decision like the one under a ref but for what is told, truly signed, and put in its place: what its reviewer's own program might have written, or been led to. @returns its ref */
export function rewritten(sandbox: Sandbox, ref: string, { as = 'alice', ageMs = 0, signer = as, over = {} }: Rewritten): string {
  const before = decisionIn(sandbox, ref);
  const created = Date.now() - ageMs;
  const decision: Decision = { ...before, id: ulid(created, new Uint8Array(10).fill(7)), reviewer: members[as], created: new Date(created).toISOString(), expires: new Date(created + 14 * 24 * 3_600_000).toISOString(), ...over };
  const text = serializeDecision(decision, sha256Hex);
  const place = `refs/firebreak/decisions/${folderOf(decision.reviewer)}/${decision.id}`;
  sandbox.git('update-ref', '-d', ref);
  putRecord(sandbox, place, { 'decision.json': text, 'decision.json.sig': signedBy(signer, text) });
  return place;
}
