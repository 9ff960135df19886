import * as vscode from 'vscode';
import type { Authorship } from '../../core/attribution/authorship.ts';
import type { OffsetRange } from '../../core/text/offsetRange.ts';
import { toOffsets } from '../documentRange.ts';
import type { FollowedDocuments } from '../documents/followedDocuments.ts';

/** One insertion of a document, as an argument of a command: it travels, and is looked up again when the command runs. */
export interface InsertionReference {
  readonly uri: string;
  readonly insertionId: string;
}

/** Commands for what no signal tells: a person says who wrote the selection, or a text whose writer is unknown. */
export function registerMarkCommands(documents: FollowedDocuments): vscode.Disposable {
  const mark = (as: (authorship: Authorship, range: OffsetRange) => void) => (editor: vscode.TextEditor) => {
    const { document, selections } = editor;
    const isMarked = documents.follow(document)?.attribute((authorship) => {
      for (const selection of selections) as(authorship, toOffsets(document, stretched(document, selection)));
    });
    if (isMarked !== true) void vscode.window.showInformationMessage('Firebreak does not look at this kind of document, so there is nothing to mark.');
  };
  const answer = (whose: 'ai' | 'mine') => (argument: unknown) => {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === fieldOf(argument, 'uri'));
    const insertionId = fieldOf(argument, 'insertionId');
    if (document === undefined || insertionId === undefined) return;
    documents.follow(document)?.attribute((authorship) => {
      authorship.answer(insertionId, whose);
    });
  };
  return vscode.Disposable.from(
    vscode.commands.registerTextEditorCommand('firebreak.markSelectionAsAi', mark((authorship, range) => { authorship.markAi(range); })),
    vscode.commands.registerTextEditorCommand('firebreak.markSelectionAsMine', mark((authorship, range) => { authorship.markMine(range); })),
    vscode.commands.registerCommand('firebreak.markInsertionAsAi', answer('ai')),
    vscode.commands.registerCommand('firebreak.markInsertionAsMine', answer('mine')),
  );
}

function fieldOf(value: unknown, key: keyof InsertionReference): string | undefined {
  const field = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  return typeof field === 'string' ? field : undefined;
}

/** An empty selection stands for its line, as for copy and cut. */
function stretched(document: vscode.TextDocument, selection: vscode.Selection): vscode.Range {
  return selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
}
