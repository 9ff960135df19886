import { isRemovedByAi } from '../core/check/attribute.ts';
import { describe } from '../core/check/blastRadius.ts';
import { describeCause } from '../core/check/originWords.ts';
import { severities } from '../core/check/severity.ts';
import { showInert } from '../core/review/inert.ts';
import type { Inspection, Located } from './inspect.ts';
import { counted, paint, print } from './terminal.ts';

/** As many digits of a fingerprint as are shown. */
const shownDigits = 12;

const severityStyle = { critical: 'red', high: 'red', medium: 'yellow', low: 'cyan' } as const;

export function printFindings(inspection: Inspection): void {
  const { located, unread } = inspection;
  for (const each of located) print(`${paragraph(each)}\n`);
  for (const { path, why } of unread) print(`${showInert(path)}: ${paint('yellow', 'not read')}: ${showInert(why)}\n`);
  print(summary(inspection));
}

function paragraph({ finding, start }: Located): string {
  const place = paint('bold', `${showInert(finding.path)}:${start.line + 1}:${start.column + 1}`);
  const severity = paint(severityStyle[finding.severity], finding.severity);
  const cause = describeCause(finding);
  return [
    `${place} ${severity} (${finding.confidence} confidence) ${finding.ruleId}`,
    `  ${firstLine(finding.matched)}`,
    `  ${showInert(describe(finding.blastRadius))}`,
    ...(cause === undefined ? [] : [`  ${showInert(cause)}`]),
    `  ${paint('dim', finding.fingerprint.slice(0, shownDigits))}`,
  ].join('\n');
}

export function firstLine(text: string): string {
  const [first = '', ...rest] = text.split(/\r?\n/);
  const shown = first.length > 160 ? `${first.slice(0, 160)}…` : first;
  return showInert(shown) + (rest.length > 0 && first.length <= 160 ? ' …' : '');
}

function summary({ scope, located, unread, fileCount, unattributedCount }: Inspection): string {
  const bySeverity = severities
    .toReversed()
    .map((severity) => [severity, located.filter(({ finding }) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const parts = [`${counted(located.length, 'finding')}${bySeverity.length > 0 ? ` (${bySeverity.join(', ')})` : ''} in ${counted(fileCount, 'checked file')}`];
  if (unread.length > 0) parts.push(`${counted(unread.length, 'file')} not read`);
  if (scope === 'ai') parts.push(`${counted(unattributedCount, 'file')} without attribution`);
  return parts.join('; ');
}

/** Version 1 of the shape that other programs read; lines and columns from 1, columns in UTF-16 code units. */
export function toJson({ located, unread }: Inspection): unknown {
  return { version: 1, findings: located.map(toJsonFinding), unread };
}

function toJsonFinding({ finding, start, end }: Located): unknown {
  const { ruleId, title, path, severity, confidence, matched, fingerprint, blastRadius, region } = finding;
  const { scope, undo, target, factors } = blastRadius;
  return {
    rule: ruleId,
    title,
    path,
    range: { start: { line: start.line + 1, column: start.column + 1 }, end: { line: end.line + 1, column: end.column + 1 } },
    severity,
    confidence,
    matched,
    fingerprint,
    blastRadius: { scope, undo, ...(target !== undefined && { target }), factors: factors.map(({ text }) => text) },
    ...(region && { origin: { ...region.origin, evidence: region.evidence, ...(isRemovedByAi(finding) && { removed: true }) } }),
  };
}
