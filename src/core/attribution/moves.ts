import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Read } from './advance.ts';
import type { AiRegion } from './region.ts';
import { append, clip, isMark, overlay, placedAt } from './regionList.ts';

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

const leastWords = 4;
/** UTF-16 code units of words, without signs and blanks. */
const leastInk = 20;
/** Of a whole text that comes back, where a few words are enough. */
const leastWhole = 4;
/** Pairs of words that are looked at before the search is given up: some milliseconds. */
const searchLimit = 200_000;
/** UTF-16 code units that are compared word by word, some milliseconds; of longer ones only what comes back as it was is known again. */
const textLimit = 150_000;

/** What an edit takes away, with its authors; blanks left out. */
export function departuresOf(edit: OffsetEdit, regions: readonly AiRegion[], read: Read): Departed[] {
  return edit.replacements.flatMap(({ range }) => {
    const text = range.isEmpty ? '' : read(range);
    return text.trim() === '' ? [] : [departed(text, range.start, clip(regions, [range]))];
  });
}

/** A stretch of a text as something that may arrive elsewhere. `regions` lie within it and count from the text's start. */
export function departed(text: string, start: number, regions: readonly AiRegion[]): Departed {
  return { text, regions: regions.map((region) => placedAt(region, region.range.start - start, region.range.endExclusive - start)) };
}

/** For each new text of an edit the stretches that came from the sources, in order. What came once is not taken again. */
export function arrivalsIn(edit: OffsetEdit, sources: readonly Departed[], likeness: Likeness): (readonly Arrived[])[] {
  const wanted = edit.replacements.filter(({ newText }) => newText.length >= leastWhole || likeness === 'any');
  if (sources.length === 0 || wanted.length === 0) return [];
  const room = textLimit - wanted.reduce((sum, { newText }) => sum + newText.length, 0);
  const origins = room > 0 ? new Sources(upTo(room, sources)) : undefined;
  return edit.replacements.map(({ newText }) => origins?.arrivals(newText, likeness) ?? []);
}

/** The first of them that have so many code units together. */
function upTo(room: number, sources: readonly Departed[]): Departed[] {
  let left = room;
  return sources.filter(({ text }) => {
    if (text.length > left) return false;
    left -= text.length;
    return true;
  });
}

/** The same for what a person puts in: a whole text comes just as it was, at as many cursors as there are. */
export function pastedIn(edit: OffsetEdit, sources: readonly Departed[]): (readonly Arrived[])[] {
  if (edit.replacements.every(({ newText }) => newText === '')) return [];
  const byText = new Map(sources.toReversed().map((source) => [source.text, source]));
  const wholes = edit.replacements.map(({ newText }) => (newText.replaceAll(/\s+/g, '').length < leastWhole ? undefined : byText.get(newText)));
  const others = wholes.every((whole) => whole !== undefined) ? [] : arrivalsIn(edit, sources, 'moved');
  return wholes.map((whole, index) => (whole === undefined ? (others[index] ?? []) : [{ range: OffsetRange.ofLength(0, whole.text.length), regions: withoutEdgeMarks(whole) }]));
}

/** What was deleted at the edge of a text stays where that was. */
function withoutEdgeMarks({ text, regions }: Departed): readonly AiRegion[] {
  return regions.filter((region) => !isMark(region) || (0 < region.range.start && region.range.start < text.length));
}

/** Whether all but a tenth of what an edit puts in arrived from where it is known: some words in a row are in every text. */
export function isMostlyArrived(edit: OffsetEdit, arrivals: readonly (readonly Arrived[])[]): boolean {
  const all = edit.replacements.reduce((sum, { newText }) => sum + inkOf(newText), 0);
  const known = edit.replacements.reduce((sum, { newText }, index) => sum + (arrivals[index] ?? []).reduce((part, { range }) => part + inkOf(range.of(newText)), 0), 0);
  return known * 10 >= all * 9;
}

function inkOf(text: string): number {
  return text.replaceAll(/\s+/g, '').length;
}

/** The regions after the edit, with what arrived given back to its authors. Deletions that were marked at its edges stay. */
export function withArrivals(after: readonly AiRegion[], edit: OffsetEdit, arrivals: readonly (readonly Arrived[])[]): readonly AiRegion[] {
  let result = after;
  let delta = 0;
  for (const [index, { range: replaced, newText }] of edit.replacements.entries()) {
    const at = replaced.start + delta;
    for (const { range, regions } of arrivals[index] ?? []) {
      const window = range.shift(at);
      const marks = clip(result, [window]).filter(isMark);
      const inside: AiRegion[] = marks.filter(({ range: { start } }) => start === window.start);
      for (const region of regions) append(inside, placedAt(region, region.range.start + at, region.range.endExclusive + at));
      inside.push(...marks.filter(({ range: { start } }) => start > window.start));
      result = overlay(result, [window], inside);
    }
    delta += newText.length - replaced.length;
  }
  return result;
}

/** Whether every word that the edit puts in is one that it takes away: it only sets the text in another way. */
export function bringsNoWord(edit: OffsetEdit, read: Read): boolean {
  if (edit.replacements.reduce((sum, { range, newText }) => sum + range.length + newText.length, 0) > 2 * textLimit) return false;
  const left = new Map<string, number>();
  for (const { range } of edit.replacements) for (const word of read(range).match(words) ?? []) left.set(word, (left.get(word) ?? 0) + 1);
  for (const { newText } of edit.replacements) {
    for (const word of newText.match(words) ?? []) {
      const count = left.get(word) ?? 0;
      if (count === 0) return false;
      left.set(word, count - 1);
    }
  }
  return true;
}

const words = /[\p{L}\p{N}_$]+/gu;

interface Token {
  readonly text: string;
  readonly start: number;
  readonly isWord: boolean;
}

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/([\p{L}\p{N}_$]+)|\S/gu), ({ 0: token, 1: word, index }) => ({ text: token, start: index, isWord: word !== undefined }));
}

interface Source extends Departed {
  readonly tokens: readonly Token[];
  readonly taken: boolean[];
}

/** Tokens from `at` of the new text on that are those from `from` on of a source. */
interface Run {
  readonly source: Source;
  readonly from: number;
  readonly at: number;
  readonly count: number;
}

class Sources {
  private readonly places = new Map<string, { readonly source: Source; readonly at: number }[]>();
  private looked = 0;

  constructor(departures: readonly Departed[]) {
    for (const { text, regions } of departures) {
      const source: Source = { text, regions, tokens: tokensOf(text), taken: [] };
      for (const [at, token] of source.tokens.entries()) {
        if (!token.isWord) continue;
        const known = this.places.get(token.text);
        if (known === undefined) this.places.set(token.text, [{ source, at }]);
        else known.push({ source, at });
      }
    }
  }

  arrivals(newText: string, likeness: Likeness): Arrived[] {
    const tokens = tokensOf(newText);
    const found: Arrived[] = [];
    let end = 0;
    for (let next = 0; next < tokens.length && this.looked < searchLimit; next++) {
      const run = tokens[next]?.isWord === true ? this.longest(tokens, next, end) : undefined;
      if (run === undefined || !(likeness === 'any' || isMoved(run, tokens))) continue;
      for (let taken = run.from; taken < run.from + run.count; taken++) run.source.taken[taken] = true;
      found.push(arrived(run, tokens, newText, found.at(-1)?.range.endExclusive ?? 0));
      end = run.at + run.count;
      next = end - 1;
    }
    return likeness === 'any' ? withSignsBetween(found, newText) : found;
  }

  /** With the signs in front of its first word, as far back as `from`. */
  private longest(tokens: readonly Token[], at: number, from: number): Run | undefined {
    let best: Run | undefined;
    for (const { source, at: place } of this.places.get(tokens[at]?.text ?? '') ?? []) {
      const isSame = (step: number) => !source.taken[place + step] && tokens[at + step] !== undefined && source.tokens[place + step]?.text === tokens[at + step]?.text;
      let ahead = 0;
      while (isSame(ahead)) ahead++;
      if (ahead === 0) continue;
      let back = 0;
      while (at - back > from && isSame(-back - 1)) back++;
      this.looked += ahead + back;
      if (best === undefined || ahead + back > best.count) best = { source, from: place - back, at: at - back, count: ahead + back };
      if (this.looked > searchLimit) break;
    }
    return best;
  }
}

function isMoved({ source, at, count }: Run, tokens: readonly Token[]): boolean {
  const run = tokens.slice(at, at + count).filter(({ isWord }) => isWord);
  const ink = run.reduce((sum, { text }) => sum + text.length, 0);
  return (run.length >= leastWords && ink >= leastInk) || (count === source.tokens.length && count === tokens.length && ink >= leastWhole);
}

/**
 * Blanks around the run come with it as far as they are the same, but not over what arrived before `leftmost`. Between the tokens they
 * may be others: they belong to an insertion that goes on behind them.
 */
function arrived({ source, from, at, count }: Run, tokens: readonly Token[], newText: string, leftmost: number): Arrived {
  const regions: AiRegion[] = [];
  const [first, last] = [tokens[at], tokens[at + count - 1]];
  const [firstOld, lastOld] = [source.tokens[from], source.tokens[from + count - 1]];
  if (first === undefined || last === undefined || firstOld === undefined || lastOld === undefined) return { range: OffsetRange.empty(0), regions };
  const isBlankInBoth = (now: number, old: number) => now >= leftmost && /\s/.test(newText.charAt(now)) && newText.charAt(now) === source.text.charAt(old);
  let lead = 0;
  while (isBlankInBoth(first.start - lead - 1, firstOld.start - lead - 1)) lead++;
  let trail = 0;
  const [nowEnd, oldEnd] = [endOf(last), endOf(lastOld)];
  while (isBlankInBoth(nowEnd + trail, oldEnd + trail)) trail++;
  const start = first.start - lead;
  let end = start;
  for (let step = 0; step < count; step++) {
    const [old, now, before] = [source.tokens[from + step], tokens[at + step], source.tokens[from + step - 1]];
    if (old === undefined || now === undefined) break;
    const oldRange = new OffsetRange(old.start - (step === 0 ? lead : 0), endOf(old) + (step === count - 1 ? trail : 0));
    const moved = now.start - old.start;
    // What was deleted at the edge of the stretch stays where that was.
    const marks = step === 0 || before === undefined ? [] : clip(source.regions, [new OffsetRange(before.start + 1, old.start)]).filter(isMark);
    for (const mark of marks) append(regions, placedAt(mark, now.start, now.start));
    for (const piece of clip(source.regions, [oldRange])) {
      if (isMark(piece)) continue;
      const previous = regions.at(-1);
      const goesOn = previous?.insertionId === piece.insertionId && previous.range.endExclusive === end && !isMark(previous) && piece.range.start === oldRange.start;
      append(regions, placedAt(piece, goesOn ? end : piece.range.start + moved, piece.range.endExclusive + moved));
    }
    end = oldRange.endExclusive + moved;
  }
  return { range: new OffsetRange(start, end), regions };
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

function endOf({ start, text }: Token): number {
  return start + text.length;
}
