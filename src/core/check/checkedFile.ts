import type { Grammars } from '../language/grammars.ts';
import { familyOf, type LanguageId } from '../language/language.ts';
import { hole, type Operation } from '../language/operation.ts';
import type { Pace, Paced } from '../language/pace.ts';
import type { FileContext } from '../language/reader.ts';
import { readers } from '../language/readers.ts';
import { withProjectScripts } from '../language/runners/view.ts';
import type { View } from '../language/view.ts';
import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { BlastRadius } from './blastRadius.ts';
import { Copies } from './copies.ts';
import { viaFactors } from './factors.ts';
import type { Confidence, Finding } from './finding.ts';
import { type Digest, fingerprintOf } from './fingerprint.ts';
import type { Judgement, Rule } from './rule.ts';
import type { RuleSet } from './ruleSet.ts';
import { severityOf } from './severity.ts';

export interface CheckPorts {
  readonly grammars: Grammars;
  readonly digest: Digest;
}

const confidenceBy: Readonly<Record<Operation['resolution'], Confidence>> = { literal: 'high', import: 'high', assignment: 'medium', name: 'medium' };

/** A dangerous operation, its exact text, and what its rule makes of it. */
interface Judged {
  readonly rule: Rule;
  readonly operation: Operation;
  readonly judgement: Judgement;
  readonly matched: string;
}

/**
 * One file under check, for one look or for as long as it is edited. Nothing is parsed and no grammar is loaded before
 * a word that some rule wants stands in the text.
 */
export class CheckedFile {
  private view: View | undefined;
  private readonly copies: Copies;
  private holdsWords = false;

  constructor(
    private readonly context: FileContext,
    readonly language: LanguageId,
    private readonly text: LineText,
    private readonly rules: RuleSet,
    private readonly ports: CheckPorts,
  ) {
    this.copies = new Copies(text);
  }

  get path(): string {
    return this.context.path;
  }

  /** Call before the text takes the edit. */
  willChange(edit: OffsetEdit): void {
    this.view?.willChange(edit);
    this.copies.willChange(edit);
  }

  /** Looks for words and loads what reading them needs; false when there is nothing to read. */
  async prepare(): Promise<boolean> {
    if (this.view !== undefined) return true;
    this.holdsWords ||= this.hasWantedWord();
    if (!this.holdsWords) return false;
    const reader = readers[familyOf(this.language)];
    const view = await reader.open(this.language, this.text, this.context, this.ports.grammars);
    this.view = reader.kinds.includes('command') ? await withProjectScripts(view, this.text, this.context) : view;
    return true;
  }

  /** The findings that meet one of the ranges, in the order of the text: the same that a look at the whole text would find there. */
  *findings(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Finding[]> {
    const judged = yield* this.judge(focus, pace);
    const isWhole = focus.some((range) => range.start === 0 && range.endExclusive === this.text.length);
    const ordinals = new Ordinals(isWhole ? judged : yield* this.copiesOf(judged, pace));
    const findings: Finding[] = [];
    for (const each of judged) {
      findings.push(this.findingOf(each, ordinals.next(each)));
      if (pace.isOver()) yield;
    }
    return findings;
  }

  dispose(): void {
    this.view?.dispose();
    this.view = undefined;
  }

  private *judge(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Judged[]> {
    const judged = yield* this.judgeAll(focus, pace);
    // An operation that reaches out of the focus may hold others there, and what it holds decides whether it is told.
    const reachingOut = judged.map(({ operation }) => operation.range).filter((range) => !focus.some((each) => each.encloses(range)));
    const around = reachingOut.length === 0 ? judged : yield* this.judgeAll([...focus, ...reachingOut], pace);
    return withoutRepeated(around).filter(({ operation }) => meetsAny(withinOf(operation), focus));
  }

  private *judgeAll(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Judged[]> {
    if (this.view === undefined) return [];
    const operations = yield* this.view.operations(this.rules.wanted(this.language), focus, pace);
    const judged: Judged[] = [];
    for (const operation of operations) {
      if (!meetsAny(withinOf(operation), focus)) continue;
      const matched = this.text.slice(operation.range);
      judged.push(...this.rules.judge(operation, this.context).map((each) => ({ ...each, matched })));
      if (pace.isOver()) yield;
    }
    return judged.sort((a, b) => a.operation.range.start - b.operation.range.start || b.operation.range.endExclusive - a.operation.range.endExclusive);
  }

  /** These and every other operation of the file with the text of one of them: their places tell which copy each is. */
  private *copiesOf(judged: readonly Judged[], pace: Pick<Pace, 'isOver'>): Paced<Judged[]> {
    const texts = new Set(judged.map(({ operation }) => this.text.slice(operation.range)));
    const places = [...texts].flatMap((text) => this.copies.of(text));
    this.copies.forgetUnused();
    return places.length <= judged.length ? [...judged] : yield* this.judge(places, pace);
  }

  private findingOf({ rule, operation, judgement: { confidence, ...judgement }, matched }: Judged, ordinal: number): Finding {
    const blastRadius = readable({ ...rule.blastRadius, ...judgement, factors: [...viaFactors(operation), ...(judgement.factors ?? [])] });
    const parts = { ruleId: rule.id, path: this.path, address: addressOf(operation), matched, ordinal };
    return {
      ruleId: rule.id,
      title: rule.title,
      path: this.path,
      range: operation.range,
      matched,
      severity: severityOf(blastRadius),
      confidence: confidence ?? confidenceBy[operation.resolution],
      blastRadius,
      fingerprint: fingerprintOf(parts, this.ports.digest),
      within: withinOf(operation),
    };
  }

  private hasWantedWord(): boolean {
    const { words } = this.rules.wanted(this.language);
    if (readers[familyOf(this.language)].compares?.(this.context, this.text) === true) return true;
    for (let line = 0; line < this.text.lineCount; line++) if (words.hits(this.text.line(line)).length > 0) return true;
    return false;
  }
}

/** People read an ellipsis where a value is only known when the program runs. */
function readable(blastRadius: BlastRadius): BlastRadius {
  const { effect, target } = blastRadius;
  return { ...blastRadius, effect: effect.replaceAll(hole, '…'), ...(target !== undefined && { target: target.replaceAll(hole, '…') }) };
}

function withinOf(operation: Operation): OffsetRange[] {
  const more = 'within' in operation ? operation.within : operation.ranBy;
  return more === undefined ? [operation.range] : [operation.range, more];
}

export function meetsAny(ranges: readonly OffsetRange[], others: readonly OffsetRange[]): boolean {
  return ranges.some((range) => others.some((other) => range.meets(other)));
}

/** Which of the operations with equal rule, address and text each is, in the order of the text. */
class Ordinals {
  private readonly starts = new Map<string, number[]>();
  private readonly given = new Map<string, number>();

  constructor(all: readonly Judged[]) {
    for (const each of all) {
      const key = keyOf(each);
      const starts = this.starts.get(key);
      if (starts === undefined) this.starts.set(key, [each.operation.range.start]);
      else starts.push(each.operation.range.start);
    }
  }

  /** Asked for once each, in the order of the text: of several at one place each gets a number of its own. */
  next(judged: Judged): number {
    const key = keyOf(judged);
    const { start } = judged.operation.range;
    const before = this.starts.get(key)?.indexOf(start) ?? 0;
    const place = `${start} ${key}`;
    const given = this.given.get(place) ?? 0;
    this.given.set(place, given + 1);
    return Math.max(0, before) + given;
  }
}

/** What a script does that is only named here is another thing once the script is another. */
function addressOf({ address, via = [] }: Operation): readonly string[] {
  return [...address, ...via.map(({ text }) => text)];
}

function keyOf({ rule, operation, matched }: Judged): string {
  return JSON.stringify([rule.id, addressOf(operation), matched]);
}

/** One rule tells of one danger once: of a command and those that it runs the inner one says best what is done. Sorted by start, the longer first. */
function withoutRepeated(judged: readonly Judged[]): Judged[] {
  const isSame = (a: Judged, b: Judged | undefined) => b?.operation.kind === 'command' && a.rule === b.rule;
  return judged.filter((outer, index) => {
    const { kind, range } = outer.operation;
    if (kind !== 'command') return true;
    for (let at = index - 1; judged[at]?.operation.range.equals(range) === true; at--) if (isSame(outer, judged[at])) return false;
    for (let at = index + 1; (judged[at]?.operation.range.start ?? Infinity) < range.endExclusive; at++) {
      const inner = judged[at];
      if (inner !== undefined && isSame(outer, inner) && range.encloses(inner.operation.range) && !range.equals(inner.operation.range)) return false;
    }
    return true;
  });
}
