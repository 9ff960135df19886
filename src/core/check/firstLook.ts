import { lineCursor } from '../language/comments.ts';
import { matchesAt, mayBeCalled } from '../language/names.ts';
import { AskedText, type Embeds, type Reader } from '../language/reader.ts';
import { type WordFamily, wordIn, WordScan } from '../language/scan.ts';
import { hitsIn } from '../language/windows.ts';
import type { LineText } from '../text/lineText.ts';
import { type Clue, isClueAt } from './clues.ts';
import type { Rule } from './rule.ts';
import { clueAt, isListed, type LookWords, wordFamiliesAt } from './ruleWords.ts';

/** Names that count where other words, of which one has to stand somewhere in the text, or the text itself speak for them. */
interface Pair {
  readonly clue: Clue | undefined;
  /** The names count where they are called only. */
  readonly isByName: boolean;
  /** The others only count in strings. */
  readonly inStrings: boolean;
  /** They only count in front of this. */
  readonly before: RegExp | undefined;
  /** They only count behind such a beginning of their line. */
  readonly behind?: Embeds['behind'];
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

/** What counts in one text. */
interface Counting {
  /** A word wherever it stands, in the case that rules and readers know it by. */
  readonly counts: (word: string) => boolean;
  /** The name of a call, in just this case: one that rules match or that runs a string, and one that rules match. */
  readonly names: (name: string) => boolean;
  readonly calls: (name: string) => boolean;
  /** Something in it may hand a string to a shell. */
  readonly mayRunCommands: boolean;
}

const noPairs: readonly number[] = [];

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
  private readonly families: readonly WordFamily[];
  /** Of words that stood in a text: to know those of all words takes longer than to look at most texts. */
  private readonly roles = new Map<string, Role>();
  /** Of those that a name in a text was of. */
  private readonly pairs = new Map<number, Pair>();
  private readonly unaccompanied: readonly number[];
  /** By places of pairs, 1 where a name is looked at whatever else is there. */
  private readonly countsAlone: Uint8Array;
  /** Words of what runs strings. */
  private readonly runners: ReadonlySet<string>;
  /** The pairs of what hands commands to a shell; none where any string may be one. */
  private readonly commands: readonly number[];

  constructor(
    private readonly words: LookWords,
    private readonly rules: readonly Rule[],
    private readonly reader: Pick<Reader, 'comments' | 'marksCalls' | 'isCalledAt' | 'embeds' | 'words'>,
  ) {
    this.families = wordFamiliesAt(rules, words.all.families);
    this.scan = new WordScan(words.all.table, this.families);
    this.unaccompanied = words.pairs.flatMap(({ along }, index) => (along === undefined ? [index] : []));
    this.runners = new Set(reader.words.map(wordIn));
    this.commands = (reader.embeds ?? []).flatMap(({ kinds }, pair) => (kinds.includes('command') ? [pair] : []));
    this.countsAlone = new Uint8Array(words.pairs.length);
    for (const pair of [...this.unaccompanied, ...this.commands]) this.countsAlone[pair] = 1;
  }

  mayHold(text: LineText): boolean {
    return this.found(text).next().done !== true;
  }

  /** What counts in a text, of what rules and readers know; undefined where nothing does. What holds for all of a text holds for each place in it. */
  countingIn(text: LineText): Counting | undefined {
    const named = new Set<number>();
    const found = new Set(this.found(text, named));
    if (found.size === 0) return undefined;
    const { runners, commands } = this;
    // A command may run a script of the project, whatever it is called: no word has to go along with what runs it.
    const handing = commands.filter((pair) => named.has(pair));
    const mayRunCommands = commands.length === 0 || handing.length > 0;
    for (const pair of handing) found.add(pair);
    const embeds = this.reader.embeds?.length ?? 0;
    const areRun = mayRunCommands || [...found].some((pair) => pair !== undefined && pair < embeds);
    const isKnown = (word: string) => this.scan.lists(word) || this.isAlike(word);
    const isIn = (pair: number) => found.has(pair);
    const calls = kept((name) => {
      if (!isKnown(name)) return false;
      const { isCall, nameIn } = this.roleOf(name);
      return isCall || nameIn.some((pair) => pair >= embeds && isIn(pair));
    });
    const names = kept((name) => (areRun && runners.has(name)) || (isKnown(name) && (calls(name) || this.roleOf(name).nameIn.some(isIn))));
    const counts = kept((word) => [word, word.toLowerCase()].some((each) => names(each) || (isKnown(each) && this.roleOf(each).alongIn.some(isIn))));
    return { counts, names, calls, mayRunCommands };
  }

  /** Each pair that is in a text, once; undefined for the call of a name that counts by itself, once. @param named takes the pairs of which a name is there */
  private *found(text: LineText, named = new Set<number>()): Generator<number | undefined> {
    const hits = [...hitsIn(this.scan, text)];
    const roles = this.rolesAmong(new Set(hits.map(({ word }) => word)));
    if (roles.size === 0) return;
    const accompanied = new Set<number>(this.unaccompanied);
    const asked = new AskedText(text);
    let isLong: boolean | undefined;
    let isCalled = false;
    const hasLongStrings = () => (isLong ??= holdsLongString(text.toString()));
    const isFound = (pair: number) => named.has(pair) && accompanied.has(pair) && this.isInText(pair, asked);
    const beyondComments = lineCursor(text, this.reader.comments);
    for (const { offset, word } of hits) {
      const role = roles.get(word);
      if (role === undefined) continue;
      const { line: index, column } = text.positionAt(offset);
      if (!beyondComments(index)) continue;
      const line = text.line(index);
      const { isCall, isByName, nameIn, alongIn } = role;
      if ((isCall || nameIn.length > 0) && this.mayBeCalled(line, column, word, isByName)) {
        if (isCall && !isCalled) {
          isCalled = true;
          yield undefined;
        }
        for (const pair of nameIn) {
          if (named.has(pair) || !this.isCluedAt(pair, asked, index, column, word)) continue;
          named.add(pair);
          if (isFound(pair)) yield pair;
        }
      }
      for (const pair of alongIn) {
        if (accompanied.has(pair) || !this.accompanies(pair, line, column, word, hasLongStrings)) continue;
        accompanied.add(pair);
        if (isFound(pair)) yield pair;
      }
    }
  }

  /** What the words of a text can be good for beside one another: most have nobody there that they count along with. */
  private rolesAmong(words: ReadonlySet<string>): ReadonlyMap<string, Role> {
    // By places of pairs, whether a name of it is there and whether it counts with one.
    const named = new Uint8Array(this.words.pairs.length);
    const counts = this.countsAlone.slice();
    for (const word of words) {
      const { nameIn, alongIn } = this.roleOf(word);
      for (const pair of nameIn) named[pair] = 1;
      for (const pair of alongIn) counts[pair] = 1;
    }
    const roles = new Map<string, Role>();
    for (const word of words) {
      const role = this.roleOf(word);
      const nameIn = role.nameIn.filter((pair) => counts[pair] === 1);
      const alongIn = role.alongIn.filter((pair) => named[pair] === 1);
      if (role.isCall || nameIn.length > 0 || alongIn.length > 0) roles.set(word, { ...role, nameIn, alongIn });
    }
    return roles;
  }

  /** What a call is a member of, or is given, is told where it is called, whatever it was imported as. */
  private isCluedAt(index: number, asked: AskedText, line: number, column: number, word: string): boolean {
    const { clue, isByName } = this.pairAt(index);
    const isPlain = clue?.on === undefined && clue?.notOn === undefined && clue?.given === undefined;
    if (isPlain && !isByName) return true;
    return this.mayBeCalled(asked.text.line(line), column, word, true) && (isPlain || isClueAt(clue, asked, line, column, word));
  }

  private isInText(index: number, asked: AskedText): boolean {
    const pattern = this.pairAt(index).clue?.text;
    return pattern === undefined || asked.once(pattern, (whole) => pattern.test(whole));
  }

  private accompanies(index: number, line: string, offset: number, word: string, hasLongStrings: () => boolean): boolean {
    const { before, behind, inStrings } = this.pairAt(index);
    if (before !== undefined && !matchesAt(before, line, offset + word.length)) return false;
    if (behind?.(word.toLowerCase(), line.slice(0, offset)) === false) return false;
    if (before === behindVerb && operator.test(line.slice(offset)) && !/["'`]/.test(line.slice(0, offset))) return false;
    return !inStrings || this.reader.marksCalls !== true || /["'`]/.test(line.slice(0, offset)) || hasLongStrings();
  }

  private mayBeCalled(line: string, offset: number, word: string, isByName: boolean): boolean {
    const { marksCalls, isCalledAt = mayBeCalled } = this.reader;
    return marksCalls !== true || (isByName ? isCalledAt(line, offset, word) : mayBeCalled(line, offset, word));
  }

  private pairAt(index: number): Pair {
    let pair = this.pairs.get(index);
    if (pair === undefined) {
      pair = this.makePair(index);
      this.pairs.set(index, pair);
    }
    return pair;
  }

  private makePair(index: number): Pair {
    const embeds = this.reader.embeds?.[index];
    const { clue: place, isByName: isOnlyByName = false } = this.words.pairs[index] ?? {};
    if (embeds === undefined) return { clue: place && clueAt(this.rules, place), isByName: isOnlyByName, inStrings: false, before: undefined };
    const { kinds, isByName = false, behind, text, notOn, given } = embeds;
    const areStatements = kinds.includes('statement');
    return { clue: text !== undefined ? { text } : given !== undefined ? { notOn, given } : areStatements ? givenSomething : undefined, isByName, inStrings: true, before: areStatements ? behindVerb : kinds.includes('command') ? behindCommand : undefined, behind };
  }

  private roleOf(word: string): Role {
    let role = this.roles.get(word);
    if (role === undefined) {
      role = this.makeRole(word);
      this.roles.set(word, role);
    }
    return role;
  }

  private makeRole(word: string): Role {
    const { alike, calls, imported, lists, pairs } = this.words;
    if (!this.scan.lists(word)) return { isCall: alike.isCall, isByName: false, nameIn: alike.nameIn, alongIn: noPairs };
    const lower = word.toLowerCase();
    const [holdsWord, holdsLower] = [word, lower].map((each) => lists.map((list) => isListed(list, each))) as [boolean[], boolean[]];
    const nameIn = new Set<number>();
    const alongIn: number[] = [];
    for (const [index, { names, along }] of pairs.entries()) {
      if (holdsWord[names]) nameIn.add(index);
      if (along !== undefined && holdsLower[along]) alongIn.push(index);
    }
    if (this.isAlike(word)) for (const index of alike.nameIn) nameIn.add(index);
    return { isCall: isListed(calls, word), isByName: !isListed(imported, word), nameIn: [...nameIn], alongIn };
  }

  private isAlike(word: string): boolean {
    const lower = word.toLowerCase();
    return this.families.some((family) => word.length > family.start.length && lower.startsWith(family.start) && family.has(word));
  }
}

/** The same, asked once for each word. */
function kept(ask: (word: string) => boolean): (word: string) => boolean {
  const known = new Map<string, boolean>();
  return (word) => {
    const answer = known.get(word) ?? ask(word);
    known.set(word, answer);
    return answer;
  };
}

/** Whether a string may go on over lines: a line has an odd number of marks of one kind, those behind a backslash and a quotation mark that is quoted not counted, or is open at its end when marks within others are none. */
function holdsLongString(text: string): boolean {
  if (goesOn.test(text)) return true;
  let [double, template] = [false, false];
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (mark === lineFeed) {
      if (double || template || open === doubleQuote || open === backtick) return true;
      open = 0;
    } else if (mark === backslash) {
      if (text.charCodeAt(at + 1) !== lineFeed) at++;
    } else if (mark === singleQuote && text.startsWith(quotedQuote, at)) at += quotedQuote.length - 1;
    else if (mark === doubleQuote || mark === backtick || mark === singleQuote) {
      if (mark === doubleQuote) double = !double;
      else if (mark === backtick) template = !template;
      open = open === 0 ? mark : open === mark ? 0 : open;
    }
  }
  return double || template;
}

const [lineFeed, doubleQuote, singleQuote, backslash, backtick] = [10, 34, 39, 92, 96];
const quotedQuote = `'"'`;
