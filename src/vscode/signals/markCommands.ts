import * as vscode from 'vscode';
import type { FollowedDocuments } from '../documents/followedDocuments.ts';
import type { Authorship } from '../../core/attribution/authorship.ts';
import type { OffsetRange } from '../../core/text/offsetRange.ts';
import { toOffsets } from '../documentRange.ts';

/** Commands for what no signal tells: a person says who wrote the selection. */
export function registerMarkCommands(documents: FollowedDocuments): vscode.Disposable {
  const mark = (as: (authorship: Authorship, range: OffsetRange) => void) => (editor: vscode.TextEditor) => {
    const { document, selections } = editor;
    const isMarked = documents.follow(document)?.attribute((authorship) => {
      for (const selection of selections) as(authorship, toOffsets(document, stretched(document, selection)));
    });
    if (isMarked !== true) void vscode.window.showInformationMessage('Firebreak does not look at this kind of document, so there is nothing to mark.');
  };
  return vscode.Disposable.from(
    vscode.commands.registerTextEditorCommand('firebreak.markSelectionAsAi', mark((authorship, range) => authorship.markAi(range))),
    vscode.commands.registerTextEditorCommand('firebreak.markSelectionAsMine', mark((authorship, range) => authorship.markMine(range))),
  );
}

/** An empty selection stands for its line, as for copy and cut. */
function stretched(document: vscode.TextDocument, selection: vscode.Selection): vscode.Range {
  return selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
}
