import type { Family } from '../language/language.ts';
import { matchesAt } from '../language/names.ts';
import type { AskedText, Given } from '../language/reader.ts';
import type { LineText } from '../text/lineText.ts';

/**
 * What the text itself shows where a call may be meant whose name many things have, so that a file without it need not be
 * parsed: all that a clue gives has to be there. It follows from what the rule asks of the call, and asks no more.
 */
export interface Clue {
  /** Only these languages have it. */
  readonly languages?: readonly Family[];
  /** Words of which one stands in the file, in any case. */
  readonly alongside?: readonly string[];
  /** How the text ends, on a line or over some, that leads to the mark before the name: what the call is a member of. */
  readonly on?: Pick<RegExp, 'test'>;
  /** How the text ends that leads to the mark where something else is surely meant. */
  readonly notOn?: Pick<RegExp, 'test'> | undefined;
  /** How the text behind the name goes on. */
  readonly given?: Given;
  /** What the file holds. */
  readonly text?: Pick<RegExp, 'test'>;
}

/** The same pattern for what stands somewhere in a text, of one for a whole name. */
export function anywhere({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replace(/\\.|\[\^|[\^$]/g, (part) => (part === '^' ? '' : part === '$' ? '(?!\\w)' : part)), flags); // prettier-ignore
}

/** As much of the text as is looked at before and behind a name. */
const around = 300;

const membership = /(?:\?\.|!!\.|!\.|&\.|\.|\?->|->|::)$/;
const mayBeComment = /\/\/|\/\*|\*\/|#/;

/** Whether what a clue asks of the places before and behind a name is there, or cannot be told by the text alone. */
export function isClueAt({ on, notOn, given }: Pick<Clue, 'on' | 'notOn' | 'given'>, asked: AskedText, index: number, column: number, word: string): boolean {
  if (on === undefined && notOn === undefined && given === undefined) return true;
  const { text } = asked;
  const line = text.line(index);
  // A name in a string is called where it stands in brackets alone.
  if (/["'`]/.test(line.charAt(column - 1))) return matchesAt(computed, line, column + word.length);
  if (given !== undefined && !mayBeGiven(given, asked, index, column + word.length)) return false;
  if (on === undefined && notOn === undefined) return true;
  const owner = ownerBefore(text, index, column);
  if (owner !== undefined && notOn?.test(owner) === true) return false;
  return on === undefined || owner === undefined || (owner !== '' && on.test(owner));
}

const computed = /["'`]\s*\]\s*(?:[(?!.)]|$)/y;
const argumentsBegin = /(?:["'`]\s*\])?(?:\s*(?:<[^()]*>|!|\)))*\s*\(/y;
const comments = /\/\*.*?\*\/|(?<=^|[\s,({[])(?:\/\/|#)[^\n]*/gs;

/** What is in front of the arguments hides what is given. */
function mayBeGiven(given: Given, asked: AskedText, index: number, column: number): boolean {
  const behind = asked.text.linesFrom(index, column, around).slice(0, around).replace(comments, ' '); // prettier-ignore
  return !matchesAt(argumentsBegin, behind, 0) || given.test(behind.slice(argumentsBegin.lastIndex), asked);
}

/** The text before the mark of a member; empty for what is a member of nothing, undefined where a comment may hide it. */
function ownerBefore(text: LineText, index: number, column: number): string | undefined {
  let owner = withoutMark(text.line(index).slice(Math.max(0, column - around), column));
  if (owner === undefined && text.line(index).slice(0, column).trim() !== '') return '';
  for (let line = index - 1; line >= 0 && index - line <= 4 && (owner ?? '').trim() === ''; line--) {
    const before = text.line(line);
    if (owner === undefined) {
      // The mark may end the line before.
      if (before.trim() === '') continue;
      owner = withoutMark(before.replace(/(?:\/\/|#|\/\*).*$/s, '').slice(-around));
      if (owner === undefined) return '';
    } else if (mayBeComment.test(before)) return undefined;
    else owner = before.slice(-around);
  }
  return owner === undefined ? '' : /\*\/\s*$/.test(owner) ? undefined : owner.trimEnd();
}

/** Undefined for a text that no mark of a member ends. */
function withoutMark(text: string): string | undefined {
  const trimmed = text.trimEnd();
  const owner = trimmed.replace(membership, '');
  return owner.length === trimmed.length ? undefined : owner;
}
