import * as vscode from 'vscode';
import type { Ports } from '../ports.ts';
import type { ClosedFiles } from './closedFiles.ts';
import { gitFolderOf } from './keptHint.ts';

/** New files are looked at as they come, as long as they are few: a checkout or an installation brings thousands. */
const fewestMade = 20;
const mostMade = 500;
/** A renamed file comes and goes, in either order, within some milliseconds; the watcher tells of it in bursts. */
const windowMs = 2000;

/** Activation reads no file. */
const startAfterMs = 1000;

export interface FileEventsInit {
  readonly ports: Pick<Ports, 'repositoryOf'>;
  readonly closed: ClosedFiles;
  /** An agent told of a file. */
  readonly told: (uri: vscode.Uri) => void;
}

/** What happens to files that nobody has open: an agent tells of one, somebody makes, renames or copies one. */
export class FileEvents {
  private made: vscode.Uri[] = [];
  private forgetting: ReturnType<typeof setTimeout> | undefined;
  private hasOneGone = false;
  private readonly starting: ReturnType<typeof setTimeout>;
  private readonly listeners: vscode.Disposable[] = [];
  private isDisposed = false;

  constructor(private readonly init: FileEventsInit) {
    this.listeners.push(
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          for (const uri of init.closed.below(oldUri)) void init.closed.look(newUri.with({ path: newUri.path + uri.path.slice(oldUri.path.length) }));
        }
      }),
    );
    const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    this.listeners.push(
      watcher,
      watcher.onDidCreate((uri) => {
        this.appeared(uri);
      }),
      watcher.onDidDelete((uri) => {
        if (init.closed.below(uri).length > 0) this.wentAway();
      }),
    );
    this.listeners.push(
      vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => {
        void this.followJournals(added);
        init.closed.forgetOutside();
        init.closed.discover();
      }),
    );
    this.starting = setTimeout(() => void this.followJournals(vscode.workspace.workspaceFolders ?? []), startAfterMs);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.starting);
    clearTimeout(this.forgetting);
    for (const listener of this.listeners) listener.dispose();
  }

  private appeared(uri: vscode.Uri): void {
    this.forgetLater();
    if (this.made.length >= mostMade) return;
    this.made.push(uri);
    if (this.hasOneGone || this.made.length <= fewestMade) void this.init.closed.look(uri);
  }

  /** One of the new files may be what became of it. */
  private wentAway(): void {
    this.forgetLater();
    if (this.hasOneGone) return;
    this.hasOneGone = true;
    for (const uri of this.made.slice(fewestMade)) void this.init.closed.look(uri);
  }

  private forgetLater(): void {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => {
      this.made = [];
      this.hasOneGone = false;
    }, windowMs);
  }

  /** The folder need not be there yet. A linked work tree keeps it elsewhere: there files are looked at when the Findings view is shown. */
  private async followJournals(folders: readonly vscode.WorkspaceFolder[]): Promise<void> {
    for (const { uri } of folders) {
      const git = uri.scheme === 'file' ? await gitFolderOf(vscode.Uri.joinPath(uri, 'file')) : undefined;
      if (this.isDisposed || git?.type !== vscode.FileType.Directory) continue;
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(git.uri, 'firebreak/journal'), '*.jsonl'));
      const told = (journal: vscode.Uri) => void this.tell(uri, journal);
      this.listeners.push(watcher, watcher.onDidCreate(told), watcher.onDidChange(told));
    }
  }

  private async tell(folder: vscode.Uri, journal: vscode.Uri): Promise<void> {
    const repository = await this.init.ports.repositoryOf(folder.fsPath).catch(() => undefined);
    const path = await repository?.pathTold(journal.path.slice(journal.path.lastIndexOf('/') + 1)).catch(() => undefined);
    if (repository === undefined || path === undefined || this.isDisposed) return;
    const uri = vscode.Uri.joinPath(vscode.Uri.file(repository.root), path);
    this.init.told(uri);
    await this.init.closed.look(uri);
  }
}
