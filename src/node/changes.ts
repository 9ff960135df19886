import type { ChangedFile } from '../core/check/changeSet.ts';
import { isScriptWhereExecutable } from '../core/language/language.ts';
import type { Decoded } from '../core/text/decode.ts';
import { type GitOptions, gitFields } from './git.ts';
import { isFileMode, textsOf } from './objects.ts';
import type { Place } from './place.ts';
import { readText } from './workFile.ts';

/** Where one side is: in git's store, on disk, nowhere, the same as the other side, or in a merge conflict that the index has no single text of. */
type Side = { readonly oid: string } | 'disk' | 'absent' | 'same' | 'conflict';

/** A file that differs, not read yet. */
export interface Change {
  readonly path: string;
  /** Of a file that moved, where its text before stood. */
  readonly pathBefore?: string;
  readonly before: Side;
  readonly after: Side;
  /** Whether it can be run as a program: it could, or only can now. */
  readonly isExecutable?: 'still' | 'newly';
}

/** What the work tree holds against a commit, with files that are new to git and not ignored; without a commit all is new. */
export async function workTreeChanges(place: Place, commit: string | undefined, paths: readonly string[] = []): Promise<Change[]> {
  const [tracked, untracked] = await Promise.all([
    rawChanges(place, ['diff-index', ...treeFlags, commit ?? emptyTree[place.objectFormat], '--', ...paths]),
    gitFields(place.root, ['ls-files', '-z', '--others', '--exclude-standard', '--', ...paths]),
  ]);
  const changes = tracked.map(({ path, before, after, isExecutable }): Change => ({ path, before, after: after === 'absent' ? 'absent' : 'disk', ...(isExecutable !== undefined && { isExecutable }) }));
  // git lists a nested repository as a folder, and that is none of ours.
  for (const path of untracked) if (!path.endsWith('/')) changes.push({ path, before: 'absent', after: 'disk' });
  return inOrder(changes);
}

/** What the index holds against a commit. */
export async function stagedChanges(place: Place, commit: string | undefined, options: GitOptions): Promise<Change[]> {
  return inOrder(await rawChanges(place, ['diff-index', '--cached', ...treeFlags, commit ?? emptyTree[place.objectFormat]], options));
}

export async function commitChanges(place: Pick<Place, 'root' | 'objectFormat'>, base: string, head: string): Promise<Change[]> {
  return inOrder(await rawChanges(place, ['diff-tree', '-r', ...treeFlags, base, head]));
}

/** Both sides' texts of changes, in their order. Links and submodules have none. */
export async function readChanges(place: Pick<Place, 'root'>, changes: readonly Change[]): Promise<ChangedFile[]> {
  const oids = changes.flatMap(({ before, after }) => [before, after].flatMap((side) => (typeof side === 'object' ? [side.oid] : [])));
  const texts = await textsOf(place.root, [...new Set(oids)]);
  const read = async (side: Side, path: string): Promise<Decoded | undefined> => {
    if (typeof side === 'object') return texts.get(side.oid);
    if (side === 'conflict') return { unread: 'it is in a merge conflict' };
    return side === 'disk' ? readText(place.root, path) : undefined;
  };
  return Promise.all(
    changes.map(async (change) => {
      const after = await read(change.after, change.path);
      const before = change.before === 'same' ? after : await read(change.before, change.path);
      // What nothing ran is new as a script.
      const isOnlyNowRun = change.isExecutable === 'newly' && isScriptWhereExecutable(change.path, firstLineOf(after));
      return { path: change.path, ...(change.pathBefore !== undefined && { pathBefore: change.pathBefore }), ...(before !== undefined && !isOnlyNowRun && { before }), ...(after !== undefined && { after }), ...(change.isExecutable !== undefined && { isExecutable: true as const }) };
    }),
  );
}

/** git knows these without having them. */
export const emptyTree = { sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321' };

const treeFlags = ['-z', '--raw', '-M', '--no-ext-diff', '--ignore-submodules=all'];

/** Reads `--raw -z`: `:mode mode oid oid status`, the path, and for a rename or copy the new path. */
async function rawChanges(place: Pick<Place, 'root'>, args: readonly string[], options?: GitOptions): Promise<Change[]> {
  const fields = await gitFields(place.root, args, options);
  const changes: Change[] = [];
  for (let index = 0; index < fields.length; ) {
    const [modeBefore = '', modeAfter = '', oidBefore = '', oidAfter = '', status = ''] = (fields[index++] ?? '').slice(1).split(' ');
    const first = fields[index++] ?? '';
    const path = status.startsWith('R') ? (fields[index++] ?? '') : first;
    const [before, after] = [sideOf(modeBefore, oidBefore), status === 'U' ? 'conflict' : sideOf(modeAfter, oidAfter)];
    const isExecutable = !modeAfter.endsWith('100755') ? undefined : modeBefore.endsWith('100755') ? 'still' : 'newly';
    changes.push({ path, ...(path !== first && { pathBefore: first }), before, after, ...(isExecutable !== undefined && { isExecutable }) });
  }
  return changes.filter(({ before, after }) => before !== 'absent' || after !== 'absent');
}

function firstLineOf(text: Decoded | undefined): string {
  return text === undefined || 'unread' in text ? '' : (/^.*/.exec(text.text)?.[0] ?? '');
}

function sideOf(mode: string, oid: string): Side {
  if (!isFileMode(mode)) return 'absent';
  return /^0+$/.test(oid) ? 'disk' : { oid };
}

function inOrder(changes: Change[]): Change[] {
  return changes.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}
