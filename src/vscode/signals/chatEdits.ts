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
  /** Names the stretch of the chat's work that a change belongs to; undefined for a change of somebody else. */
  readonly turnOf: (event: vscode.TextDocumentChangeEvent) => string | undefined;
  /** Whether the chat is at work on a file. */
  readonly isAt: (uri: vscode.Uri) => boolean;
  readonly dispose: () => void;
}

/** Edits of the chat and of agents in the editor, by stable API alone. */
export function watchChatEdits(now: () => number): ChatEdits {
  const lastSign = new Map<string, number>();
  let [turn, lastOfAll] = [0, -Infinity];
  const sign = (path: string) => {
    if (now() - lastOfAll > windowMs) turn++;
    lastOfAll = now();
    lastSign.set(path, lastOfAll);
  };
  const saving = new Set<string>();
  const isRecent = (path: string) => now() - (lastSign.get(path) ?? -Infinity) <= windowMs;
  const listeners = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (schemes.has(uri.scheme)) sign(uri.path);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (schemes.has(uri.scheme)) lastSign.delete(uri.path);
    }),
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      saving.add(document.uri.path);
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      // The chat saves what it wrote without asking those who take part in saving: it is still at work.
      if (!saving.delete(uri.path) && isRecent(uri.path)) sign(uri.path);
    }),
  );
  return {
    turnOf({ document, contentChanges, reason }) {
      const { path } = document.uri;
      if (reason !== undefined || !isRecent(path) || looksTyped(contentChanges)) return undefined;
      sign(path);
      return `chat ${turn}`;
    },
    isAt: ({ path }) => isRecent(path),
    dispose() {
      listeners.dispose();
    },
  };
}
