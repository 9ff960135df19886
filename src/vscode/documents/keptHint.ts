import * as vscode from 'vscode';

/**
 * Whether the repository around a file may hold saved regions, or what agents told, as the disk alone tells: no git is started for a project in which
 * Firebreak has never seen an AI. A linked work tree keeps its git folder elsewhere: there it may.
 */
export async function mayHold(kept: 'regions' | 'unsaved' | 'journal', uri: vscode.Uri): Promise<boolean> {
  for (let folder = vscode.Uri.joinPath(uri, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    const git = vscode.Uri.joinPath(folder, '.git');
    const type = await typeOf(git);
    if (type !== undefined) return type !== vscode.FileType.Directory || (await typeOf(vscode.Uri.joinPath(git, 'firebreak', kept))) !== undefined;
    if (folder.path === '/' || folder.path === '' || folder.path === vscode.Uri.joinPath(folder, '..').path) return false;
  }
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}
