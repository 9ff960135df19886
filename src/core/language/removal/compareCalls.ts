import type { Node } from 'web-tree-sitter';
import type { ChangedText } from '../reader.ts';
import type { GuardKind, Removal } from '../operation.ts';
import { type DestructiveCall, destructiveCalls } from './destructiveCalls.ts';
import { countOf, type Guard, guardsOf } from './guards.ts';

export interface Side {
  readonly root: Node;
  readonly text: string;
}

const filters = /\.\s*(?:where|filter|filter_by|filterBy|andWhere|eq|match|limit|take|first|whereIn)\s*\(/gi;
const dryRunOption = /\b(?:dry_?run|dryRun|DryRun)\b\s*[:=]+\s*(?:true|True|'true'|"true")|--dry-run|\bSimulate\b/;
const limitOption = /\b(?:limit|take|max_?count|batch_?size|LIMIT)\b\s*[:=(]?\s*\d+/i;

/** The guards that stood around a destructive call before, and stand around it no longer, nor anywhere else in the change. */
export function removedGuards(before: Side, after: Side, others: readonly ChangedText[]): Removal[] {
  const calls = destructiveCalls(after.root, after.text);
  if (calls.length === 0) return [];
  const callsBefore = pairable(destructiveCalls(before.root, before.text));
  const isLost = lossOf(before.text, after.text, others);
  return calls.flatMap((call) => {
    const old = callsBefore.take(call);
    if (old === undefined) return [];
    const kept = new Set(guardsOf(call.node, textOf(after)).map(({ kind }) => kind));
    const guards = guardsOf(old.node, textOf(before)).filter(({ kind }) => isLost(kind));
    const lost = [...guards, ...optionsLost(old, call)].filter(({ kind }) => !kept.has(kind));
    const kinds = new Map(lost.map((guard) => [guard.kind, guard]));
    return [...kinds.values()].map((guard) => removal(call, guard));
  });
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

function textOf({ text }: Side): (node: Node) => string {
  return (node) => text.slice(node.startIndex, node.endIndex);
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
function lossOf(before: string, after: string, others: readonly ChangedText[]): (kind: GuardKind) => boolean {
  const texts = (side: 'before' | 'after') => others.map((other) => other[side] ?? '').join('\n');
  const [othersBefore, othersAfter] = [texts('before'), texts('after')];
  const known = new Map<GuardKind, boolean>();
  return (kind) => {
    let isLost = known.get(kind);
    if (isLost === undefined) {
      isLost = countOf(kind, after) + countOf(kind, othersAfter) < countOf(kind, before) + countOf(kind, othersBefore);
      known.set(kind, isLost);
    }
    return isLost;
  };
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
