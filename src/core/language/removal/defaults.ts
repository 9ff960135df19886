import type { GuardKind } from '../operation.ts';
import { shapeOf, shortened } from './durations.ts';
import { type GivenValue, spell, valueNamedNear, valuesIn } from './givenValues.ts';
import { kindsIn } from './guardWords.ts';
import { longestLine } from './scriptTests.ts';

/** A default or constant that held something back, and that a change gave a value with which it holds back less. */
export interface WeakenedDefault {
  readonly kind: GuardKind;
  /** Without case and marks. */
  readonly name: string;
  /** How it was written before. */
  readonly source: string;
  /** It is how old something has to be. */
  readonly isAge?: true;
}

/** What does it, where nothing is only told without it; and what says that somebody agreed. */
const applies = /^(?:apply|commit|execute|live|write|really|confirmed|approved|acknowledged|consented|authori[sz]ed)$/i;
/** A question, and what in it takes no answer for a yes. */
const confirmation = /\bconfirm\w*\(\s*f?["'`][^\n]*?["'`]\s*(?:,[^()\n]*)?\)/i;
const agrees = /["'`]\s*,\s*true\s*\)|\bdefault(?:Value)?\s*[=:]\s*true\b|\binitial\s*:\s*true\b|\[Y\/n\]/i;

const kinds = ['dryRun', 'confirmation', 'environment', 'backup', 'permission', 'setting', 'limit'] as const;
/** With these words before it a name says the opposite. */
const reckless = /\b(?:force|yes|skip|no|not|without|disable|disabled|allow|ignore|bypass|unsafe|assume|delete|destroy|purge|enable (?:delete|destroy|purge))\b/i;
/** A limit that is raised by less may have been measured. */
const muchMore = 10;

/**
 * Those that stand in both texts, by the lines that only the one or only the other has.
 * @param before all lines of the text before, where the name of what a line gives may stand on another one
 */
export function weakenedDefaults(gone: Iterable<string>, come: Iterable<string>, before: readonly string[], now: readonly string[]): WeakenedDefault[] {
  const after = new Map<string, string>();
  for (const { name, value } of defaultsOf(come, now)) after.set(name, value);
  const weakened: WeakenedDefault[] = [];
  if (after.size > 0) {
    for (const { name, written, value, source } of defaultsOf(gone, before)) {
      const is = after.get(name);
      if (is === undefined || is === value) continue;
      const words = written.replace(/[-_]+|(?<=[a-z\d])(?=[A-Z])/g, ' ');
      const kind = kindsIn(words, kinds)[0] ?? (applies.test(words) ? 'dryRun' : undefined);
      if (kind !== undefined && isLess(kind, words, value, is)) weakened.push({ kind, name, source });
    }
  }
  return [...weakened, ...agesShortened(gone, come)];
}

/** Whether a text speaks of a name. */
export function speaksOf(text: string, name: string): boolean {
  return spell(text).includes(name);
}

const identifiers = /[\p{L}_][\p{L}\p{N}_-]*/gu;

/** Whether a text has a name as a word of its own, whatever its case and marks. */
export function names(text: string, name: string): boolean {
  return (text.match(identifiers) ?? []).some((each) => spell(each) === name);
}

function isLess(kind: GuardKind, words: string, before: string, now: string): boolean {
  if (kind === 'limit') return /^\d/.test(before) && /^\d/.test(now) && numberOf(now) >= muchMore * Math.max(1, numberOf(before));
  return applies.test(words) || reckless.test(words) ? !isOn(before) && isOn(now) : isOn(before) && !isOn(now);
}

function* defaultsOf(lines: Iterable<string>, text: readonly string[]): Generator<GivenValue> {
  for (const line of lines) {
    if (line.length > longestLine) continue;
    const question = confirmation.exec(line);
    if (question !== null) yield { name: 'confirm', written: 'assume confirm', value: agrees.test(line) ? 'yes' : 'no', source: question[0] };
    yield* valuesIn(line);
    if (!mayBeUnnamed.test(line)) continue;
    const found = valueNamedNear(text, text.findIndex((each) => each.trim() === line.trim()));
    if (found !== undefined) yield found;
  }
}

const mayBeUnnamed = /default|Value|initial/;

/** What says how old something has to be before it goes. */
const ages = /keep|retain|retention|ttl|age|older|days|hours|weeks|months|expir|stale|cutoff|grace/i;
const age = /(?:^|[^A-Za-z])age(?![a-z])|Age(?![a-z])/;

/** Lines that gave a name how old something has to be, and give it less now, by each of the names on them. */
function agesShortened(gone: Iterable<string>, come: Iterable<string>): WeakenedDefault[] {
  const shapes = new Map<string, string>();
  for (const line of come) if (line.length <= longestLine && ages.test(line)) shapes.set(shapeOf(line), line);
  if (shapes.size === 0) return [];
  return [...gone].flatMap((line) => {
    const now = ages.test(line) ? shapes.get(shapeOf(line)) : undefined;
    const source = now === undefined ? undefined : shortened(line, now);
    if (source === undefined) return [];
    const given = new Set((line.slice(0, Math.max(0, line.search(/(?:[=:]\s*|(?<!\s)\s+|(?<![\w.]|[\w.]\())(?:[\w.]+\()*["']?\d|["']?\d/))).match(identifiers) ?? []).filter((name) => ages.test(name.replace(/age/gi, '')) || age.test(name)).map(spell));
    return [...given].map((name) => ({ kind: 'filter', name, source, isAge: true }) as const);
  });
}

function isOn(value: string): boolean {
  return /^(?:true|yes|on|[1-9].*)$/.test(value);
}

function numberOf(value: string): number {
  return Number(value.replace(/_/g, ''));
}
