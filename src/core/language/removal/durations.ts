/** Seconds, by how a unit is written: alone, in names such as `subDays`, and before or behind its number. */
const seconds: Readonly<Record<string, number>> = { milli: 0.001, second: 1, sec: 1, minute: 60, min: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000 };
const letters: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', y: 'year' };

const unit = /(?<![a-z])(?:milli(?:second)?|second|sec|minute|min|hour|day|week|month|year)s?(?![a-z])|(?<=[a-z])(?:Milli(?:second)?|Second|Minute|Hour|Day|Week|Month|Year)s?(?![a-z])/g;
const upperUnit = /(?<![A-Z])(?:SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)S?(?![A-Z])|(?<![A-Za-z])(?:Second|Minute|Hour|Day|Week|Month|Year)s?(?![a-z])/g;
/** A product of numbers counts as one. */
const amount = /(?<![\w.#])\d[\d_]*(?:\.\d+)?(?:e\d+)?(?:\s*\*\s*\d[\d_]*(?:\.\d+)?(?:e\d+)?)*(?!\w|\.\d)/gi;
/** How many at once is no time. */
const count = /\b(?:limit|take|first|batch\w*|chunk\w*|page\w*|max(?!_?age)\w*|size|offset|slice|top)\b\W{0,4}\d+/gi;

/** What says that a number is how old something has to be before it goes. */
const age = /day|hour|week|month|year|minute|\bago\b|since|before|older|\bage|retention|keep|\bttl|86_?400|864e5|timedelta|duration|interval|cutoff|expir|stale|mtime|-amin|-ctime/i;
/** How long somebody waits for something says nothing of what is taken. */
const waits = /timeout|delay|retr(?:y|ies)\b|wait|backoff|sleep|poll|debounce|throttle|\brate/i;

/** A text with its numbers and units taken out, and what they come to. */
function measure(text: string): { readonly shape: string; readonly factors: readonly number[] } {
  const factors: { readonly at: number; readonly value: number }[] = [];
  const plain = text.replace(count, 'limit').replace(/([smhdwy])\b(?<=\b\d+\1)/g, (_, letter: string) => ` ${letters[letter] ?? letter}`);
  const take = (value: number, at: number, length: number) => {
    factors.push({ at, value });
    return '#'.repeat(length);
  };
  const unitOf = (written: string, at: number) => take(seconds[written.toLowerCase().replace(/s$/, '').replace(/millisecond/, 'milli')] ?? 1, at, written.length);
  const shape = plain
    .replace(amount, (written, at: number) => take(written.split('*').reduce((product, each) => product * Number(each.replace(/_/g, '')), 1), at, written.length))
    .replace(unit, unitOf)
    .replace(upperUnit, unitOf)
    .replace(/\s+/g, '')
    .replace(/#+/g, '#');
  return { shape, factors: factors.sort((a, b) => a.at - b.at).map(({ value }) => value) };
}

/** A text without its numbers and units: what differs in nothing else has the same. */
export function shapeOf(text: string): string {
  return measure(text).shape;
}

/** What a text says of how old something has to be, where another says the same of a shorter time; undefined when it does not. */
export function shortened(before: string, after: string): string | undefined {
  if (before === after || !age.test(before) || waits.test(before)) return undefined;
  const [was, is] = [measure(before), measure(after)];
  if (was.shape !== is.shape || was.factors.length !== is.factors.length) return undefined;
  let ratio = 1;
  for (const [at, factor] of was.factors.entries()) ratio *= factor === 0 ? 1 : (is.factors[at] ?? 0) / factor;
  // What is written in another unit may be as long as it was.
  return ratio < 0.999 ? before.replace(/\s+/g, ' ').trim() : undefined;
}
