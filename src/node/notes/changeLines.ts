import { alignLines } from '../../core/attribution/notes/alignLines.ts';
import type { AiAuthor, Deletion } from '../../core/attribution/notes/authoredText.ts';
import { linesOf } from '../../core/attribution/notes/authoredText.ts';
import type { Place } from '../place.ts';
import { type OpenHistory, withHistory } from './openHistory.ts';
import { oldPathOf } from './renames.ts';
import { treeChanges } from './treeChanges.ts';

/** A line that a change brought in; from 1. `unseen` lines are those of which nobody saw who wrote them: they are nobody's for sure. */
export interface ChangedLine {
  readonly line: number;
  readonly kind: 'ai' | 'unknown' | 'unseen' | 'human';
  readonly author?: AiAuthor;
}

export interface ChangedLines {
  readonly path: string;
  readonly lines: readonly ChangedLine[];
  /** What an AI deleted in the file, in front of a line from 0, and still is gone. */
  readonly deletions: readonly Deletion[];
}

/**
 * Which lines of HEAD's files, among those that BASE's do not have, an AI wrote, by the notes that the repository has. What cannot be known is
 * `unseen`, never `human`. Files that are no text are left out.
 */
export function linesOfChange(place: Place, base: string, head: string): Promise<ChangedLines[]> {
  return withHistory(place, (open) => changedLines(open, base, head));
}

export async function changedLines({ notes, history }: OpenHistory, base: string, head: string): Promise<ChangedLines[]> {
  const { reader } = notes;
  const [before, after] = await Promise.all([reader.commit(base), reader.commit(head)]);
  if (before === undefined || after === undefined) throw new Error(`there is no commit ${before === undefined ? base : head} in ${notes.place.root}; fetch it`);
  const changes = await treeChanges(reader, before.tree, after.tree);
  const found: ChangedLines[] = [];
  for (const change of changes) {
    if (change.after === undefined) continue;
    const text = await history.linesAt(after.oid, change.path);
    if (text === undefined) continue;
    const old = change.before ?? (await oldPathOf(change.path, changes, (blob) => notes.textOf(blob)))?.blob;
    const oldLines = linesOf((old === undefined ? undefined : await notes.textOf(old)) ?? '');
    const lines = alignLines(oldLines, text.lines).flatMap(({ kind }, at): ChangedLine[] => {
      if (kind === 'line') return [];
      const author = text.authors[at];
      if (author?.kind === 'ai') return [{ line: at + 1, kind: 'ai', author }];
      return [{ line: at + 1, kind: author === undefined || author.kind === 'inherited' ? 'unseen' : author.kind }];
    });
    const stood = change.before === undefined ? undefined : await history.linesAt(before.oid, change.path);
    const deletions = text.deletions.filter((deletion) => stood?.deletions.some((each) => each.text === deletion.text) !== true);
    if (lines.length > 0 || deletions.length > 0) found.push({ path: change.path, lines, deletions });
  }
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}
