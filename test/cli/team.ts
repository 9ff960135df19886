import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { quietEnvironment, type Run, type RunOptions, Sandbox } from './sandbox.ts';

/** Who is in the team: Robin is a junior, the others are seniors. */
export const members = { robin: 'robin@example.com', alice: 'alice@corp.example', carol: 'carol@corp.example', mallory: 'mallory@evil.example' } as const;
export type Member = keyof typeof members;

let keyFolder: string | undefined;

/** The private key of a member; made once for all tests. */
export function keyOf(member: Member): string {
  if (keyFolder === undefined || !existsSync(keyFolder)) keyFolder = new Sandbox().folder;
  const file = path.join(keyFolder, member);
  if (!existsSync(file)) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', member, '-f', file], { env: quietEnvironment });
  return file;
}

export function signerLine(member: Member): string {
  return `${members[member]} ${readFileSync(`${keyOf(member)}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')}\n`;
}

export const usualPolicy = [
  'version: 1',
  'targets: [refs/heads/main]',
  `seniors: [${members.alice}, ${members.carol}]`,
  `people: { ${members.alice}: { emails: [alice@home.example], github: alice-gh } }`,
  'severities: { critical: { approvals: 2 }, high: { approvals: 1 }, medium: warn, low: warn }',
  'policyChanges: { approvals: 1 }',
  `emergency: { people: [${members.carol}], followUpWithin: 24h }`,
  '',
].join('\n');

export interface TeamOptions {
  readonly policy?: string | undefined;
  readonly signers?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly init?: readonly string[];
}

/** A bare remote with a policy on its main branch, and a clone for each member. */
export class Team {
  readonly remote = new Sandbox();
  private readonly clones = new Map<Member, Sandbox>();

  constructor({ policy = usualPolicy, signers = signerLine('alice') + signerLine('carol'), files = {}, init = [] }: TeamOptions = {}) {
    this.remote.git('init', '--quiet', '--bare', '--template=', '--initial-branch=main', ...init);
    const first = new Sandbox();
    first.init(...init);
    first.git('config', 'user.email', 'founder@corp.example');
    first.write('README.md', 'A project.\n');
    if (policy !== '') {
      first.write('.firebreak/policy.yml', policy);
      first.write('.firebreak/allowed_signers', signers);
    }
    for (const [file, content] of Object.entries(files)) first.write(file, content);
    first.commitAll('Start');
    first.git('push', '--quiet', this.remote.folder, 'main');
  }

  /** A member's clone of the remote; Robin's is on a branch of its own. */
  clone(member: Member): Sandbox {
    let sandbox = this.clones.get(member);
    if (sandbox === undefined) {
      sandbox = new Sandbox();
      sandbox.git('clone', '--quiet', this.remote.folder, '.');
      sandbox.git('config', 'user.name', member);
      sandbox.git('config', 'user.email', members[member]);
      if (member === 'robin') sandbox.git('switch', '--quiet', '--create', 'topic');
      this.clones.set(member, sandbox);
    }
    return sandbox;
  }

  get tip(): string {
    return this.remote.git('rev-parse', 'main');
  }

  /** Robin asks about everything that differs. @returns the request's id */
  async request(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.clone('robin').run(['request', '--all', '--reason', 'needed', ...args]);
    const id = /requested: (\S+)/.exec(stdout)?.[1];
    if (code !== 0 || id === undefined) throw new Error(`no request: ${stdout}${stderr}`);
    return id;
  }

  decide(member: Member, kind: 'approve' | 'reject' | 'revoke', id: string, { args = [], ...options }: RunOptions & { readonly args?: readonly string[] } = {}): Promise<Run> {
    const clone = this.clone(member);
    clone.git('fetch', '--quiet', 'origin', 'refs/firebreak/*:refs/firebreak/*');
    clone.git('fetch', '--quiet', 'origin');
    return clone.run([kind, id, '--as', members[member], '--key', keyOf(member), '--reason', 'looked at it', '--yes', ...args], options);
  }

  async approve(member: Member, id: string): Promise<void> {
    const { code, stdout, stderr } = await this.decide(member, 'approve', id);
    if (code !== 0 || !stdout.includes('sent to the remote')) throw new Error(`not approved: ${stdout}${stderr}`);
  }

  /** The remote's own verdict on a commit of Robin's, which gets there without moving a branch. */
  async gate(head = 'HEAD', { from = this.clone('robin'), args = [], target = 'refs/heads/main', base = this.tip, env }: { from?: Sandbox; args?: readonly string[]; target?: string; base?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Run & { readonly lastLine: string }> {
    const commit = /^0+$/.test(head) ? head : from.git('rev-parse', head);
    if (commit !== head || !/^0+$/.test(head)) from.git('push', '--quiet', '--force', 'origin', `${commit}:refs/pushed/${commit}`);
    const run = await this.remote.run(['gate', '--base', base, '--head', commit, '--target', target, ...args], { ...(env !== undefined && { env }) });
    return { ...run, lastLine: run.stdout.trimEnd().split('\n').at(-1) ?? '' };
  }

  /** Somebody else's change lands on the target. */
  land(files: Readonly<Record<string, string>>): void {
    const other = new Sandbox();
    other.git('clone', '--quiet', this.remote.folder, '.');
    other.git('config', 'user.name', 'other');
    other.git('config', 'user.email', 'other@example.com');
    for (const [file, content] of Object.entries(files)) other.write(file, content);
    other.commitAll('Land something');
    other.git('push', '--quiet', 'origin', 'HEAD:main');
  }
}

/** A folder that is there, for what is written beside a repository. */
export function madeFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
