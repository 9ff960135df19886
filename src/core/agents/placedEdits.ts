import { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { TextEdit } from './event.ts';

/** A text and the edit that leads from it to another. */
export interface Placed {
  readonly before: string;
  readonly edit: OffsetEdit;
  readonly after: string;
}

/** An agent's edits made on a text, one after the other; undefined when an old text is not there. */
export function appliedTo(text: string, edits: readonly TextEdit[]): Placed | undefined {
  let after = text;
  let together = OffsetEdit.none;
  for (const each of edits) {
    const edit = withLineEndsOf(each, after);
    const starts = placesOf(after, edit);
    if (starts.length === 0) return undefined;
    const step = new OffsetEdit(starts.map((start) => ({ range: OffsetRange.ofLength(start, edit.oldText.length), newText: edit.newText })));
    after = step.apply(after);
    together = together.compose(step);
  }
  return { before: text, edit: together, after };
}

/**
 * The same, as agents do it that do not take the old text at its word: where it does not stand in the text it is looked for by its lines without their blanks.
 * What is put nowhere, or is not found even so, stands at the end.
 * @returns the edits whose old text was not found, too: where they are made nobody knows
 */
export function appliedLoosely(text: string, edits: readonly TextEdit[]): { readonly after: string; readonly unplaced: readonly TextEdit[] } {
  const unplaced: TextEdit[] = [];
  let after = text;
  for (const each of edits) {
    const isPut = each.oldText.trim() !== '';
    const placed = appliedTo(after, [each])?.after ?? (isPut ? byPlainLines(after, each) : undefined);
    if (placed === undefined && isPut) unplaced.push(each);
    after = placed ?? `${after}\n${each.newText}`;
  }
  return { after, unplaced };
}

function byPlainLines(text: string, { oldText, newText, isForAll }: TextEdit): string | undefined {
  const wanted = plainLines(oldText.trim());
  const lines = text.split('\n');
  const plain = plainLines(text);
  const [only = ''] = wanted;
  const isPart = wanted.length === 1 && !plain.includes(only);
  let isFound = false;
  for (let at = 0; at + wanted.length <= lines.length && (isForAll === true || !isFound); at++) {
    const stands = isPart ? plain[at]?.includes(only) === true : wanted.every((line, index) => plain[at + index] === line);
    if (!stands) continue;
    isFound = true;
    const now = isPart ? (plain[at] ?? '').replaceAll(only, () => newText) : newText.replace(/\n$/, '');
    lines.splice(at, wanted.length, now);
    plain.splice(at, wanted.length, now);
  }
  return isFound ? lines.join('\n') : undefined;
}

/** Without the blanks around them, each blank within as one space, and with plain quotes and dashes. */
function plainLines(text: string): string[] {
  return text.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' ').replaceAll(/[\u2018\u2019\u201b]/g, "'").replaceAll(/[\u201c\u201d]/g, '"').replaceAll(/[\u2010-\u2015\u2212]/g, '-'));
}

/** The same edits, found in the text that they left; undefined when more than one text before is possible. */
export function foundIn(after: string, edits: readonly TextEdit[]): Placed | undefined {
  let text = after;
  for (const each of edits.toReversed()) {
    const edit = withLineEndsOf({ ...each, oldText: each.newText, newText: each.oldText }, text);
    const before = takenBack(text, { ...edit, oldText: edit.newText, newText: edit.oldText });
    if (before === undefined) return undefined;
    text = before;
  }
  const placed = appliedTo(text, edits);
  return placed?.after === after ? placed : undefined;
}

function takenBack(text: string, { oldText, newText, isForAll, start }: TextEdit): string | undefined {
  if (newText === '' || isForAll === true) return undefined;
  if (text === newText && oldText === '') return '';
  if (oldText === '') return undefined;
  const told = start === undefined ? undefined : offsetAt(text, start);
  const isTold = told !== undefined && text.startsWith(newText, told);
  const at = isTold ? told : onlyPlaceOf(newText, text);
  if (at === undefined) return undefined;
  const before = text.slice(0, at) + oldText + text.slice(at + newText.length);
  // An agent's old text stands once in the text before, unless its place was told.
  return isTold || onlyPlaceOf(oldText, before) !== undefined ? before : undefined;
}

function onlyPlaceOf(part: string, text: string): number | undefined {
  const at = text.indexOf(part);
  return at === -1 || text.includes(part, at + 1) ? undefined : at;
}

/** Where the old text starts: all places for an edit of all, else the one that is told or the first. */
function placesOf(text: string, { oldText, isForAll, start, behind }: TextEdit): readonly number[] {
  const told = start === undefined ? undefined : offsetAt(text, start);
  if (oldText === '') return told !== undefined ? [told] : text === '' ? [0] : [];
  if (isForAll === true) {
    const places: number[] = [];
    for (let at = text.indexOf(oldText); at !== -1; at = text.indexOf(oldText, at + oldText.length)) places.push(at);
    return places;
  }
  if (told !== undefined && text.startsWith(oldText, told)) return [told];
  const from = behind === undefined ? 0 : Math.max(0, text.indexOf(behind));
  const at = [text.indexOf(oldText, from), text.indexOf(oldText)].find((place) => place !== -1);
  return at === undefined ? [] : [at];
}

/** Agents send '\n' for files with '\r\n', too. */
function withLineEndsOf(edit: TextEdit, text: string): TextEdit {
  if (!text.includes('\r\n') || (edit.oldText !== '' && text.includes(edit.oldText))) return edit;
  return { ...edit, oldText: withReturns(edit.oldText), newText: withReturns(edit.newText) };
}

export function withReturns(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n');
}

function offsetAt(text: string, { line, column }: { readonly line: number; readonly column: number }): number | undefined {
  let at = 0;
  for (let left = line; left > 0; left--) {
    const end = text.indexOf('\n', at);
    if (end === -1) return undefined;
    at = end + 1;
  }
  return at + column <= text.length ? at + column : undefined;
}
