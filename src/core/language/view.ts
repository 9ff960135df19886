import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import type { Operation } from './operation.ts';
import type { Pace, Paced } from './pace.ts';
import type { WordScan } from './scan.ts';

/** What the rules want to see of a text. */
export interface Wanted {
  /** At least one of these stands in every operation that a rule could match. */
  readonly words: WordScan;
  /** Callees that rules know by module and name, for files that import them under another one. */
  readonly imported: Pick<ReadonlySet<string>, 'has'>;
}

/** One file seen as operations. It follows its text: `willChange` is told each edit before the text takes it. */
export interface View {
  willChange(edit: OffsetEdit): void;
  /**
   * The operations that meet one of the ranges and hold a wanted word. What is found for a range is what would be
   * found for the whole text and meets the range. They may read on from the tree: use them before the text changes.
   */
  operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]>;
  dispose(): void;
}
