import type { ReviewRequest } from './request.ts';

/** Where a request stands. */
export type Coverage = 'covered' | 'pending' | 'stale' | 'rejected' | 'unverifiable';

/** Of a request that nobody decided; nothing reads decisions yet. */
export const undecided: Coverage = 'pending';

/** For each fingerprint the newest request that lists it. */
export function newestRequests(requests: readonly ReviewRequest[]): ReadonlyMap<string, ReviewRequest> {
  const newest = new Map<string, ReviewRequest>();
  for (const request of requests) {
    for (const { fingerprint } of request.findings) {
      const known = newest.get(fingerprint);
      if (known === undefined || known.id < request.id) newest.set(fingerprint, request);
    }
  }
  return newest;
}
