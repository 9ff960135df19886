import * as vscode from 'vscode';
import type { Ports } from '../ports.ts';
import { messageOf } from '../../core/text/messageOf.ts';

/** What is used of the API of the extension `vscode.git`, version 1. */
interface GitExtension {
  readonly getAPI: (version: 1) => { readonly repositories: readonly GitRepository[]; readonly onDidOpenRepository: vscode.Event<GitRepository> };
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly onDidCommit: vscode.Event<void>;
}

/**
 * Notes who wrote what at each commit that is made in the editor. Where git's hooks do so too nothing is doubled: what is noted already is merged.
 */
export function registerCommits(ports: Pick<Ports, 'repositoryOf'>, flush: () => Promise<void>): vscode.Disposable {
  const listeners: vscode.Disposable[] = [];
  const follow = ({ rootUri, onDidCommit }: GitRepository) => {
    listeners.push(onDidCommit(() => void note(rootUri)));
  };
  const note = async (root: vscode.Uri): Promise<void> => {
    try {
      await flush();
      await (await ports.repositoryOf(root.fsPath))?.noteHead();
    } catch (error) {
      void vscode.window.showWarningMessage(`Firebreak: who wrote what was not noted for the commit: ${messageOf(error)}`);
    }
  };
  void vscode.extensions
    .getExtension<GitExtension>('vscode.git')
    ?.activate()
    .then((git) => {
      const api = git.getAPI(1);
      api.repositories.forEach(follow);
      listeners.push(api.onDidOpenRepository(follow));
    }, () => undefined);
  return new vscode.Disposable(() => {
    for (const listener of listeners) listener.dispose();
  });
}
