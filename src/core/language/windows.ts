import type { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';

/** Scanning this much takes well under a millisecond. */
const longestWindow = 50_000;

/** A long range in parts that end where lines do, so that no word is cut. */
export function* wordWindows(text: LineText, range: OffsetRange): Generator<OffsetRange> {
  for (let start = range.start; start < range.endExclusive; ) {
    const { line } = text.positionAt(start + longestWindow);
    const isLast = line + 1 >= text.lineCount;
    const end = isLast ? range.endExclusive : Math.min(range.endExclusive, text.startOfLine(line + 1));
    yield new OffsetRange(start, end);
    start = end;
  }
}
