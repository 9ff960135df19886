import type { Evidence } from '../../src/core/attribution/origin.ts';

/** The groups of cases that who-wrote-what has to get right, in the order of docs/attribution.md. */
export const groups = [
  'Accepts and chat edits',
  'Not an AI',
  'Boundaries',
  'Partial edits',
  'Duplicates',
  'Formatting',
  'Moves',
  'Deletions',
  'Hooks',
  'Unhooked writes',
  'Git',
  'Life cycle',
  'Risk',
] as const;

/** One row of docs/attribution.md. The texts are literals: the page is made by reading the sources, without running them. */
export interface Scenario {
  readonly case: string;
  /** How the origin is known in the end; `none` where nobody's is claimed. */
  readonly evidence: Evidence | 'none';
  readonly result: string;
}

/** Scenarios of one group; a group may stand in several files. */
export function scenarios(group: (typeof groups)[number], declare: () => void): void {
  describe(group, declare);
}

/** A test that asserts the regions exactly, and a row of docs/attribution.md. */
export function scenario({ case: what, result }: Scenario, run: () => void | Promise<void>): void {
  it(`${what}: ${result}`, run);
}
