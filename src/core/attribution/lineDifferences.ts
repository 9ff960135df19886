import { type Difference, differences } from './differences.ts';

/** Places that are compared; where a block can stand at more, as among thousands of blank lines, it stays where it was found. */
const mostPlaces = 200;

/** Lines that differ. `isPlaced`: they can only have come or gone here, or here alone they begin and end as a block does. */
export interface LineDifference extends Difference {
  readonly isPlaced: boolean;
}

/**
 * As `differences`, of lines: where the same lines can have come or gone further up or down, because some read alike, they did so where they make the best block.
 * A function between others with the same body is then all of it, and not the end of the one above with its own head.
 */
export function lineDifferences(old: readonly string[], now: readonly string[]): LineDifference[] {
  const placed: LineDifference[] = [];
  const found = differences(old, now);
  for (const [index, each] of found.entries()) {
    const { oldStart, oldCount, newStart, newCount } = each;
    if (oldCount > 0 && newCount > 0) {
      placed.push({ ...each, isPlaced: false });
      continue;
    }
    const [lines, start, count] = newCount > 0 ? [now, newStart, newCount] : [old, oldStart, oldCount];
    const [last, next] = [placed.at(-1), found[index + 1]];
    const least = last === undefined ? 0 : newCount > 0 ? last.newStart + last.newCount : last.oldStart + last.oldCount;
    const most = next === undefined ? lines.length : newCount > 0 ? next.newStart : next.oldStart;
    const { by, isPlaced } = bestSlide(lines, { start, count }, slack(lines, { start, count }, { least, most }));
    placed.push({ oldStart: oldStart + by, oldCount, newStart: newStart + by, newCount, isPlaced });
  }
  return placed;
}

/** Some lines that came or went, of the text that has them. */
export interface Block {
  readonly start: number;
  readonly count: number;
}

/** How far lines that came or went can be taken to have done so further up, or down, between two places. */
export function slack(lines: readonly string[], { start, count }: Block, { least, most } = { least: 0, most: lines.length }): readonly [back: number, forth: number] {
  let [back, forth] = [0, 0];
  while (start - back > least && lines[start - back - 1] === lines[start - back - 1 + count]) back++;
  while (start + count + forth < most && lines[start + forth] === lines[start + count + forth]) forth++;
  return [back, forth];
}

function bestSlide(lines: readonly string[], { start, count }: Block, [back, forth]: readonly [number, number]): { readonly by: number; readonly isPlaced: boolean } {
  if (back + forth > mostPlaces) return { by: 0, isPlaced: false };
  let best = { by: 0, badness: badnessAt(start, lines) + badnessAt(start + count, lines), isPlaced: true };
  for (let by = -back; by <= forth; by++) {
    if (by === 0) continue;
    const badness = badnessAt(start + by, lines) + badnessAt(start + by + count, lines);
    if (badness < best.badness) best = { by, badness, isPlaced: true };
    else if (badness === best.badness) best = { ...best, isPlaced: false };
  }
  // Where what follows reads like its first line, that line may as well be the one that stood there.
  return { by: best.by, isPlaced: best.isPlaced && best.by === forth };
}

/** How ill a block begins or ends in front of a line: deep within others, else at a closing line, else at a blank one. */
function badnessAt(at: number, lines: readonly string[]): number {
  let [before, behind] = [at - 1, at];
  while (before >= 0 && lines[before]?.trim() === '') before--;
  while (behind < lines.length && lines[behind]?.trim() === '') behind++;
  if (behind >= lines.length) return 0;
  const indent = indentOf(lines[behind]);
  return indent * 4 + (indent < indentOf(lines[before]) ? 2 : 0) + (behind > at ? 1 : 0);
}

/** A tab is as deep as eight blanks. */
function indentOf(line = ''): number {
  return line.length - line.trimStart().length + 7 * (/^\s*/.exec(line)?.[0].split('\t').length ?? 1) - 7;
}
