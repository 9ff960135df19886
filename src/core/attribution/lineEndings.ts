import { OffsetRange } from '../text/offsetRange.ts';
import type { AiRegion } from './region.ts';
import { append, isMark, placedAt } from './regionList.ts';

/**
 * The regions of a text whose line endings became others, each at the lines and columns where it was; undefined when the two texts
 * differ in more than '\r\n' against '\n'.
 */
export function withLineEndingsOf(regions: readonly AiRegion[], oldText: string, newText: string): readonly AiRegion[] | undefined {
  if (oldText.replaceAll('\r\n', '\n') !== newText.replaceAll('\r\n', '\n')) return undefined;
  const moved = moverBetween(oldText, newText);
  const result: AiRegion[] = [];
  for (const region of regions) {
    const range = new OffsetRange(moved(region.range.start), moved(region.range.endExclusive));
    if (isMark(region) || !range.isEmpty) append(result, placedAt(region, range.start, range.endExclusive));
  }
  return result;
}

/** Maps offsets that are asked for in ascending order. Both texts have the same lines. */
function moverBetween(oldText: string, newText: string): (offset: number) => number {
  let oldStart = 0;
  let newStart = 0;
  return (offset) => {
    for (let oldEnd = oldText.indexOf('\n', oldStart); oldEnd !== -1 && oldEnd < offset; oldEnd = oldText.indexOf('\n', oldStart)) {
      oldStart = oldEnd + 1;
      newStart = newText.indexOf('\n', newStart) + 1;
    }
    const newEnd = newText.indexOf('\n', newStart);
    return Math.min(newStart + offset - oldStart, newEnd === -1 ? newText.length : newEnd);
  };
}
