import { splitLines } from '../text/lineText.ts';
import { OffsetEdit, type Replacement } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Read } from './advance.ts';
import { isConflict } from './conflictMarkers.ts';
import { differences } from './differences.ts';

/**
 * How fine a comparison goes: within changed lines the common ends go too, or every word that stays, or every word that stays but the signs
 * between two changes that are longer: what was written anew as a whole is not cut up for its brackets.
 */
export type Finest = 'lines' | 'words' | 'phrases';

/** UTF-16 code units on both sides; what is longer loses only its common ends. By words it takes some ten times as long as by lines. */
const textLimit = { lines: 1_200_000, words: 100_000, phrases: 100_000 };

/**
 * The same effect in smaller replacements, so that text which a program wrote back unchanged keeps its authors.
 */
export function refine(edit: OffsetEdit, read: Read, finest: Finest): OffsetEdit {
  if (edit.replacements.every(isOneSided)) return edit;
  return new OffsetEdit(edit.replacements.flatMap((replacement) => (isOneSided(replacement) ? [replacement] : refineOne(replacement, read, finest))));
}

/** The same effect: what completes a word puts its start in again, and that is left out. */
export function withoutTypedStarts(edit: OffsetEdit, read: Read): OffsetEdit {
  return new OffsetEdit(
    edit.replacements.map((replacement) => {
      const { range, newText } = replacement;
      return newText.startsWith(read(range)) ? { range: OffsetRange.empty(range.endExclusive), newText: newText.slice(range.length) } : replacement;
    }),
  );
}

function isOneSided({ range, newText }: Replacement): boolean {
  return range.isEmpty || newText === '';
}

function refineOne({ range, newText }: Replacement, read: Read, finest: Finest): Replacement[] {
  const oldText = read(range);
  const size = oldText.length + newText.length;
  const whole = { range: new OffsetRange(0, oldText.length), newText };
  const changedLines = size > textLimit.lines ? [whole] : compare(oldText, newText, splitLines);
  const changed = (hunk: Replacement) => {
    // Words of the one side and of the other make no line.
    if (finest !== 'lines' && isConflict(hunk.range.of(oldText))) return [hunk];
    if (finest === 'lines' || size > textLimit[finest]) return [withoutCommonEnds(hunk, oldText)];
    return finest === 'words' ? changedWords(hunk, oldText) : changedPhrases(hunk, oldText);
  };
  return changedLines.flatMap(changed).map((hunk) => ({ range: hunk.range.shift(range.start), newText: hunk.newText }));
}

function changedWords(hunk: Replacement, text: string): Replacement[] {
  return compare(hunk.range.of(text), hunk.newText, words).map(({ range, newText }) => ({ range: range.shift(hunk.range.start), newText }));
}

function changedPhrases(hunk: Replacement, text: string): Replacement[] {
  const joined: Replacement[] = [];
  for (const next of changedWords(hunk, text)) {
    const last = joined.at(-1);
    const between = last === undefined ? '\n' : text.slice(last.range.endExclusive, next.range.start);
    const isSigns = !/[\p{L}\p{N}_$\n]/u.test(between);
    if (last !== undefined && isSigns && between.replaceAll(' ', '').length < Math.max(sizeOf(last), sizeOf(next))) {
      joined[joined.length - 1] = { range: OffsetRange.hull(last.range, next.range), newText: last.newText + between + next.newText };
    } else {
      joined.push(next);
    }
  }
  return joined;
}

function sizeOf({ range, newText }: Replacement): number {
  return Math.max(range.length, newText.length);
}

function words(text: string): readonly string[] {
  return text.match(/\r?\n|[^\S\r\n]+|[\p{L}\p{N}_$]+|[^]/gu) ?? [];
}

/** What to replace in `oldText` to have `newText`. */
function compare(oldText: string, newText: string, split: (text: string) => readonly string[]): Replacement[] {
  const old = split(oldText);
  const now = split(newText);
  let oldAt = 0;
  let start = 0;
  return differences(old, now).map(({ oldStart, oldCount, newStart, newCount }) => {
    start += lengthOf(old, oldAt, oldStart);
    const range = OffsetRange.ofLength(start, lengthOf(old, oldStart, oldStart + oldCount));
    oldAt = oldStart;
    return { range, newText: now.slice(newStart, newStart + newCount).join('') };
  });
}

function lengthOf(pieces: readonly string[], from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at++) length += pieces[at]?.length ?? 0;
  return length;
}

function withoutCommonEnds({ range, newText }: Replacement, text: string): Replacement {
  const oldText = range.of(text);
  const shorter = Math.min(oldText.length, newText.length);
  let head = 0;
  while (head < shorter && oldText.charCodeAt(head) === newText.charCodeAt(head)) head++;
  if (cutsCharacter(oldText, head) || cutsCharacter(newText, head)) head--;
  let tail = 0;
  while (tail < shorter - head && oldText.charCodeAt(oldText.length - 1 - tail) === newText.charCodeAt(newText.length - 1 - tail)) tail++;
  if (cutsCharacter(oldText, oldText.length - tail) || cutsCharacter(newText, newText.length - tail)) tail--;
  return { range: new OffsetRange(range.start + head, range.endExclusive - tail), newText: newText.slice(head, newText.length - tail) };
}

/** Whether the offset lies within a surrogate pair or a '\r\n': no region may end there. */
function cutsCharacter(text: string, at: number): boolean {
  return /^(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\r\n)$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
