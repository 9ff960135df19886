import * as vscode from 'vscode';

/**
 * Whether the repository around a file may hold saved regions, or what agents told, as the disk alone tells: no git is started for a project in which
 * Firebreak has never seen an AI. A linked work tree keeps its git folder elsewhere: there it may.
 */
export async function mayHold(kept: 'regions' | 'unsaved' | 'journal', uri: vscode.Uri): Promise<boolean> {
  const git = await gitFolderOf(uri);
  return git !== undefined && (git.type !== vscode.FileType.Directory || (await typeOf(vscode.Uri.joinPath(git.uri, 'firebreak', kept))) !== undefined);
}

/** What git keeps around a file, or the file that names the place. */
export async function gitFolderOf(uri: vscode.Uri): Promise<{ readonly uri: vscode.Uri; readonly type: vscode.FileType } | undefined> {
  for (let folder = vscode.Uri.joinPath(uri, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    const git = vscode.Uri.joinPath(folder, '.git');
    const type = await typeOf(git);
    if (type !== undefined) return { uri: git, type };
    if (folder.path === '/' || folder.path === '' || folder.path === vscode.Uri.joinPath(folder, '..').path) return undefined;
  }
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined;
  }
}
