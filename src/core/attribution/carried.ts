import { LineText } from '../text/lineText.ts';
import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { advance } from './advance.ts';
import { Authorship } from './authorship.ts';
import { withoutChance } from './byChance.ts';
import type { Departures } from './departures.ts';
import { alignLines, isBare } from './notes/alignLines.ts';
import { linesOf } from './notes/authoredText.ts';
import { refine } from './refine.ts';
import { type AiRegion, type Author, nobody } from './region.ts';
import { clip, isMark, overlay, regionOf } from './regionList.ts';
import { untoldLines } from './untoldLines.ts';

/** Who wrote what in a text that was there at some time. */
export interface Known {
  readonly text: string;
  readonly regions: readonly AiRegion[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * The regions of a later text, of whose change nothing is known but what it left: what stayed keeps its regions. What is new is judged by its size,
 * or is nobody's where something else explains it.
 * @param departures texts that left other places: what is new may have come from there
 */
export function carried({ text, regions, at }: Known, now: string, change: 'explained' | 'unexplained', departures?: Departures): readonly AiRegion[] {
  if (text === now) return regions;
  const read = (range: OffsetRange) => range.of(text);
  const edit = refine(OffsetEdit.replace(new OffsetRange(0, text.length), now), read, change === 'explained' ? 'phrases' : 'wholeLines');
  if (change === 'explained') return withUntold(advance(regions, edit, nobody, read), { text, regions, at }, now);
  let count = 0;
  const authorship = new Authorship({ regions, nextId: () => `since-${at}-${count++}`, now: () => at, ...(departures && { departures }) });
  authorship.apply(edit, {}, read);
  return withUntold(withoutChance(authorship.regions, edit, read, now), { text, regions, at }, now);
}

/** Regions of a text that was carried on, where commits hold some of it: nobody saw what they hold, but git brought it. */
export function withoutCommitted(after: readonly AiRegion[], { regions: before }: Known, now: string, committed: readonly string[]): readonly AiRegion[] {
  const older = new Set(before.map(({ insertionId }) => insertionId));
  const isNew = ({ origin, insertionId }: AiRegion) => origin.kind === 'unknown' && !older.has(insertionId);
  if (!after.some(isNew)) return after;
  const text = new LineText(now);
  const lines = linesOf(now);
  const origins = committed.map((each) => alignLines(linesOf(each), lines));
  const brought = lines.flatMap((line, at) => (!isBare(line) && origins.some((each) => each[at]?.kind === 'line') ? [OffsetRange.ofLength(text.startOfLine(at), text.line(at).length)] : []));
  return overlay(after, brought, clip(after, brought).filter((region) => !isNew(region)));
}

const untoldEnding = '-untold';

export function isUntold({ insertionId }: AiRegion): boolean {
  return insertionId.endsWith(untoldEnding);
}

/** Of brackets that came or went among others which read alike nobody knows which they were: an AI's are of unknown origin then, and so are those beside them. */
function withUntold(after: readonly AiRegion[], { text, regions, at }: Known, now: string): readonly AiRegion[] {
  const untold = untoldLines(text, now, (line) => regions.some(({ range, origin }) => origin.kind === 'ai' && !range.isEmpty && range.overlaps(line)));
  const author: Author = { insertionId: `since-${at}${untoldEnding}`, origin: { kind: 'unknown' }, evidence: 'inferred', insertedAt: at };
  return untold.length === 0 ? after : overlay(after, untold, untold.map((range) => regionOf(author, range)));
}

/** What is known of a text from two sides: what one knows to be an AI's is, though the other saw nobody do it. */
export function withKnown(regions: readonly AiRegion[], known: readonly AiRegion[]): readonly AiRegion[] {
  return withSure(regions, known.filter(({ origin }) => origin.kind === 'ai'));
}

/** Regions of which some are of unknown origin, where another knows more: what that one saw an AI write is the AI's. */
export function withExplained(regions: readonly AiRegion[], other: readonly AiRegion[]): readonly AiRegion[] {
  const unknown = regions.filter(({ origin }) => origin.kind === 'unknown').map(({ range }) => range);
  return withSure(regions, clip(other.filter((region) => region.origin.kind === 'ai' && !isMark(region)), unknown));
}

/** Deletions that are marked at the edges of what is put in stay. */
function withSure(regions: readonly AiRegion[], sure: readonly AiRegion[]): readonly AiRegion[] {
  const windows = sure.map(({ range }) => range);
  const isKept = (mark: AiRegion) => !sure.some((each) => (isMark(each) ? each.range.start === mark.range.start : each.range.start < mark.range.start && mark.range.start < each.range.endExclusive));
  const marks = clip(regions, windows).filter((region) => isMark(region) && isKept(region));
  return overlay(regions, windows, [...marks, ...sure].sort((a, b) => a.range.start - b.range.start || a.range.endExclusive - b.range.endExclusive));
}
