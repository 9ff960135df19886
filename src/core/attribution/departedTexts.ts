import { OffsetRange } from '../text/offsetRange.ts';
import type { AiRegion } from './region.ts';
import { append, clip, isMark, placedAt } from './regionList.ts';
import { Tokens } from './tokens.ts';
import { WordPlaces } from './wordPlaces.ts';

/** A text that left its place or was copied, and who wrote what in it; the regions count from its start. */
export interface Departed {
  readonly text: string;
  readonly regions: readonly AiRegion[];
}

/** A stretch of a new text that came from elsewhere, with its authors; both count from the start of the new text. */
export interface Arrived {
  readonly range: OffsetRange;
  readonly regions: readonly AiRegion[];
}

/** `moved`: enough words in a row that nobody wrote them twice by chance. `any`: each word that stood there before. */
export type Likeness = 'moved' | 'any';

export const leastWords = 4;
/** Of a whole text that comes back, where a few words are enough. */
export const leastWhole = 4;
/** UTF-16 code units of words, without signs and blanks. */
const leastInk = 20;
/** Pairs of words that are looked at before the search is given up: some milliseconds. */
const searchLimit = 200_000;

export const words = /[\p{L}\p{N}_$]+/gu;

interface Source extends Departed {
  readonly tokens: Tokens;
  /** By token, 1 for one that came again already. */
  readonly taken: Uint8Array;
  /** Of its first word among the words of all sources. */
  readonly firstPlace: number;
}

/** Tokens from `at` of the new text on that are those from `from` on of a source. */
interface Run {
  readonly source: Source;
  readonly from: number;
  readonly at: number;
  readonly count: number;
}

/** Texts in which a new one is looked for, piece by piece. What came once is not taken again. */
export class DepartedTexts {
  private readonly sources: readonly Source[];
  private readonly wholes = new Map<number, Source[]>();
  private readonly rows: WordPlaces;
  private singles: WordPlaces | undefined;
  private looked = 0;

  constructor(departures: readonly Departed[]) {
    let firstPlace = 0;
    this.sources = departures.map(({ text, regions }) => {
      const tokens = new Tokens(text);
      const source: Source = { text, regions, tokens, taken: new Uint8Array(tokens.count), firstPlace };
      firstPlace += tokens.words.length;
      const alike = this.wholes.get(tokens.hash);
      if (alike === undefined) this.wholes.set(tokens.hash, [source]);
      else alike.push(source);
      return source;
    });
    this.rows = new WordPlaces(this.sources, leastWords);
  }

  arrivals(newText: string, likeness: Likeness): Arrived[] {
    const tokens = new Tokens(newText);
    const whole = likeness === 'moved' ? this.whole(tokens) : undefined;
    if (whole !== undefined) return [this.take(whole, tokens, 0)];
    const found: Arrived[] = [];
    let end = 0;
    for (let index = 0; index < tokens.words.length && this.looked < searchLimit; index++) {
      if ((tokens.words[index] ?? 0) < end) continue;
      const run = this.longest(tokens, index, end, likeness);
      if (run === undefined || !(likeness === 'any' || isMoved(run, tokens))) continue;
      found.push(this.take(run, tokens, found.at(-1)?.range.endExclusive ?? 0));
      end = run.at + run.count;
    }
    return likeness === 'any' ? withSignsBetween(found, newText) : found;
  }

  private take(run: Run, tokens: Tokens, leftmost: number): Arrived {
    run.source.taken.fill(1, run.from, run.from + run.count);
    return arrived(run, tokens, leftmost);
  }

  /** A source that comes again from its first token to its last, however few they are. */
  private whole(tokens: Tokens): Run | undefined {
    if (tokens.inkOf(0, tokens.words.length) < leastWhole) return undefined;
    const source = this.wholes.get(tokens.hash)?.find((each) => each.tokens.count === tokens.count && this.ahead(each, 0, tokens, 0) === tokens.count);
    return source === undefined ? undefined : { source, from: 0, at: 0, count: tokens.count };
  }

  /** With the signs in front of its first word, as far back as `from`. @param index of its first word among the words */
  private longest(tokens: Tokens, index: number, from: number, likeness: Likeness): Run | undefined {
    const inARow = index + leastWords > tokens.words.length ? undefined : this.longestOf(this.rows, tokens.hashOfWords(index, leastWords), tokens, index, from);
    if (inARow !== undefined || likeness === 'moved') return inARow;
    this.singles ??= new WordPlaces(this.sources, 1);
    return this.longestOf(this.singles, tokens.hashOfWords(index, 1), tokens, index, from);
  }

  private longestOf(places: WordPlaces, hash: number, tokens: Tokens, index: number, from: number): Run | undefined {
    const at = tokens.words[index] ?? 0;
    let best: Run | undefined;
    for (let place = places.find(hash); place !== -1 && this.looked <= searchLimit; place = places.find(hash, place)) {
      const source = this.sourceOf(place);
      if (source === undefined) break;
      const token = source.tokens.words[place - source.firstPlace] ?? 0;
      const ahead = this.ahead(source, token, tokens, at);
      this.looked++;
      if (ahead === 0) continue;
      let back = 0;
      while (at - back > from && source.taken[token - back - 1] === 0 && source.tokens.isSame(token - back - 1, tokens, at - back - 1)) back++;
      this.looked += back;
      if (best === undefined || ahead + back > best.count) best = { source, from: token - back, at: at - back, count: ahead + back };
    }
    return best;
  }

  /** How many tokens from one of a source on are those from another on of the new text. */
  private ahead({ tokens: old, taken }: Source, token: number, tokens: Tokens, at: number): number {
    let count = 0;
    while (taken[token + count] === 0 && old.isSame(token + count, tokens, at + count)) count++;
    this.looked += count;
    return count;
  }

  private sourceOf(place: number): Source | undefined {
    for (const source of this.sources) if (place < source.firstPlace + source.tokens.words.length) return source;
    return undefined;
  }
}

/** Enough words in a row that nobody wrote them twice by chance. */
function isMoved({ at, count }: Run, tokens: Tokens): boolean {
  const [first, behind] = [firstWordFrom(tokens, at), firstWordFrom(tokens, at + count)];
  return behind - first >= leastWords && tokens.inkOf(first, behind) >= leastInk;
}

/** The index among the words of the first one that is no token before this. */
function firstWordFrom({ words: all }: Tokens, token: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] ?? Infinity) < token) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Blanks around the run come with it as far as they are the same, but not over what arrived before `leftmost`. Between the tokens they
 * may be others: they belong to an insertion that goes on behind them.
 */
function arrived({ source, from, at, count }: Run, tokens: Tokens, leftmost: number): Arrived {
  const regions: AiRegion[] = [];
  const old = source.tokens;
  const [oldFirst, oldEnd] = [old.startOf(from), old.endOf(from + count - 1)];
  const [nowFirst, nowEnd] = [tokens.startOf(at), tokens.endOf(at + count - 1)];
  const isBlankInBoth = (now: number, then: number) => now >= leftmost && /\s/.test(tokens.text.charAt(now)) && tokens.text.charAt(now) === source.text.charAt(then);
  let lead = 0;
  while (isBlankInBoth(nowFirst - lead - 1, oldFirst - lead - 1)) lead++;
  let trail = 0;
  while (isBlankInBoth(nowEnd + trail, oldEnd + trail)) trail++;
  const range = new OffsetRange(nowFirst - lead, nowEnd + trail);
  if (clip(source.regions, [new OffsetRange(oldFirst - lead, oldEnd + trail)]).length === 0) return { range, regions };
  let end = range.start;
  for (let step = 0; step < count; step++) {
    const oldRange = new OffsetRange(old.startOf(from + step) - (step === 0 ? lead : 0), old.endOf(from + step) + (step === count - 1 ? trail : 0));
    const moved = tokens.startOf(at + step) - old.startOf(from + step);
    // What was deleted at the edge of the stretch stays where that was.
    const marks = step === 0 ? [] : clip(source.regions, [new OffsetRange(old.startOf(from + step - 1) + 1, old.startOf(from + step))]).filter(isMark);
    for (const mark of marks) append(regions, placedAt(mark, tokens.startOf(at + step), tokens.startOf(at + step)));
    for (const piece of clip(source.regions, [oldRange])) {
      if (isMark(piece)) continue;
      const previous = regions.at(-1);
      const goesOn = previous?.insertionId === piece.insertionId && previous.range.endExclusive === end && !isMark(previous) && piece.range.start === oldRange.start;
      append(regions, placedAt(piece, goesOn ? end : piece.range.start + moved, piece.range.endExclusive + moved));
    }
    end = oldRange.endExclusive + moved;
  }
  return { range, regions };
}

/** Signs between two words of one insertion are its own, wherever they came from. */
function withSignsBetween(arrivals: readonly Arrived[], newText: string): Arrived[] {
  const joined: Arrived[] = [];
  for (const next of arrivals) {
    const last = joined.at(-1);
    const [left, right] = [last?.regions.at(-1), next.regions[0]];
    const isOne = last !== undefined && left !== undefined && left.insertionId === right?.insertionId && left.range.endExclusive === last.range.endExclusive && right.range.start === next.range.start;
    if (isOne && !isMark(left) && !isMark(right) && newText.slice(last.range.endExclusive, next.range.start).search(words) === -1) {
      const regions = last.regions.slice(0, -1);
      append(regions, placedAt(left, left.range.start, right.range.endExclusive));
      for (const region of next.regions.slice(1)) append(regions, region);
      joined[joined.length - 1] = { range: OffsetRange.hull(last.range, next.range), regions };
    } else {
      joined.push(next);
    }
  }
  return joined;
}
