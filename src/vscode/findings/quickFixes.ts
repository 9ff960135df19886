import * as vscode from 'vscode';
import { toRange } from '../documentRange.ts';
import { diagnosticSource } from './diagnostics.ts';
import { referenceTo } from './findingReference.ts';
import type { LiveDocument, LiveDocuments } from '../liveFile.ts';

/**
 * The lamp on a finding offers to have it reviewed. It does not offer to disown the text: one key too easily pressed would
 * take AI text out of the scope.
 */
export function registerQuickFixes(documents: LiveDocuments): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, { diagnostics }) {
      const live = documents.get(document.uri);
      return live === undefined ? [] : fixesFor(live, range, diagnostics);
    },
  };
  return vscode.languages.registerCodeActionsProvider('*', provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}

function fixesFor(live: LiveDocument, range: vscode.Range, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const here = live.findings.filter((finding) => toRange(live.document, finding.range).intersection(range) !== undefined);
  return here.map((finding) => {
    const place = toRange(live.document, finding.range);
    const title = here.length === 1 ? 'Request senior review' : `Request senior review: ${finding.title}`;
    const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    fix.diagnostics = diagnostics.filter(({ source, code, range: shown }) => source === diagnosticSource && ruleOf(code) === finding.ruleId && shown.isEqual(place));
    fix.command = { title: fix.title, command: 'firebreak.requestReview', arguments: [referenceTo(live, finding)] };
    return fix;
  });
}

function ruleOf(code: vscode.Diagnostic['code']): unknown {
  return typeof code === 'object' ? code.value : code;
}
