import * as vscode from 'vscode';
import type { Severity } from '../../core/check/severity.ts';

/** How a severity is written and drawn wherever a finding is shown. */
export interface SeverityLook {
  readonly name: string;
  readonly icon: string;
  readonly color?: vscode.ThemeColor;
}

const looks: Readonly<Record<Severity, SeverityLook>> = {
  critical: { name: 'Critical', icon: 'error', color: new vscode.ThemeColor('problemsErrorIcon.foreground') },
  high: { name: 'High', icon: 'warning', color: new vscode.ThemeColor('problemsWarningIcon.foreground') },
  medium: { name: 'Medium', icon: 'info', color: new vscode.ThemeColor('problemsInfoIcon.foreground') },
  low: { name: 'Low', icon: 'circle-outline' },
};

export function lookOf(severity: Severity): SeverityLook {
  return looks[severity];
}
