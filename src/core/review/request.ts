import { describe, type Scope, type Undo } from '../check/blastRadius.ts';
import type { Confidence, Finding } from '../check/finding.ts';
import type { Severity } from '../check/severity.ts';

/** A finding as a request names it: enough to show it inertly, and to find it again by its fingerprint. */
export interface RequestedFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly title: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly matched: string;
  readonly blastRadius: { readonly scope: Scope; readonly undo: Undo; readonly target?: string; readonly description: string };
}

/** What a developer asks a senior to look at, bound to a commit that holds exactly the code meant. */
export interface ReviewRequest {
  /** A ULID: sorts by time. */
  readonly id: string;
  /** Full object names of commits. */
  readonly base: string;
  readonly head: string;
  /** The branch that the change is meant for, as a full ref name. */
  readonly targetRef: string;
  readonly findings: readonly RequestedFinding[];
  readonly requester: { readonly name: string; readonly email: string };
  /** Principals or addresses, as the requester picked them; empty when any senior will do. */
  readonly reviewers: readonly string[];
  readonly reason: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** What the head holds beyond the last commit, by path: saved on disk, or open in an editor and not saved. */
  readonly includes: readonly { readonly path: string; readonly from: 'workTree' | 'buffer' }[];
}

/** What a request is made from; the repository adds the commits, the requester and the time. */
export interface RequestDraft {
  readonly findings: readonly RequestedFinding[];
  readonly reviewers: readonly string[];
  readonly reason: string;
  /** Texts that the editor holds and the disk does not, by path from the root. */
  readonly buffers: ReadonlyMap<string, string>;
  /** Full name of the branch that the change is for; the one that is found when not given. */
  readonly targetRef?: string | undefined;
}

/** The longest text of each kind that a request holds; what a reviewer needs in full stands in the head. */
export const longest = { matched: 2000, description: 2000, target: 500, title: 200, path: 4096, reason: 10_000, person: 320, findings: 2000, includes: 20_000 };

/** `line` is 1-based. */
export function toRequested({ fingerprint, ruleId, title, path, severity, confidence, matched, blastRadius }: Finding, line: number): RequestedFinding {
  const { scope, undo, target } = blastRadius;
  return {
    fingerprint,
    rule: ruleId,
    title,
    path,
    line,
    severity,
    confidence,
    matched: cut(matched, longest.matched),
    blastRadius: {
      scope,
      undo,
      ...(target !== undefined && { target: cut(target, longest.target) }),
      description: cut(describe(blastRadius), longest.description),
    },
  };
}

export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
