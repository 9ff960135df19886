import { lineBehindComments } from '../language/comments.ts';
import { matchesAt, mayBeCalled } from '../language/names.ts';
import { AskedText, type Embeds, type Reader } from '../language/reader.ts';
import { type WordFamily, wordIn, WordScan } from '../language/scan.ts';
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
    const accompanied = new Set<number>(this.unaccompanied);
    const asked = new AskedText(text);
    let isLong: boolean | undefined;
    let isCalled = false;
    const hasLongStrings = () => (isLong ??= linesOf(text).some(leavesStringOpen));
    const { comments } = this.reader;
    const next = (index: number) => (comments === undefined ? index : lineBehindComments(text, index, comments));
    const isFound = (pair: number) => named.has(pair) && accompanied.has(pair) && this.isInText(pair, asked);
    for (let index = next(0); index < text.lineCount; index = next(index + 1)) {
      const line = text.line(index);
      for (const { offset, word } of this.scan.hits(line)) {
        const { isCall, isByName, nameIn, alongIn } = this.roleOf(word);
        if ((isCall || nameIn.length > 0) && this.mayBeCalled(line, offset, word, isByName)) {
          if (isCall && !isCalled) {
            isCalled = true;
            yield undefined;
          }
          for (const pair of nameIn) {
            if (named.has(pair) || !this.isCluedAt(pair, asked, index, offset, word)) continue;
            named.add(pair);
            if (isFound(pair)) yield pair;
          }
        }
        for (const pair of alongIn) {
          if (accompanied.has(pair) || !this.accompanies(pair, line, offset, word, hasLongStrings)) continue;
          accompanied.add(pair);
          if (isFound(pair)) yield pair;
        }
      }
    }
  }

  /** What a call is a member of, or is given, is told where it is called, whatever it was imported as. */
  private isCluedAt(index: number, asked: AskedText, line: number, column: number, word: string): boolean {
    const { clue, isByName } = this.pairAt(index);
    const isPlain = clue?.on === undefined && clue?.given === undefined;
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
    const { kinds, isByName = false, behind, text, given } = embeds;
    const areStatements = kinds.includes('statement');
    return { clue: text !== undefined ? { text } : given !== undefined ? { given } : areStatements ? givenSomething : undefined, isByName, inStrings: true, before: areStatements ? behindVerb : kinds.includes('command') ? behindCommand : undefined, behind };
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

function linesOf(text: LineText): string[] {
  return Array.from({ length: text.lineCount }, (_, index) => text.line(index));
}

function leavesStringOpen(line: string): boolean {
  const marks = line.replace(/\\.|'"'/g, '');
  return marks.split('`').length % 2 === 0 || marks.split('"').length % 2 === 0 || goesOn.test(line);
}
