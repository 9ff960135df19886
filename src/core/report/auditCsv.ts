import { showInert } from '../review/inert.ts';
import type { AuditEntry } from './audit.ts';

const columns = ['kind', 'at', 'who', 'what', 'rule', 'severity', 'path', 'line', 'request', 'fingerprint', 'target', 'reason', 'until', 'signature'] as const;
type Row = Partial<Record<(typeof columns)[number], string | number>>;

/** As RFC 4180 has it, a row for each entry. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvOf(entries: readonly AuditEntry[]): string {
  const rows = entries.map(rowOf).map((row) => columns.map((column) => cell(row[column] ?? '')).join(','));
  return [columns.join(','), ...rows].map((row) => `${row}\r\n`).join('');
}

function rowOf(entry: AuditEntry): Row {
  switch (entry.kind) {
    case 'requested':
      return { kind: entry.kind, at: entry.at, who: entry.requester, what: `asks ${entry.reviewers.length === 0 ? 'any senior' : entry.reviewers.join('; ')}`, request: entry.request, target: entry.targetRef, reason: entry.reason };
    case 'flagged':
      return { kind: entry.kind, at: entry.at, what: entry.description, rule: entry.rule, severity: entry.severity, path: entry.path, line: entry.line, request: entry.request, fingerprint: entry.fingerprint, target: entry.targetRef };
    case 'decided':
    case 'bypassed':
    case 'uncertain':
      if ('commit' in entry) return { kind: entry.kind, at: entry.at, who: entry.committer, what: `${entry.what}, in ${entry.commit}`, rule: entry.rule ?? '', severity: entry.severity ?? '', path: entry.path ?? '', line: entry.line ?? '', fingerprint: entry.fingerprint ?? '', target: entry.targetRef, reason: [...entry.because, ...entry.unless.map((each) => `unless ${each}`)].join('; ') };
      return { kind: entry.kind, at: entry.at, who: entry.reviewer, what: entry.decision, request: entry.request, fingerprint: entry.fingerprints.join(' '), target: entry.targetRef, reason: entry.reason, until: entry.expires, signature: entry.signatureIsGood ? (entry.signatureNoLonger === undefined ? 'good' : `was good: ${entry.signatureNoLonger}`) : `does not count: ${entry.signatureFault ?? ''}` };
    case 'suppressed':
      return { kind: entry.kind, at: entry.at ?? '', who: entry.by ?? '', what: entry.description, rule: entry.rule, severity: entry.severity, path: entry.path, line: entry.line, fingerprint: entry.fingerprint, reason: entry.reason, ...(entry.until !== undefined && { until: entry.until }) };
    case 'refused':
      return { kind: entry.kind, at: entry.at, who: entry.pusher ?? '', what: entry.blocked.map(({ what }) => what).join('; '), fingerprint: entry.blocked.flatMap(({ fingerprint }) => fingerprint ?? []).join(' '), target: entry.targetRef, reason: entry.nextStep };
    case 'unreadable':
      return { kind: entry.kind, what: entry.ref, reason: entry.why };
  }
}

/** https://owasp.org/www-community/attacks/CSV_Injection */
function cell(value: string | number): string {
  const text = showInert(String(value));
  const inert = /^\s*[=+\-@|%]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
