import * as vscode from 'vscode';
import { isRemovedByAi } from '../../core/check/attribute.ts';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import type { Severity } from '../../core/check/severity.ts';
import { collectBurst } from '../burst.ts';
import { plain } from '../inert.ts';
import type { LiveFile, LiveFiles } from '../liveFile.ts';
import type { RulePage } from './rulePage.ts';

export const diagnosticSource = 'Firebreak';

/** Red is kept for what cannot be taken back on the scale of a service or more; the code itself may be correct. */
const severityOf: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  critical: vscode.DiagnosticSeverity.Error,
  high: vscode.DiagnosticSeverity.Warning,
  medium: vscode.DiagnosticSeverity.Information,
  low: vscode.DiagnosticSeverity.Hint,
};

/** The editor moves what it shows with the text by itself, so this waits for the end of a burst of keys. */
const delayMs = 50;

/** Findings in the editor and in the Problems view. */
export function registerDiagnostics(files: LiveFiles, pageOf: RulePage): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('firebreak');
  const show = (uri: vscode.Uri) => {
    const live = files.get(uri);
    collection.set(uri, live && toDiagnostics(live, pageOf));
  };
  const changed = collectBurst<string>(delayMs, (uris) => {
    for (const uri of uris) show(vscode.Uri.parse(uri));
  });
  for (const { uri } of files.all()) show(uri);
  return vscode.Disposable.from(
    collection,
    changed,
    files.onDidChange((uri) => {
      changed.add(uri.toString());
    }),
  );
}

function toDiagnostics(live: LiveFile, pageOf: RulePage): vscode.Diagnostic[] {
  return live.unread === undefined ? live.findings.map((finding) => toDiagnostic(live, finding, pageOf)) : [couldNotLook(live.unread)];
}

function toDiagnostic({ uri, toRange }: LiveFile, finding: Finding, pageOf: RulePage): vscode.Diagnostic {
  const { ruleId, title, blastRadius, severity, range } = finding;
  const diagnostic = new vscode.Diagnostic(toRange(range), plain(`${title}: ${describe(blastRadius)}.${isRemovedByAi(finding) ? ' An AI removed this.' : ''}`, 600), severityOf[severity]);
  diagnostic.source = diagnosticSource;
  const target = pageOf(ruleId);
  diagnostic.code = target === undefined ? ruleId : { value: ruleId, target };
  diagnostic.relatedInformation = blastRadius.factors.flatMap((factor) =>
    factor.range === undefined ? [] : [new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRange(factor.range)), plain(factor.text))],
  );
  return diagnostic;
}

function couldNotLook(why: string): vscode.Diagnostic {
  const message = plain(`Firebreak could not look at this file: ${why}.`);
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 1, 0), message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = diagnosticSource;
  return diagnostic;
}
