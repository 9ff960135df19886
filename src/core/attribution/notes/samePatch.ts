import { differences } from '../differences.ts';
import { lineDifferences, slack } from '../lineDifferences.ts';
import { linesSay, partnersOf } from './alignLines.ts';

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
    if (!isWhole && !linesSay(copy.lines.slice(here.start, here.start + here.count))) continue;
    for (let line = 0; line < here.count; line++) places.set(here.start + line, there.start + line);
  }
  return places;
}

/** Where the lines stand in a text that was changed into this one: by the difference alone, but for those that can have come or gone at another of some that read alike. */
export function keptFrom(old: readonly string[], now: readonly string[]): ReadonlyMap<number, number> {
  const found = lineDifferences(old, now);
  const places = new Map([...partnersOf(found, now.length).entries()].filter(([, partner]) => partner >= 0));
  for (const { oldStart, oldCount, newStart, newCount, isPlaced } of found) {
    if (isPlaced || (oldCount > 0 && newCount > 0)) continue;
    const [back, forth] = newCount > 0 ? slack(now, { start: newStart, count: newCount }) : slack(old, { start: oldStart, count: oldCount });
    for (let line = newStart - back; line < newStart + newCount + forth; line++) places.delete(line);
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
