import type { GuardKind } from '../operation.ts';
import type { CallIndex, PlacedCall } from './callIndex.ts';
import { conditionLost } from './conditions.ts';
import type { Guard } from './guards.ts';
import type { LineBalance } from './lineBalance.ts';

const filters = /\.\s*(?:where|filter|filter_by|filterBy|andWhere|eq|match|limit|take|first|whereIn)\s*\(/gi;
const names = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
const dryRunOption = /\b(?:dry_?run|dryRun|DryRun)\b\s*[:=]+\s*(?:true|True|'true'|"true")|--dry-run|\bSimulate\b/;
const limitOption = /\b(?:limit|take|max_?count|batch_?size|LIMIT)\b\s*[:=(]?\s*\d+|\.slice\(\s*0\s*,\s*\w+\s*\)/i;

/** What is lost of a call's options, but for what a variable brings now, and a filter that went into what it is called on. */
export function optionsStillLost({ call: old }: PlacedCall, now: PlacedCall, after: CallIndex, losses: ReadonlySet<GuardKind>, balance: LineBalance): Guard[] {
  const lost = optionsLost(old.chain, now.call.chain);
  if (lost.length === 0) return lost;
  const still = optionsLost(old.chain, [...after.valuesBehind(now), now.call.chain].join('\n'));
  return losses.has('filter') || !goesThroughNewName(old.chain, now.call.chain, balance) ? still : still.filter(({ kind }) => kind !== 'filter');
}

/** Whether a chain names something that it did not, and that the change makes: `User.stale`, `expired(now)`. */
export function goesThroughNewName(before: string, after: string, { surplus }: LineBalance): boolean {
  const old = new Set(before.match(names));
  const fresh = (after.match(names) ?? []).filter((name) => !old.has(name));
  return fresh.some((name) => {
    const makes = new RegExp(`\\b(?:def|func|fun|fn|function|scope|const|let|var|static|public|private|protected|internal|async)\\b[^=]*?[\\s:.]${name.replaceAll('$', '\\$')}\\b|^${name.replaceAll('$', '\\$')}\\(.*\\)[^)]*\\{$`);
    return [...surplus].some(([line, by]) => by > 0 && makes.test(line));
  });
}

/** What a call was given or followed by that held it back. */
function optionsLost(before: string, after: string): Guard[] {
  const lost: Guard[] = [];
  const dryRun = dryRunOption.exec(before);
  if (dryRun !== null && !dryRunOption.test(after)) lost.push({ kind: 'dryRun', source: dryRun[0] });
  const limit = limitOption.exec(before);
  if (limit !== null && !limitOption.test(after)) lost.push({ kind: 'limit', source: limit[0] });
  const [first] = before.match(filters) ?? [];
  if (first !== undefined && (after.match(filters) ?? []).length < (before.match(filters) ?? []).length) lost.push({ kind: 'filter', source: first.replace(/(?<!\s)\s*\($/, '') });
  const condition = conditionLost(before, after);
  if (condition !== undefined) lost.push({ kind: 'filter', source: condition });
  return lost;
}
