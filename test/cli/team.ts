import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { harmless, quietEnvironment, risky, type Run, type RunOptions, Sandbox } from './sandbox.ts';

/** Who is in the team: Robin is a junior, the others are seniors. */
export const members = { robin: 'robin@example.com', alice: 'alice@corp.example', carol: 'carol@corp.example', mallory: 'mallory@evil.example' } as const;
export type Member = keyof typeof members;

let keyFolder: string | undefined;

/** The private key of a member; made once for all tests. */
export function keyOf(member: Member): string {
  keyFolder ??= new Sandbox().keep().folder;
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

/** Where clones say that they have it from: a copy of a team is the same repository. */
const teamUrl = 'https://git.example/team/firebreak';

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

  /** @param from a team to copy: git and signatures take their time */
  constructor(options: TeamOptions = {}, from?: Team) {
    if (from === undefined) this.found(options);
    else this.copy(from);
  }

  /** For all tests of this process. */
  keep(): this {
    for (const sandbox of [this.remote, ...this.clones.values()]) sandbox.keep();
    return this;
  }

  private copy(from: Team): void {
    cpSync(from.remote.folder, this.remote.folder, { recursive: true });
    for (const [member, clone] of from.clones) {
      const own = new Sandbox();
      cpSync(clone.folder, own.folder, { recursive: true });
      own.git('remote', 'set-url', 'origin', this.remote.folder);
      own.git('status');
      this.clones.set(member, own);
    }
  }

  private found({ policy = usualPolicy, signers = signerLine('alice') + signerLine('carol'), files = {}, init = [] }: TeamOptions): void {
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
      sandbox.git('config', 'firebreak.url', teamUrl);
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
  land(files: Readonly<Record<string, string | Uint8Array>>): void {
    const other = new Sandbox();
    other.git('clone', '--quiet', this.remote.folder, '.');
    other.git('config', 'user.name', 'other');
    other.git('config', 'user.email', 'other@example.com');
    for (const [file, content] of Object.entries(files)) other.write(file, content);
    other.commitAll('Land something');
    other.git('push', '--quiet', 'origin', 'HEAD:main');
  }
}

export const changedFile = 'src/a.ts';
export const changedText = `// one\n\n\n${risky}\n\n// last\n`;

export interface Made {
  readonly team: Team;
  readonly id: string;
  readonly robin: Sandbox;
}

const templates = new Map<string, Made>();

/** A copy of what was made before. */
async function copyOf(name: string, make: () => Promise<Made>): Promise<Made> {
  const made = templates.get(name) ?? (await make());
  made.team.keep();
  templates.set(name, made);
  const team = new Team({}, made.team);
  return { team, id: made.id, robin: team.clone('robin') };
}

/** Robin deletes users on a branch, and asks. */
export function asked(options?: TeamOptions): Promise<Made> {
  return copyOf(`asked ${JSON.stringify(options)}`, async () => {
    const team = new Team(options);
    const robin = team.clone('robin');
    robin.write(changedFile, changedText);
    robin.write('src/other.ts', harmless);
    robin.commitAll('Delete users');
    return { team, robin, id: await team.request() };
  });
}

export function approved(options?: TeamOptions): Promise<Made> {
  return copyOf(`approved ${JSON.stringify(options)}`, async () => {
    const made = await asked(options);
    await made.team.approve('alice', made.id);
    return made;
  });
}
