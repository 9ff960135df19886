import { OffsetRange } from '../text/offsetRange.ts';
import { differences } from './differences.ts';

/**
 * What a change touched, as ranges of the text after: changed and added lines without their line ends, and where lines went, the ends
 * of their neighbours. Line endings do not count, nor does the removal of blank lines.
 */
export function changedRanges(before: string, after: string): OffsetRange[] {
  const oldLines = before.split(/\r?\n/);
  const newLines = after.split(/\r?\n/);
  const starts = lineStarts(after);
  const ranges: OffsetRange[] = [];
  for (const { oldStart, oldCount, newStart, newCount } of differences(oldLines, newLines)) {
    if (newCount > 0) ranges.push(rangeOfLines(newStart, newStart + newCount - 1));
    else if (oldLines.slice(oldStart, oldStart + oldCount).some((line) => line.trim() !== '')) ranges.push(...placeBefore(newStart));
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

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
