import type { GuardKind } from '../operation.ts';
import { kindsIn } from './guardWords.ts';

/** A default or constant that held something back, and that a change gave a value with which it holds back less. */
export interface WeakenedDefault {
  readonly kind: GuardKind;
  /** Without case and marks. */
  readonly name: string;
  /** How it was written before. */
  readonly source: string;
}

/** `dry_run=True`, `dryRun: boolean = true`, `DRY_RUN=${DRY_RUN:-true}`, `MAX_DELETE = 10`. */
const given = /\$?([A-Za-z_][\w-]*)["']?\s*(?::\s*[\w<>[\]|.?]+\s*)?(?:=>|:?=|:-|:|\?\?|\|\|)\s*["']?(true|false|yes|no|on|off|\d[\d_]*)\b(?!\s*[-+*/.(])/gi;
/** An option of a command line: its name, and what it is without being given. */
const option = /["']--([a-z][\w-]*)[^\n]*?\bdefault(?:Value)?["']?\s*[=:]\s*["']?(true|false|\d[\d_]*)\b/gi;
/** The same in Go. */
const flag = /\bflags?\.(?:Bool|Int|String)\w*\(\s*(?:&\w+,\s*)?["']([a-z][\w-]*)["'],\s*["']?(true|false|\d[\d_]*)\b/gi;

/** What does it, where nothing is only told without it. */
const applies = /^(?:apply|commit|execute|live|write|really)$/i;
/** A question, and what in it takes no answer for a yes. */
const confirmation = /\bconfirm\w*\(\s*f?["'`][^\n]*?["'`]\s*(?:,[^()\n]*)?\)/i;
const agrees = /["'`]\s*,\s*true\s*\)|\bdefault(?:Value)?\s*[=:]\s*true\b|\binitial\s*:\s*true\b|\[Y\/n\]/i;

const kinds = ['dryRun', 'confirmation', 'environment', 'backup', 'permission', 'setting', 'limit'] as const;
/** With these words before it a name says the opposite. */
const reckless = /\b(?:force|yes|skip|no|not|without|disable|disabled|allow|ignore|bypass|unsafe|assume|delete|destroy|purge|enable (?:delete|destroy|purge))\b/i;
/** A limit that is raised by less may have been measured. */
const muchMore = 10;

/** Those that stand in both texts, by the lines that only the one or only the other has. */
export function weakenedDefaults(gone: Iterable<string>, come: Iterable<string>): WeakenedDefault[] {
  const after = new Map<string, string>();
  for (const line of come) for (const { name, value } of defaultsIn(line)) after.set(name, value);
  if (after.size === 0) return [];
  const weakened: WeakenedDefault[] = [];
  for (const line of gone) {
    for (const { name, written, value, source } of defaultsIn(line)) {
      const now = after.get(name);
      if (now === undefined || now === value) continue;
      const words = written.replace(/[-_]+|(?<=[a-z\d])(?=[A-Z])/g, ' ');
      const kind = kindsIn(words, kinds)[0] ?? (applies.test(words) ? 'dryRun' : undefined);
      if (kind !== undefined && isLess(kind, words, value, now)) weakened.push({ kind, name, source });
    }
  }
  return weakened;
}

/** Whether a text speaks of a name. */
export function speaksOf(text: string, name: string): boolean {
  return spell(text).includes(name);
}

function isLess(kind: GuardKind, words: string, before: string, now: string): boolean {
  if (kind === 'limit') return /^\d/.test(before) && /^\d/.test(now) && numberOf(now) >= muchMore * Math.max(1, numberOf(before));
  return applies.test(words) || reckless.test(words) ? !isOn(before) && isOn(now) : isOn(before) && !isOn(now);
}

function* defaultsIn(line: string): Generator<{ readonly name: string; readonly written: string; readonly value: string; readonly source: string }> {
  const question = confirmation.exec(line);
  if (question !== null) yield { name: 'confirm', written: 'assume confirm', value: agrees.test(line) ? 'yes' : 'no', source: question[0] };
  for (const pattern of [given, option, flag]) {
    for (const { 0: source, 1: written = '', 2: value = '' } of line.matchAll(pattern)) yield { name: spell(written), written, value: value.toLowerCase(), source };
  }
}

function spell(text: string): string {
  return text.replace(/[-_]/g, '').toLowerCase();
}

function isOn(value: string): boolean {
  return /^(?:true|yes|on|[1-9].*)$/.test(value);
}

function numberOf(value: string): number {
  return Number(value.replace(/_/g, ''));
}
