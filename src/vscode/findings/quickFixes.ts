import * as vscode from 'vscode';
import type { Finding } from '../../core/check/finding.ts';
import { type SaferForm, saferForms } from '../../core/check/saferForm.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { toRange } from '../documentRange.ts';
import { diagnosticSource } from './diagnostics.ts';
import { referenceTo } from './findingReference.ts';
import { label, plain } from '../inert.ts';
import type { LiveDocument, LiveDocuments } from '../liveFile.ts';

/**
 * The lamp on a finding offers to have it reviewed, a safer form where one is sure, to speak for it and to weigh its rule otherwise. It does not offer to disown the text: one
 * key too easily pressed would take AI text out of the scope.
 */
export function registerQuickFixes(documents: LiveDocuments, loadEngine: () => Promise<Engine>): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range, { diagnostics }) {
      const live = documents.get(document.uri);
      const here = live?.findings.filter((finding) => toRange(live.document, finding.range).intersection(range) !== undefined) ?? [];
      if (live === undefined || here.length === 0) return [];
      const engine = await loadEngine();
      // The document may have gone on meanwhile, and an edit would hit another place.
      if (!live.isCurrent()) return [];
      return here.flatMap((finding) => fixesFor(live, finding, { engine, isAlone: here.length === 1, diagnostics }));
    },
  };
  return vscode.languages.registerCodeActionsProvider('*', provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}

interface Around {
  readonly engine: Engine;
  readonly isAlone: boolean;
  readonly diagnostics: readonly vscode.Diagnostic[];
}

function fixesFor(live: LiveDocument, finding: Finding, { engine, isAlone, diagnostics }: Around): vscode.CodeAction[] {
  const rule = engine.ruleOf(finding.ruleId);
  const { document } = live;
  const place = toRange(document, finding.range);
  const own = diagnostics.filter(({ source, code, range: shown }) => source === diagnosticSource && ruleOf(code) === finding.ruleId && shown.isEqual(place));
  const reference = referenceTo(live, finding);
  const fix = (title: string, with_: Partial<vscode.CodeAction>) => Object.assign(new vscode.CodeAction(isAlone ? title : `${title}: ${plain(finding.blastRadius.effect, 60)}`, vscode.CodeActionKind.QuickFix), { diagnostics: own }, with_);
  const run = (title: string, command: string) => fix(title, { command: { title, command, arguments: [reference] } });
  const isSuppressible = rule?.matches.every(({ kind }) => kind !== 'suppression') === true && engine.canBeSuppressed(document.uri.path, document.lineAt(0).text, document.languageId);
  return [
    run('Request senior review', 'firebreak.requestReview'),
    ...saferForms(finding, document.getText(), rule?.safer).map((form) => fix(label(form.title), { edit: editOf(document, form) })),
    ...(isSuppressible ? [run('Suppress with a reason…', 'firebreak.suppressFinding')] : []),
    run(`Change the severity of ${finding.ruleId}…`, 'firebreak.setRuleSeverity'),
  ];
}

/** What only a person can say is selected, to be typed over. */
function editOf(document: vscode.TextDocument, { range, newText, placeholder }: SaferForm): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const place = toRange(document, range);
  if (placeholder === undefined) {
    edit.replace(document.uri, place, newText);
  } else {
    const [before = '', behind = ''] = newText.split(placeholder);
    const snippet = new vscode.SnippetString().appendText(before).appendPlaceholder(placeholder).appendText(behind);
    edit.set(document.uri, [new vscode.SnippetTextEdit(place, snippet)]);
  }
  return edit;
}

function ruleOf(code: vscode.Diagnostic['code']): unknown {
  return typeof code === 'object' ? code.value : code;
}
