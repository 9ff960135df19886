import type { OffsetRange } from '../../text/offsetRange.ts';
import type { ReadWord } from '../nested.ts';
import type { Loop } from '../operation.ts';
import type { Variables } from './variables.ts';
import type { Lookup, Meaning } from './words.ts';

/** The script that is being read, and what surrounds it. */
export interface Surroundings {
  readonly text: string;
  readonly toFile: (range: OffsetRange) => OffsetRange;
  readonly address: readonly string[];
  readonly loop?: Loop;
  readonly depth: number;
}

/** What comes in through a pipe: the script's own words when they are known, and how they are written. */
export interface Input {
  readonly meaning?: Meaning;
  readonly source: string;
  /** Of what a script around this one hands in: whose offsets the words have. */
  readonly place?: Place;
}

export interface Place extends Surroundings {
  readonly variables: Variables;
  readonly lookup: Lookup;
  readonly input?: Input;
  /** What the function around it was called with. */
  readonly args?: readonly ReadWord[];
}
