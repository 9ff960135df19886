import type { OffsetRange } from '../text/offsetRange.ts';
import type { Evidence, Origin } from './origin.ts';

/** Whose an insertion is, and which one: all text of one insertion has one author value. */
export interface Author {
  readonly insertionId: string;
  readonly origin: Origin;
  readonly evidence: Evidence;
  /** Milliseconds since 1970, by the clock of the machine that saw the insertion. */
  readonly insertedAt: number;
}

/**
 * A stretch of text that an AI wrote, or whose writer is unknown. An empty range with `removedText` is a mark: here an AI deleted that text.
 *
 * The regions of a text are sorted and disjoint. A mark stands between two characters: it comes before the region that starts at its
 * offset, and parts the text on its two sides. Apart from that regions are as long as can be: neighbours of one insertion are one region.
 * The pieces that edits leave of one insertion share its `insertionId`.
 */
export interface AiRegion extends Author {
  readonly range: OffsetRange;
  readonly removedText?: string;
}

/** The author of text that no region is made for: a person's, or a tool's that no AI is. */
export const nobody: Author = { insertionId: '', origin: { kind: 'human' }, evidence: 'inferred', insertedAt: 0 };
