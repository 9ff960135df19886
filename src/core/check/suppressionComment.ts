import type { SuppressionFlaw } from '../language/operation.ts';
import { nearest } from '../text/nearest.ts';

/** What begins a comment that suppresses. */
export const suppressionWord = 'firebreak-ignore';

/** What may stand before it in its line: what opens a comment of some language, or a line inside of one. */
const opener = /(?:^\s*|\/\/[/!]*|\/\*[*!]*|^\s*\*+|#+|--+|;+|<!--|^\s*!|::+|\brem)[ \t]*$/i;
/** What closes comments. */
const closer = /(?<![ \t])[ \t]*(?:\*\/|-->|#>|#\}|\*\}|%>|\?>|\r?\n|\r?$)/;
const rulesAndReason = /^[ \t]+([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)[ \t]*(?::[ \t]*(.*))?/;
const validity = /^(.*?)(?<![ \t])[ \t]*\(until\b[ \t]*(?![ \t])([^()]*)\)$/;

/** A comment that is to suppress, as written. */
export interface WrittenSuppression {
  /** From the word on, in UTF-16 code units. */
  readonly length: number;
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until?: string;
  readonly flaws: readonly Pick<SuppressionFlaw, 'flaw' | 'written' | 'meant'>[];
  /** Whether it holds for the rules of it that there are. */
  readonly holds: boolean;
}

/** What it is read with. */
export interface SuppressionTerms {
  readonly suppressible: () => ReadonlySet<string>;
  readonly isRule: (id: string) => boolean;
  /** YYYY-MM-DD, UTC. */
  readonly today: string;
}

/** Reads one line of a comment, where the word stands in it; undefined when it only speaks of it. */
export function parseSuppression(line: string, column: number, terms: SuppressionTerms): WrittenSuppression | undefined {
  const behind = line.slice(column + suppressionWord.length);
  if (!opener.test(line.slice(0, column)) || !/^(?:[\s:]|$|\*\/|-->|#>)/.test(behind)) return undefined;
  const written = behind.slice(0, closer.exec(behind)?.index).trimEnd();
  const [, listed = '', told = ''] = rulesAndReason.exec(written) ?? [];
  const [, reason = told, until] = validity.exec(told.trim()) ?? [];
  const rules = listed === '' ? [] : listed.split(',').map((id) => id.trim());
  const flaws = flawsOf({ rules, reason: reason.trim(), until: until?.trim() }, terms);
  return {
    length: suppressionWord.length + written.length,
    rules: rules.filter((id) => terms.suppressible().has(id)),
    reason: reason.trim(),
    ...(until !== undefined && { until: until.trim() }),
    flaws,
    holds: flaws.every(({ flaw }) => flaw === 'unknown rule' || flaw === 'rule that cannot be suppressed'),
  };
}

function flawsOf({ rules, reason, until }: { rules: readonly string[]; reason: string; until: string | undefined }, { suppressible, isRule, today }: SuppressionTerms): WrittenSuppression['flaws'] {
  const flaws: { flaw: SuppressionFlaw['flaw']; written: string; meant?: string | undefined }[] = [];
  if (rules.length === 0) flaws.push({ flaw: 'no rule', written: '' });
  else if (!/[\p{L}\p{N}]/u.test(reason)) flaws.push({ flaw: 'no reason', written: rules.join(', ') });
  for (const id of rules) {
    if (suppressible().has(id)) continue;
    if (isRule(id)) flaws.push({ flaw: 'rule that cannot be suppressed', written: id });
    else flaws.push({ flaw: 'unknown rule', written: id, meant: nearest(id, suppressible()) });
  }
  if (until !== undefined && !isDate(until)) flaws.push({ flaw: 'no date', written: until });
  else if (until !== undefined && until < today) flaws.push({ flaw: 'past', written: until });
  return flaws;
}

/** Of the calendar, as YYYY-MM-DD. */
function isDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  const days = [31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
