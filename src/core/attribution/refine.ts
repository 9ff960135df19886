import { splitLines } from '../text/lineText.ts';
import { OffsetEdit, type Replacement } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Read } from './advance.ts';
import { isConflict } from './conflictMarkers.ts';
import { differencesOf } from './differences.ts';
import { lineDifferences } from './lineDifferences.ts';
import { wordPieces } from './wordPieces.ts';

/**
 * How fine a comparison goes: changed lines, of which the common ends go where it is one line that changed; their common ends go too, or every word that stays, or every word that stays but the signs
 * between two changes that are longer: what was written anew as a whole is not cut up for its brackets.
 */
export type Finest = 'wholeLines' | 'lines' | 'words' | 'phrases';

/** UTF-16 code units on both sides; what is longer loses only its common ends: by lines that is no file that is read. By words it takes some ten times as long as by lines. */
export const textLimit = { wholeLines: 12_000_000, lines: 12_000_000, words: 100_000, phrases: 100_000 };

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
  const changedLines = size > textLimit.lines ? [whole] : compareLines(oldText, newText);
  const changed = (hunk: Replacement) => {
    // Words of the one side and of the other make no line.
    if (finest === 'wholeLines' && isOfSeveralLines(hunk, oldText)) return [hunk];
    if (finest !== 'lines' && isConflict(hunk.range.of(oldText))) return [hunk];
    if (finest === 'wholeLines' || finest === 'lines' || size > textLimit[finest]) return [withoutCommonEnds(hunk, oldText)];
    return finest === 'words' ? changedWords(hunk, oldText) : changedPhrases(hunk, oldText);
  };
  return changedLines.flatMap(changed).map((hunk) => ({ range: hunk.range.shift(range.start), newText: hunk.newText }));
}

function isOfSeveralLines({ range, newText }: Replacement, text: string): boolean {
  return /\n[^]/.test(newText) || /\n[^]/.test(range.of(text));
}

function changedWords(hunk: Replacement, text: string): Replacement[] {
  return compareWords(hunk.range.of(text), hunk.newText).map(({ range, newText }) => ({ range: range.shift(hunk.range.start), newText }));
}

/** The same where lines that came or went start at their starts, as somebody who writes puts them; a program that moves a line leaves its end where it stood. */
function changedWordsOfWriter(hunk: Replacement, text: string): Replacement[] {
  const old = hunk.range.of(text);
  let end = 0;
  const changes = compareWords(old, hunk.newText);
  return changes.map((each, index) => {
    const { range, newText } = fromLineStart(each, old, { from: end, to: changes[index + 1]?.range.start ?? old.length });
    end = range.endExclusive;
    return { range: range.shift(hunk.range.start), newText };
  });
}

/** The same, from the start of a line on where lines came or went and can as well have done so there, within the bounds. */
function fromLineStart({ range, newText }: Replacement, text: string, { from, to }: { from: number; to: number }): Replacement {
  const piece = range.isEmpty ? newText : newText === '' ? range.of(text) : '';
  const startsLine = range.start === 0 || text.charAt(range.start - 1) === '\n';
  if (startsLine || !piece.includes('\n')) return { range, newText };
  const back = backToLine(range.isEmpty ? text.slice(0, range.start) + newText : text, range.start, piece.length);
  if (back > 0) return range.start - back < from ? { range, newText } : { range: range.shift(-back), newText: (text.slice(range.start - back, range.start) + newText).slice(0, newText.length) };
  const on = onToLine(piece, text.slice(range.endExclusive, to));
  return on === 0 ? { range, newText } : { range: range.shift(on), newText: newText.slice(on) + newText.slice(0, on) };
}

/** How far a piece that starts amid a line has to be slid on over what reads like its start so that it starts the next line; 0 where that cannot be. */
function onToLine(piece: string, behind: string): number {
  const end = piece.indexOf('\n') + 1;
  return end < piece.length && behind.startsWith(piece.slice(0, end)) ? end : 0;
}

/** How far a piece of a text has to be slid back over what reads like its end so that it starts a line; 0 where that cannot be. */
export function backToLine(text: string, at: number, length: number): number {
  for (let back = 0; back <= at; back++) {
    if (back === at || text.charAt(at - back - 1) === '\n') return back;
    if (text.charCodeAt(at - back - 1) !== text.charCodeAt(at - back - 1 + length)) return 0;
  }
  return 0;
}

function changedPhrases(hunk: Replacement, text: string): Replacement[] {
  const joined: Replacement[] = [];
  for (const next of changedWordsOfWriter(hunk, text)) {
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

/** What to replace in `oldText` to have `newText`, in whole words, runs of blanks, line breaks and signs. */
function compareWords(oldText: string, newText: string): Replacement[] {
  const pieces = wordPieces(oldText, newText);
  const [oldAt, newAt] = [(index: number) => pieces.oldStarts[index] ?? oldText.length, (index: number) => pieces.newStarts[index] ?? newText.length];
  return differencesOf(pieces).map(({ oldStart, oldCount, newStart, newCount }) => ({
    range: new OffsetRange(oldAt(oldStart), oldAt(oldStart + oldCount)),
    newText: newText.slice(newAt(newStart), newAt(newStart + newCount)),
  }));
}

/** The same in whole lines. */
function compareLines(oldText: string, newText: string): Replacement[] {
  const old = splitLines(oldText);
  const now = splitLines(newText);
  let oldAt = 0;
  let start = 0;
  return lineDifferences(old, now).map(({ oldStart, oldCount, newStart, newCount }) => {
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
