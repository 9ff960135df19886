import { type CommittedText, type Snapshot, traceOf, writesCommitted } from '../commandTrace.ts';
import { tellWrites } from '../endedCommands.ts';
import type { Place } from '../place.ts';
import { isAnyRunning, leaveCommit, runningAbove } from '../runningCommands.ts';
import { committedFiles } from './committedFiles.ts';
import { type Commit, ObjectReader } from './objectReader.ts';

/** Commits that a command makes are followed back to where it began so far. */
const mostCommits = 100;

/**
 * After a commit, where a command of an agent runs: what it wrote of that is told before the commit is noted, since the command may push both before its end is told.
 * Where nobody knows whether it made the commit, its end tells.
 */
export async function tellCommitted(place: Place): Promise<void> {
  // VS Code's own git, which is called for a person; an agent may be one of its extensions.
  if (!isAnyRunning(place) || process.env.VSCODE_GIT_COMMAND !== undefined) return;
  const command = runningAbove(place);
  const began = command === undefined ? undefined : traceOf(command);
  const reader = new ObjectReader(place);
  try {
    const commit = await reader.commit('HEAD');
    if (commit === undefined) return;
    if (command === undefined || began === undefined || !(await isMadeSince(began, commit, reader))) {
      leaveCommit(place, commit.oid);
      return;
    }
    const { writes, isAll } = await writesCommitted(command, began, await textsOf(commit, began, reader));
    tellWrites({ ...command, at: Date.now() }, writes);
    if (!isAll) leaveCommit(place, commit.oid);
  } finally {
    reader.close();
  }
}

/** The same where the editor notes the last commit: nobody knows who made it. */
export async function leaveHead(place: Place): Promise<void> {
  if (!isAnyRunning(place)) return;
  const reader = new ObjectReader(place);
  try {
    const commit = await reader.commit('HEAD');
    if (commit !== undefined) leaveCommit(place, commit.oid);
  } finally {
    reader.close();
  }
}

/** Whether a commit stands on the one at which the command began, or in its place, and git brought none of those between. */
async function isMadeSince({ at, head }: Snapshot, made: Commit, reader: ObjectReader): Promise<boolean> {
  const start = await reader.commit(head);
  let commit: Commit | undefined = made;
  for (let step = 0; commit !== undefined && step < mostCommits; step++) {
    const [parent = '', ...others]: readonly string[] = commit.parents;
    if (others.length > 0 || commit.committedAt < at * 1000) return false;
    if (parent === (start?.oid ?? '') || commit.parents.join() === start?.parents.join()) return true;
    commit = await reader.commit(parent);
  }
  return false;
}

/** What a commit has otherwise than its parent, by what the work tree began with. */
async function textsOf(commit: Commit, { head }: Snapshot, reader: ObjectReader): Promise<readonly CommittedText[]> {
  const textOf = async (blob: string): Promise<string | undefined> => {
    const decoded = await reader.text(blob);
    return decoded !== undefined && 'text' in decoded ? decoded.text : undefined;
  };
  const start = await reader.commit(head);
  const before = async (path: string) => {
    const blob = start === undefined ? undefined : await reader.fileIn(start.tree, path);
    return blob === undefined ? '' : textOf(blob);
  };
  const { files, gone } = await committedFiles(commit, reader, textOf);
  const made = new Set(files.map(({ path }) => path));
  // One that was renamed went.
  const went = [...gone.map(({ path }) => path), ...files.flatMap((file) => file.before.flatMap(({ path }) => (made.has(path) ? [] : [path])))];
  const texts = [...(await Promise.all(files.map(async ({ path, blob }) => ({ relative: path, text: await textOf(blob) })))), ...went.map((relative) => ({ relative, text: '' }))];
  const known = texts.flatMap(({ relative, text }) => (text === undefined ? [] : [{ relative, text }]));
  return Promise.all(known.map(async (each) => ({ ...each, before: await before(each.relative) })));
}
