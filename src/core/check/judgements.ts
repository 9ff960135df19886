import { hole, type Operation } from '../language/operation.ts';
import type { Pace, Paced } from '../language/pace.ts';
import type { FileContext } from '../language/reader.ts';
import type { StretchChange } from '../language/stretchChange.ts';
import type { View, Wanted } from '../language/view.ts';
import type { LineText } from '../text/lineText.ts';
import { meetsAny, OffsetRange } from '../text/offsetRange.ts';
import type { BlastRadius } from './blastRadius.ts';
import { placeFactors, viaFactors } from './factors.ts';
import type { Confidence, Finding } from './finding.ts';
import type { Judgement, Rule } from './rule.ts';
import type { RuleSet } from './ruleSet.ts';
import { severityOf } from './severity.ts';

/** A dangerous operation and what its rule makes of it: a finding but for its name. It holds nothing of the tree that it was read from. */
export interface Judged extends Omit<Finding, 'path' | 'fingerprint' | 'region' | 'suppression'> {
  readonly kind: Operation['kind'];
  readonly address: readonly string[];
  /** Equal for those that only their place tells apart. */
  readonly likeness: string;
}

/** An operation with what all rules make of it, which is nothing for most. */
interface Reading {
  readonly within: readonly OffsetRange[];
  readonly judged: readonly Judged[];
  /** The stretches of the text that this depends on. */
  readonly reads: readonly OffsetRange[];
}

const confidenceBy: Readonly<Record<Operation['resolution'], Confidence>> = { literal: 'high', import: 'high', assignment: 'medium', name: 'medium' };

/**
 * The judged operations of one text that is edited. What an edit cannot have changed is kept, because what is found for
 * a range is what is found for any other and meets it: so only the ranges that may have changed are read again.
 */
export class Judgements {
  private readings: Reading[] = [];
  /** Every operation that meets one of these is among the readings, but for those that meet a range of `changed`. */
  private covered: OffsetRange[] = [];
  private changed: OffsetRange[] = [];
  /** What was asked for of this version of the text: the next one need not know more. */
  private asked: OffsetRange[] = [];
  private version = 0;
  private isStale = true;

  constructor(
    private readonly view: View,
    private readonly text: LineText,
    private readonly file: FileContext,
    private readonly wanted: Wanted,
    private readonly rules: RuleSet,
  ) {}

  willChange(): void {
    this.isStale = true;
  }

  /** Those that meet one of the ranges, by their place. Of two that begin together the longer comes first. */
  *of(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Judged[]> {
    yield* this.settle(pace);
    const missing = [...this.changed, ...focus.flatMap((range) => uncovered(range, [...this.covered, ...this.changed]))];
    if (missing.length > 0) {
      const fresh = yield* this.read(missing, pace);
      this.readings = [...this.readings.filter(({ within }) => !meetsAny(within, missing)), ...fresh];
      this.changed = [];
      this.covered.push(...missing);
    }
    this.asked.push(...focus);
    const judged = this.readings.flatMap((reading) => (meetsAny(reading.within, focus) ? reading.judged : []));
    return judged.sort((a, b) => a.range.start - b.range.start || b.range.endExclusive - a.range.endExclusive || runnerOf(a) - runnerOf(b));
  }

  private *settle(pace: Pick<Pace, 'isOver'>): Paced<void> {
    if (!this.isStale) return;
    // A view that is not steady knows nothing of the text before.
    const settled = this.view.steady === undefined ? undefined : yield* this.view.steady.settle(pace);
    this.isStale = false;
    const { version, change } = settled ?? { version: this.version + 1, change: undefined };
    if (version === this.version) return;
    if (change !== undefined && version === this.version + 1) this.follow(change);
    else this.readings = this.covered = this.changed = [];
    this.asked = [];
    this.version = version;
  }

  private follow(change: StretchChange): void {
    const moved = (range: OffsetRange) => change.moved(range);
    const kept: Reading[] = [];
    this.changed = [...this.changed.map(moved), change.after];
    this.covered = this.asked.map(moved);
    for (const reading of this.readings) {
      if (reading.reads.some((range) => range.touches(change.before))) this.changed.push(...reading.within.map(moved));
      else kept.push(movedReading(reading, moved));
    }
    this.readings = kept.filter(({ within }) => meetsAny(within, this.covered));
  }

  private *read(focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Reading[]> {
    const readings: Reading[] = [];
    for (const operation of yield* this.view.operations(this.wanted, focus, pace)) {
      const within = withinOf(operation);
      if (!meetsAny(within, focus)) continue;
      const reads = this.view.steady?.readsOf(operation) ?? new Set();
      const judged = this.text.noting(reads, () => this.rules.judge(operation, this.file).map(({ rule, judgement }) => judgedAs(this.text, operation, rule, judgement)));
      // What was taken away is told apart from what is written there now: its view says when to look again.
      readings.push({ within, judged, reads: operation.kind === 'removal' ? [...reads] : [...reads, ...within] });
      if (pace.isOver()) yield;
    }
    return readings;
  }
}

/** An operation of a text as its rule judged it. */
export function judgedAs(text: LineText, operation: Operation, rule: Rule, { confidence, ...judgement }: Judgement): Judged {
  const { kind, range, resolution } = operation;
  const matched = text.slice(range);
  const address = addressOf(operation);
  const gone = goneOf(operation);
  const blastRadius = readable({ ...rule.blastRadius, ...judgement, factors: [...viaFactors(operation), ...placeFactors(operation, judgement.factors ?? []), ...(judgement.factors ?? [])] });
  return {
    ruleId: rule.id,
    title: rule.title,
    range,
    matched,
    severity: severityOf(blastRadius),
    confidence: confidence ?? confidenceBy[resolution],
    blastRadius,
    within: withinOf(operation),
    kind,
    address,
    likeness: JSON.stringify([rule.id, address, matched]),
    ...(gone !== undefined && { gone }),
  };
}

function movedReading(reading: Reading, moved: (range: OffsetRange) => OffsetRange): Reading {
  const within = reading.within.map(moved);
  const reads = reading.reads.map(moved);
  if (reads.every((range, index) => range === reading.reads[index]) && reading.judged.every(({ blastRadius }) => blastRadius.factors.every(({ range }) => range === undefined || moved(range) === range))) return reading;
  return { within, reads, judged: reading.judged.map((judged) => movedJudged(judged, within, moved)) };
}

function movedJudged(judged: Judged, within: readonly OffsetRange[], moved: (range: OffsetRange) => OffsetRange): Judged {
  const factors = judged.blastRadius.factors.map((factor) => (factor.range === undefined ? factor : { ...factor, range: moved(factor.range) }));
  return { ...judged, within, range: moved(judged.range), blastRadius: { ...judged.blastRadius, factors } };
}

/** People read an ellipsis where a value is only known when the program runs. */
function readable(blastRadius: BlastRadius): BlastRadius {
  const { effect, target } = blastRadius;
  return { ...blastRadius, effect: effect.replaceAll(hole, '…'), ...(target !== undefined && { target: target.replaceAll(hole, '…') }) };
}

/** What a script does that is only named here is another thing once the script is another. */
function addressOf({ address, via = [] }: Operation): readonly string[] {
  return [...address, ...via.map(({ text }) => text)];
}

function goneOf(operation: Operation): string | undefined {
  switch (operation.kind) {
    case 'removal':
      return operation.removed === 'file' || operation.removed === 'code' ? '' : operation.source;
    case 'attributeChange':
      return `${operation.attribute.slice(operation.attribute.lastIndexOf('.') + 1)} ${operation.before?.source ?? ''}`;
    case 'resourceChange':
      return operation.block;
    default:
      return undefined;
  }
}

function withinOf(operation: Operation): OffsetRange[] {
  const more = 'within' in operation ? operation.within : operation.ranBy;
  return more === undefined ? [operation.range] : [operation.range, more];
}

/** The parts of a range that none of the others holds. */
function uncovered(range: OffsetRange, others: readonly OffsetRange[]): OffsetRange[] {
  return others.reduce<OffsetRange[]>((parts, other) => parts.flatMap((part) => without(part, other)), [range]);
}

function without(part: OffsetRange, other: OffsetRange): OffsetRange[] {
  // What touches an empty range from outside meets it too, so that only the inside of another one is as good.
  if (part.isEmpty) return part.equals(other) || (other.start < part.start && part.endExclusive < other.endExclusive) ? [] : [part];
  if (!part.overlaps(other)) return [part];
  const before = part.start < other.start ? [new OffsetRange(part.start, other.start)] : [];
  return part.endExclusive > other.endExclusive ? [...before, new OffsetRange(other.endExclusive, part.endExclusive)] : before;
}

/** One text can be run at several places. */
function runnerOf({ within }: Judged): number {
  return within[1]?.start ?? -1;
}
