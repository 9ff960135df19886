import { OffsetRange } from './offsetRange.ts';

export interface Replacement {
  readonly range: OffsetRange;
  readonly newText: string;
}

/**
 * Replacements that happen at once: sorted, disjoint, all relative to the text before.
 * Two that touch keep their order; two that overlap are refused.
 */
export class OffsetEdit {
  static readonly none = new OffsetEdit([]);

  static replace(range: OffsetRange, newText: string): OffsetEdit {
    return new OffsetEdit([{ range, newText }]);
  }

  static insert(at: number, newText: string): OffsetEdit {
    return OffsetEdit.replace(OffsetRange.empty(at), newText);
  }

  static delete(range: OffsetRange): OffsetEdit {
    return OffsetEdit.replace(range, '');
  }

  /**
   * Of changes as an editor reports them: all relative to the text before, the bottom one first. Of two insertions at one place the
   * one reported first stands last, as for one who applies the changes one after the other.
   */
  static ofUnsorted(replacements: readonly Replacement[]): OffsetEdit {
    return new OffsetEdit(replacements.toReversed().sort((a, b) => a.range.start - b.range.start || a.range.endExclusive - b.range.endExclusive));
  }

  constructor(readonly replacements: readonly Replacement[]) {
    let end = 0;
    for (const { range } of replacements) {
      if (range.start < end) throw new RangeError(`replacements overlap or are not sorted at ${String(range)}`);
      end = range.endExclusive;
    }
  }

  get isEmpty(): boolean {
    return this.replacements.every(({ range, newText }) => range.isEmpty && newText === '');
  }

  get lengthDelta(): number {
    return this.replacements.reduce((sum, { range, newText }) => sum + newText.length - range.length, 0);
  }

  apply(text: string): string {
    let result = '';
    let from = 0;
    for (const { range, newText } of this.replacements) {
      if (range.endExclusive > text.length) throw new RangeError(`${String(range)} lies outside a text of ${text.length}`);
      result += text.slice(from, range.start) + newText;
      from = range.endExclusive;
    }
    return result + text.slice(from);
  }

  /** `edit.inverse(t).apply(edit.apply(t)) === t`; `read` gives a stretch of the text before. */
  inverse(read: (range: OffsetRange) => string): OffsetEdit {
    let delta = 0;
    return new OffsetEdit(
      this.replacements.map(({ range, newText }) => {
        const back = { range: OffsetRange.ofLength(range.start + delta, newText.length), newText: read(range) };
        delta += newText.length - range.length;
        return back;
      }),
    );
  }

  /** `a.compose(b).apply(t) === b.apply(a.apply(t))`. */
  compose(next: OffsetEdit): OffsetEdit {
    const middle = new PieceReader(piecesOf(this));
    const result: Piece[][] = [];
    let at = 0;
    for (const { range, newText } of next.replacements) {
      result.push(middle.take(range.start - at), [newText]);
      middle.take(range.length);
      at = range.endExclusive;
    }
    result.push(middle.take(Infinity));
    return editOf(result.flat());
  }
}

/** A text after an edit, in order: a stretch kept from the text before (the last one is endless), or text that the edit brought in. */
type Piece = { readonly start: number; readonly endExclusive: number } | string;

function piecesOf(edit: OffsetEdit): Piece[] {
  const pieces: Piece[] = [];
  let kept = 0;
  for (const { range, newText } of edit.replacements) {
    pieces.push({ start: kept, endExclusive: range.start }, newText);
    kept = range.endExclusive;
  }
  pieces.push({ start: kept, endExclusive: Infinity });
  return pieces;
}

function editOf(pieces: readonly Piece[]): OffsetEdit {
  const replacements: Replacement[] = [];
  let before = 0;
  let newText = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') newText += piece;
    else if (piece.start < piece.endExclusive) {
      if (newText !== '' || piece.start > before) replacements.push({ range: new OffsetRange(before, piece.start), newText });
      before = piece.endExclusive;
      newText = '';
    }
  }
  return new OffsetEdit(replacements);
}

class PieceReader {
  private index = 0;
  private used = 0;

  constructor(private readonly pieces: readonly Piece[]) {}

  take(length: number): Piece[] {
    const taken: Piece[] = [];
    for (let left = length; left > 0 && this.index < this.pieces.length; ) {
      const piece = this.pieces[this.index] ?? '';
      const size = typeof piece === 'string' ? piece.length : piece.endExclusive - piece.start;
      const step = Math.min(left, size - this.used);
      if (typeof piece === 'string') taken.push(piece.slice(this.used, this.used + step));
      else taken.push({ start: piece.start + this.used, endExclusive: piece.start + this.used + step });
      left -= step;
      this.used += step;
      if (this.used === size) {
        this.index++;
        this.used = 0;
      }
    }
    return taken;
  }
}
