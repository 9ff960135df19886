import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type JournalEvent, replacementsOf } from '../../../src/core/attribution/journal.ts';
import { step } from '../../../src/core/agents/steps.ts';
import { sha256Hex } from '../../../src/node/digest.ts';
import { appendEvent } from '../../../src/node/journal.ts';
import { noteCommit, noteMerge, noteRewritten, type Rewritten } from '../../../src/node/notes/gitEvents.ts';
import { findPlaceOfHook, type Place } from '../../../src/node/place.ts';
import type { Random } from '../../../test/support/random.ts';
import { shownText, type Writer, Writers } from './lines.ts';
import { Shell } from './shell.ts';
import { Shown } from './shown.ts';

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

/** What git calls at each event is taken down, and done afterwards in this process: a process for each hook would take most of the time. No command in it starts one. */
const hook = (name: string) => `#!/bin/sh
d="\${GIT_DIR:-.git}"
read -r h < "$d/HEAD"
case $h in ref:*) read -r h < "$d/\${h#ref: }" ;; esac
p=-; if [ -f "$d/CHERRY_PICK_HEAD" ]; then read -r p < "$d/CHERRY_PICK_HEAD"; fi
r=-; if [ -d "$d/rebase-merge" ]; then r=rebasing; fi
o=-; if [ -f "$d/ORIG_HEAD" ]; then read -r o < "$d/ORIG_HEAD"; fi
echo "${name} $h $p $r $o $1" >> .git/events
${name === 'post-rewrite' ? 'while read -r old new; do echo "pair $old $new"; done >> .git/events' : ''}
`;

const config = `[gc]
	auto = 0
[maintenance]
	auto = false
[core]
	fsync = none
`;

/** In memory where that is at hand. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const shell = new Shell(environment);

/** To be called when no repository is made any more. */
export function closeShell(): void {
  shell.close();
}

let clock = 1_700_000_000;

/** A repository of which each line is marked, and beside it what is shown of it to what is tested: the same commits without the marks, in a repository whose hooks note who wrote what. */
export class FuzzedRepository {
  readonly writers: Writers;
  readonly shown: Shown;
  private picked: Rewritten[] = [];

  private constructor(
    /** Of what is shown. */
    readonly place: Place,
    readonly root: string,
    random: Random,
  ) {
    this.writers = new Writers(random);
    this.shown = new Shown(root, place.gitDir, this.writers);
  }

  static async make(random: Random): Promise<FuzzedRepository> {
    const folder = mkdtempSync(path.join(memory, 'firebreak histories '));
    const [root, shown] = [path.join(folder, 'marked'), path.join(folder, 'shown')];
    for (const each of [root, shown]) await shell.run(folder, ['git', 'init', '--quiet', '--template=', '--initial-branch=main', each]);
    writeFileSync(path.join(root, '.git/config'), config, { flag: 'a' });
    mkdirSync(path.join(root, '.git/hooks'), { recursive: true });
    for (const name of ['post-commit', 'post-rewrite', 'post-merge']) {
      writeFileSync(path.join(root, '.git/hooks', name), hook(name));
      chmodSync(path.join(root, '.git/hooks', name), 0o755);
    }
    const place = await findPlaceOfHook(shown, environment);
    if (place === undefined) throw new Error('no repository');
    return new FuzzedRepository(place, root, random);
  }

  remove(): void {
    rmSync(path.dirname(this.root), { recursive: true, force: true });
  }

  /** Runs git, and then what its hooks would have done. @returns whether it succeeded, and what it printed */
  async git(...args: readonly string[]): Promise<{ readonly ok: boolean; readonly out: string }> {
    return this.gitWith({}, ...args);
  }

  async gitWith({ input, env = {} }: { input?: string; env?: NodeJS.ProcessEnv }, ...args: readonly string[]): Promise<{ readonly ok: boolean; readonly out: string }> {
    clock += 60;
    const date = `${clock} +0000`;
    const inputFile = input === undefined ? undefined : path.join(this.root, '.git', 'input');
    if (inputFile !== undefined) writeFileSync(inputFile, input ?? '');
    const { status, out } = await shell.run(this.root, ['git', ...args], { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, ...env }, inputFile);
    await this.replay();
    return { ok: status === 0, out };
  }

  /** The branch that HEAD is on; undefined when it is on none. */
  branch(): string | undefined {
    return /^ref: refs\/heads\/(.+)/.exec(readFileSync(path.join(this.root, '.git/HEAD'), 'utf8'))?.[1];
  }

  branches(): { readonly name: string; readonly commit: string }[] {
    const folder = path.join(this.root, '.git/refs/heads');
    return readdirSync(folder).sort().map((name) => ({ name, commit: readFileSync(path.join(folder, name), 'utf8').trim() }));
  }

  read(file: string): string | undefined {
    return existsSync(path.join(this.root, file)) ? readFileSync(path.join(this.root, file), 'utf8') : undefined;
  }

  /** Writes a file; an agent's hook tells its own write, or a person's in the midst of its work. */
  write(file: string, text: string, writer: Writer): void {
    const [before, after] = [shownText(this.read(file) ?? ''), shownText(text)];
    writeFileSync(path.join(this.root, file), text);
    if (writer === 'u' || before === after) return;
    const { edit } = step('agent', before, after);
    clock += 1;
    const by = writer === 'a' ? ({ kind: 'ai', tool: 'claude-code', session: 's' } as const) : ({ kind: 'human' } as const);
    const event: JournalEvent = { path: file, at: clock * 1000, by, before: sha256Hex(before), replacements: replacementsOf(edit, before), after: sha256Hex(after) };
    appendEvent(this.place.gitDir, event, before);
  }

  private async replay(): Promise<void> {
    const events = path.join(this.root, '.git/events');
    if (!existsSync(events)) return;
    const lines = readFileSync(events, 'utf8').split('\n').filter((line) => line !== '');
    rmSync(events);
    for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
      const [name, head = '', pick = '-', rebasing, before = '-', argument] = line.split(' ');
      const pairs: Rewritten[] = [];
      while (name === 'post-rewrite' && lines[0]?.startsWith('pair ') === true) {
        const [, old = '', now = ''] = (lines.shift() ?? '').split(' ');
        pairs.push([await this.shown.commit(old), await this.shown.commit(now)]);
      }
      const [shownHead, shownPick] = [await this.shown.commit(head), pick === '-' ? undefined : await this.shown.commit(pick)];
      if (rebasing === 'rebasing' && !(name === 'post-rewrite' && argument === 'rebase')) {
        this.picked.push(...(name === 'post-commit' ? [[shownPick ?? '', shownHead] as const] : pairs));
        continue;
      }
      await this.showHead(shownHead, before);
      if (name === 'post-commit') await noteCommit(this.place, shownHead, shownPick);
      else if (name === 'post-merge') await noteMerge(this.place, argument === '1');
      else if (name === 'post-rewrite') await noteRewritten(this.place, [...this.picked.splice(0), ...pairs]);
    }
  }

  /** As git leaves them when it calls a hook: HEAD and its log, ORIG_HEAD, what a squash put together, the files. */
  private async showHead(head: string, before: string): Promise<void> {
    writeFileSync(path.join(this.place.gitDir, 'HEAD'), `${head}\n`);
    if (before !== '-') writeFileSync(path.join(this.place.gitDir, 'ORIG_HEAD'), `${await this.shown.commit(before)}\n`);
    const [last = ''] = readFileSync(path.join(this.root, '.git/logs/HEAD'), 'utf8').trimEnd().split('\n').slice(-1);
    if (last.includes('\tcommit (amend): ')) await this.shown.commit(last.split(' ')[0] ?? '');
    mkdirSync(path.join(this.place.gitDir, 'logs'), { recursive: true });
    writeFileSync(path.join(this.place.gitDir, 'logs/HEAD'), `${this.shown.named(last)}\n`);
    const squashed = path.join(this.root, '.git/SQUASH_MSG');
    if (existsSync(squashed)) {
      const text = readFileSync(squashed, 'utf8');
      for (const [oid] of text.matchAll(/\b[0-9a-f]{40}\b/g)) await this.shown.commit(oid);
      writeFileSync(path.join(this.place.gitDir, 'SQUASH_MSG'), this.shown.named(text));
    } else rmSync(path.join(this.place.gitDir, 'SQUASH_MSG'), { force: true });
    for (const name of readdirSync(this.place.root)) if (name.endsWith('.ts') && this.read(name) === undefined) rmSync(path.join(this.place.root, name));
    for (const name of readdirSync(this.root)) if (name.endsWith('.ts')) writeFileSync(path.join(this.place.root, name), shownText(this.read(name) ?? ''));
  }
}
