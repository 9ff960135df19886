import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Attribution } from '../../src/cli/attribution.ts';
import { replacementsOf } from '../../src/core/attribution/journal.ts';
import { linesOf } from '../../src/core/attribution/notes/authoredText.ts';
import { authorsOf, unseen } from '../../src/core/attribution/notes/authoredText.ts';
import { parseNote } from '../../src/core/attribution/notes/note.ts';
import { step } from '../../src/core/agents/steps.ts';
import { formatRanges } from '../../src/core/attribution/notes/lineRanges.ts';
import { LineText } from '../../src/core/text/lineText.ts';
import { sha256Hex } from '../../src/node/digest.ts';
import { appendEvent, workTreeOf } from '../../src/node/journal.ts';
import { openRepository } from '../../src/node/repository.ts';
import { Sandbox } from '../cli/sandbox.ts';

for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' });

let clock = 0;
let clones = 0;

/** A repository of which git's hooks note who wrote what. */
export class NotedRepository {
  private constructor(
    readonly sandbox: Sandbox,
    /** From the sandbox's folder. */
    private readonly inside = '',
  ) {}

  /** Without the hooks. */
  static of(sandbox: Sandbox): NotedRepository {
    return new NotedRepository(sandbox);
  }

  static async make(): Promise<NotedRepository> {
    const made = NotedRepository.of(Sandbox.repository());
    await made.hook();
    return made;
  }

  /** A branch `topic` on which an agent added lines to `a.ts`, and `main` as it was. */
  static async withTopic(base: readonly string[], made: readonly string[]): Promise<NotedRepository> {
    const repository = await NotedRepository.make();
    repository.write('a.ts', ...base);
    repository.commit('base');
    repository.git('switch', '--quiet', '--create', 'topic');
    repository.agent('a.ts', ...base, ...made);
    repository.commit('made');
    return repository;
  }

  /** Another work tree or clone within the sandbox. */
  at(inside: string): NotedRepository {
    return new NotedRepository(this.sandbox, inside);
  }

  async hook(...args: string[]): Promise<void> {
    const { code, stderr } = await this.sandbox.run(['init', '--hook', ...args], { cwd: this.folder });
    assert.equal(code, 0, stderr);
  }

  get folder(): string {
    return path.join(this.sandbox.folder, this.inside);
  }

  git(...args: string[]): string {
    return this.sandbox.gitWith({ cwd: this.folder, env: { GIT_EDITOR: 'true' } }, ...args);
  }

  /** For what ends in a conflict. */
  fails(...args: string[]): void {
    assert.throws(() => this.git(...args));
  }

  /** Nobody tells of it. */
  write(file: string, ...lines: string[]): void {
    this.sandbox.write(path.join(this.inside, file), lines.map((line) => `${line}\n`).join(''));
  }

  /** As an agent's hook takes it down. */
  agent(file: string, ...lines: string[]): void {
    const before = existsSync(path.join(this.folder, file)) ? readFileSync(path.join(this.folder, file), 'utf8') : '';
    this.write(file, ...lines);
    this.tell(file, before, { kind: 'ai', tool: 'claude-code', session: 's' });
  }

  agentRemoves(file: string): void {
    const before = readFileSync(path.join(this.folder, file), 'utf8');
    rmSync(path.join(this.folder, file));
    this.tell(file, before, { kind: 'ai', tool: 'claude-code', session: 's' });
  }

  /** Another clone, as one of the team has it, with the notes. */
  cloned(branch = 'HEAD'): NotedRepository {
    this.git('clone', '--quiet', '--no-local', ...(branch === 'HEAD' ? [] : [`--branch=${branch}`, '--single-branch']), '.', `../clone${++clones}`);
    const clone = this.at(`../clone${clones}`);
    clone.git('fetch', '--quiet', 'origin', 'refs/notes/ai:refs/notes/ai');
    return clone;
  }

  /** As it is taken down when it is known to be a person's. */
  person(file: string, ...lines: string[]): void {
    const before = existsSync(path.join(this.folder, file)) ? readFileSync(path.join(this.folder, file), 'utf8') : '';
    this.write(file, ...lines);
    this.tell(file, before, { kind: 'human' });
  }

  commit(message = 'c'): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    return this.git('rev-parse', 'HEAD');
  }

  /** Each line of the file on disk: `A` an AI's, `U` of unknown origin, `-` seen to be a person's, `?` nobody knows; `!` before it for a deletion. */
  async blame(file: string, commit?: string): Promise<string> {
    const repository = await openRepository(this.folder);
    assert.ok(repository);
    const text = commit === undefined ? readFileSync(path.join(this.folder, file), 'utf8') : `${this.git('show', `${commit}:${file}`)}\n`;
    const attribution = new Attribution(repository, commit);
    const noted = await attribution.of(file, text).finally(() => attribution.close());
    if (noted === undefined) return linesOf(text).map(() => '?').join('');
    const lines = new LineText(text);
    const gone = new Set(noted.regions.flatMap(({ range, removedText }) => (removedText === undefined ? [] : [lines.positionAt(range.start).line])));
    const own = authorsOf(lines, noted.regions, unseen).map(({ kind }, at) => (kind === 'ai' ? 'A' : kind === 'unknown' ? 'U' : noted.unseen.includes(at) ? '?' : '-'));
    return own.map((each, at) => (gone.has(at) ? `!${each}` : each)).join('') + (gone.has(own.length) ? '!' : '');
  }

  /** What the note of a commit says of lines: `path tool lines`. */
  note(commit = 'HEAD'): string[] {
    const parsed = parseNote(this.git('notes', '--ref=ai', 'show', commit));
    assert.ok('note' in parsed, JSON.stringify(parsed));
    const { files, metadata } = parsed.note;
    const tools = metadata.sessions as Record<string, { agent_id: { tool: string } }>;
    return files.flatMap(({ path: of, entries }) => entries.map(({ key, ranges }) => `${of} ${tools[key.split('::')[0] ?? '']?.agent_id.tool ?? key} ${formatRanges(ranges)}`));
  }

  hasNote(commit = 'HEAD'): boolean {
    try {
      this.git('notes', '--ref=ai', 'show', commit);
      return true;
    } catch {
      return false;
    }
  }

  private tell(file: string, before: string, by: { readonly kind: 'ai'; readonly tool: string; readonly session: string } | { readonly kind: 'human' }): void {
    const named = path.join(this.folder, file);
    const after = existsSync(named) ? readFileSync(named, 'utf8') : '';
    const tree = workTreeOf(named);
    assert.ok(tree);
    const { edit } = step('agent', before, after);
    // Two writes in one millisecond come one after the other.
    clock = Math.max(clock + 1, Date.now());
    appendEvent(tree.gitDir, { path: path.relative(tree.root, named).split(path.sep).join('/'), at: clock, by, before: sha256Hex(before), replacements: replacementsOf(edit, before), after: sha256Hex(after) }, before);
  }
}

