import { diffArrays } from 'diff';
import { OffsetRange } from '../text/offsetRange.ts';

/** Lines removed and added, beyond which two texts are too different to compare: some tenths of a second. */
const changeLimit = 1000;

/**
 * What a change touched, as ranges of the text after: changed and added lines without their line ends, and where lines went, the ends
 * of their neighbours. Line endings do not count, nor does the removal of blank lines. Texts too different to compare changed
 * wherever they are not equal at their ends.
 */
export function changedRanges(before: string, after: string): OffsetRange[] {
  const oldLines = before.split(/\r?\n/);
  const newLines = after.split(/\r?\n/);
  const starts = lineStarts(after);
  const changes = diffArrays(oldLines, newLines, { maxEditLength: changeLimit }) ?? commonEnds(oldLines, newLines);
  const ranges: OffsetRange[] = [];
  let line = 0;
  let added = 0;
  let hasRemoved = false;
  for (const change of [...changes, kept([])]) {
    if (change.added) {
      added += change.value.length;
    } else if (change.removed) {
      hasRemoved ||= change.value.some((each) => each.trim() !== '');
    } else {
      if (added > 0) ranges.push(rangeOfLines(line, line + added - 1));
      else if (hasRemoved) ranges.push(...placeBefore(line));
      line += added + change.value.length;
      added = 0;
      hasRemoved = false;
    }
  }
  return ranges;

  /** Empty ranges at the neighbours' ends: a statement may have lost its last line, or its first. */
  function placeBefore(next: number): OffsetRange[] {
    const at = OffsetRange.empty(starts[next] ?? after.length);
    return next === 0 ? [at] : [OffsetRange.empty(rangeOfLines(next - 1, next - 1).endExclusive), at];
  }

  function rangeOfLines(first: number, last: number): OffsetRange {
    const start = starts[first] ?? after.length;
    const next = starts[last + 1];
    const end = next === undefined ? after.length : next - (after[next - 2] === '\r' ? 2 : 1);
    return new OffsetRange(start, Math.max(start, end));
  }
}

interface LineChange {
  readonly added: boolean;
  readonly removed: boolean;
  readonly value: readonly string[];
}

function kept(value: readonly string[]): LineChange {
  return { added: false, removed: false, value };
}

function commonEnds(before: readonly string[], after: readonly string[]): LineChange[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    kept(after.slice(0, head)),
    { added: false, removed: true, value: before.slice(head, before.length - tail) },
    { added: true, removed: false, value: after.slice(head, after.length - tail) },
    kept(after.slice(after.length - tail)),
  ].filter(({ value }) => value.length > 0);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
