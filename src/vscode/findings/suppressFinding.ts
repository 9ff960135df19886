import * as vscode from 'vscode';
import { LineText } from '../../core/text/lineText.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';
import type { Engine } from '../documents/engineLoader.ts';
import type { FollowedDocuments } from '../documents/followedDocuments.ts';
import { message } from '../inert.ts';
import { findAgain, parseReference } from './findingReference.ts';

/** "Suppress With a Reason": writes the comment that speaks for a finding. The reason is always asked for, so that nobody but a person gives one. */
export function registerSuppressFinding(documents: FollowedDocuments, loadEngine: () => Promise<Engine>): vscode.Disposable {
  return vscode.commands.registerCommand('firebreak.suppressFinding', async (argument: unknown) => {
    const reference = parseReference(argument);
    if (reference === undefined || (await findAgain(documents.files, reference)) === undefined) {
      tellGone();
      return;
    }
    const reason = await askReason();
    if (reason === undefined) return;
    const found = await findAgain(documents.files, reference);
    if (found === undefined) {
      tellGone();
      return;
    }
    const document = await vscode.workspace.openTextDocument(found.live.uri);
    const { suppressionText } = await loadEngine();
    const { version } = document;
    const written = await suppressionText({ path: found.live.path, editorId: document.languageId, text: LineText.fixed(document.getText()), finding: found.finding }, reason);
    if (written === undefined) {
      void vscode.window.showInformationMessage('No comment can speak for this finding where it stands. Request a review of it, or write the code so that a comment can stand above it.');
      return;
    }
    const at = document.positionAt(written.offset);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, at, written.text);
    if (document.version !== version || !found.live.isCurrent() || !(await vscode.workspace.applyEdit(edit))) {
      tellGone();
      return;
    }
    // Somebody typed the reason a moment ago: the comment is theirs, also in the midst of an AI's text.
    documents.follow(document)?.attribute((authorship) => {
      authorship.markMine(OffsetRange.ofLength(document.offsetAt(at), written.text.length));
    });
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
  });
}

async function askReason(): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Suppress With a Reason',
    prompt: 'Why is this all right? The comment says it to everybody who reads the code; at the gate it needs a senior all the same.',
    placeHolder: 'this script made the folder (until 2027-01-31)',
    ignoreFocusOut: true,
    validateInput: (text) => (/[\p{L}\p{N}]/u.test(text) ? undefined : 'A comment without a reason suppresses nothing: please write one.'),
  });
}

function tellGone(): void {
  void vscode.window.showInformationMessage(message('This code changed, and the finding is gone or another one, so nothing was written.'));
}
