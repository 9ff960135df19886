import * as vscode from 'vscode';

/** Which findings are shown: those in what an AI wrote or deleted, in what changed since the last commit, or all. */
export type ShownScope = 'ai' | 'changes' | 'all';

export interface Settings {
  readonly scope: () => ShownScope;
  readonly showsAiText: () => boolean;
  /** Fires when one of these may be another. */
  readonly onDidChange: vscode.Event<void>;
}

export const settings: Settings = {
  scope() {
    const value = vscode.workspace.getConfiguration('firebreak').get<unknown>('scope');
    return value === 'changes' || value === 'all' ? value : 'ai';
  },
  showsAiText: () => vscode.workspace.getConfiguration('firebreak').get<unknown>('showAiText') !== false,
  onDidChange: (listener, thisArgs, disposables) =>
    vscode.workspace.onDidChangeConfiguration(
      (event) => {
        if (event.affectsConfiguration('firebreak')) listener.call(thisArgs);
      },
      undefined,
      disposables,
    ),
};
