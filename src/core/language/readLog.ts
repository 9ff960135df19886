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

  /** Reads what decides where operations are looked for. */
  searching(range: OffsetRange): string {
    if (!this.searched.some((known) => known.equals(range))) this.searched.push(range);
    return this.text.slice(range);
  }

  /** Follows the text; false when operations may be found in other places than before. */
  follow(change: StretchChange | undefined): boolean {
    const isSteady = change !== undefined && !this.searched.some((range) => range.touches(change.before));
    this.searched = isSteady ? this.searched.map((range) => change.moved(range)) : [];
    return isSteady;
  }
}
