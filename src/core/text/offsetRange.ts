/** A half-open stretch of text, in UTF-16 code units as VS Code counts. Bad bounds are refused, so that no wrong range travels. */
export class OffsetRange {
  static ofLength(start: number, length: number): OffsetRange {
    return new OffsetRange(start, start + length);
  }

  static empty(at: number): OffsetRange {
    return new OffsetRange(at, at);
  }

  /** The smallest range that holds both. */
  static hull(a: OffsetRange, b: OffsetRange): OffsetRange {
    return new OffsetRange(Math.min(a.start, b.start), Math.max(a.endExclusive, b.endExclusive));
  }

  constructor(
    readonly start: number,
    readonly endExclusive: number,
  ) {
    if (!(start >= 0 && start <= endExclusive && endExclusive <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`not a range: [${start}, ${endExclusive})`);
  }

  get length(): number {
    return this.endExclusive - this.start;
  }

  get isEmpty(): boolean {
    return this.start === this.endExclusive;
  }

  contains(offset: number): boolean {
    return this.start <= offset && offset < this.endExclusive;
  }

  encloses(other: OffsetRange): boolean {
    return this.start <= other.start && other.endExclusive <= this.endExclusive;
  }

  /** Whether the two share at least one character. */
  overlaps(other: OffsetRange): boolean {
    return this.start < other.endExclusive && other.start < this.endExclusive;
  }

  /** Whether the two share a character or a boundary; an empty range touches what it stands at the edge of. */
  touches(other: OffsetRange): boolean {
    return this.start <= other.endExclusive && other.start <= this.endExclusive;
  }

  /** Whether the two share a character, or one is empty and stands in the other or at its edge. */
  meets(other: OffsetRange): boolean {
    return this.isEmpty || other.isEmpty ? this.touches(other) : this.overlaps(other);
  }

  shift(delta: number): OffsetRange {
    return delta === 0 ? this : new OffsetRange(this.start + delta, this.endExclusive + delta);
  }

  of(text: string): string {
    return text.slice(this.start, this.endExclusive);
  }

  equals(other: OffsetRange): boolean {
    return this.start === other.start && this.endExclusive === other.endExclusive;
  }

  toString(): string {
    return `[${this.start}, ${this.endExclusive})`;
  }
}

/** Whether one of the ranges meets one of the others. */
export function meetsAny(ranges: readonly OffsetRange[], others: readonly OffsetRange[]): boolean {
  return ranges.some((range) => others.some((other) => range.meets(other)));
}
