import type { Difference } from '../differences.ts';
import { type LineDifference, lineDifferences } from '../lineDifferences.ts';
import { relaidFrom } from './relaid.ts';

/**
 * Where a line of a text came from, as far as another text tells. `line`: that very line. `among`: one of these, which read alike, or none of them where
 * `orNew`. Where these are not `isHeld`, only the order of the lines says so: the line is bare, and what stands beside it there does not stand beside it here.
 * A bare one that is stands `amid` these lines of the other text, which are not bare.
 * `laid`: it says just what these do, or a part of it, set in another way.
 * `like`: a line that was changed into this one; where it is not `isMost`, only a smaller part of the one is in the other.
 */
export type Origin =
  | { readonly kind: 'line'; readonly at: number; readonly isHeld: boolean; readonly amid?: readonly [before: number, behind: number] }
  | { readonly kind: 'among'; readonly at: readonly number[]; readonly orNew: boolean; readonly isHeld: boolean }
  | { readonly kind: 'laid'; readonly at: readonly number[] }
  | { readonly kind: 'like'; readonly at: number; readonly isMost: boolean }
  | { readonly kind: 'new' };

const fresh: Origin = { kind: 'new' };

/** A line, or some that stand together, that say less than this are written by everybody, and finding them elsewhere means nothing. */
const fewestLetters = 16;
/** A line with fewer letters and digits, such as a bracket or `return;`, stands in every file. */
const fewestOfOwn = 7;
/** Pairs of lines of which the words are compared. */
const mostCompared = 10_000;

/** For each line of `now` where it came from, if from `old`. Lines that stand once on both sides are found wherever they moved. */
export function alignLines(old: readonly string[], now: readonly string[]): Origin[] {
  const hunks = lineDifferences(old, now);
  const partners = partnersOf(hunks, now.length);
  const [oldPlaces, newCounts] = [placesOf(old), countsOf(now)];
  const isAnchor = (at: number) => !isBare(now[at] ?? '') && (partners[at] ?? -1) >= 0 && oldPlaces.get(now[at] ?? '')?.length === 1 && newCounts.get(now[at] ?? '') === 1;
  const origins: Origin[] = now.map(() => fresh);
  for (let [from, next] = [0, 0]; from <= now.length; ) {
    let to = from;
    while (to < now.length && !isAnchor(to)) to++;
    const oldFrom = from === 0 ? 0 : (partners[from - 1] ?? 0) + 1;
    const oldTo = to < now.length ? (partners[to] ?? 0) : old.length;
    if (to < now.length) origins[to] = found(oldTo);
    const inside: LineDifference[] = [];
    for (let hunk = hunks[next]; hunk !== undefined && hunk.newStart + hunk.newCount <= to && hunk.oldStart + hunk.oldCount <= oldTo; hunk = hunks[++next]) inside.push(hunk);
    const isTold = inside.length > 0 && inside.every((hunk) => hunk.isPlaced && (hunk.newCount > 0 ? isOwn(now, hunk.newStart, hunk.newCount, oldPlaces) : isOwn(old, hunk.oldStart, hunk.oldCount, newCounts)));
    if (isTold) for (let at = from; at < to; at++) origins[at] = (partners[at] ?? -1) >= 0 ? found(partners[at] ?? 0) : fresh;
    else alignBetween({ old, now, origins }, { from, to, oldFrom, oldTo });
    from = to + 1;
  }
  const used = new Set(origins.flatMap((origin) => (origin.kind === 'line' ? [origin.at] : [])));
  for (const [at, origin] of origins.entries()) {
    const line = now[at] ?? '';
    const places = oldPlaces.get(line) ?? [];
    if (origin.kind !== 'new' || places.length === 0 || !says(line)) continue;
    // Moved, or copied.
    const [only] = places;
    origins[at] = places.length === 1 && newCounts.get(line) === 1 && only !== undefined && !used.has(only) ? found(only) : { kind: 'among', at: places, orNew: false, isHeld: true };
  }
  letGo({ old, now, origins });
  for (const [at, places] of relaidFrom({ old, now }, hunks, { isEnough: linesSay, isBare })) {
    const origin = origins[at];
    if (origin?.kind !== 'line' || !origin.isHeld) origins[at] = { kind: 'laid', at: places };
  }
  findLike({ old, now, origins }, hunks);
  return origins;
}

function found(at: number): Origin {
  return { kind: 'line', at, isHeld: true };
}

/** Whether some of these lines says something, however little, that no line of the other text does. */
function isOwn(lines: readonly string[], start: number, count: number, others: ReadonlyMap<string, unknown>): boolean {
  return lines.slice(start, start + count).some((line) => !isOfSigns(line) && !others.has(line));
}

/** Bare lines are held by those that stand before and behind them on both sides, or by an end of both texts, when together these say enough. */
function letGo({ old, now, origins }: Texts): void {
  for (let from = 0; from < now.length; ) {
    let [to, first, last] = [from, now.length, -1];
    for (; to === from || (to < now.length && isNext(origins[to - 1], origins[to])); to++) {
      if (isBare(now[to] ?? '')) continue;
      first = Math.min(first, to);
      last = to;
    }
    if (from === 0 && isAt(origins[0], 0)) first = -1;
    if (to === now.length && isAt(origins[to - 1], old.length - 1)) last = now.length;
    const isEnough = linesSay(now.slice(from, to));
    for (let at = from; at < to; at++) {
      const origin = origins[at];
      if ((origin?.kind !== 'line' && origin?.kind !== 'among') || !isBare(now[at] ?? '')) continue;
      const isHeld = isEnough && first < at && at < last;
      if (!isHeld) origins[at] = { ...origin, isHeld };
      else if (origin.kind === 'line') origins[at] = { ...origin, amid: nearestTo(origin.at, old) };
    }
    from = to;
  }
}

/** The lines next before and behind one that are not bare, or not passed over for another reason. */
export function nearestTo(at: number, lines: readonly string[], isPassed = isBare): [before: number, behind: number] {
  let [before, behind] = [at - 1, at + 1];
  while (before >= 0 && isPassed(lines[before] ?? '')) before--;
  while (behind < lines.length && isPassed(lines[behind] ?? '')) behind++;
  return [before, behind];
}

function isAt(origin: Origin | undefined, at: number): boolean {
  return origin?.kind === 'line' && origin.at === at;
}

function isNext(one: Origin | undefined, other: Origin | undefined): boolean {
  return one?.kind === 'line' && other?.kind === 'line' && other.at === one.at + 1;
}

interface Texts {
  readonly old: readonly string[];
  readonly now: readonly string[];
  readonly origins: Origin[];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly oldFrom: number;
  readonly oldTo: number;
}

/** Between two anchors: what stands as often as before is what it was, in its order; of the rest it cannot be told which is which. */
function alignBetween({ old, now, origins }: Texts, { from, to, oldFrom, oldTo }: Stretch): void {
  if (to - from === oldTo - oldFrom && now.slice(from, to).every((line, index) => line === old[oldFrom + index])) {
    for (let at = from; at < to; at++) origins[at] = found(oldFrom + at - from);
    return;
  }
  const [before, after] = [placesOf(old, oldFrom, oldTo), placesOf(now, from, to)];
  for (const [line, places] of after) {
    const olds = before.get(line) ?? [];
    if (olds.length === 0) continue;
    for (const [index, at] of places.entries()) {
      const same = olds[index];
      if (olds.length === places.length && same !== undefined) origins[at] = found(same);
      else origins[at] = { kind: 'among', at: olds, orNew: places.length > olds.length && !says(line), isHeld: true };
    }
  }
  loosenCrossed({ now, origins }, { from, to });
}

/** Of a bare line and another that changed places, either may be the one that stayed: the bare one may be new as well. */
function loosenCrossed({ now, origins }: Pick<Texts, 'now' | 'origins'>, { from, to }: Pick<Stretch, 'from' | 'to'>): void {
  const pairs = origins.slice(from, to).flatMap((origin, index) => (origin.kind === 'line' ? [{ at: from + index, old: origin.at }] : []));
  // The farthest before each that lines above it came from, and the nearest that lines below it did.
  const isCrossed = pairs.map(() => false);
  for (let [index, most] = [0, -1]; index < pairs.length; index++) {
    const { old } = pairs[index] ?? { old: -1 };
    isCrossed[index] = most > old;
    most = Math.max(most, old);
  }
  for (let [index, least] = [pairs.length - 1, Infinity]; index >= 0; index--) {
    const { old } = pairs[index] ?? { old: Infinity };
    isCrossed[index] ||= least < old;
    least = Math.min(least, old);
  }
  for (const [index, { at, old }] of pairs.entries()) if (isCrossed[index] === true && isBare(now[at] ?? '')) origins[at] = { kind: 'among', at: [old], orNew: true, isHeld: false };
}

/** For each line of the later text the one that it was before, or -1. */
export function partnersOf(hunks: readonly Difference[], count: number): Int32Array {
  const partners = new Int32Array(count).fill(-1);
  let [oldAt, newAt] = [0, 0];
  for (const { oldStart, oldCount, newStart, newCount } of hunks) {
    while (newAt < newStart) partners[newAt++] = oldAt++;
    oldAt = oldStart + oldCount;
    newAt = newStart + newCount;
  }
  while (newAt < count) partners[newAt++] = oldAt++;
  return partners;
}

/** Lines of a hunk that have half of their words of one that went, or half of its words. */
function findLike({ old, now, origins }: Texts, hunks: readonly Difference[]): void {
  for (const { oldStart, oldCount, newStart, newCount } of hunks) {
    if (oldCount === 0 || newCount === 0) continue;
    const gone = Array.from({ length: oldCount }, (_, index) => wordsOf(old[oldStart + index] ?? ''));
    // Of very many lines it is only told that words of them stay.
    const isShort = oldCount * newCount <= mostCompared;
    const compared = (isShort ? gone : [gone.flat()]).map((words) => ({ counts: countsOf(words), count: words.length }));
    for (let at = newStart; at < newStart + newCount; at++) {
      if (origins[at]?.kind !== 'new') continue;
      const words = wordsOf(now[at] ?? '');
      let best = { share: 0, isMost: false, at: oldStart };
      for (const [index, { counts, count }] of compared.entries()) {
        const [shared, fewest, most] = [sharedBy(words, counts), Math.min(words.length, count), Math.max(words.length, count)];
        if (shared > 0 && shared >= fewest / 2 && shared / most > best.share) best = { share: shared / most, isMost: isShort && shared >= most / 2, at: oldStart + index };
      }
      if (best.share > 0) origins[at] = { kind: 'like', at: best.at, isMost: best.isMost };
    }
  }
}

export function wordsOf(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

function sharedBy(some: readonly string[], others: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [word, count] of countsOf(some)) shared += Math.min(count, others.get(word) ?? 0);
  return shared;
}

/** Whether a line says so much that finding it elsewhere means something. */
export function says(line: string): boolean {
  return hasLetters([line], fewestLetters);
}

/** The same of lines that stand together. */
export function linesSay(lines: readonly string[]): boolean {
  return hasLetters(lines, fewestLetters);
}

/** Whether a line says so little that it stands in every file. */
export function isBare(line: string): boolean {
  return !hasLetters([line], fewestOfOwn);
}

/** Whether a line has no letter and no digit: a bracket, or nothing. */
export function isOfSigns(line: string): boolean {
  return !hasLetters([line], 1);
}

/** Whether lines have so many letters and digits; asked of every line, so that it looks at no more than it must. */
function hasLetters(lines: readonly string[], fewest: number): boolean {
  let count = 0;
  for (const line of lines) {
    for (let at = 0; at < line.length; at++) {
      const code = line.charCodeAt(at);
      const isLetter = code < 0x80 ? (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) : isForeignLetter(line, at);
      if (isLetter && ++count >= fewest) return true;
    }
  }
  return false;
}

function isForeignLetter(line: string, at: number): boolean {
  return /^[\p{L}\p{N}]/u.test(String.fromCodePoint(line.codePointAt(at) ?? 0));
}

/** Where each line stands. */
export function placesOf(lines: readonly string[], from = 0, to = lines.length): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? '';
    const known = places.get(line);
    if (known === undefined) places.set(line, [at]);
    else known.push(at);
  }
  return places;
}

function countsOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
