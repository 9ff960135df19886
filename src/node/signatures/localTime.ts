import type { ReadLocalTime } from '../../core/review/signerTime.ts';

/**
 * Times by the clock of this machine. Where the zone has summer time, C libraries differ from JavaScript in how they read a time in summer (OpenSSH leaves it to
 * them), so both readings are given.
 */
export const readLocalTime: ReadLocalTime = ({ year, month, day, hour, minute, second }) => {
  const written = Date.UTC(year, month - 1, day, hour, minute, second);
  const offsets = [1, 7].map((each) => new Date(year, each - 1, 1).getTimezoneOffset());
  const ordinary = new Date(year, month - 1, day, hour, minute, second).getTime();
  return [...new Set([ordinary, ...offsets.map((minutes) => written + minutes * 60_000)])];
};
