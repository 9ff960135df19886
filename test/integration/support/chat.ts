import * as vscode from 'vscode';

/** VS Code's chat opens such a document beside a file before it edits the file; what is in it does not matter. */
export async function chatOpens(uri: vscode.Uri): Promise<void> {
  const scheme = 'chat-editing-text-model';
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: () => 'before' });
  try {
    await vscode.workspace.openTextDocument(uri.with({ scheme }));
  } finally {
    provider.dispose();
  }
}
