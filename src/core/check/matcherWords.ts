import type { Family } from '../language/language.ts';
import type { WordFamily } from '../language/scan.ts';
import type { Rule } from './rule.ts';

export type Matchers = readonly Rule['matches'][number][];

/** The words by which matchers find what they match, as a family of languages spells them. */
export function wordsOf(matchers: Matchers, family: Family): string[] {
  return matchers.flatMap(({ words, names }) => [...words, ...(names?.words(family) ?? [])]);
}

export function familiesOf(matchers: Matchers): WordFamily[] {
  return matchers.flatMap(({ names }) => (names?.start === undefined ? [] : [{ start: names.start, has: (word) => names.has(word) }]));
}
