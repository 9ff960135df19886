import * as vscode from 'vscode';
import { looksTyped } from '../../core/attribution/typed.ts';

/** Documents that VS Code's chat opens beside a file before it edits the file; the same path, nothing to see. */
const schemes: ReadonlySet<string> = new Set(['chat-editing-text-model', 'chat-editing-snapshot-text-model']);

/**
 * How long after a sign of the chat an edit counts as the chat's. The first edit follows the opening at once; a model streams the next
 * ones with pauses of a second or two, and each renews the time. Longer, and a snippet or a formatter of the user would be taken.
 */
const windowMs = 5000;

export interface ChatEdits {
  readonly explains: (event: vscode.TextDocumentChangeEvent) => boolean;
  readonly dispose: () => void;
}

/** Edits of the chat and of agents in the editor, by stable API alone. */
export function watchChatEdits(now: () => number): ChatEdits {
  const lastSign = new Map<string, number>();
  const saving = new Set<string>();
  const isRecent = (path: string) => now() - (lastSign.get(path) ?? -Infinity) <= windowMs;
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (schemes.has(uri.scheme)) lastSign.set(uri.path, now());
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (schemes.has(uri.scheme)) lastSign.delete(uri.path);
    }),
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      saving.add(document.uri.path);
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      // The chat saves what it wrote without asking those who take part in saving: it is still at work.
      if (!saving.delete(uri.path) && isRecent(uri.path)) lastSign.set(uri.path, now());
    }),
  );
  return {
    explains({ document, contentChanges, reason }) {
      const { path } = document.uri;
      if (reason !== undefined || !isRecent(path) || looksTyped(contentChanges)) return false;
      lastSign.set(path, now());
      return true;
    },
    dispose() {
      listeners.dispose();
    },
  };
}
