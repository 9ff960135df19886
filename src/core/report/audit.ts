import type { Finding } from '../check/finding.ts';
import type { Severity } from '../check/severity.ts';
import type { Decision } from '../review/decision.ts';
import type { SignatureFacts, UnreadableRecord } from '../review/facts.ts';
import type { ReviewRequest } from '../review/request.ts';
import type { Blocked } from '../review/verdict.ts';

/** That the gate let a branch move, as its own log has it. */
export interface Pass {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly targetRef: string;
  /** '' where the branch began. */
  readonly base: string;
  readonly head: string;
  /** Who pushed, as far as anybody knows. */
  readonly pusher?: string;
}

/** What the gate said when it refused, as its own log has it. */
export interface Refusal extends Pass {
  readonly blocked: readonly { readonly what: string; readonly rule?: string; readonly path?: string; readonly line?: number; readonly severity?: Severity; readonly fingerprint?: string }[];
  readonly nextStep: string;
}

interface FindingPlace {
  readonly fingerprint: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly description: string;
}

/** One thing that happened, or that stands in the code. */
export type AuditEntry =
  | { readonly kind: 'requested'; readonly at: string; readonly request: string; readonly requester: string; readonly reviewers: readonly string[]; readonly reason: string; readonly targetRef: string; readonly base: string; readonly head: string }
  | ({ readonly kind: 'flagged'; readonly at: string; readonly request: string; readonly targetRef: string } & FindingPlace)
  | ({
      /** A decision; `bypassed` with one is an emergency. */
      readonly kind: 'decided' | 'bypassed';
      readonly at: string;
      readonly decision: Decision['kind'];
      readonly id: string;
      readonly request: string;
      readonly reviewer: string;
      readonly reason: string;
      readonly targetRef: string;
      readonly head: string;
      readonly expires: string;
      readonly fingerprints: readonly string[];
      /** Whether the signature counted at the time that the decision names, by the signers of the target's tip or of the policy that it names. */
      readonly signatureIsGood: boolean;
      readonly signatureFault?: string;
      /** Why a good one would not count any more when the audit was made. */
      readonly signatureNoLonger?: string;
    } & SignedBytes)
  | ({
      /** What came onto the branch although the gate would have refused it, at `at` by the commit's own word; `uncertain` when something that is not in its history would have let it in. */
      readonly kind: 'bypassed' | 'uncertain';
      readonly at: string;
      readonly targetRef: string;
      /** The step of the branch: from where, and to which commit. */
      readonly base: string;
      readonly commit: string;
      readonly committer: string;
      readonly what: string;
      readonly because: readonly string[];
      /** What would have let it in, and could not be told here; nothing of what is `bypassed`. */
      readonly unless: readonly string[];
    } & Partial<FindingPlace>)
  | ({ readonly kind: 'suppressed'; readonly commit: string; readonly at?: string; readonly by?: string; readonly reason: string; readonly until?: string; readonly suppressionLine: number } & FindingPlace)
  | ({ readonly kind: 'refused' } & Refusal)
  | { readonly kind: 'unreadable'; readonly ref: string; readonly why: string };

/** What was signed, byte for byte, and the signature: enough to check it again without the repository. */
export interface SignedBytes {
  readonly record: string;
  readonly signature: string;
}

/** What an audit is made from, read at one moment. */
export interface AuditFacts {
  readonly requests: readonly ReviewRequest[];
  readonly decisions: readonly ({ readonly decision: Decision; readonly verdict: SignatureFacts & { readonly noLonger?: string } } & SignedBytes)[];
  readonly refusals: readonly Refusal[];
  /** What of the branch's history the gate would have refused. */
  readonly bypasses: readonly Bypassed[];
  /** At the target's tip, suppressed, with the 1-based line, and who added the comment that suppresses it, and when, as its commit says. */
  readonly suppressed: readonly { readonly finding: Finding; readonly line: number; readonly added: { readonly at: string; readonly by: string } | undefined }[];
  readonly targetRef: string;
  /** The target's tip. */
  readonly commit: string;
  readonly unreadable: readonly Pick<UnreadableRecord, 'ref' | 'why'>[];
  readonly describe: (finding: Finding) => string;
}

/** A step of a branch that the gate would not have let it take, for one reason. */
export interface Bypassed {
  readonly base: string;
  readonly landed: { readonly commit: string; readonly at: number; readonly committer: string; readonly committerName: string };
  readonly blocked: Blocked;
  readonly unless: readonly string[];
}

/** What happened in the order of time, then what stands in the code, then what could not be read: the same for the same facts. */
export function auditOf({ requests, decisions, refusals, bypasses, targetRef, suppressed, commit, unreadable, describe }: AuditFacts): AuditEntry[] {
  const events: { readonly at: string; readonly entry: AuditEntry }[] = [
    ...requests.flatMap(ofRequest),
    ...decisions.map(ofDecision),
    ...refusals.map((refusal) => ({ kind: 'refused' as const, ...refusal })),
    ...bypasses.map((bypass) => ofBypass(bypass, targetRef)),
  ].map((entry) => ({ at: entry.at, entry }));
  const inCode = suppressed.flatMap(({ finding, line, added }): AuditEntry[] => {
    const { suppression, fingerprint, ruleId: rule, severity, path } = finding;
    if (suppression === undefined) return [];
    const { reason, until, line: suppressionLine } = suppression;
    return [{ kind: 'suppressed', commit, ...added, reason, ...(until !== undefined && { until }), suppressionLine, fingerprint, rule, severity, path, line, description: describe(finding) }];
  });
  const unread = unreadable.map(({ ref, why }): AuditEntry => ({ kind: 'unreadable', ref, why }));
  return [...events.sort((one, other) => Date.parse(one.at) - Date.parse(other.at)).map(({ entry }) => entry), ...inCode, ...unread];
}

function ofRequest({ id, createdAt: at, requester, reviewers, reason, targetRef, base, head, findings }: ReviewRequest) {
  const flagged = findings.map(({ fingerprint, rule, severity, path, line, blastRadius }) => ({ kind: 'flagged' as const, at, request: id, targetRef, fingerprint, rule, severity, path, line, description: blastRadius.description }));
  return [...flagged, { kind: 'requested' as const, at, request: id, requester: `${requester.name} <${requester.email}>`, reviewers, reason, targetRef, base, head }];
}

function ofDecision({ decision, verdict, record, signature }: AuditFacts['decisions'][number]) {
  const { kind, id, request, reviewer, reason, targetRef, head, created: at, expires, findings } = decision;
  return {
    kind: kind === 'emergency' ? ('bypassed' as const) : ('decided' as const),
    at,
    decision: kind,
    id,
    request: request.id,
    reviewer,
    reason,
    targetRef,
    head,
    expires,
    fingerprints: findings.map(({ fingerprint }) => fingerprint),
    signatureIsGood: verdict.isGood,
    ...(!verdict.isGood && { signatureFault: verdict.why }),
    ...(verdict.noLonger !== undefined && { signatureNoLonger: verdict.noLonger }),
    record,
    signature,
  };
}

/** @param targetRef the branch that took the step */
export function ofBypass({ base, landed, blocked: { what, concern, because }, unless }: Bypassed, targetRef: string) {
  const { commit, at, committer, committerName } = landed;
  return {
    kind: unless.length === 0 ? ('bypassed' as const) : ('uncertain' as const),
    at: new Date(at).toISOString(),
    targetRef,
    base,
    commit,
    committer: `${committerName} <${committer}>`,
    what,
    because,
    unless,
    ...(concern !== undefined && { fingerprint: concern.fingerprint, rule: concern.rule, severity: concern.severity, path: concern.path, line: concern.line, description: concern.blastRadius.description }),
  };
}
