import { lineBehindComments } from '../language/comments.ts';
import type { Family } from '../language/language.ts';
import { matchesAt, mayBeCalled } from '../language/names.ts';
import type { Reader } from '../language/reader.ts';
import { readers } from '../language/readers.ts';
import { wordIn, WordScan } from '../language/scan.ts';
import type { LineText } from '../text/lineText.ts';
import { type Clue, isClueAt } from './clues.ts';
import { familiesOf, type Matchers, wordsOf } from './matcherWords.ts';

/** Names that count where other words, of which one has to stand somewhere in the text, or the text itself speak for them. */
interface Pair {
  /** Names of what is called. */
  readonly names: ReadonlySet<string>;
  /** In lower case; undefined when no word has to. */
  readonly along?: ReadonlySet<string>;
  readonly clue?: Clue;
  /** They only count in strings. */
  readonly inStrings?: boolean;
  /** They only count in front of this. */
  readonly before?: RegExp | undefined;
}

/** What a word is good for. */
interface Role {
  /** The name of a call that a rule matches. */
  readonly isCall: boolean;
  /** It counts where it is called only: nobody knows it by what it is imported from, and under another name it is another thing. */
  readonly isByName: boolean;
  /** Indices of the pairs that it is a name of, and of those that it stands along with. */
  readonly nameIn: readonly number[];
  readonly alongIn: readonly number[];
}

const noPairs: readonly number[] = [];
const none: ReadonlySet<string> = new Set();
const noPair: Pair = { names: new Set() };

/** What can follow the verb of a statement: methods and events have the same names. */
const behindVerb = /[\s/[\\]|$|["'`]\s*\+/y;

/** JavaScript's own `delete`, of a member. */
const operator = /^delete\s+[\w$]+(?:\?\.|\.|\[|\s*[;,)])/;

/** An address and what is named in a module's path are no commands. */
const behindCommand = /(?![:=(@])/y;

/** What runs statements is given one. */
const givenSomething: Clue = { given: /^\s*[^\s)]/ };

/** In which languages a string goes on over lines is not worth telling apart; nor is a mark next to another one, which may stand for itself. */
const goesOn = /"""|'''|\\\r?$|["'/]`|`["'/]/m;

/** Tells by its words alone whether a text can hold an operation that a rule matches, so that most texts are never parsed. */
export class FirstLook {
  private readonly scan: WordScan;
  /** Of words that stood in a text: to know those of all words takes longer than to look at most texts. */
  private readonly roles = new Map<string, Role>();
  private readonly words: ReadonlySet<string>;
  private readonly calls: ReadonlySet<string>;
  private readonly imported: ReadonlySet<string>;
  private readonly isAlike: (word: string) => boolean;
  private readonly pairs: readonly Pair[];
  private readonly unaccompanied: readonly number[];
  /** Of a word that only the family of a catalogue's names knows. */
  private readonly alike: Role;
  private readonly reader: Pick<Reader, 'comments' | 'marksCalls' | 'isCalledAt'>;

  /** For a family of which `embeds` is known. */
  constructor(matchers: Matchers, family: Family) {
    const { embeds = [] } = readers[family];
    this.reader = readers[family];
    const found = new Map<Matchers[number], ReadonlySet<string>>();
    const namesOf = (matcher: Matchers[number]): ReadonlySet<string> => {
      const names = found.get(matcher) ?? new Set(wordsOf([matcher], family).map(wordIn));
      found.set(matcher, names);
      return names;
    };
    const wordsFor = (some: Matchers) => some.flatMap((matcher) => [...namesOf(matcher)]);
    const embedded = new Set(embeds.flatMap(({ kinds }) => kinds));
    const own = matchers.filter(({ kind }) => !embedded.has(kind));
    const meant = own.map((matcher) => ({ matcher, clues: (matcher.clues ?? matcher.names?.clues)?.filter(({ languages }) => languages?.includes(family) !== false) }));
    this.calls = new Set(wordsFor(meant.flatMap(({ matcher, clues }) => (clues === undefined ? [matcher] : []))));
    this.imported = new Set([...wordsFor(own.filter(({ imported, names }) => imported !== undefined || names !== undefined)), ...embeds.flatMap(({ by, isByName }) => (isByName === true ? [] : by.map(wordIn)))]);
    this.pairs = [
      ...embeds.map(({ kinds, words, by }) => ({ names: new Set(by.map(wordIn)), along: lowered([...wordsFor(matchers.filter(({ kind }) => kinds.includes(kind))), ...(words ?? [])]), inStrings: true, before: words !== undefined ? undefined : kinds.every((kind) => kind === 'statement') ? behindVerb : kinds.includes('command') ? behindCommand : undefined, ...(kinds.every((kind) => kind === 'statement') && words === undefined && { clue: givenSomething }) })),
      ...meant.flatMap(({ matcher, clues = [] }) => clues.map((clue) => ({ names: namesOf(matcher), ...(clue.alongside !== undefined && { along: lowered(clue.alongside) }), clue }))),
    ];
    const all = new Set(this.calls);
    for (const words of new Set(this.pairs.flatMap(({ names, along = none }) => [names, along]))) for (const word of words) all.add(word);
    this.words = all;
    const families = familiesOf(own);
    this.scan = new WordScan(all, families);
    // What only the family knows of a word: all clues of such tables serve each of their words.
    this.isAlike = (word) => families.some((each) => word.length > each.start.length && word.toLowerCase().startsWith(each.start) && each.has(word));
    this.unaccompanied = this.pairs.flatMap(({ along }, index) => (along === undefined ? [index] : []));
    const ofFamilies = meant.flatMap(({ matcher, clues }) => (matcher.names?.start === undefined ? [] : [clues]));
    this.alike = { isCall: ofFamilies.includes(undefined), isByName: false, nameIn: this.pairs.flatMap(({ clue }, index) => (ofFamilies.some((clues) => clue !== undefined && clues?.includes(clue) === true) ? [index] : [])), alongIn: noPairs };
  }

  mayHold(text: LineText): boolean {
    const named = new Set<number>();
    const accompanied = new Set<number>(this.unaccompanied);
    const inText = new Map<RegExp, boolean>();
    let isLong: boolean | undefined;
    const hasLongStrings = () => (isLong ??= linesOf(text).some(leavesStringOpen));
    const { comments } = this.reader;
    const next = (index: number) => (comments === undefined ? index : lineBehindComments(text, index, comments));
    for (let index = next(0); index < text.lineCount; index = next(index + 1)) {
      const line = text.line(index);
      for (const { offset, word } of this.scan.hits(line)) {
        const { isCall, isByName, nameIn, alongIn } = this.roleOf(word);
        if ((isCall || nameIn.length > 0) && this.mayBeCalled(line, offset, word, isByName)) {
          if (isCall) return true;
          for (const pair of nameIn) if (!named.has(pair) && this.isCluedAt(pair, text, index, offset, word)) named.add(pair);
        }
        for (const pair of alongIn) if (!accompanied.has(pair) && this.accompanies(pair, line, offset, word, hasLongStrings)) accompanied.add(pair);
        for (const pair of named) if (accompanied.has(pair) && this.isInText(pair, text, inText)) return true;
      }
    }
    return false;
  }

  /** What a call is a member of, or is given, is told where it is called, whatever it was imported as. */
  private isCluedAt(index: number, text: LineText, line: number, column: number, word: string): boolean {
    const { clue } = this.pairs[index] ?? noPair;
    if (clue?.on === undefined && clue?.given === undefined) return true;
    return this.mayBeCalled(text.line(line), column, word, true) && isClueAt(clue, text, line, column, word);
  }

  private isInText(index: number, text: LineText, known: Map<RegExp, boolean>): boolean {
    const pattern = this.pairs[index]?.clue?.text;
    if (pattern === undefined) return true;
    const holds = known.get(pattern) ?? pattern.test(text.toString());
    known.set(pattern, holds);
    return holds;
  }

  private accompanies(index: number, line: string, offset: number, word: string, hasLongStrings: () => boolean): boolean {
    const { before, inStrings } = this.pairs[index] ?? noPair;
    // Behind a dot stands a member, and no verb.
    if (before !== undefined && (line.charAt(offset - 1) === '.' || !matchesAt(before, line, offset + word.length))) return false;
    if (before === behindVerb && operator.test(line.slice(offset)) && !/["'`]/.test(line.slice(0, offset))) return false;
    return !inStrings || this.reader.marksCalls !== true || /["'`]/.test(line.slice(0, offset)) || hasLongStrings();
  }

  private mayBeCalled(line: string, offset: number, word: string, isByName: boolean): boolean {
    const { marksCalls, isCalledAt = mayBeCalled } = this.reader;
    return marksCalls !== true || (isByName ? isCalledAt(line, offset, word) : mayBeCalled(line, offset, word));
  }

  private roleOf(word: string): Role {
    const role = this.roles.get(word) ?? (this.words.has(word) ? this.makeRole(word) : this.alike);
    this.roles.set(word, role);
    return role;
  }

  private makeRole(word: string): Role {
    const lower = word.toLowerCase();
    const nameIn = new Set<number>();
    const alongIn: number[] = [];
    for (const [index, { names, along }] of this.pairs.entries()) {
      if (names.has(word)) nameIn.add(index);
      if (along?.has(lower) === true) alongIn.push(index);
    }
    if (this.isAlike(word)) for (const index of this.alike.nameIn) nameIn.add(index);
    return { isCall: this.calls.has(word), isByName: !this.imported.has(word), nameIn: [...nameIn], alongIn };
  }
}

function linesOf(text: LineText): string[] {
  return Array.from({ length: text.lineCount }, (_, index) => text.line(index));
}

function leavesStringOpen(line: string): boolean {
  const marks = line.replace(/\\.|'"'/g, '');
  return marks.split('`').length % 2 === 0 || marks.split('"').length % 2 === 0 || goesOn.test(line);
}

function lowered(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map((word) => wordIn(word).toLowerCase()));
}
