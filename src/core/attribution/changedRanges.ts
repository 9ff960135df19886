import { OffsetRange } from '../text/offsetRange.ts';
import { type Difference, differences } from './differences.ts';

/**
 * What a change touched, as ranges of the text after: changed and added lines without their line ends, and where lines went, the ends
 * of their neighbours. Line endings do not count, nor does the removal of blank lines, nor a line that is only set in deeper: what it
 * stands in now was added. One that is set in less may have lost what it stood in.
 */
export function changedRanges(before: string, after: string): OffsetRange[] {
  const oldLines = before.split(/\r?\n/);
  const newLines = after.split(/\r?\n/);
  const starts = lineStarts(after);
  const ranges: OffsetRange[] = [];
  for (const { oldStart, oldCount, newStart, newCount } of differing(oldLines, newLines)) {
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

/** Where the lines differ in more than what sets them in, and those that are set in less. */
function differing(old: readonly string[], now: readonly string[]): Difference[] {
  const found: Difference[] = [];
  let [oldStart, newStart] = [0, 0];
  const keepTo = (end: number) => {
    for (; newStart < end; oldStart++, newStart++) if (depthOf(now[newStart]) < depthOf(old[oldStart])) found.push({ oldStart, oldCount: 1, newStart, newCount: 1 });
  };
  for (const each of differences(old.map((line) => line.trim()), now.map((line) => line.trim()))) {
    keepTo(each.newStart);
    found.push(each);
    [oldStart, newStart] = [each.oldStart + each.oldCount, each.newStart + each.newCount];
  }
  keepTo(now.length);
  return found;
}

function depthOf(line = ''): number {
  return line.length - line.trimStart().length;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
