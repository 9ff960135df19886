import type { Grammars } from '../language/grammars.ts';
import type { LanguageId } from '../language/language.ts';
import { openView } from '../language/openView.ts';
import type { Operation } from '../language/operation.ts';
import type { Pace, Paced } from '../language/pace.ts';
import type { View } from '../language/view.ts';
import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Confidence, Finding } from './finding.ts';
import { type Digest, fingerprintOf } from './fingerprint.ts';
import type { Judged, RuleSet } from './ruleSet.ts';
import { severityOf } from './severity.ts';

export interface CheckPorts {
  readonly grammars: Grammars;
  readonly digest: Digest;
}

const confidenceBy: Readonly<Record<Operation['resolution'], Confidence>> = { literal: 'high', import: 'high', assignment: 'medium', name: 'medium' };

/**
 * One file under check, for one look or for as long as it is edited. Nothing is parsed and no grammar is loaded before
 * a word that some rule wants stands in the text.
 */
export class CheckedFile {
  private view: View | undefined;
  private holdsWords = false;

  constructor(
    readonly path: string,
    readonly language: LanguageId,
    private readonly text: LineText,
    private readonly before: string | undefined,
    private readonly rules: RuleSet,
    private readonly ports: CheckPorts,
  ) {}

  /** Call before the text takes the edit. */
  willChange(edit: OffsetEdit): void {
    this.view?.willChange(edit);
  }

  /** Looks for words and loads what reading them needs; false when there is nothing to read. */
  async prepare(): Promise<boolean> {
    if (this.view !== undefined) return true;
    this.holdsWords ||= this.hasWantedWord();
    if (!this.holdsWords) return false;
    this.view = await openView(this.language, this.text, this.before, this.ports.grammars);
    return true;
  }

  /** The findings that touch one of the ranges, in the order of the text: the same that a look at the whole text would find there. */
  *findings(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Finding[]> {
    const judged = yield* this.judge(focus, pace);
    const findings: Finding[] = [];
    for (const [index, each] of judged.entries()) {
      const earlier = yield* this.countEqualBefore(each, pace);
      const atSamePlace = judged.slice(0, index).filter((other) => isEqualButForPlace(other, each) && other.operation.range.equals(each.operation.range)).length;
      findings.push(this.findingOf(each, earlier + atSamePlace));
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
    const judged = operations.flatMap((operation) => (meetsAny(withinOf(operation), focus) ? this.rules.judge(operation) : []));
    return judged.sort((a, b) => a.operation.range.start - b.operation.range.start || b.operation.range.endExclusive - a.operation.range.endExclusive);
  }

  /** How many findings before this one have the same rule, address and text; they are looked for only where the same text stands. */
  private *countEqualBefore(judged: Judged, pace: Pick<Pace, 'isOver'>): Paced<number> {
    const { range } = judged.operation;
    const matched = this.text.slice(range);
    const copies = occurrences(this.text, matched, range.start);
    if (copies.length === 0) return 0;
    const others = yield* this.judge(copies, pace);
    return others.filter((other) => isEqualButForPlace(other, judged) && other.operation.range.start < range.start && this.text.slice(other.operation.range) === matched).length;
  }

  private findingOf({ rule, operation, judgement }: Judged, ordinal: number): Finding {
    const matched = this.text.slice(operation.range);
    const blastRadius = { ...rule.blastRadius, factors: [], ...judgement };
    const parts = { ruleId: rule.id, path: this.path, address: operation.address, matched, ordinal };
    return {
      ruleId: rule.id,
      title: rule.title,
      path: this.path,
      range: operation.range,
      matched,
      severity: severityOf(blastRadius),
      confidence: confidenceBy[operation.resolution],
      blastRadius,
      fingerprint: fingerprintOf(parts, this.ports.digest),
      within: withinOf(operation),
    };
  }

  private hasWantedWord(): boolean {
    const { words } = this.rules.wanted(this.language);
    if (this.before !== undefined && words.hits(this.before).length > 0) return true;
    for (let line = 0; line < this.text.lineCount; line++) if (words.hits(this.text.line(line)).length > 0) return true;
    return false;
  }
}

function withinOf(operation: Operation): OffsetRange[] {
  const more = operation.kind === 'attributeChange' ? operation.within : operation.ranBy;
  return more === undefined ? [operation.range] : [operation.range, more];
}

export function meetsAny(ranges: readonly OffsetRange[], others: readonly OffsetRange[]): boolean {
  return ranges.some((range) => others.some((other) => range.meets(other)));
}

/** For operations of the same text. */
function isEqualButForPlace(a: Judged, b: Judged): boolean {
  return a.rule === b.rule && a.operation.address.join('\n') === b.operation.address.join('\n');
}

/** One rule tells of one danger once: of a command and those that it runs the inner one says best what is done. */
function withoutRepeated(judged: readonly Judged[]): Judged[] {
  return judged.filter(({ rule, operation }, index) => {
    if (operation.kind !== 'command') return true;
    const runsAnother = (other: Judged, at: number) =>
      other.operation.kind === 'command' && other.rule === rule && operation.range.encloses(other.operation.range) && (!operation.range.equals(other.operation.range) || at < index);
    return !judged.some((other, at) => at !== index && runsAnother(other, at));
  });
}

/** Where a text stands, wholly before an offset. */
function occurrences(text: LineText, wanted: string, before: number): OffsetRange[] {
  const lineEnd = wanted.indexOf('\n');
  const firstLine = lineEnd === -1 ? wanted : wanted.slice(0, lineEnd + 1);
  const found: OffsetRange[] = [];
  if (firstLine === '') return found;
  const last = text.positionAt(before).line;
  for (let line = 0; line <= last; line++) {
    const written = text.line(line);
    for (let at = written.indexOf(firstLine); at !== -1; at = written.indexOf(firstLine, at + 1)) {
      const range = OffsetRange.ofLength(text.startOfLine(line) + at, wanted.length);
      if (range.start < before && range.endExclusive <= text.length && text.slice(range) === wanted) found.push(range);
    }
  }
  return found;
}
