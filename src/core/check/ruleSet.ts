import { type Family, type LanguageId, familyOf } from '../language/language.ts';
import type { Operation } from '../language/operation.ts';
import { readers } from '../language/readers.ts';
import { CountingWords, wordIn, WordScan } from '../language/scan.ts';
import type { Wanted } from '../language/view.ts';
import { hitsIn } from '../language/windows.ts';
import type { LineText } from '../text/lineText.ts';
import { FirstLook } from './firstLook.ts';
import { isInTest, lessenedByTest } from './places.ts';
import { isOfOwnClass } from './ownClasses.ts';
import { anyName, type Judgement, type Place, type Rule } from './rule.ts';
import { catalogueAt, type FamilyWords, familyWordsOf, isListed, rulesNamed, type RuleWords, ruleWordsOf, wordFamiliesAt } from './ruleWords.ts';

/** What was worked out of all rules when the program was built. */
export interface MadeWords {
  /** Undefined where it was not. */
  rules(): RuleWords | undefined;
  of(family: Family): FamilyWords | undefined;
}

/** Rules, prepared for looking operations up: which words to look for in a language, and what to make of what is found. */
export class RuleSet {
  private readonly wordsBy = new Map<Family, FamilyWords>();
  private readonly wantedBy = new Map<Family, Wanted>();
  private readonly firstLooks = new Map<Family, FirstLook>();
  /** Of operations that stood in a text. */
  private readonly placesBy = new Map<string, readonly number[]>();
  private ruleWords: RuleWords | undefined;
  private suppressibleIds: ReadonlySet<string> | undefined;

  constructor(
    private readonly rules: readonly Rule[],
    private readonly made?: MadeWords,
  ) {}

  /** The ids of rules whose findings a comment can suppress. */
  get suppressible(): ReadonlySet<string> {
    return (this.suppressibleIds ??= new Set(this.words.suppressible));
  }

  private get words(): RuleWords {
    return (this.ruleWords ??= this.made?.rules() ?? ruleWordsOf(this.rules));
  }

  private wordsOf(family: Family): FamilyWords {
    const words = this.wordsBy.get(family) ?? this.made?.of(family) ?? familyWordsOf(this.rules, family, readers[family]);
    this.wordsBy.set(family, words);
    return words;
  }

  wanted(language: LanguageId): Wanted {
    const family = familyOf(language);
    let wanted = this.wantedBy.get(family);
    if (wanted === undefined) {
      const words = this.wordsOf(family);
      wanted = {
        words: new WordScan(words.wanted.table, wordFamiliesAt(this.rules, words.wanted.families)),
        called: whenAsked(() => new WordScan(words.called.table, wordFamiliesAt(this.rules, words.called.families))),
        inText: whenAsked(() => new WordScan(words.inText)),
        imported: { has: (callee) => isListed(words.imported, callee) || words.catalogues.some((at) => catalogueAt(this.rules, at)?.has(lastNameOf(callee)) === true) },
        in: (other) => this.wanted(other),
      };
      this.wantedBy.set(family, wanted);
    }
    return wanted;
  }

  /** Whether a text can hold an operation that a rule matches, by its words alone. */
  mayHold(language: LanguageId, text: LineText): boolean {
    const look = this.firstLook(familyOf(language));
    if (look !== undefined) return look.mayHold(text);
    const { words } = this.wanted(language);
    if (hitsIn(words, text).next().done !== true) return true;
    if (!readers[familyOf(language)].kinds.includes('command')) return false;
    const whole = text.toString();
    return writtenAsCode.test(whole) || (quotedWithin.test(whole) && words.hits(whole.replaceAll(quotes, '')).length > 0);
  }

  /** The same for a text that nobody edits, with what is wanted of it: of words that count along with others only those that do here. Undefined where it holds none. */
  wantedIn(language: LanguageId, text: LineText): Wanted | undefined {
    const look = this.firstLook(familyOf(language));
    if (look === undefined) return this.mayHold(language, text) ? this.wanted(language) : undefined;
    const counting = look.countingIn(text);
    if (counting === undefined) return undefined;
    const wanted = this.wanted(language);
    const { counts, names, calls, mayRunCommands } = counting;
    return { ...wanted, words: new CountingWords(wanted.words, counts, names), called: { has: (name) => calls(wordIn(name)) && wanted.called.has(name) }, ...(!mayRunCommands && { runsNoCommand: true }) };
  }

  /** Undefined where any word counts by itself. */
  private firstLook(family: Family): FirstLook | undefined {
    const { look: words } = this.wordsOf(family);
    if (words === undefined) return undefined;
    const look = this.firstLooks.get(family) ?? new FirstLook(words, this.rules, readers[family]);
    this.firstLooks.set(family, look);
    return look;
  }

  has(ruleId: string): boolean {
    return this.rules.some(({ id }) => id === ruleId);
  }

  private named(kind: Operation['kind'], name: string): readonly number[] {
    const key = `${kind} ${name}`;
    let places = this.placesBy.get(key);
    if (places === undefined) {
      places = rulesNamed(this.words, kind, name);
      this.placesBy.set(key, places);
    }
    return places;
  }

  /** What the rules make of an operation; several may see different dangers in one. */
  judge(operation: Operation, place: Place): { rule: Rule; operation: Operation; judgement: Judgement }[] {
    const names = namesOf(operation);
    const { words } = this;
    const places = new Set([
      ...names.flatMap((name) => this.named(operation.kind, name)),
      ...words.byCatalogue.flatMap(([kind, ...at]) => (kind === operation.kind && catalogueAt(this.rules, at)?.has(names.at(-1) ?? '') === true ? [at[0]] : [])),
    ]);
    return [...places].flatMap((at) => {
      const rule = this.rules[at];
      if (rule === undefined) return [];
      const judgement = judgeWith(rule, operation, names, place);
      if (judgement === undefined || (operation.kind === 'call' && isOfOwnClass(operation))) return [];
      const isLess = rule.weighsTests !== true && (operation.kind === 'call' || operation.kind === 'statement') && isInTest(operation, place);
      return [{ rule, operation, judgement: isLess ? lessenedByTest(judgement, judgement.scope ?? rule.blastRadius.scope) : judgement }];
    });
  }
}

/** Most texts hold nothing that is asked about. */
function whenAsked(make: () => WordScan): Pick<WordScan, 'has'> {
  let made: WordScan | undefined;
  return { has: (name) => (made ??= make()).has(name) };
}

/**
 * A shell takes quotes and backslashes out of its words: `r''m` is `rm`; PowerShell quotes, also typographic ones, and backticks, cmd quotes and carets.
 * Characters may be written as their codes: `$'\\x72m'`.
 */
const quotes = /[\\^`]\r?\n|["'\\^`\u2018\u2019\u201c\u201d]/g;
const quotedWithin = /[\w$](?:[\\^`]\r?\n|["'\\^`\u2018\u2019\u201c\u201d])+[\w$]/;
const writtenAsCode = /\$'[^']*\\/;

/** `deleteBucket` of `@aws-sdk/client-s3#S3.deleteBucket`. */
function lastNameOf(callee: string): string {
  return callee.slice(Math.max(callee.lastIndexOf('#'), callee.lastIndexOf('.')) + 1);
}

/** The names that matchers know an operation by; its own name last. */
function namesOf(operation: Operation): string[] {
  switch (operation.kind) {
    case 'call':
      return operation.imported === undefined ? [operation.name] : [operation.imported, operation.name];
    case 'command':
      return [operation.name];
    case 'statement':
      return [operation.verb];
    case 'attributeChange':
      return [anyName];
    case 'resourceChange':
      return [operation.change];
    case 'removal':
      return [operation.removed];
    case 'suppression':
      return [operation.flaw];
  }
}

function judgeWith(rule: Rule, operation: Operation, names: readonly string[], place: Place): Judgement | undefined {
  const matchers = rule.matches.filter((matcher) => matcher.names?.has(names.at(-1) ?? '') ?? names.includes(matcher.name));
  switch (operation.kind) {
    case 'call':
      return matchers.some((matcher) => matcher.kind === 'call' && matcher.test(operation)) ? rule.judge.call?.(operation, place) : undefined;
    case 'command':
      return matchers.some((matcher) => matcher.kind === 'command' && matcher.test(operation)) ? rule.judge.command?.(operation, place) : undefined;
    case 'statement':
      return matchers.some((matcher) => matcher.kind === 'statement' && matcher.test(operation)) ? rule.judge.statement?.(operation, place) : undefined;
    case 'attributeChange':
      return matchers.some((matcher) => matcher.kind === 'attributeChange' && matcher.test(operation)) ? rule.judge.attributeChange?.(operation, place) : undefined;
    case 'resourceChange':
      return matchers.some((matcher) => matcher.kind === 'resourceChange' && matcher.test(operation)) ? rule.judge.resourceChange?.(operation, place) : undefined;
    case 'removal':
      return matchers.some((matcher) => matcher.kind === 'removal' && matcher.test(operation)) ? rule.judge.removal?.(operation, place) : undefined;
    case 'suppression':
      return matchers.some((matcher) => matcher.kind === 'suppression' && matcher.test(operation)) ? rule.judge.suppression?.(operation, place) : undefined;
  }
}
