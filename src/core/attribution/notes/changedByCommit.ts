import { lineDifferences } from '../lineDifferences.ts';
import { isBare, partnersOf, placesOf } from './alignLines.ts';
import type { LineAuthor } from './authoredText.ts';

/** What another tool's note says of lines that its commit changed, and which of those that it names were left as they stood; lines from 0. */
export interface Believed {
  readonly named: ReadonlyMap<number, LineAuthor>;
  readonly untouched: readonly number[];
}

/**
 * A note of another tool speaks of the lines that its commit changed alone: those that it names besides have the numbers of another text, as after a rebase onto a
 * commit that has lines above. Where these are more than the others, nothing that it says of the file is believed.
 */
export function changedByCommit(named: ReadonlyMap<number, LineAuthor>, lines: readonly string[], parents: readonly (readonly string[])[]): Believed {
  const now = placesOf(lines);
  const kept = parents.map((old) => ({ old: placesOf(old), partners: partnersOf(lineDifferences(old, lines), lines.length) }));
  // Of several that read alike, any may be the one that came.
  const isUntouched = (at: number, line: string) => kept.some(({ old, partners }) => (partners[at] ?? -1) >= 0 && (now.get(line)?.length ?? 0) <= (old.get(line)?.length ?? 0));
  const telling = [...named.keys()].filter((at) => !isBare(lines[at] ?? ''));
  const untouched = telling.filter((at) => isUntouched(at, lines[at] ?? ''));
  if (untouched.length === 0) return { named, untouched };
  const isBelieved = untouched.length * 2 <= telling.length;
  return { named: new Map(isBelieved ? [...named].filter(([at]) => !untouched.includes(at)) : []), untouched };
}
