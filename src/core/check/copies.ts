import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';

/**
 * Where equal texts stand in a text that is being edited. Searching all of a long file at each keystroke would cost more
 * than everything else, so what was found is carried along, and only what was edited since is searched again.
 */
export class Copies {
  private known = new Map<string, Places>();
  private used = new Map<string, Places>();

  constructor(private readonly text: LineText) {}

  /** Call before the text takes the edit. */
  willChange(edit: OffsetEdit): void {
    for (const places of new Set([...this.known.values(), ...this.used.values()])) places.willChange(edit);
  }

  /** All places of a text, in order; a place may reach into the next. */
  of(wanted: string): OffsetRange[] {
    const places = this.used.get(wanted) ?? this.known.get(wanted) ?? new Places(wanted, [new OffsetRange(0, this.text.length)]);
    this.used.set(wanted, places);
    return places.in(this.text);
  }

  /** Keeps what was asked for since the last time, and nothing older. */
  forgetUnused(): void {
    this.known = this.used;
    this.used = new Map();
  }
}

class Places {
  private starts: number[] = [];

  constructor(
    private readonly wanted: string,
    /** What was edited and not searched since. */
    private edited: OffsetRange[],
  ) {}

  willChange(edit: OffsetEdit): void {
    const moved = (offset: number, side: 'start' | 'end') => movedBy(edit, offset, side);
    const stays = (start: number) => !edit.replacements.some(({ range }) => range.start < start + this.wanted.length && range.endExclusive > start);
    this.starts = this.starts.filter(stays).map((start) => moved(start, 'start'));
    this.edited = this.edited.map((range) => new OffsetRange(moved(range.start, 'end'), Math.max(moved(range.start, 'end'), moved(range.endExclusive, 'start'))));
    for (const { range } of edit.replacements) this.edited.push(new OffsetRange(moved(range.start, 'end'), moved(range.endExclusive, 'start')));
  }

  in(text: LineText): OffsetRange[] {
    if (this.edited.length > 0) {
      const found = new Set(this.starts);
      for (const range of this.edited) for (const start of search(text, this.wanted, range)) found.add(start);
      this.starts = [...found].sort((a, b) => a - b);
      this.edited = [];
    }
    return this.starts.map((start) => OffsetRange.ofLength(start, this.wanted.length));
  }
}

/** Where an offset comes to stand: 'end' stays before what is put in at it, 'start' goes behind. Inside of what is replaced, each goes to its edge. */
function movedBy(edit: OffsetEdit, offset: number, side: 'start' | 'end'): number {
  let delta = 0;
  for (const { range, newText } of edit.replacements) {
    if (range.start > offset || (side === 'end' && range.start === offset)) break;
    if (range.endExclusive > offset) return side === 'end' ? range.start + delta : range.start + delta + newText.length;
    delta += newText.length - range.length;
  }
  return offset + delta;
}

/** Where a text stands that holds or touches a character of the range. */
function search(text: LineText, wanted: string, range: OffsetRange): number[] {
  const from = Math.max(0, range.start - wanted.length);
  const until = Math.min(text.length, range.endExclusive + wanted.length);
  if (!text.isFixed && !wanted.includes('\n')) return searchLines(text, wanted, from, until);
  const window = text.slice(new OffsetRange(from, until));
  const starts: number[] = [];
  for (let at = window.indexOf(wanted); at !== -1; at = window.indexOf(wanted, at + 1)) starts.push(from + at);
  return starts;
}

/** Without putting the lines together. */
function searchLines(text: LineText, wanted: string, from: number, until: number): number[] {
  const starts: number[] = [];
  const last = until === text.length ? text.lineCount - 1 : text.positionAt(until).line;
  for (let { line } = text.positionAt(from); line <= last; line++) {
    const written = text.line(line);
    for (let at = written.indexOf(wanted); at !== -1; at = written.indexOf(wanted, at + 1)) {
      const start = text.startOfLine(line) + at;
      if (start >= from && start + wanted.length <= until) starts.push(start);
    }
  }
  return starts;
}
