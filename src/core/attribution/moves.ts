import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Read } from './advance.ts';
import { type Arrived, type Departed, DepartedTexts, leastWhole, type Likeness, words } from './departedTexts.ts';
import type { AiRegion } from './region.ts';
import { append, clip, isMark, overlay, placedAt } from './regionList.ts';

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
  const isLong = (text: string) => text.length >= leastWhole || likeness === 'any';
  const known = sources.filter(({ text }) => isLong(text));
  const room = textLimit - edit.replacements.reduce((sum, { newText }) => sum + (isLong(newText) ? newText.length : 0), 0);
  if (known.length === 0 || room <= 0 || !edit.replacements.some(({ newText }) => isLong(newText))) return [];
  const origins = new DepartedTexts(upTo(room, known));
  return edit.replacements.map(({ newText }) => (isLong(newText) ? origins.arrivals(newText, likeness) : []));
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
  const windows: OffsetRange[] = [];
  const inside: AiRegion[] = [];
  let delta = 0;
  for (const [index, { range: replaced, newText }] of edit.replacements.entries()) {
    const at = replaced.start + delta;
    for (const { range, regions } of arrivals[index] ?? []) {
      const window = range.shift(at);
      const isOpen = windows.at(-1)?.endExclusive === window.start;
      const marks = clip(after, [window]).filter(isMark);
      if (!isOpen) inside.push(...marks.filter(({ range: { start } }) => start === window.start));
      for (const region of regions) append(inside, placedAt(region, region.range.start + at, region.range.endExclusive + at));
      inside.push(...marks.filter(({ range: { start } }) => start > window.start));
      windows.push(window);
    }
    delta += newText.length - replaced.length;
  }
  return windows.length === 0 ? after : overlay(after, windows, inside);
}

/** Whether every word that the edit puts in is one that it takes away: it only sets the text in another way. */
export function bringsNoWord(edit: OffsetEdit, read: Read): boolean {
  if (edit.replacements.reduce((sum, { range, newText }) => sum + range.length + newText.length, 0) > 2 * textLimit) return false;
  const left = new Map<string, number>();
  for (const { range } of edit.replacements) for (const word of read(range).match(words) ?? []) left.set(word, (left.get(word) ?? 0) + 1);
  for (const { newText } of edit.replacements) {
    for (const { 0: word } of newText.matchAll(words)) {
      const count = left.get(word) ?? 0;
      if (count === 0) return false;
      left.set(word, count - 1);
    }
  }
  return true;
}
