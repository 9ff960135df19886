import type { Policy } from '../policy/policy.ts';
import { demandOf } from './demands.ts';
import type { GateFacts } from './facts.ts';
import { judgeConcern } from './gate.ts';
import type { ReviewRequest } from './request.ts';
import { standingOf } from './standing.ts';

/** Where a request stands. It is computed from the records each time, and never stored. */
export type Coverage = 'covered' | 'pending' | 'stale' | 'rejected' | 'unverifiable';

const worstFirst = ['unverifiable', 'rejected', 'stale', 'pending'] as const;

/** Where a request stands, by the gate's own judgement of what it names. Of what the policy asks nothing for, one approval covers it. */
export function coverageOf(facts: GateFacts, policy: Policy): { readonly coverage: Coverage; readonly because: readonly string[] } {
  const standing = standingOf(facts.records, facts.unreadable, facts.folderOf);
  const blocked = facts.concerns.flatMap((concern) => {
    const demanded = demandOf(concern, policy, undefined) ?? { approvals: 1, reviewers: [], needsTouch: false };
    const judged = judgeConcern(concern, demanded, { facts, policy, standing });
    return 'because' in judged ? [judged] : [];
  });
  const coverage = worstFirst.find((each) => blocked.some((one) => one.coverage === each)) ?? 'covered';
  return { coverage, because: [...new Set(blocked.flatMap((one) => (one.coverage === coverage ? one.because : [])))] };
}

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
