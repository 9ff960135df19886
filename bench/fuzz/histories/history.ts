import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../../../test/support/random.ts';
import { areKnownAgain, freshEnd, tellsOf, type Writer } from './lines.ts';
import { FuzzedRepository } from './repository.ts';

/** A random history of one repository. */
export class History {
  readonly log: string[] = [];
  /** What was known last of a file that somebody changed unseen. */
  private readonly seen = new Map<string, readonly string[]>();

  private constructor(
    readonly repository: FuzzedRepository,
    readonly random: Random,
    private readonly operations: Map<string, number>,
  ) {}

  static async start(random: Random, operations: Map<string, number>): Promise<History> {
    const history = new History(await FuzzedRepository.make(random), random, operations);
    for (const file of ['a.ts', 'b.ts']) history.edit(file, 'u');
    for (const file of ['a.ts', 'b.ts']) history.edit(file, 'u');
    await history.commitAll();
    return history;
  }

  async step(): Promise<void> {
    const all: readonly (readonly [weight: number, name: string, work: () => Promise<unknown>])[] = [
      [6, 'edit and commit', () => this.editAndCommit()],
      [3, 'stage in part', () => this.stageInPart()],
      [4, 'move and commit', () => this.moveAndCommit()],
      [2, 'amend', () => this.amend()],
      [2, 'branch', () => this.branch()],
      [3, 'rebase', () => this.rebase()],
      [2, 'rebase -i', () => this.rebaseInteractively()],
      [2, 'merge', () => this.merge()],
      [1, 'merge --squash', () => this.squash()],
      [1, 'squash by a forge', () => this.squashByForge()],
      [2, 'cherry-pick', () => this.cherryPick()],
      [1, 'revert', () => this.revert()],
      [2, 'stash and pop', () => this.stash()],
      [1, 'rename', () => this.rename()],
      [1, 'copy', () => this.copy()],
      [1, 'reset', () => this.reset()],
    ];
    let left = this.random.below(all.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, name, work] of all) {
      left -= weight;
      if (left >= 0) continue;
      this.operations.set(name, (this.operations.get(name) ?? 0) + 1);
      this.log.push(name);
      await work();
      await this.settle();
      this.seen.clear();
      return;
    }
  }

  tips(): string[] {
    return [...new Set(this.repository.branches().map(({ commit }) => commit))];
  }

  private get count(): number {
    return this.repository.writers.next();
  }

  private git(...args: string[]) {
    return this.repository.git(...args);
  }

  private files(): string[] {
    return readdirSync(this.repository.root).filter((name) => name.endsWith('.ts')).sort();
  }

  private linesOf(file: string): string[] {
    return (this.repository.read(file) ?? '').split('\n').slice(0, -1);
  }

  private editSomewhere(): void {
    const files = this.files();
    const file = this.random.next() < 0.15 || files.length === 0 ? `n${this.count}.ts` : this.random.of(files);
    this.edit(file, this.random.next() < 0.55 ? 'a' : this.random.next() < 0.4 ? 'h' : 'u');
  }

  /** One change by one writer. */
  private edit(file: string, by: Writer): void {
    const { writers } = this.repository;
    const before = this.linesOf(file);
    const lines = [...before];
    const at = this.random.below(lines.length + 1);
    const kind = lines.length < 4 ? 0 : this.random.below(10);
    if (kind < 5) lines.splice(at, 0, ...writers.fresh(by));
    else if (kind < 7) lines.splice(at, 1 + this.random.below(3), ...writers.fresh(by));
    else if (kind < 8) lines.splice(at, 1 + this.random.below(3));
    else {
      const line = lines[at];
      if (line !== undefined && tellsOf(line) !== undefined) lines[at] = line + freshEnd(by, this.count);
    }
    this.log.push(`${by} ${file} ${['insert', 'insert', 'insert', 'insert', 'insert', 'replace', 'replace', 'delete', 'within', 'within'][kind] ?? ''}`);
    this.become(file, lines, by);
  }

  private become(file: string, lines: readonly string[], by: Writer): void {
    const { writers } = this.repository;
    const before = this.linesOf(file);
    // Several changes that nobody saw are one to those who see it afterwards.
    const known = by === 'u' ? (this.seen.get(file) ?? before) : before;
    if (by === 'u') this.seen.set(file, known);
    else this.seen.delete(file);
    writers.change(known, lines, by);
    this.repository.write(file, lines.map((line) => `${line}\n`).join(''), by);
  }

  /** Some lines of a file to another one or elsewhere in it, by an AI that tells of its writes or by somebody whom nobody sees: they stay whose they were. */
  private moveSomewhere(): void {
    const files = this.files();
    const [from = '', by] = [files[this.random.below(files.length)], this.random.next() < 0.7 ? 'a' : 'u'] as const;
    const lines = this.linesOf(from);
    const [start, count] = this.random.next() < 0.1 ? [0, lines.length] : [this.random.below(lines.length), 3 + this.random.below(5)];
    const moved = lines.slice(start, start + count);
    const left = lines.toSpliced(start, count);
    const to = this.random.next() < 0.3 ? `m${this.count}.ts` : this.random.of(files);
    if (!areKnownAgain(moved, to === from ? left : [...left, ...this.linesOf(to)])) return;
    this.log.push(`${by} moves ${moved.length} lines of ${from} to ${to}`);
    const arrivedIn = (there: readonly string[]) => there.toSpliced(this.random.below(there.length + 1), 0, ...moved);
    const goesFirst = this.random.next() < 0.5;
    if (from === to) {
      if (goesFirst) this.become(from, left, by);
      this.become(from, arrivedIn(left), by);
      return;
    }
    if (goesFirst) this.become(from, left, by);
    this.become(to, arrivedIn(this.linesOf(to)), by);
    if (!goesFirst) this.become(from, left, by);
  }

  private async moveAndCommit(): Promise<void> {
    if (this.random.next() < 0.3) this.editSomewhere();
    this.moveSomewhere();
    if (this.random.next() < 0.3) this.moveSomewhere();
    if (this.random.next() < 0.3) this.editSomewhere();
    await this.commitAll();
  }

  private async editAndCommit(): Promise<void> {
    for (let edits = 1 + this.random.below(3); edits > 0; edits--) this.editSomewhere();
    await this.commitAll();
  }

  private async commitAll(): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--allow-empty', '--message', `c${this.count}`);
  }

  private async stageInPart(): Promise<void> {
    for (let edits = 2 + this.random.below(3); edits > 0; edits--) this.editSomewhere();
    const { out } = await this.git('diff', '--unified=0', '--no-color');
    const hunks = out.split(/^(?=diff --git |@@ )/m);
    let head = '';
    let patch = '';
    for (const hunk of hunks) {
      if (hunk.startsWith('diff --git')) head = hunk;
      else if (this.random.next() < 0.5) {
        patch += head + hunk;
        head = '';
      }
    }
    if (patch !== '') await this.repository.gitWith({ input: patch }, 'apply', '--cached', '--unidiff-zero', '--recount');
    await this.git('commit', '--quiet', '--allow-empty', '--message', `p${this.count}`);
    if (this.random.next() < 0.7) await this.commitAll();
    else await this.git('stash', '--quiet');
  }

  private async amend(): Promise<void> {
    if (this.random.next() < 0.7) this.editSomewhere();
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--amend', '--allow-empty', '--no-edit');
  }

  private async branch(): Promise<void> {
    const names = this.repository.branches().map(({ name }) => name);
    if (names.length < 4 && this.random.next() < 0.7) await this.git('switch', '--quiet', '--create', `b${this.count}`);
    else await this.git('switch', '--quiet', this.random.of(names));
    await this.editAndCommit();
  }

  private other(): string | undefined {
    const own = this.repository.branch();
    const others = this.repository.branches().map(({ name }) => name).filter((name) => name !== own);
    return others.length === 0 ? undefined : this.random.of(others);
  }

  private async rebase(): Promise<void> {
    const other = this.other();
    if (other !== undefined) await this.finish('rebase', await this.git('rebase', '--quiet', other));
  }

  private async rebaseInteractively(): Promise<void> {
    const { out } = await this.git('rev-list', '--count', '--first-parent', 'HEAD');
    const depth = Math.min(4, Number(out) - 1);
    if (depth < 2) return;
    const words = Array.from({ length: depth }, () => this.random.of(['pick', 'pick', 'fixup', 'squash', 'drop', 'edit']));
    const order = this.random.next() < 0.4 ? 'tac' : 'cat';
    const script = `${order} "$1" | grep -v '^#' | grep . | awk 'BEGIN{split("${words.join(' ')}",w)} {if (NR==1 && (w[NR]=="fixup"||w[NR]=="squash")) w[NR]="pick"; $1=w[NR]; print}' > "$1.new" && mv "$1.new" "$1"`;
    this.log.push(words.join(' '), order);
    await this.finish('rebase', await this.repository.gitWith({ env: { GIT_SEQUENCE_EDITOR: `sh -c '${script.replaceAll("'", `'\\''`)}' -` } }, 'rebase', '--quiet', '--interactive', `HEAD~${depth}`));
  }

  private async merge(): Promise<void> {
    const other = this.other();
    if (other === undefined) return;
    const { ok } = await this.git('merge', '--quiet', '--no-edit', other);
    if (!ok && this.resolve()) await this.commitAll();
  }

  private async squash(): Promise<void> {
    const other = this.other();
    if (other === undefined) return;
    const { ok } = await this.git('merge', '--quiet', '--squash', other);
    if (!ok) this.resolve();
    await this.commitAll();
  }

  /** Nobody's hook runs, and only the tree is what the branch came to. */
  private async squashByForge(): Promise<void> {
    const [head, other] = [this.repository.branch() ?? 'HEAD', this.other()];
    if (other === undefined) return;
    const { ok, out } = await this.git('merge-tree', '--write-tree', other, head);
    if (!ok) return;
    const commit = (await this.git('commit-tree', out.split('\n')[0] ?? '', '-p', other, '-m', `Squashed (#${this.count})`)).out.trim();
    await this.git('switch', '--quiet', other);
    await this.git('merge', '--quiet', '--ff-only', commit);
    if (this.random.next() < 0.5) await this.git('branch', '--quiet', '-D', head);
  }

  private async cherryPick(): Promise<void> {
    const other = this.other();
    if (other === undefined) return;
    const commits = (await this.git('rev-list', '--no-merges', '--max-count=3', other, '--not', 'HEAD')).out.split('\n').filter((each) => each !== '');
    if (commits.length > 0) await this.finish('cherry-pick', await this.git('cherry-pick', '--allow-empty', '--keep-redundant-commits', ...commits.reverse()));
  }

  private async revert(): Promise<void> {
    const commits = (await this.git('rev-list', '--no-merges', '--max-count=5', 'HEAD')).out.split('\n').filter((each) => each !== '');
    if (commits.length > 1) await this.finish('revert', await this.git('revert', '--no-edit', this.random.of(commits.slice(0, -1))));
  }

  private async stash(): Promise<void> {
    this.editSomewhere();
    this.editSomewhere();
    const { ok } = await this.git('stash', '--quiet', '--include-untracked');
    if (this.random.next() < 0.5) await this.editAndCommit();
    else await this.rebase();
    await this.settle();
    if (ok) {
      const popped = await this.git('stash', 'pop', '--quiet');
      if (!popped.ok) {
        this.resolve();
        await this.git('stash', 'drop', '--quiet');
      }
    }
    await this.commitAll();
  }

  private async rename(): Promise<void> {
    const files = this.files();
    if (files.length === 0) return;
    await this.git('mv', this.random.of(files), `r${this.count}.ts`);
    if (this.random.next() < 0.5) this.editSomewhere();
    await this.commitAll();
  }

  private async copy(): Promise<void> {
    const files = this.files();
    if (files.length === 0) return;
    this.repository.write(`k${this.count}.ts`, this.repository.read(this.random.of(files)) ?? '', 'u');
    await this.commitAll();
  }

  private async reset(): Promise<void> {
    this.editSomewhere();
    if (this.random.next() < 0.5) await this.git('reset', '--quiet', '--hard');
    else if ((await this.git('rev-list', '--count', '--first-parent', 'HEAD')).out.trim() !== '1') await this.git('reset', '--quiet', this.random.next() < 0.5 ? '--soft' : '--mixed', 'HEAD~1');
    await this.commitAll();
  }

  /** Conflicts are resolved, sometimes with something more, until git has done what it was asked. */
  private async finish(command: string, { ok }: { readonly ok: boolean }): Promise<void> {
    for (let isDone = ok, tries = 0; tries < 12 && !(isDone && !this.isUnderWay()); tries++) {
      this.log.push('conflict or stop');
      this.resolve();
      if (this.random.next() < 0.3) this.editSomewhere();
      await this.git('add', '--all');
      if (this.random.next() < 0.2) await this.git('commit', '--quiet', '--allow-empty', '--message', `s${this.count}`);
      const next = await this.git(command, '--continue');
      isDone = next.ok;
      if (!next.ok && (await this.git('status', '--porcelain')).out === '') isDone = (await this.git(command, '--skip')).ok;
    }
    if (this.isUnderWay()) await this.git(command, '--abort');
  }

  private isUnderWay(): boolean {
    const names = readdirSync(path.join(this.repository.root, '.git'));
    return ['rebase-merge', 'rebase-apply', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'MERGE_HEAD', 'sequencer'].some((name) => names.includes(name));
  }

  /** Both sides' lines stay, and what they made is written down as it is. */
  private resolve(): boolean {
    let hasResolved = false;
    for (const file of this.files()) {
      const text = this.repository.read(file) ?? '';
      // Where both sides were renamed to one file, a conflict can stand within another, with longer marks.
      if (!/^<{7,} /m.test(text)) continue;
      hasResolved = true;
      this.repository.write(file, text.replaceAll(/^(?:<{7,} .*|={7,}|>{7,} .*)\n/gm, ''), 'u');
    }
    return hasResolved;
  }

  /** Never left in the midst of something. */
  private async settle(): Promise<void> {
    for (const command of ['rebase', 'cherry-pick', 'revert', 'merge']) if (this.isUnderWay()) await this.git(command, '--abort');
    if ((await this.git('status', '--porcelain')).out !== '') {
      await this.git('add', '--all');
      await this.git('stash', '--quiet');
      await this.git('stash', 'clear');
    }
    if (this.repository.branch() === undefined) await this.git('switch', '--quiet', '--create', `d${this.count}`);
  }
}
