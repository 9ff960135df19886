import { gitFields, gitText } from '../git.ts';
import type { TreeEntry } from '../objects.ts';
import type { CommitNotes } from './commitNotes.ts';
import type { Commit } from './objectReader.ts';

/** Commits that are looked through here before git is asked, which takes a process for each file. */
const mostSteps = 200;
/** Files that are new where they were changed last, of which each is asked about by itself: for more, it is asked once what was ever taken away. */
const mostAlone = 8;

/** Which commits of a history changed a file, as `git rev-list` has it, with few processes for many files. */
export class LastChange {
  private asked = 0;
  private readonly takenAway = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(private readonly notes: Pick<CommitNotes, 'reader' | 'place'>) {}

  /** The last one that changed it; '' where none has. */
  async of(commit: string, file: string): Promise<string> {
    return (await this.near(commit, file)) ?? gitText(this.notes.place.root, ['rev-list', '--max-count=1', commit, '--', file]);
  }

  /** Whether the commit that changed it last is the only one that did: it was never there before. False where that would take long to know. */
  async isOnly(last: string, file: string): Promise<boolean> {
    const { reader, place } = this.notes;
    const commit = await reader.commit(last);
    if (commit === undefined || this.asked++ < mostAlone) return false;
    for (const parent of await this.parentsOf(commit)) if (parent === undefined || (await reader.fileIn(parent.tree, file)) !== undefined) return false;
    const known = this.takenAway.get(last) ?? takenAwayIn(place.root, last);
    this.takenAway.set(last, known);
    return !(await known).has(file);
  }

  /** As git does it: of parents that have the same, one is followed, and the others are not. */
  private async near(from: string, file: string): Promise<string | undefined> {
    const { reader } = this.notes;
    let commit = await reader.commit(from);
    for (let step = 0; commit !== undefined && step < mostSteps; step++) {
      const own = await reader.entryIn(commit.tree, file);
      const parents = await this.parentsOf(commit);
      // The history may be cut off there.
      if (parents.includes(undefined)) return undefined;
      let same: Commit | undefined;
      for (const parent of parents) if (same === undefined && parent !== undefined && isSame(await reader.entryIn(parent.tree, file), own)) same = parent;
      if (same === undefined) return parents.length === 0 && own === undefined ? '' : commit.oid;
      commit = same;
    }
    return undefined;
  }

  private parentsOf({ parents }: Commit): Promise<(Commit | undefined)[]> {
    return Promise.all(parents.map((parent) => this.notes.reader.commit(parent)));
  }
}

function isSame(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}

/** Every path that some commit of a history has not and a parent of it has, and perhaps some more. */
async function takenAwayIn(root: string, commit: string): Promise<ReadonlySet<string>> {
  return new Set(await gitFields(root, ['log', '-z', '--format=', '--name-only', '--no-renames', '--diff-filter=D', '-m', commit, '--']));
}
