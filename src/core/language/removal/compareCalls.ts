import type { OffsetRange } from '../../text/offsetRange.ts';
import type { GuardKind, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { ChangedText } from '../reader.ts';
import type { CallIndex, KnownCall, PlacedCall } from './callIndex.ts';
import { conditionLost } from './conditions.ts';
import { names, speaksOf, type WeakenedDefault, weakenedDefaults } from './defaults.ts';
import { finalDeletions, isMadeFinal } from './softDeletions.ts';
import type { Guard } from './guards.ts';
import { guardsIn, mayExit, strongestOf } from './guardWords.ts';
import type { LineBalance } from './lineBalance.ts';
import { madeBy } from './listSources.ts';
import { goesThroughNewName, optionsStillLost } from './lostOptions.ts';
import { narrowingOf, partsLost } from './narrowing.ts';
import { longestLine } from './scriptTests.ts';
import { shortened } from './durations.ts';
import { Pairs } from './pairs.ts';
import { Spoken } from './spoken.ts';
import { isStricterThan, isWeakerThan, withoutNames, withoutSense } from './weakerGuards.ts';

/** What chooses by conditions. */
const chooses = /where|filter/i;

/** The destructive calls of the text before, to be told apart from those that the text has now. */
export class CallsBefore {
  private readonly pairs: Pairs;
  private readonly guards = new Map<PlacedCall, readonly Guard[]>();
  private readonly values = new Map<PlacedCall, readonly string[]>();
  /** What is written in the functions around the calls. */
  private readonly functions = new Map<PlacedCall, string>();

  constructor(
    private readonly index: CallIndex,
    calls: readonly PlacedCall[],
    private readonly linesBefore: readonly string[],
  ) {
    this.pairs = new Pairs(calls);
  }

  /**
   * The guards that stood around a destructive call before, and stand around it no longer, nor anywhere else in the change.
   * @param whole all of the text after
   * @param losses the kinds of guard that the change speaks less often of
   */
  *removedGuards(after: CallIndex, calls: readonly PlacedCall[], losses: ReadonlySet<GuardKind>, balance: LineBalance, changed: readonly ChangedText[], whole: OffsetRange, pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
    const removals: Removal[] = [];
    const fresh: PlacedCall[] = [];
    const take = this.pairs.taking();
    // A condition that no longer ends what it stands before is spoken of as often as ever.
    const mayBeIdle = [...balance.surplus].some(([line, by]) => by < 0 && mayExit(line));
    const weakened = defaultsWeakened(balance, this.linesBefore);
    const mayBeWeaker = [...balance.surplus].some(([line, by]) => by > 0 && joins.test(line)) || mayBeInverted(balance) || isAskedOtherwise(balance);
    const differing = after.stretchThatDiffersFrom(this.linesBefore);
    const spoken = new Spoken(this.index, after, changed);
    const narrowing = [...balance.surplus].flatMap(([line, by]) => (by < 0 && narrows.test(line) ? [goneLine(line)] : []));
    const choosing = narrowing.filter(({ line }) => chooses.test(line));
    for (const now of calls) {
      const old = take(now.call);
      if (pace.isOver()) yield;
      if (old === undefined || isMadeFinal(old.call.chain, now.call.chain)) {
        fresh.push(now);
        continue;
      }
      // What changed places stands between the ends that are as they were.
      const behind = differing.meets(now.range) ? this.stepBehind(old, now, after) : undefined;
      if (behind !== undefined) {
        removals.push(removal(now, behind));
        continue;
      }
      const lost = old.call.chain === now.call.chain ? [] : optionsStillLost(old, now, after, losses, balance);
      if (lost.length === 0 && this.mayConcern(choosing, old)) {
        const condition = conditionLostBehind(this.valuesBehind(old), after.valuesBehind(now));
        if (condition !== undefined) lost.push({ kind: 'filter', source: condition });
      }
      const guards = losses.size > 0 || mayBeIdle || mayBeWeaker ? this.guardsOf(old) : [];
      const guardsNow = weakened.length > 0 || (mayBeWeaker && guards.length > 0) ? after.guardsOf(now) : [];
      const passed = [
        ...weakened.filter((each) => concerns(each, now.call.chain, guardsNow, () => after.valuesBehind(now))),
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
      const going = guards.filter((guard) => losses.has(guard.kind) && !isForReceiver(guard, old.call));
      const standing = lost.length + going.length === 0 ? [] : after.guardsOf(now);
      lost.push(...going.filter((guard) => !standing.some((other) => isStricterThan(guard, other))));
      const kept = new Set(standing.map(({ kind }) => kind));
      const strongest = strongestOf(lost.filter(({ kind }) => !kept.has(kind))) ?? (this.mayConcern(narrowing, old) ? strongestOf(this.narrowingLost(old, now, after, spoken, balance)) : undefined);
      if (strongest !== undefined) removals.push(removal(now, strongest));
    }
    // Who asks for it may stand in the function that calls the one with the destructive call.
    const [first] = calls;
    const isTold = removals.some(({ removed }) => removed === 'dryRun' || removed === 'confirmation');
    const elsewhere = first === undefined || isTold ? undefined : weakened.find((each) => (each.kind === 'dryRun' || each.kind === 'confirmation') && isAskedFor(each.name, balance.now));
    if (first !== undefined && elsewhere !== undefined) removals.push({ ...removal(calls.find(({ call }) => isSure(call)) ?? first, elsewhere), within: whole });
    return [...removals, ...finalDeletions(fresh, balance, this.linesBefore)];
  }

  /** A step or a condition that stands behind a call now, and stood before it. No line has to come or go for that. */
  private stepBehind(old: PlacedCall, now: PlacedCall, after: CallIndex): Guard | undefined {
    const guards = this.guardsOf(old).filter(({ kind, source }) => kind !== 'presence' && kind !== 'condition' && kind !== 'errorHandling' && source.length > 5);
    if (guards.length === 0) return undefined;
    const plain = (text: string) => text.replace(/\s+/g, '').replace(/;$/, '');
    const [behind, behindNow] = [plain(this.index.textBehind(old)), plain(after.textBehind(now))];
    const moved = guards.filter(({ source }) => behindNow.includes(plain(source)) && !behind.includes(plain(source)));
    if (moved.length === 0) return undefined;
    const still = new Set(after.guardsOf(now).map(({ source }) => plain(source)));
    return strongestOf(moved.filter(({ source }) => !still.has(plain(source))));
  }

  /** What narrowed a call and does no longer, told by what it says and not by how often its kind is spoken of. */
  private narrowingLost(old: PlacedCall, now: PlacedCall, after: CallIndex, spoken: Spoken, balance: LineBalance): NarrowedBy[] {
    const [guards, guardsNow] = [this.guardsOf(old), after.guardsOf(now)];
    const [values, valuesNow] = [this.valuesBehind(old), after.valuesBehind(now)];
    const sooner = shortenedIn(old.call.chain, now.call.chain, values, valuesNow, guards, guardsNow);
    if (sooner !== undefined) return [{ kind: 'filter', source: sooner }];
    // Who calls another function may ask there.
    if (old.call.address.join() !== now.call.address.join() || asksAnew(balance)) return [];
    const acted = (chain: string, all: readonly string[]) => [chain, ...all].join('\n');
    const lost = partsLost(narrowingOf(old.call, values, guards), narrowingOf(now.call, valuesNow, guardsNow), (key) => spoken.isAsOften(key));
    return goesThroughNewName(acted(old.call.chain, values), acted(now.call.chain, valuesNow), balance) ? [] : lost;
  }

  /** Whether lines that went stood in the function around a call, or gave something to a name that it has. */
  private mayConcern(gone: readonly Gone[], call: PlacedCall): boolean {
    if (gone.length === 0 || gone.length > manyLines) return gone.length > 0;
    let written = this.functions.get(call);
    if (written === undefined) this.functions.set(call, (written = this.index.functionAround(call)));
    const stands = (text: string) => gone.some(({ line, name }) => text.includes(line) || name?.test(text) === true);
    // What it acts on may be chosen in another function, or in a loop.
    return stands(written) || this.valuesBehind(call).some((value) => value.includes(madeBy) && stands(value));
  }

  private valuesBehind(call: PlacedCall): readonly string[] {
    let values = this.values.get(call);
    if (values === undefined) this.values.set(call, (values = this.index.valuesBehind(call)));
    return values;
  }

  private guardsOf(call: PlacedCall): readonly Guard[] {
    let guards = this.guards.get(call);
    if (guards === undefined) this.guards.set(call, (guards = this.index.guardsOf(call)));
    return guards;
  }
}

type NarrowedBy = Pick<Guard, 'kind' | 'source'>;

/** Lines that may have kept a call from something. */
const narrows = /where|filter|select|reject|prefix|selector|\btags?\b|query|grep|\bif\b|unless|assert|require|check|ensure|abort|guard|verify|&&|\band\b|\d|back_?up|snapshot|dump|confirm|prompt|\w\(/i;

/** Where so many lines went, it costs less to look at every call. */
const manyLines = 50;

/** `const each =`, `each: int =`, `"each" =`: a line that gives something to a name; what stands in a call's parentheses or in a text is none. */
const given = /^\s*(?:[\w<>[\],.?&*]+\s+)*["']?(\$?[\p{L}_$][\p{L}\p{N}_$]*)["']?\s*(?::[^=]*)?:?=(?![=>~])/u;

/** A line that went, and the name that it gave something to. */
interface Gone {
  readonly line: string;
  readonly name: RegExp | undefined;
}

function goneLine(line: string): Gone {
  const name = given.exec(line)?.[1];
  return { line, name: name === undefined ? undefined : new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replaceAll('$', '\\$')}(?![\\p{L}\\p{N}_$])`, 'u') };
}

/** How old something had to be, where it may be younger now. */
function shortenedIn(chain: string, chainNow: string, values: readonly string[], valuesNow: readonly string[], guards: readonly Guard[], guardsNow: readonly Guard[]): string | undefined {
  const nameOf = (value: string) => value.slice(0, value.indexOf(':'));
  const now = new Map(valuesNow.map((value) => [nameOf(value), value]));
  const pairs: (readonly [string, string | undefined])[] = [[chain, chainNow], ...values.map((value) => [value, now.get(nameOf(value))] as const)];
  for (const { source } of guards) if (!guardsNow.some((guard) => guard.source === source)) for (const guard of guardsNow) pairs.push([source, guard.source]);
  return pairs.map(([before, after]) => (after === undefined ? undefined : shortened(before, after))).find((each) => each !== undefined);
}

/** Whether a line came that calls what may ask instead. */
function asksAnew({ surplus }: LineBalance): boolean {
  return [...surplus].some(([line, by]) => by > 0 && asking.test(line));
}

const asking = /\b(?:check|valid|ensure|assert|require|guard|verif|authori[sz]|can[A-Z_]|allow|must|confirm|policy|permit|restrict)\w*!?(?:\.\w+)*\s*[(,]|@\w*(?:Auth|Guard|Role|Permission|Valid)/i;

/** Whether a guard asks only whether there is what the call is a method of. */
function isForReceiver({ kind, source }: Guard, { callee }: KnownCall): boolean {
  const receiver = callee.replace(/(?:\?\.|->|::|\.)?[\w$!?]+$/, '');
  return kind === 'presence' && receiver !== '' && source.replace(/^[!(\s]*|\s*(?:[!=]==?|\bis\b).*$|[)\s]*$/g, '') === receiver;
}

/** A condition that the value of a variable lost. */
function conditionLostBehind(before: readonly string[], after: readonly string[]): string | undefined {
  const nameOf = (value: string) => value.slice(0, value.indexOf(':'));
  const now = new Map(after.map((value) => [nameOf(value), value]));
  return before.map((value) => conditionLost(value, now.get(nameOf(value)) ?? '')).find((condition) => condition !== undefined);
}

function removal({ call, range, within }: PlacedCall, { kind, source }: NarrowedBy): Removal {
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

const asksSomething = /\b(?:if|elif|elsif|unless|guard|when|while|require|check|assert|ensure\w*|abort_\w+)\b/;

/** Whether a line with a condition went, and another with one came. */
function isAskedOtherwise({ surplus }: LineBalance): boolean {
  const asking = [...surplus].filter(([line]) => asksSomething.test(line));
  return asking.some(([, by]) => by < 0) && asking.some(([, by]) => by > 0);
}

/** Whether some line asks for a name before it does something. */
function isAskedFor(name: string, lines: readonly string[]): boolean {
  return lines.some((line) => line.length <= longestLine && /\b(?:if|unless|when|elif|return|continue)\b|\?|&&|\|\|/.test(line) && names(line, name));
}

/** Whether a call destroys by its name or its statement, and not only by chance. */
function isSure({ callee, chain }: KnownCall): boolean {
  return /delete|destroy|drop|truncate|purge|terminate|rmtree|remove_dir_all|RemoveAll|unlink/i.test(callee) || /\b(?:delete\s+from|drop\s+(?:table|schema|database)|truncate\s)/i.test(chain);
}

/** Whether a call, or what guards it, goes by a default; how old something has to be may stand behind what the call is given. */
function concerns({ name, isAge }: WeakenedDefault, chain: string, guards: readonly Guard[], values: () => readonly string[]): boolean {
  const speaks = isAge === true ? names : speaksOf;
  return speaks(chain, name) || guards.some(({ source }) => speaks(source, name)) || (isAge === true && values().some((value) => names(value, name)));
}

function defaultsWeakened(balance: LineBalance, before: readonly string[]): WeakenedDefault[] {
  const { gone, come } = balance.linesThatDiffer();
  return gone.length === 0 || come.length === 0 ? [] : weakenedDefaults(gone, come, before, balance.now);
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
