import * as vscode from 'vscode';
import { policyPath } from '../../core/policy/policy.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import { message } from '../inert.ts';
import type { LiveFiles } from '../liveFile.ts';
import { findAgain, parseReference } from './findingReference.ts';

const levels = [
  { level: 'critical', label: 'At Least Critical' },
  { level: 'high', label: 'At Least High' },
  { level: 'medium', label: 'At Least Medium' },
  { level: 'low', label: 'As the Rule Judges', detail: 'A policy raises what a rule finds, and never lowers it' },
  { level: 'off', label: 'Off', detail: 'Nobody is told of it any more' },
] as const;

/** "Change This Rule's Severity": says it in the team's policy, in the work tree. It counts when it is committed, and at the gate when it has come to the protected branch. */
export function registerSetRuleSeverity(files: LiveFiles): vscode.Disposable {
  return vscode.commands.registerCommand('firebreak.setRuleSeverity', async (argument: unknown) => {
    const reference = parseReference(argument);
    const found = reference && (await findAgain(files, reference));
    if (found === undefined) {
      void vscode.window.showInformationMessage('This code changed, and the finding is gone or another one.');
      return;
    }
    const { ruleId } = found.finding;
    const { repository } = found.live;
    if (repository === undefined) {
      const why = vscode.workspace.isTrusted ? 'this file is in no git repository, and the policy is kept in one' : 'this workspace is not trusted, so its policy is neither read nor written; trust it first';
      void vscode.window.showWarningMessage(message(`The severity was not changed: ${why}.`));
      return;
    }
    const picked = await vscode.window.showQuickPick(levels, { title: `The Severity of ${ruleId}`, placeHolder: `How much does the team want of ${ruleId}? Written to ${policyPath}` });
    if (picked === undefined) return;
    try {
      await writeLevel(vscode.Uri.joinPath(vscode.Uri.file(repository.root), policyPath), ruleId, picked.level);
    } catch (error) {
      void vscode.window.showErrorMessage(message(`The severity was not changed: ${messageOf(error)}; correct ${policyPath} first.`, 600));
    }
  });
}

async function writeLevel(uri: vscode.Uri, ruleId: string, level: (typeof levels)[number]['level']): Promise<void> {
  const { withRule } = await import('../../core/policy/withRule.ts');
  const isThere = await vscode.workspace.fs.stat(uri).then(() => true, () => false); // prettier-ignore
  const edit = new vscode.WorkspaceEdit();
  if (isThere) {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), document.positionAt(text.length)), withRule(text, ruleId, level));
  } else {
    edit.createFile(uri, { contents: new TextEncoder().encode(withRule('', ruleId, level)) });
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('the editor did not take the change');
  const document = await vscode.workspace.openTextDocument(uri);
  await document.save();
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const at = document.positionAt(Math.max(0, document.getText().indexOf(`${ruleId}:`)));
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at));
  void vscode.window.showInformationMessage(`${ruleId} is "${level}" in ${policyPath}. It counts here when it is committed, and at the gate when it has come to the protected branch, approved as the policy asks.`);
}
