import type { Value } from '../language/operation.ts';

const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** Names of lengths of time in the AWS CDK. */
const namedDays: Readonly<Record<string, number>> = {
  ONE_DAY: 1, THREE_DAYS: 3, FIVE_DAYS: 5, ONE_WEEK: 7, TWO_WEEKS: 14, ONE_MONTH: 30, TWO_MONTHS: 60, THREE_MONTHS: 90, FOUR_MONTHS: 120, FIVE_MONTHS: 150, SIX_MONTHS: 180,
  ONE_YEAR: 365, THIRTEEN_MONTHS: 400, EIGHTEEN_MONTHS: 545, TWO_YEARS: 731, THREE_YEARS: 1096, FIVE_YEARS: 1827, SIX_YEARS: 2192, SEVEN_YEARS: 2557, EIGHT_YEARS: 2922, NINE_YEARS: 3288, TEN_YEARS: 3653, INFINITE: Infinity,
}; // prettier-ignore

/** A number or a length of time, such that two of one setting can be compared: `30`, `"7d"`, `"604800s"`, `Duration.days(7)`; undefined when it is only known later. */
export function amountOf({ constant, source, standsFor = source }: Value): number | undefined {
  if (typeof constant === 'number') return constant;
  if (constant === false || constant === null) return 0;
  const text = typeof constant === 'string' ? constant.trim() : standsFor.trim();
  if (/^-?\d+(?:\.\d+)?%?$/.test(text)) return Number(text.replace('%', ''));
  const parts = /^(?:\d+(?:ms|[smhdwy]))+$/.test(text) ? [...text.matchAll(/(\d+)(ms|[smhdwy])/g)] : [];
  if (parts.length > 0) return parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (secondsPer[unit] ?? 1), 0);
  const [, period, periodUnit = 'D'] = /^P(\d+)([DWMY])$/.exec(text) ?? [];
  if (period !== undefined) return Number(period) * ({ D: 1, W: 7, M: 30, Y: 365 }[periodUnit] ?? 1) * 86_400;
  const [, unit = '', count] = /\b(seconds|minutes|hours|days|weeks)\((?:\w+=)?(\d+(?:\s*\*\s*\d+)*)\)$/i.exec(text) ?? [];
  if (count !== undefined) return productOf(count) * (secondsPer[unit.charAt(0).toLowerCase()] ?? 1);
  if (/^\d+(?:\s*\*\s*\d+)+$/.test(text)) return productOf(text);
  const [, days] = /^[A-Z]\w*?(\d+)Days$/.exec(text) ?? [];
  if (days !== undefined) return Number(days);
  return namedDays[/\.([A-Z_]+)$/.exec(text)?.[1] ?? ''];
}

/** Lengths of time are often written as `30 * 24 * 3600`. */
function productOf(factors: string): number {
  return factors.split('*').reduce((product, factor) => product * Number(factor), 1);
}
