import type { LineText } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import type { GuardKind, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { ChangedText } from '../reader.ts';
import { wordWindows } from '../windows.ts';
import type { DestructiveCall } from './destructiveCalls.ts';
import { countOf, type Guard, guardsOf, idleConditions, strongestOf } from './guards.ts';

/** One of the two texts. */
export interface Side {
  readonly nodes: Nodes;
  readonly calls: readonly DestructiveCall[];
}

const filters = /\.\s*(?:where|filter|filter_by|filterBy|andWhere|eq|match|limit|take|first|whereIn)\s*\(/gi;
const dryRunOption = /\b(?:dry_?run|dryRun|DryRun)\b\s*[:=]+\s*(?:true|True|'true'|"true")|--dry-run|\bSimulate\b/;
const limitOption = /\b(?:limit|take|max_?count|batch_?size|LIMIT)\b\s*[:=(]?\s*\d+/i;

/** The guards that stood around a destructive call before, and stand around it no longer, nor anywhere else in the change. */
export function* removedGuards(before: Side, after: Side, others: readonly ChangedText[], pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
  const removals: Removal[] = [];
  const callsBefore = pairable(before.calls);
  const losses = new Map<GuardKind, boolean>();
  for (const call of after.calls) {
    const old = callsBefore.take(call);
    if (pace.isOver()) yield;
    if (old === undefined) continue;
    const kept = new Set(guardsOf(call.node, after.nodes).map(({ kind }) => kind));
    const lost = optionsLost(old, call);
    const idle = idleConditions(call.node, after.nodes);
    for (const guard of guardsOf(old.node, before.nodes)) {
      if (idle.has(guard.source)) lost.push(guard);
      const isLost = losses.get(guard.kind) ?? (yield* isLostAnywhere(guard.kind, before.nodes.text, after.nodes.text, others, pace));
      losses.set(guard.kind, isLost);
      if (isLost) lost.push(guard);
    }
    const strongest = strongestOf(lost.filter(({ kind }) => !kept.has(kind)));
    if (strongest !== undefined) removals.push(removal(call, strongest));
  }
  return removals;
}

function removal(call: DestructiveCall, { kind, source }: Guard): Removal {
  return {
    kind: 'removal',
    removed: kind,
    source: source.replace(/\s+/g, ' ').trim(),
    from: call.callee,
    range: call.range,
    within: call.within,
    address: [...call.address, kind],
    resolution: 'name',
  };
}

/** What a call was given or followed by that held it back. */
function optionsLost(before: DestructiveCall, after: DestructiveCall): Guard[] {
  const lost: Guard[] = [];
  const dryRun = dryRunOption.exec(before.chain);
  if (dryRun !== null && !dryRunOption.test(after.chain)) lost.push({ kind: 'dryRun', source: dryRun[0] });
  const limit = limitOption.exec(before.chain);
  if (limit !== null && !limitOption.test(after.chain)) lost.push({ kind: 'limit', source: limit[0] });
  const [first] = before.chain.match(filters) ?? [];
  if (first !== undefined && (after.chain.match(filters) ?? []).length < (before.chain.match(filters) ?? []).length) lost.push({ kind: 'filter', source: first.replace(/\s*\($/, '') });
  return lost;
}

/** A guard that moved into a function of its own, or to another file, is still there: then its kind is spoken of as often as before. */
function* isLostAnywhere(kind: GuardKind, before: LineText, after: LineText, others: readonly ChangedText[], pace: Pick<Pace, 'isOver'>): Paced<boolean> {
  const elsewhere = (side: 'before' | 'after') => others.reduce((sum, other) => sum + countOf(kind, other[side] ?? ''), 0);
  return (yield* countIn(kind, after, pace)) + elsewhere('after') < (yield* countIn(kind, before, pace)) + elsewhere('before');
}

function* countIn(kind: GuardKind, text: LineText, pace: Pick<Pace, 'isOver'>): Paced<number> {
  let count = 0;
  for (const window of wordWindows(text, new OffsetRange(0, text.length))) {
    count += countOf(kind, text.slice(window));
    if (pace.isOver()) yield;
  }
  return count;
}

/** Calls of the text before, each to be taken once by the call after that it became: in the same function first. */
function pairable(calls: readonly DestructiveCall[]): { take(call: DestructiveCall): DestructiveCall | undefined } {
  const left = [...calls];
  const takeWhere = (isSame: (other: DestructiveCall) => boolean) => {
    const index = left.findIndex(isSame);
    return index === -1 ? undefined : left.splice(index, 1)[0];
  };
  const inFunction = ({ address }: DestructiveCall) => address.join(' ');
  const lastName = ({ callee }: DestructiveCall) => /([\w$!?]+)\W*$/.exec(callee)?.[1] ?? callee;
  return {
    take: (call) =>
      takeWhere((other) => other.callee === call.callee && inFunction(other) === inFunction(call)) ??
      takeWhere((other) => lastName(other) === lastName(call) && inFunction(other) === inFunction(call)) ??
      takeWhere((other) => other.callee === call.callee),
  };
}
