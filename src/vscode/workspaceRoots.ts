import * as vscode from 'vscode';
import { plain } from './inert.ts';
import type { LiveFile } from './liveFile.ts';

/** What a file belongs to: its repository, else its folder of the workspace. */
export interface Root {
  /** A URI, as text; '' for files of no folder. */
  readonly root: string;
}

export function rootOf({ repository, uri }: LiveFile): Root {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (repository !== undefined) return { root: vscode.Uri.file(repository.root).toString() };
  return { root: folder?.uri.toString() ?? '' };
}

/** How a root is called in a tree. */
export function nameOfRoot({ root }: Root): string {
  if (root === '') return 'Outside of the workspace';
  const uri = vscode.Uri.parse(root);
  const folder = vscode.workspace.workspaceFolders?.find((each) => each.uri.toString() === root);
  return plain(folder?.name ?? uri.path.slice(uri.path.lastIndexOf('/') + 1), 80);
}

/** In the order of their names, each once. */
export function rootsOf(files: Iterable<LiveFile>): Root[] {
  const roots = new Map([...files].map((file) => [rootOf(file).root, rootOf(file)]));
  return [...roots.values()].sort((one, other) => (nameOfRoot(one) < nameOfRoot(other) ? -1 : 1));
}
