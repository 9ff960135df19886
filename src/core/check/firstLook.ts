import type { Family } from '../language/language.ts';
import type { Operation } from '../language/operation.ts';
import { matchesAt, mayBeCalled } from '../language/names.ts';
import { readers } from '../language/readers.ts';
import { wordIn, WordScan } from '../language/scan.ts';
import type { LineText } from '../text/lineText.ts';
import { familiesOf, type Matchers, wordsOf } from './matcherWords.ts';

/** Words of which one has to stand somewhere in a text, for those of the other side to count. */
interface Pair {
  /** Names of what is called. */
  readonly names: ReadonlySet<string>;
  /** In lower case. */
  readonly along: ReadonlySet<string>;
  /** They only count in strings. */
  readonly inStrings: boolean;
  /** They only count in front of this. */
  readonly before?: RegExp | undefined;
}

/** What a word is good for. */
interface Role {
  /** The name of a call that a rule matches. */
  readonly isCall: boolean;
  /** Indices of the pairs that it is a name of, and of those that it stands along with. */
  readonly nameIn: readonly number[];
  readonly alongIn: readonly number[];
}

const ofFamily: Role = { isCall: true, nameIn: [], alongIn: [] };

/** What can follow the verb of a statement: methods and events have the same names. */
const behindVerb = /[\s/[\\]|$|["'`]\s*\+/y;

/** In which languages a string goes on over lines is not worth telling apart; nor is a mark next to another one, which may stand for itself. */
const goesOn = /"""|'''|\\\r?$|["'/]`|`["'/]/m;

/** Tells by its words alone whether a text can hold an operation that a rule matches, so that most texts are never parsed. */
export class FirstLook {
  private readonly scan: WordScan;
  private readonly roles = new Map<string, Role>();
  private readonly pairs: readonly Pair[];
  private readonly marksCalls: boolean;

  /** For a family of which `embeds` is known. */
  constructor(matchers: Matchers, family: Family) {
    const { embeds = [], marksCalls = false } = readers[family];
    this.marksCalls = marksCalls;
    const wordsFor = (kinds: readonly Operation['kind'][]) => wordsOf(matchers.filter(({ kind }) => kinds.includes(kind)), family);
    const embedded = new Set(embeds.flatMap(({ kinds }) => kinds));
    const own = matchers.filter(({ kind }) => !embedded.has(kind));
    const alone = own.filter(({ alongside }) => alongside === undefined);
    const calls = new Set(wordsOf(alone, family).map(wordIn));
    this.pairs = [
      ...embeds.map(({ kinds, words, by }) => ({ names: new Set(by.map(wordIn)), along: lowered([...wordsFor(kinds), ...(words ?? [])]), inStrings: true, before: kinds.every((kind) => kind === 'statement') && words === undefined ? behindVerb : undefined })),
      ...own.flatMap(({ words, alongside }) => (alongside === undefined ? [] : [{ names: new Set(words.map(wordIn)), along: lowered(alongside), inStrings: false }])),
    ];
    const all = new Set([...calls, ...this.pairs.flatMap(({ names, along }) => [...names, ...along])]);
    this.scan = new WordScan(all, familiesOf(own));
    for (const word of all) this.roles.set(word, { isCall: calls.has(word), nameIn: this.indices(({ names }) => names.has(word)), alongIn: this.indices(({ along }) => along.has(word.toLowerCase())) });
  }

  mayHold(text: LineText): boolean {
    const named = new Set<number>();
    const accompanied = new Set<number>();
    let isLong: boolean | undefined;
    const hasLongStrings = () => (isLong ??= linesOf(text).some(leavesStringOpen));
    for (let index = 0; index < text.lineCount; index++) {
      const line = text.line(index);
      for (const { offset, word } of this.scan.hits(line)) {
        const { isCall, nameIn, alongIn } = this.roles.get(word) ?? ofFamily;
        if ((isCall || nameIn.length > 0) && (!this.marksCalls || mayBeCalled(line, offset, word))) {
          if (isCall) return true;
          for (const pair of nameIn) named.add(pair);
        }
        for (const pair of alongIn) if (!accompanied.has(pair) && this.accompanies(pair, line, offset + word.length, hasLongStrings)) accompanied.add(pair);
        for (const pair of named) if (accompanied.has(pair)) return true;
      }
    }
    return false;
  }

  private accompanies(index: number, line: string, end: number, hasLongStrings: () => boolean): boolean {
    const pair = this.pairs[index];
    return (pair?.before === undefined || matchesAt(pair.before, line, end)) && (pair?.inStrings !== true || !this.marksCalls || /["'`]/.test(line) || hasLongStrings());
  }

  private indices(wanted: (pair: Pair) => boolean): number[] {
    return this.pairs.flatMap((pair, index) => (wanted(pair) ? [index] : []));
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
