import * as vscode from 'vscode';
import { languageOf } from '../../core/language/language.ts';
import type { Ports, Repository } from '../ports.ts';
import type { ShownScope } from './settings.ts';

/** Files of one folder of the workspace that a checker may read, in the order of their paths. */
export interface FolderToScan {
  readonly uris: readonly vscode.Uri[];
  readonly repository?: Repository;
  /** Why what differs from the last commit cannot be told apart, where that was asked for. */
  readonly unknown?: string;
}

/**
 * The files that a scan looks at: those that the explorer shows (`files.exclude`), without what git ignores. Where git is not asked (no repository, a workspace that is not trusted,
 * a virtual one), the `.gitignore` files say what that is.
 */
export async function filesToScan(folder: vscode.WorkspaceFolder, scope: Exclude<ShownScope, 'ai'>, { repositoryOf }: Pick<Ports, 'repositoryOf'>, token: vscode.CancellationToken): Promise<FolderToScan> {
  const shown = (await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), undefined, undefined, token)).filter(({ path }) => mayBeRead(path));
  const repository = folder.uri.scheme === 'file' ? await repositoryOf(folder.uri.fsPath).catch(() => undefined) : undefined;
  if (repository === undefined) {
    if (scope === 'changes') return { uris: [], unknown: vscode.workspace.isTrusted ? `${folder.name} is in no git repository` : 'git is not run in a workspace that is not trusted' };
    return { uris: sorted(await notIgnored(folder, shown, token)) };
  }
  const root = vscode.Uri.file(repository.root);
  const known = new Set((await (scope === 'changes' ? repository.changedFiles() : repository.files())).map((path) => vscode.Uri.joinPath(root, path).toString()));
  return { uris: sorted(shown.filter((uri) => known.has(uri.toString()))), repository };
}

/** A file without an ending may name its interpreter in its first line. */
function mayBeRead(path: string): boolean {
  return languageOf(path) !== undefined || !path.slice(path.lastIndexOf('/') + 1).includes('.');
}

async function notIgnored(folder: vscode.WorkspaceFolder, uris: readonly vscode.Uri[], token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const { withoutIgnored } = await import('../../core/policy/ignoreFiles.ts');
  const pathIn = ({ path }: vscode.Uri) => path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/.gitignore'), '**/node_modules/**', undefined, token);
  const files = await Promise.all(found.map(async (uri) => ({ folder: pathIn(uri).replace(/\/?\.gitignore$/, ''), text: await textOf(uri) })));
  const kept = new Set(withoutIgnored(uris.map(pathIn), files));
  return uris.filter((uri) => kept.has(pathIn(uri)));
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return vscode.workspace.fs.readFile(uri).then((bytes) => new TextDecoder().decode(bytes), () => ''); // prettier-ignore
}

function sorted(uris: readonly vscode.Uri[]): vscode.Uri[] {
  return [...uris].sort((one, other) => (one.path < other.path ? -1 : 1));
}
