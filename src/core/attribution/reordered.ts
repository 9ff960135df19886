import { splitLines } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Read } from './advance.ts';
import type { Arrived } from './departedTexts.ts';
import { alignLines, placesOf } from './notes/alignLines.ts';
import type { AiRegion, Author } from './region.ts';
import { clip, isMark, placedAt, regionOf } from './regionList.ts';

interface Line {
  readonly text: string;
  readonly range: OffsetRange;
}

/**
 * For each new text of an edit its lines with their authors, where all that the edit does is to put lines in another order: nobody wrote any of them anew,
 * however little they say. Comparing takes the fewer of two neighbours for what was moved, and these may be too few words to be known again. Of lines that read
 * alike nobody knows which is which, unless all were the same authors'. Empty where the edit does anything else.
 * @param regions of the text before
 * @param unknown whose the lines are of which nobody knows whose they were
 */
export function reordered({ replacements }: OffsetEdit, regions: readonly AiRegion[], read: Read, unknown: () => Author): (readonly Arrived[])[] {
  const lengthOf = (texts: readonly { readonly length: number }[]) => texts.reduce((sum, { length }) => sum + length, 0);
  if (lengthOf(replacements.map(({ range }) => range)) !== lengthOf(replacements.map(({ newText }) => newText))) return [];
  const old = replacements.flatMap(({ range }) => (range.isEmpty ? [] : linesFrom(read(range), range.start)));
  const now = replacements.map(({ newText }) => linesFrom(newText, 0));
  const [before, after] = [old.map(({ text }) => text), now.flat().map(({ text }) => text)];
  if (!areSame([...before].sort(), [...after].sort())) return [];
  const places = placesOf(before);
  const origins = alignLines(before, after).values();
  let author: Author | undefined;
  const all = (text: string) => [regionOf((author ??= unknown()), OffsetRange.ofLength(0, text.length))];
  return now.map((lines) =>
    lines.map(({ text, range }) => {
      const origin = origins.next().value;
      const possible = origin?.kind === 'line' && origin.isHeld ? [origin.at] : (places.get(text) ?? []);
      const [first = [], ...others] = possible.map((at) => regionsOf(old[at], regions));
      const found = others.every((each) => isAlike(each, first)) ? first : all(text);
      return { range, regions: found.map((region) => placedAt(region, region.range.start + range.start, region.range.endExclusive + range.start)) };
    }),
  );
}

/** Offsets of them count from `start`. */
function linesFrom(text: string, start: number): Line[] {
  let at = start;
  return splitLines(text).flatMap((line) => {
    const range = OffsetRange.ofLength(at, line.length);
    at = range.endExclusive;
    return line === '' ? [] : [{ text: line, range }];
  });
}

/** They count from the start of the line. Deletions stay where they were. */
function regionsOf(line: Line | undefined, regions: readonly AiRegion[]): AiRegion[] {
  const inside = line === undefined ? [] : clip(regions, [line.range]).filter((region) => !isMark(region));
  return inside.map((region) => placedAt(region, region.range.start - (line?.range.start ?? 0), region.range.endExclusive - (line?.range.start ?? 0)));
}

function isAlike(some: readonly AiRegion[], others: readonly AiRegion[]): boolean {
  return some.length === others.length && some.every(({ range, origin }, at) => others[at]?.range.equals(range) === true && others[at].origin.kind === origin.kind);
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each, at) => each === others[at]);
}
