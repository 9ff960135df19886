import * as vscode from 'vscode';
import type { Repository } from '../ports.ts';

/** From the repository's root, else from the workspace folder's, else the file's name; with forward slashes. */
export function pathOf({ uri }: Pick<vscode.TextDocument, 'uri'>, repository: Repository | undefined): string {
  const file = forward(uri.fsPath);
  const root = repository && forward(repository.root).replace(/\/$/, '');
  if (root !== undefined && file.startsWith(`${root}/`)) return file.slice(root.length + 1);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder === undefined ? file.slice(file.lastIndexOf('/') + 1) : forward(vscode.workspace.asRelativePath(uri, false));
}

function forward(path: string): string {
  return path.replaceAll('\\', '/');
}
