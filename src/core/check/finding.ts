import type { AiRegion } from '../attribution/region.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import type { BlastRadius } from './blastRadius.ts';
import type { Severity } from './severity.ts';

/** How sure it is that the operation is what it looks like; it follows from how the callee was resolved. */
export type Confidence = 'low' | 'medium' | 'high';

/** An operation that a rule found in a text, and how bad it would be. Ranges are offsets of the text after. */
export interface Finding {
  readonly ruleId: string;
  readonly title: string;
  readonly path: string;
  readonly range: OffsetRange;
  /** The operation's exact text. */
  readonly matched: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly blastRadius: BlastRadius;
  /** Names this operation in this place by its content; see `fingerprint.ts`. */
  readonly fingerprint: string;
  /** Whoever wrote or deleted in one of these answers for it: the operation, what runs it, the block that lost something. */
  readonly within: readonly OffsetRange[];
  /** Of something that a change took away or made another: what there was, as written or by its address; '' for much code. */
  readonly gone?: string;
  /** The AI's text or deletion that it stands in, when there is one. */
  readonly region?: AiRegion;
}
