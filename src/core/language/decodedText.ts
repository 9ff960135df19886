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
