import { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { carried, type Known, withKnown } from './carried.ts';
import { alignLines, isBare, type Origin, wordsOf } from './notes/alignLines.ts';
import { linesOf } from './notes/authoredText.ts';
import type { AiRegion } from './region.ts';
import { append, clip, isMark, placedAt } from './regionList.ts';

/**
 * The regions of a later text of whose change nothing is known, where lines stand in it that the last known text did not have and another did: git put aside
 * what an AI wrote, or kept it on another branch, and brought it back. Of a line that somebody changed since, an AI's are the words that stayed: most of those that
 * the longer one has, or half where other lines came back with them.
 * @param others the likeliest first; `brought`: texts of commits, whose lines nobody changed here
 */
export function recalled(after: readonly AiRegion[], last: Known, now: string, { others, brought }: { others: () => readonly Known[]; brought: readonly string[] }): readonly AiRegion[] {
  const elsewhere = last.text === now ? [] : others().filter(({ text }) => text !== last.text);
  if (elsewhere.length === 0) return after;
  const [lines, text] = [linesOf(now), new LineText(now)];
  const ofLast = alignedFrom(last.text, lines);
  const isNew = ofLast.origins.map(isOfNone);
  if (!isNew.includes(true)) return after;
  const found = new Map<number, readonly AiRegion[]>();
  const changed: Changed[] = [];
  for (const other of elsewhere) {
    const before = new LineText(other.text);
    let stayed: readonly AiRegion[] | undefined;
    const likes: Changed[] = [];
    let isBack = false;
    const left = () => (stayed ??= ofAi(carried(other, now, 'explained')));
    const old = linesOf(other.text);
    for (const [at, origin] of alignLines(old, lines).entries()) {
      if (isNew[at] !== true) continue;
      if (origin.kind === 'like' && origin.isMost && !isBare(lines[at] ?? '')) likes.push({ left, at, isSure: isMoreThanHalf(lines[at] ?? '', old[origin.at] ?? '') });
      if (found.has(at) || origin.kind !== 'line' || !origin.isHeld) continue;
      const [from, to] = [wholeLine(before, origin.at, other.text), wholeLine(text, at, now)];
      const regions = ofAi(clip(other.regions, [OffsetRange.ofLength(from.start, Math.min(from.length, to.length))]));
      if (regions.length === 0) continue;
      found.set(at, regions.map((region) => placedAt(region, region.range.start - from.start + to.start, region.range.endExclusive - from.start + to.start)));
      isBack ||= !isBare(lines[at] ?? '');
    }
    changed.push(...likes.filter(({ isSure }) => isBack || isSure));
  }
  const sources = changed.length === 0 ? [] : [ofLast, ...brought.map((each) => alignedFrom(each, lines))];
  for (const { left, at } of changed) {
    if (found.has(at) || !sources.every(({ origins }) => isOfNone(origins[at]))) continue;
    const regions = clip(left(), [OffsetRange.ofLength(text.startOfLine(at), text.line(at).length)]);
    // What a line that stood there anyhow says too may have come of that, and parts of words stay by chance.
    const theirs = new Set(sources.flatMap((source) => wordsBefore(source, at)));
    const own = new Set(wordsOf(lines[at] ?? '').filter((word) => !theirs.has(word)));
    if (regions.some(({ range }) => wordsOf(range.of(now)).some((word) => own.has(word)))) found.set(at, regions);
  }
  const known: AiRegion[] = [];
  for (const [, regions] of [...found].sort(([one], [other]) => one - other)) for (const region of regions) append(known, region);
  return known.length === 0 ? after : withKnown(after, known);
}

/** A line that is like one of another text; `left`: all that stayed of what an AI wrote there. */
interface Changed {
  readonly at: number;
  readonly left: () => readonly AiRegion[];
  readonly isSure: boolean;
}

function isMoreThanHalf(line: string, before: string): boolean {
  const [words, rest] = [wordsOf(line), [...wordsOf(before)]];
  const most = Math.max(words.length, rest.length);
  const shared = words.filter((word) => rest.includes(word) && rest.splice(rest.indexOf(word), 1).length > 0);
  return shared.length > most / 2;
}

/** The lines of a text, and where those of a later one came from by them. */
interface Aligned {
  readonly lines: readonly string[];
  readonly origins: readonly Origin[];
}

function alignedFrom(text: string, now: readonly string[]): Aligned {
  const lines = linesOf(text);
  return { lines, origins: alignLines(lines, now) };
}

function isOfNone(origin: Origin | undefined): boolean {
  return origin?.kind === 'new' || origin?.kind === 'like';
}

function ofAi(regions: readonly AiRegion[]): readonly AiRegion[] {
  return regions.filter((region) => region.origin.kind === 'ai' && !isMark(region));
}

/** Those of the line that one was changed from. */
function wordsBefore({ lines, origins }: Aligned, at: number): readonly string[] {
  const origin = origins[at];
  return origin?.kind === 'like' ? wordsOf(lines[origin.at] ?? '') : [];
}

/** With its end, where that is one character. */
function wholeLine(text: LineText, line: number, whole: string): OffsetRange {
  const [start, { length }] = [text.startOfLine(line), text.line(line)];
  return OffsetRange.ofLength(start, whole.charAt(start + length) === '\n' ? length + 1 : length);
}
