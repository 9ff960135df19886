import type { Family } from '../language/language.ts';
import type { WordFamily } from '../language/scan.ts';
import type { NameTable, Rule } from './rule.ts';

export type Matchers = readonly Rule['matches'][number][];

/** The words by which matchers find what they match, as a family of languages spells them. */
export function wordsOf(matchers: Matchers, family: Family): string[] {
  return matchers.flatMap(({ words, names }) => [...words, ...(names === undefined ? [] : wordsIn(names, family))]);
}

/** Of a table there are thousands, and they are asked for several times. */
const known = new WeakMap<NameTable, Map<Family, readonly string[]>>();

function wordsIn(names: NameTable, family: Family): readonly string[] {
  const byFamily = known.get(names) ?? new Map<Family, readonly string[]>();
  known.set(names, byFamily);
  const words = byFamily.get(family) ?? [...names.words(family)];
  byFamily.set(family, words);
  return words;
}

export function familiesOf(matchers: Matchers): WordFamily[] {
  return matchers.flatMap(({ names }) => (names?.start === undefined ? [] : [{ start: names.start, has: (word) => names.has(word) }]));
}
