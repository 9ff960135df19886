import type { OffsetEdit } from './offsetEdit.ts';
import { OffsetRange } from './offsetRange.ts';

/** 0-based; `column` in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A text that is edited in place, kept as lines, so that a keystroke in a long file costs its line and not the file.
 * Lines end at '\n', as git and tree-sitter count; a '\r' before it belongs to its line.
 */
export class LineText {
  /** Made when first asked for: of most fixed texts nobody asks. */
  private split: string[] | undefined;
  /** Where each line starts; right for indices up to `known`, made anew behind it when asked for. */
  private readonly starts: number[] = [0];
  private known = 0;
  private size: number;
  private reads: Set<OffsetRange> | undefined;
  /** Of a fixed text. */
  private readonly whole: string | undefined;

  /** A text that nobody edits: what is read of it for what does not matter. */
  static fixed(text: string): LineText {
    return new LineText(text, true);
  }

  constructor(
    text: string,
    /** Nobody edits it. */
    readonly isFixed = false,
  ) {
    this.size = text.length;
    if (isFixed) this.whole = text;
    else this.split = splitLines(text);
  }

  private get lines(): string[] {
    return (this.split ??= splitLines(this.whole ?? ''));
  }

  get length(): number {
    return this.size;
  }

  get lineCount(): number {
    return this.lines.length;
  }

  /** The line with its line ending; '' past the last line. */
  line(index: number): string {
    if (index === 0 && this.whole !== undefined && this.split === undefined) return firstLine(this.whole);
    return this.lines[index] ?? '';
  }

  /** What follows a place, to the end of a line: of as many lines as it takes for so many characters. */
  linesFrom(index: number, column: number, characters: number): string {
    let text = this.line(index).slice(column);
    for (let next = index + 1; text.length < characters && next < this.lines.length; next++) text += this.line(next);
    return text;
  }

  startOfLine(index: number): number {
    while (this.known < index && this.known < this.lines.length - 1) this.learnNext();
    return this.starts[Math.min(index, this.known)] ?? 0;
  }

  /** Behind its line ending. */
  endOfLine(index: number): number {
    return this.startOfLine(index) + this.line(index).length;
  }

  /** Offsets outside the text are taken to its nearest end. */
  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.size));
    while (this.known < this.lines.length - 1 && (this.starts[this.known] ?? 0) <= at) this.learnNext();
    let low = 0;
    let high = this.known;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: at - (this.starts[low] ?? 0) };
  }

  /** A column past its line counts on into the next ones; past the last line is the end of the text. */
  offsetAt({ line, column }: Position): number {
    return line < this.lines.length ? Math.min(this.startOfLine(line) + column, this.size) : this.size;
  }

  slice(range: OffsetRange): string {
    if (this.whole !== undefined) return this.whole.substring(range.start, range.endExclusive);
    this.reads?.add(range);
    const from = this.positionAt(range.start);
    const to = this.positionAt(range.endExclusive);
    if (from.line === to.line) return this.line(from.line).slice(from.column, to.column);
    let text = this.line(from.line).slice(from.column);
    for (let line = from.line + 1; line < to.line; line++) text += this.line(line);
    return text + this.line(to.line).slice(0, to.column);
  }

  /** Does some work, and adds to `reads` each stretch that it slices out of the text. */
  noting<T>(reads: Set<OffsetRange>, work: () => T): T {
    if (this.isFixed) return work();
    const outer = this.reads;
    this.reads = reads;
    try {
      return work();
    } finally {
      this.reads = outer;
    }
  }

  /** Counts stretches as read, for work that uses what was made of them earlier. */
  note(reads: ReadonlySet<OffsetRange>): void {
    if (this.reads !== undefined) for (const range of reads) this.reads.add(range);
  }

  apply(edit: OffsetEdit): void {
    if (this.isFixed) throw new Error('a fixed text is not edited');
    for (let index = edit.replacements.length - 1; index >= 0; index--) {
      const replacement = edit.replacements[index];
      if (replacement !== undefined) this.replace(replacement.range, replacement.newText);
    }
  }

  toString(): string {
    return this.whole ?? this.lines.join('');
  }

  private replace(range: OffsetRange, newText: string): void {
    if (range.endExclusive > this.size) throw new RangeError(`${String(range)} lies outside a text of ${this.size}`);
    const from = this.positionAt(range.start);
    const to = this.positionAt(range.endExclusive);
    const fresh = splitLines(this.line(from.line).slice(0, from.column) + newText + this.line(to.line).slice(to.column));
    const replaced = to.line - from.line + 1;
    // Behind the break that ends a line stands the next line, which is there already.
    if (to.line < this.lines.length - 1) fresh.pop();
    if (replaced === 1 && fresh.length === 1) this.lines[from.line] = fresh[0] ?? '';
    else spliceMany(this.lines, from.line, replaced, fresh);
    this.known = Math.min(this.known, from.line);
    this.starts.length = this.known + 1;
    this.size += newText.length - range.length;
  }

  private learnNext(): void {
    this.starts.push((this.starts[this.known] ?? 0) + this.line(this.known).length);
    this.known++;
  }
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end === -1 ? text : text.slice(0, end + 1);
}

/** The lines with their endings; the last one is empty when the text ends with a line ending. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
    lines.push(text.slice(from, at + 1));
    from = at + 1;
  }
  lines.push(text.slice(from));
  return lines;
}

/** `splice` takes its items as arguments, and a call takes no more than some 100,000 of them. */
function spliceMany(lines: string[], start: number, removed: number, added: readonly string[]): void {
  if (added.length < 50_000) {
    lines.splice(start, removed, ...added);
    return;
  }
  const tail = lines.slice(start + removed);
  lines.length = start;
  for (const line of added) lines.push(line);
  for (const line of tail) lines.push(line);
}
