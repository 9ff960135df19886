import * as vscode from 'vscode';
import type { Ports } from './ports.ts';

/**
 * Until somebody trusts the workspace no repository is opened: a repository's configuration names programs that git runs. What is in the editor is checked all the same; the policy,
 * what is kept of who wrote what, and reviews wait.
 */
export function onlyInTrust(ports: Ports): Ports {
  return {
    ...ports,
    repositoryOf: (fsPath) => (vscode.workspace.isTrusted ? ports.repositoryOf(fsPath) : Promise.resolve(undefined)),
    runCli: (args, folder) => (vscode.workspace.isTrusted ? ports.runCli(args, folder) : Promise.reject(untrusted())),
    deskOf: (root) => (vscode.workspace.isTrusted ? ports.deskOf(root) : Promise.reject(untrusted())),
  };
}

function untrusted(): Error {
  return new Error('git is not run in a workspace that you do not trust; trust the workspace first');
}

/** What has no use before: registered at once in a trusted workspace, else when somebody trusts it. */
export function whenTrusted(register: () => vscode.Disposable): vscode.Disposable {
  if (vscode.workspace.isTrusted) return register();
  let registered: vscode.Disposable | undefined;
  const listener = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    registered ??= register();
  });
  return new vscode.Disposable(() => {
    listener.dispose();
    registered?.dispose();
  });
}
