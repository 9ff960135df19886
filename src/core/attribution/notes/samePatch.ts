import { differences } from '../differences.ts';
import { lineDifferences, slack } from '../lineDifferences.ts';
import { isBare, linesSay, partnersOf } from './alignLines.ts';

/** A text and what it was made of, line by line. */
export interface Made {
  readonly lines: readonly string[];
  readonly base: readonly string[];
}

interface Hunk {
  readonly start: number;
  readonly count: number;
  readonly added: string;
  readonly removed: string;
}

/**
 * Where the lines that a commit added stand in another one of which it is the copy, as a rebase and a cherry-pick make them: by the patch, which tells one bracket
 * or `exit 0` from all others. A part of the patch counts where it says enough to be known again by itself.
 */
export function patchedFrom(copy: Made, original: Made): ReadonlyMap<number, number> {
  const [now, old] = [hunksOf(copy), hunksOf(original)];
  const places = new Map<number, number>();
  const isWhole = now.length === old.length && now.every(({ added, removed }, index) => added === old[index]?.added && removed === old[index].removed);
  for (const [index, partner] of partnersOf(differences(old.map(({ added }) => added), now.map(({ added }) => added)), now.length).entries()) {
    const [here, there] = [now[index], old[partner]];
    if (here === undefined || there === undefined) continue;
    const added = copy.lines.slice(here.start, here.start + here.count);
    if (!isWhole && !linesSay(added)) continue;
    // At the edge of a part a bracket may be another one.
    const [first, last] = isWhole ? [0, here.count - 1] : [added.findIndex((line) => !isBare(line)), added.findLastIndex((line) => !isBare(line))];
    for (let line = Math.max(0, first); line <= last; line++) places.set(here.start + line, there.start + line);
  }
  return places;
}

/** Where the lines stand in a text that was changed into this one: by the difference alone, but for brackets next to a change that came or went with it as well. */
export function keptFrom(old: readonly string[], now: readonly string[]): ReadonlyMap<number, number> {
  const found = lineDifferences(old, now);
  const places = new Map([...partnersOf(found, now.length).entries()].filter(([, partner]) => partner >= 0));
  for (const { oldStart, oldCount, newStart, newCount } of found) {
    const changed = new Set([...old.slice(oldStart, oldStart + oldCount), ...now.slice(newStart, newStart + newCount)]);
    const isLoose = (line: number) => line >= 0 && line < now.length && isBare(now[line] ?? '');
    const [back, forth] = oldCount > 0 && newCount > 0 ? [0, 0] : newCount > 0 ? slack(now, { start: newStart, count: newCount }) : slack(old, { start: oldStart, count: oldCount });
    for (let line = newStart - back; line < newStart + newCount + forth; line++) if (isLoose(line)) places.delete(line);
    for (let line = newStart - 1; isLoose(line); line--) if (changed.has(now[line] ?? '')) places.delete(line);
    for (let line = newStart + newCount; isLoose(line); line++) if (changed.has(now[line] ?? '')) places.delete(line);
  }
  return places;
}

function hunksOf({ lines, base }: Made): Hunk[] {
  return lineDifferences(base, lines).map(({ oldStart, oldCount, newStart, newCount }) => ({
    start: newStart,
    count: newCount,
    added: lines.slice(newStart, newStart + newCount).join('\n'),
    removed: base.slice(oldStart, oldStart + oldCount).join('\n'),
  }));
}
