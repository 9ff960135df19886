import type { Concern } from './concern.ts';
import type { Coverage } from './coverage.ts';
import type { Unsure } from './unsure.ts';

/** What the gate says of a change. */
export type Verdict = Passed | Refused;

export interface Passed {
  readonly passed: true;
  /** What whoever pushes should know, such as that a follow-up of an emergency is owed. */
  readonly notes: readonly string[];
  /** What the policy lets pass, and wants told. */
  readonly warned: readonly Concern[];
  /** Why there was nothing to judge. */
  readonly unjudged?: string;
  /** What counted for what, so that a log says why it passed. */
  readonly covered: readonly { readonly concern: Concern; readonly by: readonly string[] }[];
}

export interface Refused {
  readonly passed: false;
  readonly notes: readonly string[];
  readonly warned: readonly Concern[];
  readonly blocked: readonly Blocked[];
  /** The one sentence that says what to do; editors show only the last line of a refused push. */
  readonly nextStep: string;
}

export interface Blocked {
  /** What is blocked, in words. */
  readonly what: string;
  /** The concern that lacks approval; absent when the push as a whole is refused. */
  readonly concern?: Concern;
  readonly coverage?: Exclude<Coverage, 'covered'>;
  /** The request with the decision that stands in its way: the rejection, an approval that does not count, the emergency. */
  readonly request?: string;
  /** Why an approval of the request that is on just this does not count, though another one of the same person may. */
  readonly again?: string;
  /** A record of a senior that may be a rejection of this that holds. */
  readonly unsure?: Unsure;
  /** Whose approval it lacks, in words. */
  readonly waitsFor?: string;
  /** Where the policy asks only about those who are no seniors: commits name some, so that it would be asked about whoever pushed it. */
  readonly isOfOthers?: true;
  readonly because: readonly string[];
}
