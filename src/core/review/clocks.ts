/** Clocks of two machines differ by so much at most. */
export const clockSkewMs = 5 * 60_000;

/** Whether something was made later, by its own word, than it can have been: the clock of who made it was ahead. It does not count before that. @param madeAt milliseconds since 1970, as `now` */
export function isAhead(madeAt: number, now: number): boolean {
  return madeAt > now + clockSkewMs;
}

/** What is said of it. */
export function aheadWords(madeAt: string): string {
  return `it was made at ${madeAt}, which is in the future here, and counts only from then on; one of the clocks is wrong`;
}
