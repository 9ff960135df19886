import * as vscode from 'vscode';
import { isRemovedByAi } from '../../core/check/attribute.ts';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { describeRelated, relatedPlaces } from '../../core/check/relatedPlaces.ts';
import type { Severity } from '../../core/check/severity.ts';
import { describeSuppression } from '../../core/check/suppression.ts';
import { collectBurst } from '../burst.ts';
import { plain } from '../inert.ts';
import type { LiveFile, LiveFiles } from '../liveFile.ts';
import type { Callers } from './callers.ts';
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
/** More places help nobody. */
const mostCallers = 10;
/** A file with more findings is not read finding by finding. */
const mostRelated = 20;

/** Findings in the editor and in the Problems view. */
export function registerDiagnostics(files: LiveFiles, pageOf: RulePage, callers: Callers): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('firebreak');
  const show = (uri: vscode.Uri) => {
    const live = files.get(uri);
    collection.set(uri, live && toDiagnostics(live, pageOf, callers));
  };
  const changed = collectBurst<string>(delayMs, (uris) => {
    for (const uri of uris) show(vscode.Uri.parse(uri));
  });
  const change = (uri: vscode.Uri) => {
    changed.add(uri.toString());
  };
  for (const { uri } of files.all()) show(uri);
  return vscode.Disposable.from(collection, changed, files.onDidChange(change), callers.onDidFind(change));
}

function toDiagnostics(live: LiveFile, pageOf: RulePage, callers: Callers): vscode.Diagnostic[] {
  if (live.unread !== undefined) return [couldNotLook(live.unread)];
  // Nobody looks at the callers of a closed file.
  const isVisible = vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === live.uri.toString());
  return live.findings.map((finding, index) => {
    const related = index < mostRelated ? [...relatedIn(live, finding), ...(isVisible ? callersOf(callers, live, finding) : [])] : [];
    return toDiagnostic(live, finding, related, pageOf(finding.ruleId));
  });
}

function toDiagnostic({ toRange }: LiveFile, finding: Finding, related: vscode.DiagnosticRelatedInformation[], page: vscode.Uri | undefined): vscode.Diagnostic {
  const { ruleId, title, blastRadius, severity, range } = finding;
  const said = [describe(blastRadius), describeSuppression(finding) ?? []].flat().join('; ');
  const diagnostic = new vscode.Diagnostic(toRange(range), plain(`${title}: ${said}.${isRemovedByAi(finding) ? ' An AI removed this.' : ''}`, 600), severityOf[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = page === undefined ? ruleId : { value: ruleId, target: page };
  diagnostic.relatedInformation = related;
  return diagnostic;
}

/** What led to the judgement, the client, the values, and what an AI took away, each at its place in the file. */
function relatedIn({ uri, text, toRange }: LiveFile, finding: Finding): vscode.DiagnosticRelatedInformation[] {
  const at = (range: Finding['range'], words: string) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRange(range)), plain(words));
  const whole = text();
  const { region } = finding;
  return [
    ...finding.blastRadius.factors.flatMap((factor) => (factor.range === undefined ? [] : [at(factor.range, factor.text)])),
    ...relatedPlaces(finding, whole).map((place) => at(place.range, describeRelated(place, whole))),
    ...(region?.removedText === undefined || !isRemovedByAi(finding) ? [] : [at(region.range, `An AI removed here: ${region.removedText}`)]),
  ];
}

function callersOf(callers: Callers, live: LiveFile, finding: Finding): vscode.DiagnosticRelatedInformation[] {
  return callers.of(live, finding).slice(0, mostCallers).map(({ name, location }) => new vscode.DiagnosticRelatedInformation(location, plain(`Called by ${name}`)));
}

function couldNotLook(why: string): vscode.Diagnostic {
  const message = plain(`Firebreak could not look at this file: ${why}.`);
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 1, 0), message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = diagnosticSource;
  return diagnostic;
}
