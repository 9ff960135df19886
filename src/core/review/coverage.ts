import type { Policy } from '../policy/policy.ts';
import { demandOf } from './demands.ts';
import type { GateFacts } from './facts.ts';
import { judgeConcern } from './gate.ts';
import type { ReviewRequest } from './request.ts';
import { standingOf } from './standing.ts';

/** Where a request stands. It is computed from the records; a list may keep it by the digest of all that it was computed from. */
export type Coverage = 'covered' | 'pending' | 'stale' | 'rejected' | 'unverifiable';

const worstFirst = ['unverifiable', 'rejected', 'stale', 'pending'] as const;

/** What a request's coverage is made of: why it is none, or whose decisions counted, and how they are bound. */
export interface Covered {
  readonly coverage: Coverage;
  readonly because: readonly string[];
  readonly by: readonly string[];
}

/** Where a request stands, by the gate's own judgement of what it names. Of what the policy asks nothing for, one approval covers it. */
export function coverageOf(facts: GateFacts, policy: Policy): Covered {
  const standing = standingOf(facts.records, facts.unreadable, facts.folderOf);
  const judged = facts.concerns.map((concern) => {
    const demanded = demandOf(concern, policy, undefined) ?? { approvals: 1, reviewers: [], needsTouch: false };
    return judgeConcern(concern, demanded, { facts, policy, standing });
  });
  const blocked = judged.flatMap((each) => ('because' in each ? [each] : []));
  const coverage = worstFirst.find((each) => blocked.some((one) => one.coverage === each)) ?? 'covered';
  const because = new Set(blocked.flatMap((one) => (one.coverage === coverage ? one.because : [])));
  return { coverage, because: [...because], by: [...new Set(judged.flatMap((each) => ('by' in each ? each.by : [])))] };
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
