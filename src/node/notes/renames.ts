import { isBare } from '../../core/attribution/notes/alignLines.ts';
import { linesOf } from '../../core/attribution/notes/authoredText.ts';
import type { TreeChange } from './treeChanges.ts';

/** Files that went, of which the texts are compared with a new one's. */
const mostCandidates = 50;

export interface OldFile {
  readonly path: string;
  readonly blob: string;
}

/** What went with a commit: where its new files may have been before. */
export function goneIn(changes: readonly TreeChange[]): OldFile[] {
  return changes.flatMap(({ path, before, after }) => (before !== undefined && after === undefined ? [{ path, blob: before }] : []));
}

/** Where a new file was before: at a path that went with the same commit, with the same text or half of its lines. */
export async function oldPathOf({ after }: TreeChange, gone: readonly OldFile[], textOf: (blob: string) => Promise<string | undefined>): Promise<OldFile | undefined> {
  const same = gone.find(({ blob }) => blob === after);
  if (same !== undefined || after === undefined || gone.length === 0) return same;
  const text = await textOf(after);
  if (text === undefined) return undefined;
  let best: OldFile | undefined;
  let most = 0.5;
  for (const candidate of gone.slice(0, mostCandidates)) {
    const share = shareOf(linesOf(text), linesOf((await textOf(candidate.blob)) ?? ''));
    if (share >= most) [best, most] = [candidate, share];
  }
  return best;
}

/** How much of the lines of the longer text both have; those that stand in every file do not count. */
export function shareOf(some: readonly string[], others: readonly string[]): number {
  const [one, other] = [some.filter((line) => !isBare(line)), others.filter((line) => !isBare(line))];
  const left = new Map<string, number>();
  for (const line of other) left.set(line, (left.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of one) {
    const count = left.get(line) ?? 0;
    if (count === 0) continue;
    left.set(line, count - 1);
    shared++;
  }
  return shared / Math.max(1, one.length, other.length);
}
