/** A remote that cannot be reached is asked half as often each time, up to this. */
const longestMs = 60 * 60_000;

/** How long to wait until the remote is asked again. @param failures how often in a row it was not reached */
export function waitMs(everyMs: number, failures: number): number {
  return Math.min(everyMs * 2 ** Math.min(failures, 10), Math.max(longestMs, everyMs));
}
