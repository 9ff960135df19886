import { pathsOf } from '../../core/attribution/notes/noteContent.ts';
import { type Notes, standingIn } from './notesRef.ts';
import { isFolderMode, type ObjectReader } from './objectReader.ts';

/** Where more notes differ, or one that cannot be read, every file counts as spoken of. */
const mostChanged = 200;

/** Of whom the notes speak that are not what they were: the commits by the files that their notes name, before or now. */
type Changed = ReadonlyMap<string, ReadonlySet<string>> | 'all';

/** What came, went or was replaced among the notes since something was found out by them: an answer is to be had again only where one of these speaks of its file. */
export class NotesSince {
  private readonly known = new Map<string, Promise<Changed>>();
  private readonly pathsIn = new Map<string, Promise<readonly string[] | undefined>>();

  constructor(
    private readonly reader: ObjectReader,
    private readonly notes: Pick<Notes, 'tree'>,
  ) {}

  /** The notes as they are: the name of their tree; '' where there are none. */
  get now(): string {
    return this.notes.tree ?? '';
  }

  /** @param before the notes' tree as it was. @param but a commit whose own note does not count, for it is read anew */
  async speakOf(paths: readonly string[], before: string, but?: string): Promise<boolean> {
    if (before === this.now) return false;
    const changed = this.known.get(before) ?? this.changedSince(before);
    this.known.set(before, changed);
    const found = await changed;
    return found === 'all' || paths.some((path) => [...(found.get(path) ?? [])].some((commit) => commit !== but));
  }

  private async changedSince(before: string): Promise<Changed> {
    // Notes that were taken back may be gone with their tree.
    if (before !== '' && (await this.reader.read(before)) === undefined) return 'all';
    const blobs: [commit: string, blob: string][] = [];
    if (!(await this.gather(before === '' ? undefined : before, this.notes.tree, '', blobs))) return 'all';
    const found = new Map<string, Set<string>>();
    for (const [commit, blob] of blobs) {
      const known = this.pathsIn.get(blob) ?? this.readPaths(commit, blob);
      this.pathsIn.set(blob, known);
      const paths = await known;
      if (paths === undefined) return 'all';
      for (const path of paths) found.set(path, (found.get(path) ?? new Set()).add(commit));
    }
    return found;
  }

  /** @returns false where there are too many */
  private async gather(before: string | undefined, after: string | undefined, digits: string, found: [string, string][]): Promise<boolean> {
    const [old, now] = await this.reader.difference(before, after);
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const sides = [old.get(name), now.get(name)];
      if (sides[0]?.oid === sides[1]?.oid) continue;
      const [left, right] = sides.map((side) => (side !== undefined && isFolderMode(side.mode) ? side.oid : undefined));
      if ((left !== undefined || right !== undefined) && !(await this.gather(left, right, digits + name, found))) return false;
      for (const side of sides) if (side !== undefined && !isFolderMode(side.mode)) found.push([digits + name, side.oid]);
      if (found.length > mostChanged) return false;
    }
    return true;
  }

  private async readPaths(commit: string, blob: string): Promise<readonly string[] | undefined> {
    const { parsed } = (await standingIn(this.reader, commit, blob)) ?? {};
    return parsed !== undefined && 'note' in parsed ? pathsOf(parsed.note) : undefined;
  }
}
