import type { OffsetRange } from '../text/offsetRange.ts';

/** How far the damage reaches, least first. */
export const scopes = ['object', 'set', 'collection', 'service', 'environment', 'account'] as const;
export type Scope = (typeof scopes)[number];

/** What it takes to get back what was lost. */
export type Undo = 'easy' | 'costly' | 'none';

/** One reason for the judgement, in words that follow "…;". */
export interface Factor {
  readonly text: string;
  /** Whether it makes the damage likelier or larger, or less so; 0 only tells, -2 outweighs all others. */
  readonly weight: -2 | -1 | 0 | 1;
  /** Where it can be seen, in the finding's own file. */
  readonly range?: OffsetRange;
}

export interface BlastRadius {
  readonly scope: Scope;
  readonly undo: Undo;
  /** What the operation does, as a clause without its subject: "deletes the CloudFormation stack `prod` and everything in it". */
  readonly effect: string;
  /** The thing that is hit, when the code names it. */
  readonly target?: string;
  readonly factors: readonly Factor[];
}

const undoWords: Readonly<Record<Undo, string>> = { easy: 'can be undone', costly: 'costly to undo', none: 'cannot be undone' };

/** One sentence a person believes: what it does, whether it can be undone, and why it is as bad as it is. */
export function describe({ effect, undo, factors }: BlastRadius): string {
  return [effect, undoWords[undo], ...factors.map((factor) => factor.text)].join('; ');
}

/** The same for a lens: effect and undo only. */
export function describeBriefly({ effect, undo }: BlastRadius): string {
  return `${effect}, ${undo === 'none' ? 'no undo' : undoWords[undo]}`;
}
