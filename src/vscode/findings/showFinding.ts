import * as vscode from 'vscode';
import { fieldsOf, findAgain, parseReference } from './findingReference.ts';
import type { LiveFiles } from '../liveFile.ts';

/** The command behind lenses and the Findings view: goes to a finding, and shows its details when asked to. */
export function registerShowFinding(files: LiveFiles): vscode.Disposable {
  return vscode.commands.registerCommand('firebreak.showFinding', async (argument: unknown) => {
    const reference = parseReference(argument);
    const found = reference && (await findAgain(files, reference));
    if (found === undefined) {
      void vscode.window.showInformationMessage('This code changed, and the finding is gone or another one.');
      return;
    }
    const { start } = found.live.toRange(found.finding.range);
    const editor = await vscode.window.showTextDocument(found.live.uri);
    editor.selection = new vscode.Selection(start, start);
    editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    // Without the focus it would go with the next movement of the mouse that clicked.
    if (fieldsOf(argument).hover === true) await vscode.commands.executeCommand('editor.action.showHover', { focus: 'autoFocusImmediately' });
  });
}
