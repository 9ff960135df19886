import { disguiseOf } from '../language/disguise.ts';
import type { Grammars } from '../language/grammars.ts';
import { familyOf, type LanguageId } from '../language/language.ts';
import type { Pace, Paced } from '../language/pace.ts';
import { unwindStack } from '../language/parserRuntime.ts';
import type { FileContext } from '../language/reader.ts';
import { readers } from '../language/readers.ts';
import { withProjectScripts } from '../language/runners/view.ts';
import type { View, Wanted } from '../language/view.ts';
import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import { meetsAny, type OffsetRange } from '../text/offsetRange.ts';
import { Copies } from './copies.ts';
import type { Finding } from './finding.ts';
import { type Digest, fingerprintOf } from './fingerprint.ts';
import { type Judged, judgedAs, Judgements } from './judgements.ts';
import type { MadeWords, RuleSet } from './ruleSet.ts';
import { severities } from './severity.ts';
import { Suppressions, type SuppressionsNow } from './suppressions.ts';

export interface CheckPorts {
  readonly grammars: Grammars;
  readonly digest: Digest;
  /** The day as YYYY-MM-DD in UTC: behind it, what was suppressed until then counts again. */
  readonly today: () => string;
  /** What was worked out of the rules when the program was built. */
  readonly madeWords?: MadeWords;
  /** Set to read every text whatever its words, which shows what the first look loses: nothing. */
  readonly readsEverything?: true;
}

/**
 * One file under check, for one look or for as long as it is edited. Nothing is parsed and no grammar is loaded before
 * a word that some rule wants stands in the text.
 */
export class CheckedFile {
  private view: View | undefined;
  private judgements: Judgements | undefined;
  private readonly copies: Copies;
  private readonly suppressions: Suppressions;
  private wanted: Wanted | undefined;

  constructor(
    private readonly context: FileContext,
    readonly language: LanguageId,
    private readonly text: LineText,
    private readonly rules: RuleSet,
    private readonly ports: CheckPorts,
  ) {
    this.copies = new Copies(text);
    const terms = { suppressible: () => rules.suppressible, isRule: (id: string) => rules.has(id), today: ports.today };
    this.suppressions = new Suppressions(language, text, terms, ports.grammars);
  }

  get path(): string {
    return this.context.path;
  }

  /** Call before the text takes the edit. */
  willChange(edit: OffsetEdit): void {
    this.view?.willChange(edit);
    this.judgements?.willChange();
    this.copies.willChange(edit);
    this.suppressions.willChange(edit);
  }

  /** Looks for words and loads what reading them needs; false when there is nothing to read. */
  async prepare(): Promise<boolean> {
    const areSuppressed = await this.suppressions.prepare();
    return (await this.prepareView()) || areSuppressed;
  }

  private async prepareView(): Promise<boolean> {
    if (this.view !== undefined) {
      await this.view.prepare?.();
      return true;
    }
    this.wanted ??= this.wantedHere();
    if (this.wanted === undefined) return false;
    const reader = readers[familyOf(this.language)];
    const { longest = Infinity } = reader;
    if (this.text.length > longest) throw new Error(`it has ${megabytes(this.text.length)} of ${this.language}, of which no more than ${megabytes(longest)} are read`);
    const view = await reader.open(this.language, this.text, this.context, this.ports.grammars);
    this.view = reader.kinds.includes('command') && this.wanted.runsNoCommand !== true ? await withProjectScripts(view, this.text, this.context, this.language === 'shell' ? { readerOf: (language) => readers[familyOf(language)], grammars: this.ports.grammars } : undefined) : view;
    this.judgements = new Judgements(this.view, this.text, this.context, this.wanted, this.rules);
    return true;
  }

  /** The findings that meet one of the ranges, in the order of the text: the same that a look at the whole text would find there. */
  *findings(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Finding[]> {
    try {
      return yield* this.findingsIn(focus, pace);
    } catch (error) {
      unwindStack();
      throw error;
    }
  }

  private *findingsIn(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Finding[]> {
    const findings = this.judgements === undefined ? [] : yield* this.operationsIn(this.judgements, focus, pace);
    const suppressions = yield* this.suppressions.read(pace);
    if (suppressions === undefined) return findings;
    const spokenFor = findings.map((finding) => {
      const suppression = suppressions.of(finding);
      return suppression === undefined ? finding : { ...finding, suppression };
    });
    return [...spokenFor, ...this.voidSuppressions(suppressions, focus)].sort((a, b) => a.range.start - b.range.start || b.range.endExclusive - a.range.endExclusive);
  }

  private *operationsIn(judgements: Judgements, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Finding[]> {
    const judged = yield* this.judge(judgements, focus, pace);
    const isWhole = focus.some((range) => range.start === 0 && range.endExclusive === this.text.length);
    const ordinals = new Ordinals(isWhole ? judged : yield* this.copiesOf(judgements, judged, pace));
    const findings: Finding[] = [];
    for (const each of judged) {
      findings.push(this.findingOf(each, ordinals.next(each)));
      if (pace.isOver()) yield;
    }
    return findings;
  }

  private voidSuppressions({ flaws }: SuppressionsNow, focus: readonly OffsetRange[]): Finding[] {
    const judged = flaws.flatMap((flaw) => this.rules.judge(flaw, this.context).map(({ rule, judgement }) => judgedAs(this.text, flaw, rule, judgement)));
    const ordinals = new Ordinals(judged);
    return judged.map((each) => this.findingOf(each, ordinals.next(each))).filter(({ within }) => meetsAny(within, focus));
  }

  /** Why a part of the text as it is cannot be read, though what was found in the rest stands. */
  *unread(pace: Pick<Pace, 'isOver'>): Paced<string | undefined> {
    const disguise = disguiseOf(this.language, this.text);
    if (disguise !== undefined) return disguise;
    return this.view?.unread === undefined ? undefined : yield* this.view.unread(pace);
  }

  dispose(): void {
    this.suppressions.dispose();
    this.view?.dispose();
    this.view = undefined;
    this.judgements = undefined;
  }

  private *judge(judgements: Judgements, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Judged[]> {
    const judged = yield* judgements.of(focus, pace);
    // An operation that reaches out of the focus may hold others there, and what it holds decides whether it is told.
    const reachingOut = judged.map(({ range }) => range).filter((range) => !focus.some((each) => each.encloses(range)));
    const around = reachingOut.length === 0 ? judged : yield* judgements.of([...focus, ...reachingOut], pace);
    return oncePerPlace(withoutRepeated(around)).filter(({ within }) => meetsAny(within, focus));
  }

  /** These and every other operation of the file with the text of one of them: their places tell which copy each is. */
  private *copiesOf(judgements: Judgements, judged: readonly Judged[], pace: Pick<Pace, 'isOver'>): Paced<Judged[]> {
    const texts = new Set(judged.map(({ matched }) => matched));
    const places = [...texts].flatMap((text) => this.copies.of(text));
    this.copies.forgetUnused();
    return places.length <= judged.length ? [...judged] : yield* this.judge(judgements, places, pace);
  }

  private findingOf({ kind: _kind, address, likeness: _likeness, ...judged }: Judged, ordinal: number): Finding {
    const { ruleId, matched } = judged;
    return { ...judged, path: this.path, fingerprint: fingerprintOf({ ruleId, path: this.context.knownAs ?? this.path, address, matched, ordinal }, this.ports.digest) };
  }

  private wantedHere(): Wanted | undefined {
    const { text, language, context } = this;
    const { compares, holdsCode } = readers[familyOf(language)];
    if (this.ports.readsEverything === true || compares?.(context, text) === true || holdsCode?.(text, (name) => this.rules.wanted(language).words.has(name)) === true) return this.rules.wanted(language);
    // What comes into an edited text may bring its words to count. What was there before is looked at by the same ones.
    const isLastWord = text.isFixed && (context.before === undefined || context.before === text.toString());
    return isLastWord ? this.rules.wantedIn(language, text) : this.rules.mayHold(language, text) ? this.rules.wanted(language) : undefined;
  }
}

function megabytes(characters: number): string {
  return `${(characters / 1e6).toFixed(1)} MB`;
}

/** Which of the operations with equal rule, address and text each is, in the order of the text. */
class Ordinals {
  private readonly starts = new Map<string, number[]>();
  private readonly given = new Map<string, number>();

  constructor(all: readonly Judged[]) {
    for (const { likeness, range } of all) {
      const starts = this.starts.get(likeness);
      if (starts === undefined) this.starts.set(likeness, [range.start]);
      else starts.push(range.start);
    }
  }

  /** Asked for once each, in the order of the text: of several at one place each gets a number of its own. */
  next({ likeness, range: { start } }: Judged): number {
    const before = this.starts.get(likeness)?.indexOf(start) ?? 0;
    const place = `${start} ${likeness}`;
    const given = this.given.get(place) ?? 0;
    this.given.set(place, given + 1);
    return Math.max(0, before) + given;
  }
}

/** A text that is run at several places is one danger: told once, at its worst, and wherever one of them is looked at. Sorted by start. */
function oncePerPlace(judged: readonly Judged[]): Judged[] {
  const byPlace = new Map<string, Judged[]>();
  for (const each of judged) {
    const place = `${each.ruleId} ${each.range.start} ${each.range.endExclusive} ${each.blastRadius.effect}`;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, [each]);
    else known.push(each);
  }
  return [...byPlace.values()].flatMap((same) => {
    const [worst, ...others] = [...same].sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
    if (worst === undefined || others.length === 0) return same;
    const factor = { text: `it is run at ${same.length} places`, weight: 0 } as const;
    return [{ ...worst, within: same.flatMap(({ within }) => within), blastRadius: { ...worst.blastRadius, factors: [...worst.blastRadius.factors, factor] } }];
  });
}

/** One rule tells of one danger once: of a command and those that it runs the inner one says best what is done. Sorted by start, the longer first. */
function withoutRepeated(judged: readonly Judged[]): Judged[] {
  const isSame = (a: Judged, b: Judged | undefined) => b?.kind === 'command' && a.ruleId === b.ruleId;
  return judged.filter((outer, index) => {
    const { kind, range } = outer;
    if (kind !== 'command') return true;
    for (let at = index - 1; judged[at]?.range.equals(range) === true; at--) if (isSame(outer, judged[at])) return false;
    for (let at = index + 1; (judged[at]?.range.start ?? Infinity) < range.endExclusive; at++) {
      const inner = judged[at];
      if (inner !== undefined && isSame(outer, inner) && range.encloses(inner.range) && !range.equals(inner.range)) return false;
    }
    return true;
  });
}
