import { describe } from '../check/blastRadius.ts';
import type { Severity } from '../check/severity.ts';
import { describeSuppression } from '../check/suppression.ts';
import { showInert } from '../review/inert.ts';
import type { CheckedRun, Placed } from './sarif.ts';

/** What GitHub makes of a severity. */
export const commandOf: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'notice' };

/**
 * Lines that GitHub Actions turns into annotations at their places.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubCommandsOf({ findings, unread }: Pick<CheckedRun, 'findings' | 'unread'>): string[] {
  return [...findings.map(annotationOf), ...unread.map(({ path, why }) => workflowCommand('error', { file: path, title: 'Not read' }, why))];
}

function annotationOf({ finding, start, end }: Placed): string {
  const { ruleId, path, title, severity, blastRadius } = finding;
  const text = [`${severity}: ${describe(blastRadius)}`, describeSuppression(finding) ?? []].flat().join('; ');
  const place = { file: path, line: start.line + 1, endLine: end.line + 1, col: start.column + 1, endColumn: end.column + 1 };
  return workflowCommand(commandOf[severity], { ...place, title: `${title} (${ruleId})` }, text);
}

/** The runner takes `%25`, `%0D` and `%0A` back, and in properties `%3A` and `%2C`: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
export function workflowCommand(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeData(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`);
  return `::${name} ${written.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return showInert(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
