import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Read } from './advance.ts';
import type { AiRegion } from './region.ts';
import { clip, isMark, overlay } from './regionList.ts';
import { kindAt, word } from './tokens.ts';

/** Characters of a line that are looked at on each side of a change. */
const farthest = 200;

/**
 * Regions after a change of which only the texts before and after are known, without what stayed of a line by chance: the lesser part of a word that became
 * another, and the blanks beside it.
 * @param read the text before
 */
export function withoutChance(after: readonly AiRegion[], edit: OffsetEdit, read: Read, now: string): readonly AiRegion[] {
  const windows: OffsetRange[] = [];
  let shift = 0;
  for (const { range, newText } of edit.replacements) {
    const start = range.start + shift;
    const end = start + newText.length;
    shift += newText.length - range.length;
    if (range.isEmpty || newText === '') continue;
    const old = read(range);
    const [before, behind] = [now.slice(Math.max(0, start - farthest), start), now.slice(end, end + farthest)];
    const [kept, keptBehind] = [lesser(wordAtEnd(before), wordAtStart(old)), lesser(wordAtStart(behind), wordAtEnd(old))];
    const from = start - kept - (/[ \t]*$/.exec(before.slice(0, before.length - kept))?.[0].length ?? 0);
    const to = end + keptBehind + (/^[ \t]*/.exec(behind.slice(keptBehind))?.[0].length ?? 0);
    // Two changes may stand in one word.
    const least = windows.at(-1)?.endExclusive ?? 0;
    if (Math.max(from, least) < start) windows.push(new OffsetRange(Math.max(from, least), start));
    if (to > Math.max(end, least)) windows.push(new OffsetRange(Math.max(end, least), to));
  }
  return windows.length === 0 ? after : overlay(after, windows, clip(after, windows).filter((region) => isMark(region)));
}

/** How much of a word stayed, where that is less than what went of it. */
function lesser(stayed: number, went: number): number {
  return stayed < went ? stayed : 0;
}

function wordAtStart(text: string): number {
  let at = 0;
  while (at < text.length && kindAt(text, at) === word) at++;
  return at;
}

function wordAtEnd(text: string): number {
  let at = text.length;
  while (at > 0 && kindAt(text, at - 1) === word) at--;
  return text.length - at;
}
