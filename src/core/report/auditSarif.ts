import type { Rule } from '../check/rule.ts';
import { showInert } from '../review/inert.ts';
import type { AuditEntry } from './audit.ts';
import { artifactOf, inSource, levelOf, reportingDescriptor, sarifLog, sarifText } from './sarif.ts';

type Decided = Extract<AuditEntry, { decision: unknown }>;

/** Findings that were flagged, those that are suppressed and those that came past the gate, each with what was decided on it: SARIF calls an approval an accepted suppression. */
export function auditSarifOf(entries: readonly AuditEntry[], { version, rules, pageOf }: { readonly version: string; readonly rules: readonly Rule[]; readonly pageOf: (ruleId: string) => string | undefined }): unknown {
  const count = (kind: AuditEntry['kind']) => entries.filter((entry) => entry.kind === kind).length;
  const decided = entries.filter((entry): entry is Decided => 'decision' in entry);
  return sarifLog({
    version,
    rules: rules.map((rule) => reportingDescriptor(rule, pageOf(rule.id))),
    results: entries.flatMap((entry) => resultOf(entry, decided)),
    invocation: {
      executionSuccessful: count('unreadable') === 0,
      toolExecutionNotifications: entries.flatMap((entry) => (entry.kind === 'unreadable' ? [{ descriptor: { id: 'unread-file' }, level: 'error', message: { text: sarifText(`${entry.ref} cannot be read: ${entry.why}`) } }] : [])),
    },
    properties: { requested: count('requested'), flagged: count('flagged'), decided: count('decided'), suppressed: count('suppressed'), refused: count('refused'), bypassed: count('bypassed'), uncertain: count('uncertain') },
  });
}

function resultOf(entry: AuditEntry, decided: readonly Decided[]): unknown[] {
  if ((entry.kind === 'bypassed' || entry.kind === 'uncertain') && 'commit' in entry) return ofBypass(entry);
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

/** A push as a whole that came past the gate is no place in a file. What SARIF calls open is what could not be decided for want of knowledge, which has no level. */
function ofBypass({ kind, what, because, unless, rule, severity = 'high', path, line = 1, description, fingerprint, commit, at, committer, targetRef }: Extract<AuditEntry, { commit: string; because: unknown }>): unknown[] {
  const isSure = kind === 'bypassed';
  const told = [`came onto ${targetRef}${isSure ? ' past the gate' : ', and may have come past the gate'}, in ${commit}: ${description ?? what}`, ...because, ...unless.map((each) => `unless ${each}`)];
  return [
    {
      ...(rule !== undefined && { ruleId: rule }),
      ...(isSure ? { level: levelOf[severity] } : { kind: 'open', level: 'none' }),
      message: { text: sarifText(told.join('; ')) },
      locations: path === undefined ? [] : [{ physicalLocation: { artifactLocation: artifactOf(path), region: { startLine: line } } }],
      ...(fingerprint !== undefined && { partialFingerprints: { 'firebreakFinding/v1': fingerprint } }),
      suppressions: [],
      properties: { severity, [kind]: true, commit, at, committer: showInert(committer), targetRef: showInert(targetRef) },
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
