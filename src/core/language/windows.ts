import type { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Hit, Words } from './scan.ts';

/** Scanning this much takes well under a millisecond. */
const longestWindow = 50_000;

/** A long range of a text that is edited in parts that end where lines do, so that no word is cut. */
export function* wordWindows(text: LineText, range: OffsetRange): Generator<OffsetRange> {
  if (text.isFixed) {
    yield range;
    return;
  }
  for (let start = range.start; start < range.endExclusive; ) {
    const { line } = text.positionAt(start + longestWindow);
    const isLast = line + 1 >= text.lineCount;
    const end = isLast ? range.endExclusive : Math.min(range.endExclusive, text.startOfLine(line + 1));
    yield new OffsetRange(start, end);
    start = end;
  }
}

/** The known words in a text, or in a range of it, in its order. */
export function* hitsIn(words: Words, text: LineText, range = new OffsetRange(0, text.length)): Generator<Hit> {
  for (const window of wordWindows(text, range)) for (const { offset, word } of words.hits(text.slice(window))) yield { offset: window.start + offset, word };
}
