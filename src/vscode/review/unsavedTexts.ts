import * as vscode from 'vscode';
import type { LiveFiles } from '../liveFile.ts';

/** What the editor holds and the disk does not, by path from a repository's root. */
export function unsavedTexts(root: string, files: LiveFiles): Map<string, string> {
  const texts = new Map<string, string>();
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty || document.isUntitled) continue;
    const live = files.get(document.uri);
    const path = live?.repository?.root === root ? live.path : pathBelow(root, document.uri);
    if (path !== undefined) texts.set(path, document.getText());
  }
  return texts;
}

function pathBelow(root: string, uri: vscode.Uri): string | undefined {
  const folder = `${vscode.Uri.file(root).path.replace(/\/$/, '')}/`;
  return uri.path.startsWith(folder) ? uri.path.slice(folder.length) : undefined;
}
