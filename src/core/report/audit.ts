import type { Finding } from '../check/finding.ts';
import type { Severity } from '../check/severity.ts';
import type { Decision } from '../review/decision.ts';
import type { SignatureFacts, UnreadableRecord } from '../review/facts.ts';
import type { ReviewRequest } from '../review/request.ts';

/** What the gate said when it refused, as its own log has it. */
export interface Refusal {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly targetRef: string;
  readonly base: string;
  readonly head: string;
  /** Who pushed, as far as anybody knows. */
  readonly pusher?: string;
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
      /** A decision; `bypassed` is one of an emergency. */
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
      /** Whether the signature counted when the audit was made, by the signers of the target's tip as of the time that the decision names. */
      readonly signatureIsGood: boolean;
      readonly signatureFault?: string;
    } & SignedBytes)
  | ({ readonly kind: 'suppressed'; readonly commit: string; readonly reason: string; readonly until?: string; readonly suppressionLine: number } & FindingPlace)
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
  readonly decisions: readonly ({ readonly decision: Decision; readonly verdict: SignatureFacts } & SignedBytes)[];
  readonly refusals: readonly Refusal[];
  /** At the target's tip, suppressed, with the 1-based line. */
  readonly suppressed: readonly { readonly finding: Finding; readonly line: number }[];
  readonly commit: string;
  readonly unreadable: readonly Pick<UnreadableRecord, 'ref' | 'why'>[];
  readonly describe: (finding: Finding) => string;
}

/** What happened in the order of time, then what stands in the code, then what could not be read: the same for the same facts. */
export function auditOf({ requests, decisions, refusals, suppressed, commit, unreadable, describe }: AuditFacts): AuditEntry[] {
  const events: { readonly at: string; readonly entry: AuditEntry }[] = [
    ...requests.flatMap(ofRequest),
    ...decisions.map(ofDecision),
    ...refusals.map((refusal) => ({ kind: 'refused' as const, ...refusal })),
  ].map((entry) => ({ at: entry.at, entry }));
  const inCode = suppressed.flatMap(({ finding, line }): AuditEntry[] => {
    const { suppression, fingerprint, ruleId: rule, severity, path } = finding;
    if (suppression === undefined) return [];
    const { reason, until, line: suppressionLine } = suppression;
    return [{ kind: 'suppressed', commit, reason, ...(until !== undefined && { until }), suppressionLine, fingerprint, rule, severity, path, line, description: describe(finding) }];
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
    record,
    signature,
  };
}
