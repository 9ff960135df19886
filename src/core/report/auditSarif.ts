import type { Rule } from '../check/rule.ts';
import { showInert } from '../review/inert.ts';
import type { AuditEntry } from './audit.ts';
import { artifactOf, inSource, levelOf, reportingDescriptor, sarifLog, sarifText } from './sarif.ts';

type Decided = Extract<AuditEntry, { kind: 'decided' | 'bypassed' }>;

/** Findings that were flagged and those that are suppressed, each with what was decided on it: SARIF calls an approval an accepted suppression. */
export function auditSarifOf(entries: readonly AuditEntry[], { version, rules, pageOf }: { readonly version: string; readonly rules: readonly Rule[]; readonly pageOf: (ruleId: string) => string | undefined }): unknown {
  const count = (kind: AuditEntry['kind']) => entries.filter((entry) => entry.kind === kind).length;
  const decided = entries.filter((entry): entry is Decided => entry.kind === 'decided' || entry.kind === 'bypassed');
  return sarifLog({
    version,
    rules: rules.map((rule) => reportingDescriptor(rule, pageOf(rule.id))),
    results: entries.flatMap((entry) => resultOf(entry, decided)),
    invocation: {
      executionSuccessful: count('unreadable') === 0,
      toolExecutionNotifications: entries.flatMap((entry) => (entry.kind === 'unreadable' ? [{ descriptor: { id: 'unread-file' }, level: 'error', message: { text: sarifText(`${entry.ref} cannot be read: ${entry.why}`) } }] : [])),
    },
    properties: { requested: count('requested'), flagged: count('flagged'), decided: count('decided'), suppressed: count('suppressed'), refused: count('refused'), bypassed: count('bypassed') },
  });
}

function resultOf(entry: AuditEntry, decided: readonly Decided[]): unknown[] {
  if (entry.kind !== 'flagged' && entry.kind !== 'suppressed') return [];
  const { rule, severity, path, line, description, fingerprint } = entry;
  const suppressions = entry.kind === 'suppressed' ? [inSource({ reason: entry.reason, line: entry.suppressionLine, ...(entry.until !== undefined && { until: entry.until }) })] : decisionsOn(entry, decided);
  return [
    {
      ruleId: rule,
      level: levelOf[severity],
      message: { text: sarifText(description) },
      locations: [{ physicalLocation: { artifactLocation: artifactOf(path), region: { startLine: line } } }],
      partialFingerprints: { 'firebreakFinding/v1': fingerprint },
      suppressions,
      properties: { severity, ...(entry.kind === 'flagged' && { request: entry.request, targetRef: showInert(entry.targetRef) }) },
    },
  ];
}

/** Decisions whose signature counts; without one the request is under review. */
function decisionsOn({ request, fingerprint }: Extract<AuditEntry, { kind: 'flagged' }>, decided: readonly Decided[]): unknown[] {
  const on = decided.filter((each) => each.request === request && each.signatureIsGood && each.fingerprints.includes(fingerprint));
  // What each reviewer said last; who took it back has said nothing.
  const last = new Map(on.map((each) => [each.reviewer, each]));
  const standing = [...last.values()].filter(({ decision }) => decision !== 'revoke');
  if (standing.length === 0) return [{ kind: 'external', status: 'underReview' }];
  return standing.map(({ decision, reason, reviewer, at, expires }) => ({ kind: 'external', status: decision === 'reject' ? 'rejected' : 'accepted', justification: showInert(reason), properties: { decision, reviewer: showInert(reviewer), at, expires } }));
}
