import type { Commit, ObjectReader } from './objectReader.ts';
import { goneIn, oldPathOf, type OldFile } from './renames.ts';
import { type TreeChange, treeChanges } from './treeChanges.ts';

/** A file that a commit has otherwise than each of its parents: its path, and the objects that it came from in each parent. */
export interface CommittedFile {
  readonly path: string;
  readonly blob: string;
  readonly before: GoneFile['before'];
}

/** A file that a commit took away, and not to another path. */
export interface GoneFile {
  readonly path: string;
  readonly before: readonly { readonly path: string; readonly blob: string }[];
}

type TextOf = (blob: string) => Promise<string | undefined>;

/** What a commit has otherwise than all of its parents, renamed files under both of their paths; only folders that differ are read. */
export async function committedFiles(commit: Commit, reader: ObjectReader, textOf: TextOf): Promise<{ readonly files: readonly CommittedFile[]; readonly gone: readonly GoneFile[] }> {
  const parents = await Promise.all(commit.parents.map((parent) => reader.commit(parent)));
  const trees = parents.flatMap((parent) => (parent === undefined ? [] : [parent.tree]));
  const changes = await Promise.all((trees.length === 0 ? [undefined] : trees).map((tree) => treeChanges(reader, tree, commit.tree)));
  const [first = [], ...others] = changes.map((each) => new Map(each.map((change) => [change.path, change])));
  const went = changes.map(goneIn);
  const files: CommittedFile[] = [];
  const gone: GoneFile[] = [];
  for (const change of first.values()) {
    const { path, after } = change;
    if (!others.every((other) => other.has(path))) continue;
    const sides = [change, ...others.flatMap((other) => other.get(path) ?? [])];
    if (after === undefined) {
      gone.push({ path, before: sides.flatMap((side) => (side.before === undefined ? [] : [{ path, blob: side.before }])) });
      continue;
    }
    const before = await Promise.all(sides.map((side, index) => beforeOf(side, { went: went[index] ?? [], changes: changes[index] ?? [] }, textOf)));
    files.push({ path, blob: after, before: before.flatMap((each) => each ?? []) });
  }
  const moved = new Set(files.flatMap(({ before }) => before.map((each) => each.path)));
  return { files, gone: gone.filter(({ path }) => !moved.has(path)) };
}

/** A file that was put over another, or that changed names with it, came from where its content stood. */
async function beforeOf(change: TreeChange, { went, changes }: { readonly went: readonly OldFile[]; readonly changes: readonly TreeChange[] }, textOf: TextOf): Promise<OldFile | undefined> {
  const { path, before, after } = change;
  if (before === undefined) return oldPathOf(change, went, textOf);
  const other = changes.find((each) => each.path !== path && each.before === after);
  return other?.before === undefined ? { path, blob: before } : { path: other.path, blob: other.before };
}
