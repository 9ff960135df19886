import { changedRanges } from '../../core/attribution/changedRanges.ts';
import { LineText } from '../../core/text/lineText.ts';

/** So many lines around a change VS Code shows in a diff of many files; the others are folded away, with what stands beside them. */
const context = 3;

/** The line, counted from 0, of the text after a change that is nearest to one and is shown in the diff; the same where nothing differs. */
export function shownLine(before: string, after: string, line: number): number {
  const text = new LineText(after);
  const shown = changedRanges(before, after).map(({ start, endExclusive }) => {
    const [first, last] = [text.positionAt(start).line - context, text.positionAt(endExclusive).line + context];
    return Math.min(Math.max(line, first), last);
  });
  const [nearest = line] = shown.sort((one, other) => Math.abs(one - line) - Math.abs(other - line));
  return nearest;
}
