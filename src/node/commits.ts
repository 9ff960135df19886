import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitAnswer, gitFields } from './git.ts';
import { headCommit, textAt } from './objects.ts';
import type { Place } from './place.ts';
import { readTextIfAny } from './readTextIfAny.ts';

/** What the last commit holds, and what the last one held at some time. */
export class Commits {
  /** By commit, the paths of each of its files by what it holds; of few commits. */
  private readonly paths = new Map<string, Promise<ReadonlyMap<string, readonly string[]>>>();
  private index: Buffer | undefined;

  constructor(private readonly place: Pick<Place, 'root' | 'gitDir' | 'objectFormat'>) {}

  /** The text that the last commit has at a path; undefined for none. */
  async textOf(path: string): Promise<string | undefined> {
    return this.textIn(await headCommit(this.place.root), path);
  }

  /** The same of the commits that git is bringing in, where a merge or the like stopped. */
  async incomingOf(path: string): Promise<readonly string[]> {
    const named = incoming.flatMap((name) => readTextIfAny(join(this.place.gitDir, name))?.trim().split('\n') ?? []);
    return (await Promise.all(named.map((commit) => this.textIn(commit, path)))).flatMap((text) => text ?? []);
  }

  /** The same of the last commit that was made by a time; undefined for none. @param at milliseconds since 1970 */
  async textBefore(path: string, at: number): Promise<string | undefined> {
    return this.textIn(await this.commitBefore(at), path);
  }

  /** Another path at which that commit held just this text. */
  async copyBefore(text: string, path: string, at: number): Promise<string | undefined> {
    return (await this.pathsOf(text, await this.commitBefore(at))).find((other) => other !== path);
  }

  /** Whether git's index seems to have just this text at another path: to read it costs next to nothing, and where it is written in another way git is asked in vain. */
  seemsCopied(text: string, path: string): boolean {
    this.index ??= bytesOf(join(this.place.gitDir, 'index'));
    const id = Buffer.from(this.idOf(text), 'hex');
    const own = Buffer.from(`${path}\0`);
    for (let at = this.index.indexOf(id); at !== -1; at = this.index.indexOf(id, at + 1)) {
      const named = at + id.length + flagsLength;
      if (!this.index.subarray(named, named + own.length).equals(own)) return true;
    }
    return false;
  }

  /** Whether a file of the last commit holds just this text. */
  async isCopy(text: string): Promise<boolean> {
    return (await this.pathsOf(text, await headCommit(this.place.root))).length > 0;
  }

  private async pathsOf(text: string, commit: string | undefined): Promise<readonly string[]> {
    if (commit === undefined) return [];
    const known = this.paths.get(commit) ?? pathsIn(this.place.root, commit);
    if (this.paths.size > mostCommits) this.paths.clear();
    this.paths.set(commit, known);
    return (await known).get(this.idOf(text)) ?? [];
  }

  private async textIn(commit: string | undefined, path: string): Promise<string | undefined> {
    const decoded = commit === undefined ? undefined : await textAt(this.place.root, commit, path);
    return decoded !== undefined && 'text' in decoded ? decoded.text : undefined;
  }

  /** git counts whole seconds: what was committed in the same one may have come later. */
  private async commitBefore(at: number): Promise<string | undefined> {
    // Before the first commit there is no HEAD.
    const { stdout, exitCode } = await gitAnswer(this.place.root, ['rev-list', '--max-count=1', `--before=@${Math.floor(at / 1000) - 1}`, 'HEAD', '--'], { answers: [128] });
    const commit = stdout.toString('utf8').trim();
    return exitCode !== 0 || commit === '' ? undefined : commit;
  }

  private idOf(text: string): string {
    const bytes = Buffer.from(text);
    return createHash(this.place.objectFormat).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  }
}

const mostCommits = 8;
/** Bytes of an entry of git's index between the name of what a path holds and the path. */
const flagsLength = 2;

/** Files of git's own that name such commits. */
const incoming = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'REBASE_HEAD'];

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

async function pathsIn(root: string, commit: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const paths = new Map<string, string[]>();
  for (const field of await gitFields(root, ['ls-tree', '-r', '-z', '--full-tree', commit])) {
    const [, id = '', path = ''] = /^\d+ \w+ (\w+)\t([^]*)$/.exec(field) ?? [];
    const alike = paths.get(id);
    if (alike === undefined) paths.set(id, [path]);
    else alike.push(path);
  }
  return paths;
}
