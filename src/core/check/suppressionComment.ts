import type { SuppressionFlaw } from '../language/operation.ts';
import { nearest } from '../text/nearest.ts';

/** What begins a comment that suppresses. */
export const suppressionWord = 'firebreak-ignore';

/** What may stand before it in its line: what opens a comment of some language, or a line inside of one. */
const opener = /(?:^\s*|\/\/[/!]*|\/\*[*!]*|^\s*\*+|#+|--+|;+|<!--|^\s*!|::+|\brem)[ \t]*$/i;
/** What closes comments. */
const closer = /(?<![ \t])[ \t]*(?:\*\/|-->|#>|#\}|\*\}|%>|\?>|\r?\n|\r?$)/;
const rulesAndReason = /^[ \t]+([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)[ \t]*(?::[ \t]*(.*))?/;
const enclosed = /^(.*?)(?<![ \t])[ \t]*\(until\b:?[ \t]*(?![ \t])([^()]*)\)$/;
const bare = /^(.*)\buntil\b:?[ \t]+([^ \t].*)$/is;
/** What ends a sentence, or stands between a reason and its date. */
const stops = /(?<![.;!)\]])[.;!)\]]+$/;
const joints = /(?<![ \t,;:\u2013\u2014-])[ \t,;:\u2013\u2014-]+$/;
/** As in `(valid until`. */
const opened = /[([]\w{0,12}[ \t]*$/;
/** So far from the end a date begins that stands without parentheses; in UTF-16 code units. */
const longestDate = 60;

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
  const { reason, until } = splitValidity(told.trim());
  const rules = listed === '' ? [] : listed.split(',').map((id) => id.trim());
  const flaws = flawsOf({ rules, reason: reason.trim(), until }, terms);
  return {
    length: suppressionWord.length + written.length,
    rules: rules.filter((id) => terms.suppressible().has(id)),
    reason: reason.trim(),
    ...(until !== undefined && { until }),
    flaws,
    holds: flaws.every(({ flaw }) => flaw === 'unknown rule' || flaw === 'rule that cannot be suppressed'),
  };
}

/** The reason, and until when it is to hold. Without parentheses that has to look like a date, at the end: reasons speak of other things too that are so until something happens. */
function splitValidity(told: string): { readonly reason: string; readonly until?: string } {
  const sentence = told.replace(/(?<![.;!])[.;!]+$/, '');
  const [, before, until] = enclosed.exec(sentence) ?? [];
  if (before !== undefined && until !== undefined) return { reason: before, until: until.trim() };
  const tailAt = Math.max(0, told.length - longestDate);
  const [, lead = '', written = ''] = bare.exec(told.slice(tailAt)) ?? [];
  const date = written.replace(stops, '').trim();
  if (!isLikeDate(date)) return { reason: told };
  return { reason: `${told.slice(0, tailAt)}${lead}`.replace(opened, '').replace(joints, ''), until: date };
}

const partOfDate = /^(?:\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|q[1-4]|w\d{1,2}|the|end|of)$/i;

/** Whether somebody means a day, a month or a year by it, however they write it. */
function isLikeDate(text: string): boolean {
  if (/^\d{4}-\d\d?-\d\d?(?!\d)\S*$/.test(text) || /^\d\d?\/\d\d?\/\d\d$|^[0-3]\d\.[01]\d\.\d\d$/.test(text)) return true;
  const parts = text.split(/[ \t,./-]+/).filter((part) => part !== '');
  const isYear = parts.some((part) => /^(?:19|20)\d\d$/.test(part));
  const isDay = parts.some((part) => /^[a-z]{3,9}$/i.test(part) && !/^(?:the|end|of)$/i.test(part)) && parts.some((part) => /^\d{1,2}\D*$/.test(part));
  return (isYear || isDay) && parts.every((part) => partOfDate.test(part));
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
