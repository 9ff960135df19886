const named: Readonly<Record<string, number>> = { '@hourly': 8760, '@daily': 365, '@midnight': 365, '@weekly': 52, '@monthly': 12, '@yearly': 1, '@annually': 1 };
const perYear: Readonly<Record<string, number>> = { minute: 525_600, hour: 8760, day: 365, week: 52, month: 12, year: 1 };

/** How often a year something runs by a schedule, about: `0 2 * * *`, `cron(0 5 * * ? *)`, `rate(1 day)`, `@daily`, `@every 12h`; undefined for anything else. */
export function runsPerYear(schedule: string): number | undefined {
  const written = schedule.trim().toLowerCase();
  const known = named[written];
  if (known !== undefined) return known;
  const [, count, unit = ''] = /^(?:rate\(|@?every\s+)(\d+)\s*(minute|hour|day|week|month|m|h|d|w)s?\)?$/.exec(written) ?? [];
  if (count !== undefined) return (perYear[{ m: 'minute', h: 'hour', d: 'day', w: 'week' }[unit] ?? unit] ?? 0) / Number(count);
  const fields = written.replace(/^cron\((.*)\)$/, '$1').replace(/^(?:tz|cron_tz)=\S+\s+/, '').split(/\s+/);
  const isAws = written.startsWith('cron(');
  // With seconds in front of it there are six.
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields.length === 6 && !isAws ? fields.slice(1) : fields;
  if (fields.length < 5 || fields.length > 6 || fields.some((field) => !/^[\d*,/?lw#a-z-]+$/.test(field))) return undefined;
  const days = timesOf(day, 31) === 31 ? (365 * timesOf(weekday, 7)) / 7 : timesOf(weekday, 7) === 7 ? 12 * timesOf(day, 31) : 12 * timesOf(day, 31) + 52 * timesOf(weekday, 7);
  return (timesOf(minute, 60) * timesOf(hour, 24) * days * timesOf(month, 12)) / 12;
}

/** How many of so many a field means. */
function timesOf(field: string, all: number): number {
  return Math.min(all, field.split(',').reduce((sum, part) => {
    const [range = '', step] = part.split('/');
    const [, from, to] = /^(\d+)-(\d+)$/.exec(range) ?? [];
    const span = range === '*' || range === '?' || (step !== undefined && from === undefined) ? all : from !== undefined && to !== undefined ? Math.abs(Number(to) - Number(from)) + 1 : /^[a-z]+-[a-z]+$/.test(range) ? 5 : 1;
    return sum + (step === undefined ? span : Math.ceil(span / Math.max(1, Number(step))));
  }, 0));
}
