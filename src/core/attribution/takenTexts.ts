import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { JournalEvent } from './journal.ts';
import { type Arrived, type Departed, leastWords } from './departedTexts.ts';
import { arrivalsIn, withArrivals } from './moves.ts';
import { type Taken, turnOf } from './reconcile.ts';
import { clip, isMark } from './regionList.ts';
import { Tokens } from './tokens.ts';

/** What an agent takes away and puts elsewhere it does in the same hour; some write the text anew before they take it away. */
export const longestMoveMs = 60 * 60 * 1000;
/** UTF-16 code units without blanks: less is not known again. */
const leastMoved = 20;

interface TakenFromFile extends Taken {
  readonly path: string;
}

/** What agents took away from files, found again by the words that stand in a row in it: most of what agents write came from nowhere. */
export class TakenTexts {
  private readonly byPath = new Map<string, readonly TakenFromFile[]>();
  private readonly byRow = new Map<number, Set<TakenFromFile>>();
  private readonly carried = new Map<Taken, Departed>();

  /** In place of what was known of the file. */
  set(path: string, taken: readonly Taken[]): void {
    const kept = taken.filter(({ text }) => isEnough(text)).map((each) => ({ ...each, path }));
    for (const each of this.byPath.get(path) ?? []) for (const row of rowsOf(each.text)) this.byRow.get(row)?.delete(each);
    for (const each of kept) for (const row of rowsOf(each.text)) this.byRow.set(row, (this.byRow.get(row) ?? new Set()).add(each));
    this.byPath.set(path, kept);
    this.carried.clear();
  }

  /** What a write may have brought from other files, or from a place in its own that lost it later; the nearest in time first. */
  broughtBy(event: JournalEvent): readonly Departed[] {
    const turn = turnOf(event);
    return this.alike(writtenBy(event))
      .filter((each) => each.turn === turn && isNear(each, event))
      .sort((one, other) => Math.abs(one.at - event.at) - Math.abs(other.at - event.at))
      .map((each) => this.asBrought(each));
  }

  /** What was taken away with the authors of what its turn had brought there from a third file before. */
  private asBrought(taken: TakenFromFile): Departed {
    const known = this.carried.get(taken) ?? this.carriedOn(taken);
    this.carried.set(taken, known);
    return known;
  }

  private carriedOn(taken: TakenFromFile): Departed {
    const { text, regions, turn, at, path } = taken;
    const own = regions.filter((region) => !isMark(region) && turnOf({ by: region.origin }) === turn);
    if (own.length === 0) return taken;
    const isBefore = (other: TakenFromFile) => other.at < at && own.some(({ insertedAt }) => Math.abs(other.at - insertedAt) <= longestMoveMs);
    const sources = this.alike([text]).filter((other) => other.turn === turn && other.path !== path && isBefore(other)).sort((one, other) => other.at - one.at);
    if (sources.length === 0) return taken;
    const edit = OffsetEdit.replace(OffsetRange.empty(0), text);
    const arrivals = arrivalsIn(edit, sources.map((each) => this.asBrought(each)), 'moved').map((each) => each.flatMap((one) => within(one, own.map(({ range }) => range))));
    return { text, regions: withArrivals(regions, edit, arrivals) };
  }

  /** What has words in a row with one of the texts, or is too short for a row. */
  private alike(texts: readonly string[]): TakenFromFile[] {
    const rows = new Set(texts.flatMap((text) => (isEnough(text) ? rowsOf(text) : [])));
    return [...new Set([noRow, ...rows].flatMap((row) => [...(this.byRow.get(row) ?? [])]))];
  }
}

/** Whether what was taken from a file at some time may be what an event brought: from its own file it is known where the event is followed, unless it went later. */
export function isNear({ path, at }: Pick<TakenFromFile, 'path' | 'at'>, event: JournalEvent): boolean {
  return Math.abs(at - event.at) <= longestMoveMs && (path !== event.path || at > event.at);
}

/** Whether an agent may have brought some of what it wrote from elsewhere. */
export function brings(event: JournalEvent): boolean {
  return event.by.kind === 'ai' && writtenBy(event).some(isEnough);
}

/** Whether an event of a journal may say so, by its text alone. */
export function mayTake(journal: string): boolean {
  return longOldText.test(journal) || journal.includes('"wrote":');
}

/** A replacement as JSON, of which the text before is no shorter than what is known again. */
const longOldText = new RegExp(`\\[\\d+,"(?:[^"\\\\]|\\\\.){${leastMoved}}`);

/** Whether an agent may have taken something away that it puts elsewhere. */
export function takes(event: JournalEvent): boolean {
  return event.by.kind === 'ai' && ('wrote' in event || event.replacements.some(([, oldText]) => isEnough(oldText)));
}

export function writtenBy(event: JournalEvent): readonly string[] {
  return 'wrote' in event ? [event.text ?? ''] : event.replacements.map(([, , newText]) => newText);
}

export function isEnough(text: string): boolean {
  return text.length >= leastMoved && text.replaceAll(/\s+/g, '').length >= leastMoved;
}

/** Stands for the row of a text with too few words for one. */
const noRow = NaN;

/** By their hashes; of a text with too few words for one, what stands for that. */
export function rowsOf(text: string): number[] {
  const tokens = new Tokens(text);
  if (tokens.words.length < leastWords) return [noRow];
  return Array.from({ length: tokens.words.length - leastWords + 1 }, (_, first) => tokens.hashOfWords(first, leastWords));
}

/** Those parts of it that lie in the ranges. */
function within({ range, regions }: Arrived, ranges: readonly OffsetRange[]): Arrived[] {
  return ranges.flatMap((each) => {
    const part = new OffsetRange(Math.max(range.start, each.start), Math.max(range.start, each.start, Math.min(range.endExclusive, each.endExclusive)));
    return part.isEmpty ? [] : [{ range: part, regions: clip(regions, [part]) }];
  });
}
