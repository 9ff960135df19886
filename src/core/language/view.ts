import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import type { LanguageId } from './language.ts';
import type { Operation } from './operation.ts';
import type { Pace, Paced } from './pace.ts';
import type { Words } from './scan.ts';
import type { StretchChange } from './stretchChange.ts';

/** What the rules want to see of a text. */
export interface Wanted {
  /** At least one of these stands in every operation that a rule could match. */
  readonly words: Words;
  /** Those of them that name calls which rules match; of other calls only what they run counts. */
  readonly called: Pick<Words, 'has'>;
  /** Those of them that stand in what a string runs. */
  readonly inText: Pick<Words, 'has'>;
  /** Callees that rules know by module and name, for files that import them under another one. */
  readonly imported: Pick<ReadonlySet<string>, 'has'>;
  /** Nothing in the text hands a string to a shell. */
  readonly runsNoCommand?: true;
  /** The same for code of another language that the text hands to its interpreter; without it none is read. */
  in?(language: LanguageId): Wanted;
}

/** One file seen as operations. It follows its text: `willChange` is told each edit before the text takes it. */
export interface View {
  willChange(edit: OffsetEdit): void;
  /** Loads what reading the text as it is now needs, where the first look did not. */
  prepare?(): Promise<void>;
  /**
   * The operations that meet one of the ranges and hold a wanted word. What is found for a range is what would be
   * found for the whole text and meets the range. They may read on from the tree: use them before the text changes.
   */
  operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]>;
  /** Why a part of the text as it is cannot be read, where half a text cannot be told from a whole one. */
  readonly unread?: (pace: Pick<Pace, 'isOver'>) => Paced<string | undefined>;
  /** For a view that can tell which operations an edit leaves as they are; others are read anew after each. */
  readonly steady?: Steady;
  dispose(): void;
}

/** What lets operations be kept that an edit has nothing to do with. */
export interface Steady {
  /** Reads the text as it is now. */
  settle(pace: Pick<Pace, 'isOver'>): Paced<Settled>;
  /** The stretches of the text that an operation was made out from, to which those are to be added that are read through it. */
  readsOf(operation: Operation): Set<OffsetRange>;
}

export interface Settled {
  /** Goes up by one with each text that is read. */
  readonly version: number;
  /** How the text differs from that of the version before; undefined when more than that may make a difference. */
  readonly change: StretchChange | undefined;
}

/** Grammars do not tell reliably where the fault is. */
export function notValid(language: string): string {
  return `it is not valid ${language}`;
}
