import type { Family } from '../language/language.ts';
import type { Operation } from '../language/operation.ts';
import type { Embeds, Reader } from '../language/reader.ts';
import { tableOf, wordIn, type WordFamily, type WordTable } from '../language/scan.ts';
import type { Clue } from './clues.ts';
import type { NameTable, Rule } from './rule.ts';

type Matcher = Rule['matches'][number];

/** Words with a space before and behind each: thousands of them are read at once, and few are asked for. */
type WordList = string;

function listOf(words: Iterable<string>): WordList {
  return ` ${[...new Set(words)].join(' ')} `;
}

export function isListed(list: WordList, word: string): boolean {
  return list.includes(` ${word} `);
}

/** A matcher by the places of its rule and of itself in that: data cannot hold it. */
export type MatcherAt = readonly [rule: number, matcher: number];

/** Words, and the catalogues whose names count beside them where they begin with what these say. */
interface Words {
  readonly table: WordTable;
  readonly families: readonly (readonly [start: string, ...MatcherAt])[];
}

/**
 * What the rules look for in texts of a family. It is worked out of all rules, which takes longer than to look at most texts, and is plain data, so that
 * it can be worked out when the program is built.
 */
export interface FamilyWords {
  readonly wanted: Words;
  readonly called: Words;
  readonly inText: WordTable;
  /** Callees by module and name, and the catalogues that know more of them. */
  readonly imported: WordList;
  readonly catalogues: readonly MatcherAt[];
  /** Undefined where any word counts by itself. */
  readonly look?: LookWords;
}

/** The words of a first look. */
export interface LookWords {
  readonly all: Words;
  /** Names of calls that count by themselves. */
  readonly calls: WordList;
  /** Names that may be imported under another one. */
  readonly imported: WordList;
  /** Those of the reader's embeds come first, in their order. */
  readonly pairs: readonly LookPair[];
  /** The lists that pairs name by their places: many share one. */
  readonly lists: readonly WordList[];
  /** What a word is good for that only a catalogue knows, all of whose clues serve each of its words. */
  readonly alike: { readonly isCall: boolean; readonly nameIn: readonly number[] };
}

export interface LookPair {
  /** Of what is called. */
  readonly names: number;
  /** In lower case; undefined when no word has to stand along with them. */
  readonly along?: number;
  /** Of a matcher the clue at this place, where more than words has to be there. */
  readonly clue?: readonly [...MatcherAt, clue: number];
  /** Nobody knows the names by what they are imported from. */
  readonly isByName?: true;
}

/** What the rules look for in all texts, and which of them judge what is found. */
export interface RuleWords {
  /** Of rules whose findings a comment can suppress. */
  readonly suppressible: readonly string[];
  /** A line for each kind and name of operations, with the places of the rules that match them: `command rm: 3 17`. */
  readonly byName: string;
  /** Matchers by a catalogue's names. */
  readonly byCatalogue: readonly (readonly [kind: Operation['kind'], ...MatcherAt])[];
}

export function ruleWordsOf(rules: readonly Rule[]): RuleWords {
  const byName = new Map<string, Set<number>>();
  const byCatalogue: (readonly [Operation['kind'], number, number])[] = [];
  for (const [rule, { matches }] of rules.entries()) {
    for (const [matcher, { kind, name, names }] of matches.entries()) {
      if (names !== undefined) {
        byCatalogue.push([kind, rule, matcher]);
        continue;
      }
      const key = `${kind} ${name}`;
      byName.set(key, (byName.get(key) ?? new Set()).add(rule));
    }
  }
  return { suppressible: rules.filter(({ matches }) => matches.every(({ kind }) => kind !== 'suppression')).map(({ id }) => id), byName: `\n${[...byName].map(([key, places]) => `${key}: ${[...places].join(' ')}\n`).join('')}`, byCatalogue };
}

/** The places of the rules that match operations of a kind and name. */
export function rulesNamed({ byName }: RuleWords, kind: Operation['kind'], name: string): readonly number[] {
  const key = `\n${kind} ${name}: `;
  const at = byName.indexOf(key);
  return at === -1 ? [] : byName.slice(at + key.length, byName.indexOf('\n', at + 1)).split(' ').map(Number);
}

interface Placed {
  readonly matcher: Matcher;
  readonly at: MatcherAt;
}

export function familyWordsOf(rules: readonly Rule[], family: Family, { kinds, words, embeds }: Pick<Reader, 'kinds' | 'words' | 'embeds'>): FamilyWords {
  const placed = rules.flatMap(({ matches }, rule) => matches.flatMap((matcher, at): Placed[] => (kinds.includes(matcher.kind) ? [{ matcher, at: [rule, at] }] : [])));
  const wordsIn = spelledAs(family);
  const wordsOf = (some: readonly Placed[]) => some.flatMap(({ matcher }) => wordsIn(matcher));
  const calls = placed.filter(({ matcher }) => matcher.kind === 'call');
  return {
    wanted: { table: tableOf([...wordsOf(placed), ...words]), families: familiesOf(placed) },
    called: { table: tableOf(wordsOf(calls)), families: familiesOf(calls) },
    inText: tableOf([...wordsOf(placed.filter(({ matcher: { kind } }) => kind === 'command' || kind === 'statement')), ...(embeds ?? []).flatMap((each) => each.words ?? [])]),
    imported: listOf(placed.flatMap(({ matcher }) => matcher.imported ?? [])),
    catalogues: placed.flatMap(({ matcher, at }) => (matcher.names === undefined ? [] : [at])),
    ...(embeds !== undefined && { look: lookWordsOf(placed, family, embeds, wordsIn) }),
  };
}

/** The words by which matchers find what they match, as a family of languages spells them. Of a catalogue there are thousands, and they are asked for several times. */
function spelledAs(family: Family): (matcher: Matcher) => readonly string[] {
  const known = new Map<NameTable, readonly string[]>();
  return ({ words, names }) => {
    if (names === undefined) return words;
    const more = known.get(names) ?? [...names.words(family)];
    known.set(names, more);
    return [...words, ...more];
  };
}

function familiesOf(placed: readonly Placed[]): Words['families'] {
  return placed.flatMap(({ matcher: { names }, at }) => (names?.start === undefined ? [] : [[names.start, ...at] as const]));
}

function lookWordsOf(placed: readonly Placed[], family: Family, embeds: readonly Embeds[], wordsIn: (matcher: Matcher) => readonly string[]): LookWords {
  const namesOf = ({ matcher }: Placed): readonly string[] => [...new Set(wordsIn(matcher).map(wordIn))];
  const embedded = new Set(embeds.flatMap(({ kinds }) => kinds));
  const own = placed.filter(({ matcher: { kind } }) => !embedded.has(kind));
  const meant = own.map((each) => ({ each, names: namesOf(each), clues: cluesOf(each.matcher)?.flatMap((clue, index) => (clue.languages?.includes(family) !== false ? [{ clue, index }] : [])) }));
  const calls = meant.flatMap(({ names, clues }) => (clues === undefined ? names : []));
  const imported = [...meant.flatMap(({ each: { matcher }, names }) => (matcher.imported !== undefined || matcher.names !== undefined ? names : [])), ...embeds.flatMap(({ by, isByName }) => (isByName === true ? [] : by.map(wordIn)))];
  const lists = new Lists();
  const ofEmbeds = embeds.map(({ kinds, words, by }): LookPair => ({ names: lists.placeOf(by.map(wordIn)), along: lists.placeOf(lowered([...placed.filter(({ matcher: { kind } }) => kinds.includes(kind)).flatMap(namesOf), ...(words ?? [])])) }));
  const ofClues = meant.flatMap(({ each: { at, matcher }, names, clues = [] }) =>
    clues.map(({ clue, index }) => ({
      isAlike: matcher.names?.start !== undefined,
      pair: {
        names: lists.placeOf(names),
        ...(clue.alongside !== undefined && { along: lists.placeOf(lowered(clue.alongside)) }),
        ...((clue.on ?? clue.given ?? clue.text) !== undefined && { clue: [...at, index] as const }),
        ...(matcher.imported === undefined && matcher.names === undefined && { isByName: true as const }),
      } satisfies LookPair,
    })),
  );
  const pairs: readonly LookPair[] = [...ofEmbeds, ...ofClues.map(({ pair }) => pair)];
  const ofFamilies = meant.filter(({ each }) => each.matcher.names?.start !== undefined);
  return {
    all: { table: tableOf([...calls, ...lists.words]), families: familiesOf(own) },
    calls: listOf(calls),
    imported: listOf(imported),
    pairs,
    lists: lists.all,
    alike: {
      isCall: ofFamilies.some(({ clues }) => clues === undefined),
      nameIn: ofClues.flatMap(({ isAlike }, index) => (isAlike ? [ofEmbeds.length + index] : [])),
    },
  };
}

/** Each list once. */
class Lists {
  readonly all: WordList[] = [];
  readonly words = new Set<string>();
  private readonly places = new Map<WordList, number>();

  placeOf(words: readonly string[]): number {
    const list = listOf(words);
    const place = this.places.get(list) ?? this.all.push(list) - 1;
    this.places.set(list, place);
    for (const word of words) this.words.add(word);
    return place;
  }
}

function cluesOf({ clues, names }: Matcher): readonly Clue[] | undefined {
  return clues ?? names?.clues;
}

function lowered(words: readonly string[]): readonly string[] {
  return [...new Set(words.map((word) => wordIn(word).toLowerCase()))];
}

/** What data says by its place. */
export function clueAt(rules: readonly Rule[], [rule, matcher, clue]: NonNullable<LookPair['clue']>): Clue | undefined {
  const found = rules[rule]?.matches[matcher];
  return found && cluesOf(found)?.[clue];
}

export function catalogueAt(rules: readonly Rule[], [rule, matcher]: MatcherAt): NameTable | undefined {
  return rules[rule]?.matches[matcher]?.names;
}

export function wordFamiliesAt(rules: readonly Rule[], families: Words['families']): WordFamily[] {
  return families.map(([start, ...at]) => ({ start, has: (word) => catalogueAt(rules, at)?.has(word) === true }));
}
