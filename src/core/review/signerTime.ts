/** What the clocks of a place may mean by a date and time: one moment, or two where summer time leaves a doubt. Months count from 1; milliseconds since 1970. */
export type ReadLocalTime = (time: { year: number; month: number; day: number; hour: number; minute: number; second: number }) => readonly number[];

/**
 * A moment as allowed_signers writes it: `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, in UTC with a `Z` (or `UTC`) behind it, else by the clock of
 * this place. Undefined when it is none, or one before 1970.
 */
export function parseSignerTime(text: string, readLocalTime: ReadLocalTime): readonly number[] | undefined {
  const [, written, zone] = /^(\d{8}|\d{12}|\d{14})(z|utc)?$/i.exec(text) ?? [];
  if (written === undefined) return undefined;
  const part = (start: number, end: number) => Number(written.slice(start, end));
  const time = { year: part(0, 4), month: part(4, 6), day: part(6, 8), hour: part(8, 10), minute: part(10, 12), second: part(12, 14) };
  const utcMs = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  const isReal = written.padEnd(14, '0') === new Date(utcMs).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const moments = zone === undefined ? readLocalTime(time) : [utcMs];
  return isReal && moments.every((ms) => ms > 0) ? moments : undefined;
}
