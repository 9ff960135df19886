import type { OffsetRange } from '../../text/offsetRange.ts';
import type { GuardKind, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { ChangedText } from '../reader.ts';
import type { CallIndex, KnownCall, PlacedCall } from './callIndex.ts';
import { conditionLost } from './conditions.ts';
import { speaksOf, type WeakenedDefault, weakenedDefaults } from './defaults.ts';
import { type Guard, guardsIn, isWeakerThan, mayExit, strongestOf, withoutNames, withoutSense } from './guards.ts';
import type { LineBalance } from './lineBalance.ts';

const filters = /\.\s*(?:where|filter|filter_by|filterBy|andWhere|eq|match|limit|take|first|whereIn)\s*\(/gi;
const names = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const dryRunOption = /\b(?:dry_?run|dryRun|DryRun)\b\s*[:=]+\s*(?:true|True|'true'|"true")|--dry-run|\bSimulate\b/;
const limitOption = /\b(?:limit|take|max_?count|batch_?size|LIMIT)\b\s*[:=(]?\s*\d+|\.slice\(\s*0\s*,\s*\w+\s*\)/i;
/** What chooses by conditions. */
const chooses = /where|filter/i;

/** The destructive calls of the text before, to be told apart from those that the text has now. */
export class CallsBefore {
  private readonly pairs: Pairs;
  private readonly guards = new Map<PlacedCall, readonly Guard[]>();

  constructor(
    private readonly index: CallIndex,
    calls: readonly PlacedCall[],
  ) {
    this.pairs = new Pairs(calls);
  }

  /**
   * The guards that stood around a destructive call before, and stand around it no longer, nor anywhere else in the change.
   * @param whole all of the text after
   * @param losses the kinds of guard that the change speaks less often of
   */
  *removedGuards(after: CallIndex, calls: readonly PlacedCall[], losses: ReadonlySet<GuardKind>, balance: LineBalance, whole: OffsetRange, pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
    const removals: Removal[] = [];
    const take = this.pairs.taking();
    // A condition that no longer ends what it stands before is spoken of as often as ever.
    const mayBeIdle = [...balance.surplus].some(([line, by]) => by < 0 && mayExit(line));
    const weakened = defaultsWeakened(balance);
    const mayBeWeaker = [...balance.surplus].some(([line, by]) => by > 0 && joins.test(line)) || mayBeInverted(balance);
    const mayChooseMore = [...balance.surplus].some(([line, by]) => by < 0 && chooses.test(line));
    for (const now of calls) {
      const old = take(now.call);
      if (pace.isOver()) yield;
      if (old === undefined) continue;
      const lost = old.call.chain === now.call.chain ? [] : optionsStillLost(old, now, after, losses, balance);
      if (lost.length === 0 && mayChooseMore) {
        const condition = conditionLostBehind(this.index.valuesBehind(old), after.valuesBehind(now));
        if (condition !== undefined) lost.push({ kind: 'filter', source: condition });
      }
      const guards = losses.size > 0 || mayBeIdle || mayBeWeaker ? this.guardsOf(old) : [];
      const guardsNow = weakened.length > 0 || (mayBeWeaker && guards.length > 0) ? after.guardsOf(now) : [];
      const passed = [
        ...weakened.filter(({ name }) => speaksOf(now.call.chain, name) || guardsNow.some(({ source }) => speaksOf(source, name))),
        ...guards.filter((guard) => guardsNow.some((other) => isWeakerThan(guard, other)) && !guardsNow.some(({ source }) => source === guard.source)),
      ];
      const strongestPassed = strongestOf(passed);
      if (strongestPassed !== undefined) {
        // A default may stand anywhere before.
        removals.push({ ...removal(now, strongestPassed), ...('name' in strongestPassed && { within: whole }) });
        continue;
      }
      if (mayBeIdle && guards.length > 0) {
        const idle = after.idleConditionsOf(now);
        lost.push(...guards.filter(({ source }) => idle.has(source)));
      }
      lost.push(...guards.filter(({ kind }) => losses.has(kind)));
      if (lost.length === 0) continue;
      const kept = new Set(after.guardsOf(now).map(({ kind }) => kind));
      const strongest = strongestOf(lost.filter(({ kind }) => !kept.has(kind)));
      if (strongest !== undefined) removals.push(removal(now, strongest));
    }
    return removals;
  }

  private guardsOf(call: PlacedCall): readonly Guard[] {
    let guards = this.guards.get(call);
    if (guards === undefined) this.guards.set(call, (guards = this.index.guardsOf(call)));
    return guards;
  }
}

/** What is lost of a call's options, but for what a variable brings now, and a filter that went into what it is called on. */
function optionsStillLost({ call: old }: PlacedCall, now: PlacedCall, after: CallIndex, losses: ReadonlySet<GuardKind>, balance: LineBalance): Guard[] {
  const lost = optionsLost(old.chain, now.call.chain);
  if (lost.length === 0) return lost;
  const still = optionsLost(old.chain, [...after.valuesBehind(now), now.call.chain].join('\n'));
  return losses.has('filter') || !goesThroughNewName(old.chain, now.call.chain, balance) ? still : still.filter(({ kind }) => kind !== 'filter');
}

/** A condition that the value of a variable lost. */
function conditionLostBehind(before: readonly string[], after: readonly string[]): string | undefined {
  const nameOf = (value: string) => value.slice(0, value.indexOf(':'));
  const now = new Map(after.map((value) => [nameOf(value), value]));
  return before.map((value) => conditionLost(value, now.get(nameOf(value)) ?? '')).find((condition) => condition !== undefined);
}

/** Whether a chain names something that it did not, and that the change makes: `User.stale`, `expired(now)`. */
function goesThroughNewName(before: string, after: string, { surplus }: LineBalance): boolean {
  const old = new Set(before.match(names));
  const fresh = (after.match(names) ?? []).filter((name) => !old.has(name));
  return fresh.some((name) => {
    const makes = new RegExp(`\\b(?:def|func|fun|fn|function|scope|const|let|var|static|public|private|protected|internal|async)\\b[^=]*?[\\s:.]${name.replaceAll('$', '\\$')}\\b|^${name.replaceAll('$', '\\$')}\\(.*\\)[^)]*\\{$`);
    return [...surplus].some(([line, by]) => by > 0 && makes.test(line));
  });
}

function removal({ call, range, within }: PlacedCall, { kind, source }: Guard): Removal {
  return {
    kind: 'removal',
    removed: kind,
    source: source.replace(/\s+/g, ' ').trim(),
    from: call.callee,
    range,
    within,
    address: [...call.address, kind],
    resolution: 'name',
  };
}

/** Where a condition may have got another way to hold. */
const joins = /\|\||&&|\b(?:or|and)\b/;

/** Whether a line came that says the opposite of one that went, or the same of another name. */
function mayBeInverted({ surplus }: LineBalance): boolean {
  const sensed = (line: string) => withoutNames(withoutSense(line));
  const gone = new Set<string>();
  for (const [line, by] of surplus) if (by < 0) gone.add(sensed(line));
  return gone.size > 0 && [...surplus].some(([line, by]) => by > 0 && gone.has(sensed(line)));
}

function defaultsWeakened({ surplus }: LineBalance): WeakenedDefault[] {
  const gone: string[] = [];
  const come: string[] = [];
  for (const [line, by] of surplus) (by < 0 ? gone : come).push(line);
  return gone.length === 0 || come.length === 0 ? [] : weakenedDefaults(gone, come);
}

/** What a call was given or followed by that held it back. */
function optionsLost(before: string, after: string): Guard[] {
  const lost: Guard[] = [];
  const dryRun = dryRunOption.exec(before);
  if (dryRun !== null && !dryRunOption.test(after)) lost.push({ kind: 'dryRun', source: dryRun[0] });
  const limit = limitOption.exec(before);
  if (limit !== null && !limitOption.test(after)) lost.push({ kind: 'limit', source: limit[0] });
  const [first] = before.match(filters) ?? [];
  if (first !== undefined && (after.match(filters) ?? []).length < (before.match(filters) ?? []).length) lost.push({ kind: 'filter', source: first.replace(/\s*\($/, '') });
  const condition = conditionLost(before, after);
  if (condition !== undefined) lost.push({ kind: 'filter', source: condition });
  return lost;
}

/** How often other files of a change speak of each kind of guard, before and after. The same files are asked about for each file of it. */
const counts = new WeakMap<ChangedText, readonly [before: ReadonlyMap<GuardKind, number>, after: ReadonlyMap<GuardKind, number>]>();

function surplusIn(other: ChangedText, kind: GuardKind): number {
  let known = counts.get(other);
  if (known === undefined) counts.set(other, (known = [guardsIn(other.before ?? ''), guardsIn(other.after ?? '')]));
  const [before, after] = known;
  return (after.get(kind) ?? 0) - (before.get(kind) ?? 0);
}

/** The kinds of guard that go. One that moved into a function of its own, or to another file, is still there: then its kind is spoken of as often as before. */
export function* lostAnywhere(balance: LineBalance, others: readonly ChangedText[], pace: Pick<Pace, 'isOver'>): Paced<Set<GuardKind>> {
  const lost = new Set<GuardKind>();
  for (const [kind, surplus] of balance.guardSurpluses()) {
    if (surplus >= 0) continue;
    let missing = -surplus;
    for (const other of others) {
      missing -= surplusIn(other, kind);
      if (pace.isOver()) yield;
    }
    if (missing > 0) lost.add(kind);
  }
  return lost;
}

/** Calls of the text before, each to be taken once by the call after that it became: in the same function first. */
class Pairs {
  private readonly byKey = new Map<string, number[]>();

  constructor(private readonly calls: readonly PlacedCall[]) {
    for (const [index, { call }] of calls.entries()) {
      for (const key of keysOf(call)) {
        const known = this.byKey.get(key);
        if (known === undefined) this.byKey.set(key, [index]);
        else known.push(index);
      }
    }
  }

  taking(): (call: KnownCall) => PlacedCall | undefined {
    const taken = new Set<number>();
    const firstLeft = new Map<string, number>();
    return (call) => {
      for (const key of keysOf(call)) {
        const indices = this.byKey.get(key);
        if (indices === undefined) continue;
        let next = firstLeft.get(key) ?? 0;
        while (next < indices.length && taken.has(indices[next] ?? 0)) next++;
        firstLeft.set(key, next);
        const index = indices[next];
        if (index === undefined) continue;
        taken.add(index);
        return this.calls[index];
      }
      return undefined;
    };
  }
}

const keys = new WeakMap<KnownCall, readonly string[]>();

/** What a call is found again by, the surest first. */
function keysOf(call: KnownCall): readonly string[] {
  let known = keys.get(call);
  if (known === undefined) {
    const { callee, address } = call;
    const lastName = /([\w$!?]+)\W*$/.exec(callee)?.[1] ?? callee;
    const inFunction = address.join(' ');
    keys.set(call, (known = [`${callee}\n${inFunction}`, `${lastName}\n\n${inFunction}`, callee]));
  }
  return known;
}
