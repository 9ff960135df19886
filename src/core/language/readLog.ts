import type { LineText } from '../text/lineText.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import type { Operation } from './operation.ts';
import type { StretchChange } from './stretchChange.ts';

/** What a view reads of its text, and what for. */
export class ReadLog {
  private readonly byOperation = new WeakMap<Operation, Set<OffsetRange>>();
  /** What decides where operations are looked for. */
  private searched: OffsetRange[] = [];

  constructor(private readonly text: LineText) {}

  /** Makes operations out, and keeps what was read for them. */
  makingOut(work: () => readonly Operation[]): readonly Operation[] {
    const reads = new Set<OffsetRange>();
    const operations = this.text.noting(reads, work);
    for (const operation of operations) this.byOperation.set(operation, reads);
    return operations;
  }

  readsOf(operation: Operation): Set<OffsetRange> {
    return this.byOperation.get(operation) ?? new Set();
  }

  /**
   * Finds out where to look for operations. What it reads decides that, but for what stands in `within`: of a place
   * where an edit was made a new look is taken in any case.
   */
  searching<T>(work: () => T, within?: OffsetRange): T {
    const reads = new Set<OffsetRange>();
    const result = this.text.noting(reads, work);
    for (const range of reads) if (within?.encloses(range) !== true && !this.searched.some((known) => known.equals(range))) this.searched.push(range);
    return result;
  }

  /** Follows the text; false when operations may be found in other places than before. */
  follow(change: StretchChange | undefined): boolean {
    const isSteady = change !== undefined && !this.searched.some((range) => range.touches(change.before));
    this.searched = isSteady ? this.searched.map((range) => change.moved(range)) : [];
    return isSteady;
  }
}
