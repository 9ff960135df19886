import type { GuardKind } from '../operation.ts';
import type { Guard } from './guards.ts';

/** Guards that nobody lets others through by chance. */
const firm = new Set<GuardKind>(['dryRun', 'confirmation', 'environment', 'permission', 'setting', 'backup']);
/** What is let through asks in its own way. */
const asks = /dry|confirm|prompt|approv/i;

/** Whether a condition is what it was, and something else lets what it guards happen all the same; or it holds where it did not. */
export function isWeakerThan(before: Guard, after: Guard): boolean {
  if (before.kind !== after.kind || !areAlike(before, after) || !firm.has(before.kind)) return false;
  const [was, is] = [plain(before), plain(after)];
  if (was === '' || was === is) return false;
  if (withoutSense(was) === withoutSense(is) || (before.kind === 'environment' && (isForOthers(was, is) || takesInProduction(was, is, stopsAt(before))))) return true;
  const joint = before.isExit === true ? all : any;
  const [had, has] = [partsOf(was, joint), partsOf(is, joint)];
  const added = has.filter((part) => !had.includes(part));
  if (added.length > 0 && had.every((part) => has.includes(part))) return !added.some((part) => asks.test(part));
  return stopsAt(before) ? isNarrower(was, is) : isNarrower(is, was);
}

/** Whether a condition lets less happen than it did: what ends before a call has fewer conditions, or what stands around it has more. */
export function isStricterThan(before: Guard, after: Guard): boolean {
  if (!areAlike(before, after)) return false;
  const [was, is] = [plain(before), plain(after)];
  const isWithin = (some: readonly string[], others: readonly string[]) => some.length < others.length && some.every((part) => others.includes(part));
  return stopsAt(before) ? isWithin(partsOf(is, all), partsOf(was, all)) || isWithin(partsOf(was, any), partsOf(is, any)) : isWithin(partsOf(was, all), partsOf(is, all)) || isWithin(partsOf(is, any), partsOf(was, any));
}

const all = /\s*(?:&&|\band\b)\s*/;
const any = /\s*(?:\|\||\bor\b)\s*/;

function areAlike(before: Guard, after: Guard): boolean {
  return before.isExit === after.isExit && before.isElse === after.isElse;
}

/** Whether a call is reached where the condition does not hold. */
function stopsAt({ isExit, isElse }: Guard): boolean {
  return (isExit === true) !== (isElse === true);
}

function plain({ source, isUnless }: Guard): string {
  const written = source.replace(/^\(([^]*)\)$/, '$1').replace(/\s+/g, ' ').trim();
  return isUnless === true ? opposite(written) : written;
}

/** `unless a == b` asks whether `a != b`. */
function opposite(condition: string): string {
  if (/&&|\|\||\b(?:and|or)\b/.test(condition)) return `!(${condition})`;
  const [bare] = /^(?:!|not\s+)/.exec(condition) ?? [];
  if (bare !== undefined) return condition.slice(bare.length);
  return /[!=]=/.test(condition) ? condition.replace(/([!=])=/, (_, sign: string) => (sign === '!' ? '==' : '!=')) : `!${condition}`;
}

function partsOf(condition: string, joint: RegExp): string[] {
  return condition.split(joint).map((part) => part.replace(/^\(([^()]*)\)$/, '$1'));
}

/** Whether a condition holds in fewer cases than it did, for one thing that it is compared with: `!x` and `x === 'never'`, `x !== 'yes'` and `x === 'no'`. */
function isNarrower(was: string, is: string): boolean {
  const comparisonsIn = (condition: string) => condition.split(/(?:(?<!\s)\s+)?(?:&&|\band\b|\|\||\bor\b)\s*/).map(comparisonIn);
  const [had, has] = [comparisonsIn(was), comparisonsIn(is)];
  if (has.length !== had.length) return false;
  const differing = had.flatMap((each, at) => (each.source === has[at]?.source ? [] : [[each, has[at]] as const]));
  return differing.length > 0 && differing.every(([before, after]) => before.subject === after?.subject && breadth[before.holds] > breadth[after.holds]);
}

/** Of what a thing is compared with only one value is equal, and almost all are others. */
const breadth = { whenEqual: 0, whenFalse: 1, whenTrue: 1, whenOther: 2 };

interface Comparison {
  readonly source: string;
  readonly subject: string;
  readonly holds: keyof typeof breadth;
}

function comparisonIn(written: string): Comparison {
  const source = written.replace(/^\((.*)\)$/, '$1').trim();
  const [, subject, sign = ''] = /^(.+?)(?<!\s)\s*([=!]==?|\bis not\b|\bis\b)\s*(?:["'`][^"'`]+["'`]|\d+|[A-Z][A-Z_]+)$/.exec(source) ?? [];
  if (subject !== undefined) return { source, subject, holds: /!|not/.test(sign) ? 'whenOther' : 'whenEqual' };
  const [, bare] = /^(?:!|not\s+)\s*(.+)$/.exec(source) ?? [];
  return { source, subject: bare ?? source, holds: bare === undefined ? 'whenTrue' : 'whenFalse' };
}

const named = /(["'])([\w-]+)\1|(?<=\bis_?)(production|prod|live|staging|stage|development|dev|testing|test|local)(?![a-z])/gi;
const production = /^(?:prod|production|live)$/i;

/** Whether a condition asks for another environment than it did. */
function isForOthers(was: string, is: string): boolean {
  if (withoutNames(was) !== withoutNames(is)) return false;
  const [had = [], has = []] = [was, is].map((text) => Array.from(text.matchAll(named), ([, , quoted, name = '']) => quoted ?? name));
  return had.some((name, at) => name !== has[at] && !(production.test(name) && production.test(has[at] ?? '')));
}

/** Whether production is among the names that let it happen now, or no longer among those that stop it. */
function takesInProduction(was: string, is: string, isStop: boolean): boolean {
  if (/!=|!\s*[\w(]|\bnot\b|<>/.test(was + is)) return false;
  const names = (text: string) => Array.from(text.matchAll(/(["'`])([\w-]+)\1/g), ([, , name = '']) => name);
  const [had, has] = [names(was), names(is)];
  if (had.length === 0 || has.length === 0) return false;
  const [some, others] = isStop ? [had, has] : [has, had];
  return some.some((name) => production.test(name)) && !others.some((name) => production.test(name)) && others.some((name) => some.includes(name));
}

export function withoutNames(condition: string): string {
  return condition.replace(named, '');
}

/** A condition without what tells it from its opposite. */
export function withoutSense(condition: string): string {
  return condition.replace(/[!=]==?/g, '=').replace(/!|\bnot\b/g, '').replace(/\s+/g, '');
}
