import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type JournalEvent, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { step } from '../../../src/core/agents/steps.ts';
import { sha256Hex } from '../../../src/node/digest.ts';
import { appendEvent } from '../../../src/node/journal.ts';
import { noteCommit, noteMerge, noteRewritten, type Rewritten } from '../../../src/node/notes/gitEvents.ts';
import { findPlace, type Place } from '../../../src/node/place.ts';

export const environment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'R',
  GIT_AUTHOR_EMAIL: 'r@example.com',
  GIT_COMMITTER_NAME: 'R',
  GIT_COMMITTER_EMAIL: 'r@example.com',
  GIT_EDITOR: 'true',
  LC_ALL: 'C',
};

/** What git calls at each event is taken down, and done afterwards in this process: a process for each hook would take most of the time. */
const hook = (name: string) => `#!/bin/sh
d="\${GIT_DIR:-.git}"
echo "${name} $(git rev-parse HEAD) $(cat "$d/CHERRY_PICK_HEAD" 2>/dev/null || echo -) $([ -d "$d/rebase-merge" ] && echo rebasing || echo -) $1" >> .git/events
${name === 'post-rewrite' ? 'sed "s/^/pair /" >> .git/events' : ''}
`;

let clock = 1_700_000_000;

/** A repository whose hooks note who wrote what. */
export class FuzzedRepository {
  private constructor(
    readonly place: Place,
    readonly root: string,
  ) {}

  static async make(): Promise<FuzzedRepository> {
    const root = mkdtempSync(path.join(tmpdir(), 'firebreak histories '));
    execFileSync('git', ['init', '--quiet', '--template=', '--initial-branch=main'], { cwd: root, env: environment });
    mkdirSync(path.join(root, '.git/hooks'), { recursive: true });
    for (const name of ['post-commit', 'post-rewrite', 'post-merge']) {
      writeFileSync(path.join(root, '.git/hooks', name), hook(name));
      chmodSync(path.join(root, '.git/hooks', name), 0o755);
    }
    const place = await findPlace(root);
    if (place === undefined) throw new Error('no repository');
    return new FuzzedRepository(place, root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Runs git, and then what its hooks would have done. @returns whether it succeeded, and what it printed */
  async git(...args: readonly string[]): Promise<{ readonly ok: boolean; readonly out: string }> {
    return this.gitWith({}, ...args);
  }

  async gitWith({ input, env = {} }: { input?: string; env?: NodeJS.ProcessEnv }, ...args: readonly string[]): Promise<{ readonly ok: boolean; readonly out: string }> {
    clock += 60;
    const date = `${clock} +0000`;
    const { status, stdout } = spawnSync('git', args, { cwd: this.root, env: { ...environment, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, ...env }, input, maxBuffer: 1 << 26 });
    await this.replay();
    return { ok: status === 0, out: stdout.toString('utf8') };
  }

  read(file: string): string | undefined {
    return existsSync(path.join(this.root, file)) ? readFileSync(path.join(this.root, file), 'utf8') : undefined;
  }

  /** Writes a file; `told` as an agent's hook tells its own write, or a person's in the midst of its work. */
  write(file: string, text: string, told: 'agent' | 'person' | undefined): void {
    const before = this.read(file) ?? '';
    writeFileSync(path.join(this.root, file), text);
    if (told === undefined || before === text) return;
    const { edit } = step('agent', before, text);
    clock += 1;
    const by = told === 'agent' ? ({ kind: 'ai', tool: 'claude-code', session: 's' } as const) : ({ kind: 'human' } as const);
    const event: JournalEvent = { path: file, at: clock * 1000, by, before: sha256Hex(before), replacements: replacementsOf(edit, before), after: sha256Hex(text) };
    appendEvent(this.place.gitDir, event, before);
  }

  private async replay(): Promise<void> {
    const events = path.join(this.root, '.git/events');
    if (!existsSync(events)) return;
    const lines = readFileSync(events, 'utf8').split('\n').filter((line) => line !== '');
    rmSync(events);
    const picked = path.join(this.root, '.git/picked');
    for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
      const [name, head = '', pick = '-', rebasing, argument] = line.split(' ');
      const pairs: Rewritten[] = [];
      while (name === 'post-rewrite' && lines[0]?.startsWith('pair ') === true) {
        const [, old = '', now = ''] = (lines.shift() ?? '').split(' ');
        pairs.push([old, now]);
      }
      const during = rebasing === 'rebasing' && !(name === 'post-rewrite' && argument === 'rebase');
      if (during) {
        const taken = name === 'post-commit' ? [[pick === '-' ? '' : pick, head] as const] : pairs;
        writeFileSync(picked, taken.map((pair) => `${pair.join(' ')}\n`).join(''), { flag: 'a' });
      } else if (name === 'post-commit') await noteCommit(this.place, head, pick === '-' ? undefined : pick);
      else if (name === 'post-merge') await noteMerge(this.place, argument === '1');
      else if (name === 'post-rewrite') {
        const before = existsSync(picked) ? readFileSync(picked, 'utf8').split('\n').filter((each) => each !== '').map((each): Rewritten => [each.split(' ')[0] ?? '', each.split(' ')[1] ?? '']) : [];
        rmSync(picked, { force: true });
        await noteRewritten(this.place, [...before, ...pairs]);
      }
    }
  }
}
