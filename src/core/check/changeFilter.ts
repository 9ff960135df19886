import { changedRanges } from '../attribution/changedRanges.ts';
import type { AiRegion } from '../attribution/region.ts';
import { meetsAny, OffsetRange } from '../text/offsetRange.ts';
import type { ChangedFile } from './changeSet.ts';
import type { Finding } from './finding.ts';
import { newFindings } from './newFindings.ts';

/**
 * Whether a finding is one of the change: it stands on changed lines, or the text before did not have it. `findingsBefore` is asked only when that matters.
 * @param all the file's findings
 */
export async function changeFilter(file: ChangedFile, all: readonly Finding[], findingsBefore: () => Promise<readonly Finding[]>): Promise<(finding: Finding) => boolean> {
  const changed = changesOf(file);
  const isTouched = ({ within }: Finding) => meetsAny(within, changed);
  if (all.every(isTouched) || file.before === undefined) return isTouched;
  const fresh = newFindings(all, await findingsBefore());
  return (finding) => isTouched(finding) || fresh.has(finding);
}

/** Of a file whose text before is missing or unread, all counts as changed. */
export function changesOf(file: ChangedFile): readonly OffsetRange[] {
  const after = textAfter(file);
  if (file.before === undefined || 'unread' in file.before) return [new OffsetRange(0, after.length)];
  return file.before.text === after ? [] : changedRanges(file.before.text, after);
}

/** What an agent is about to write, as its own. */
export function regionsProposed(file: ChangedFile): AiRegion[] {
  const own = changesOf(file).filter((range) => !range.isEmpty);
  return own.map((range) => ({ range, insertionId: '', origin: { kind: 'ai', tool: 'assistant' }, evidence: 'reported', insertedAt: 0 }));
}

export function textAfter({ after }: ChangedFile): string {
  return after !== undefined && 'text' in after ? after.text : '';
}
