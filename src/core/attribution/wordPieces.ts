import type { Numbered } from './differences.ts';
import { blank, hashFactor, hashStart, kindAt, sign, sizeAt, word } from './tokens.ts';

/** Two texts cut into words, runs of blanks, line breaks and signs of one character each, all of them told apart by numbers. */
export interface WordPieces extends Numbered {
  /** Where each piece starts, and behind them where the last one ends; UTF-16 code units. */
  readonly oldStarts: Int32Array;
  readonly newStarts: Int32Array;
}

/** Without making a string of each piece, which takes longer than to compare them. */
export function wordPieces(oldText: string, newText: string): WordPieces {
  const numbers = new PieceNumbers(oldText.length + newText.length);
  const [old, now] = [cut(oldText, numbers), cut(newText, numbers)];
  return { old: old.numbers, now: now.numbers, kinds: numbers.count, oldStarts: old.starts, newStarts: now.starts };
}

function cut(text: string, numbers: PieceNumbers): { readonly numbers: Int32Array; readonly starts: Int32Array } {
  const found = new Int32Array(text.length);
  const starts = new Int32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at);
    starts[count] = at;
    found[count++] = numbers.of(text, at, end);
    at = end;
  }
  starts[count] = text.length;
  return { numbers: found.subarray(0, count), starts: starts.subarray(0, count + 1) };
}

function endOfPiece(text: string, start: number): number {
  const kind = kindOf(text, start);
  let at = start + sizeAt(text, start);
  if (kind === lineBreak) return text.charCodeAt(start) === carriageReturn && text.charCodeAt(at) === lineFeed ? at + 1 : at;
  if (kind === sign) return at;
  while (at < text.length && kindOf(text, at) === kind) at += kind === word ? sizeAt(text, at) : 1;
  return at;
}

const lineBreak = -1;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function kindOf(text: string, at: number): number {
  const kind = kindAt(text, at);
  const code = kind === blank ? text.charCodeAt(at) : 0;
  return code === lineFeed || code === carriageReturn ? lineBreak : kind;
}

/** Gives each piece a number, and one that reads the same the same one. */
class PieceNumbers {
  count = 0;
  /** By hash, a piece's number and 1 more; 0 for none. Longer than there can be pieces, so that a search ends. */
  private readonly slots: Int32Array;
  private readonly texts: string[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** @param most pieces that there can be */
  constructor(most: number) {
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(most + 2)));
  }

  of(text: string, start: number, end: number): number {
    let hash = hashStart;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), hashFactor);
    const mask = this.slots.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.slots[slot] ?? 0) - 1;
      if (number === -1) return this.add(slot, text, start, end);
      if (this.isSame(number, text, start, end)) return number;
    }
  }

  private add(slot: number, text: string, start: number, end: number): number {
    this.texts.push(text);
    this.starts.push(start);
    this.ends.push(end);
    this.slots[slot] = ++this.count;
    return this.count - 1;
  }

  private isSame(number: number, text: string, start: number, end: number): boolean {
    const known = this.texts[number] ?? '';
    const from = this.starts[number] ?? 0;
    if ((this.ends[number] ?? 0) - from !== end - start) return false;
    for (let at = start; at < end; at++) if (text.charCodeAt(at) !== known.charCodeAt(from + at - start)) return false;
    return true;
  }
}
