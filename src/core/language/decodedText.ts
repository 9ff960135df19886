import { OffsetRange } from '../text/offsetRange.ts';

export interface DecodedPiece {
  readonly text: string;
  /** Where the piece is written. */
  readonly range: OffsetRange;
  /** Written as it reads; otherwise all of it comes from one escape, constant or hole. */
  readonly isVerbatim: boolean;
}

/**
 * The text that a string literal stands for, with the way back to the file: code in a string is parsed as what it is,
 * and underlined where it is written.
 */
export class DecodedText {
  readonly text: string;
  /** Where each piece begins in the text. */
  private readonly starts: readonly number[];

  constructor(readonly pieces: readonly DecodedPiece[]) {
    let from = 0;
    this.starts = pieces.map((piece) => (from += piece.text.length) - piece.text.length);
    this.text = pieces.map((piece) => piece.text).join('');
  }

  /** Where a stretch of the text is written; what is written as an escape or a hole is covered whole. */
  rangeOf(range: OffsetRange): OffsetRange {
    const start = this.unitAt(range.start).start;
    return new OffsetRange(start, range.isEmpty ? start : Math.max(start, this.unitAt(range.endExclusive - 1).endExclusive));
  }

  /** The same text by where its pieces are written in the file that holds another text, when this one is written in that. */
  within(outer: DecodedText): DecodedText {
    return new DecodedText(this.pieces.flatMap(({ text, range, isVerbatim }) => (isVerbatim ? outer.piecesOf(range) : [{ text, range: outer.rangeOf(range), isVerbatim }])));
  }

  /** What makes up a stretch of the text; of an escape or a hole that reaches out of it, the part inside. */
  private piecesOf({ start, endExclusive }: OffsetRange): DecodedPiece[] {
    return this.pieces.flatMap(({ text, range, isVerbatim }, index) => {
      const from = this.starts[index] ?? 0;
      const [first, end] = [Math.max(0, start - from), Math.min(text.length, endExclusive - from)];
      if (first >= end) return [];
      return [{ text: text.slice(first, end), range: isVerbatim ? new OffsetRange(range.start + first, range.start + end) : range, isVerbatim }];
    });
  }

  /** Where one code unit of the text is written. */
  private unitAt(offset: number): OffsetRange {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    // The last that begins here: pieces without text hold no unit.
    const piece = this.pieces[low - 1];
    const from = this.starts[low - 1] ?? 0;
    if (piece !== undefined && offset < from + piece.text.length) return piece.isVerbatim ? OffsetRange.ofLength(piece.range.start + offset - from, 1) : piece.range;
    return OffsetRange.empty(this.pieces.at(-1)?.range.endExclusive ?? 0);
  }
}
