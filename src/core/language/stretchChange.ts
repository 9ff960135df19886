import { OffsetRange } from '../text/offsetRange.ts';

/**
 * A change of text that left the tree over it in its shape: it took place inside one stretch in which no node begins or
 * ends, such as a name, a comment or a part of a string. What neither holds nor reads the stretch stays as it is.
 */
export class StretchChange {
  constructor(
    /** The stretch, in the text before. */
    readonly before: OffsetRange,
    /** By how much it grew; all behind it moved as far. */
    readonly delta: number,
  ) {}

  get after(): OffsetRange {
    return new OffsetRange(this.before.start, this.before.endExclusive + this.delta);
  }

  /** Where a range of the text before stands now. */
  moved(range: OffsetRange): OffsetRange {
    const start = this.movedOffset(range.start);
    const end = this.movedOffset(range.endExclusive);
    return start === range.start && end === range.endExclusive ? range : new OffsetRange(start, Math.max(start, end));
  }

  private movedOffset(offset: number): number {
    return offset < this.before.endExclusive ? offset : offset + this.delta;
  }
}
