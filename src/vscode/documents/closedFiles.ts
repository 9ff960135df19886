import * as vscode from 'vscode';
import type { Ports, Repository } from '../ports.ts';
import { ClosedFile, type ClosedFileInit } from './closedFile.ts';
import type { FollowedDocument } from './followedDocument.ts';
import { pathOf } from './documentPath.ts';
import { mayHold } from './keptHint.ts';
import { messageOf } from '../../core/text/messageOf.ts';

export interface ClosedFilesInit extends ClosedFileInit {
  readonly ports: Pick<Ports, 'repositoryOf'>;
  readonly isOpen: (uri: vscode.Uri) => boolean;
}

/** Long after the start, so that nothing of it is slowed down. */
const discoverAfterMs = 3000;

/**
 * The files of the workspace that are not open, in which an AI wrote or something was found when they were closed. What was found stays
 * as long as the file on disk has the text that it was found in.
 */
export class ClosedFiles {
  private readonly files = new Map<string, ClosedFile>();
  /** Files that belong here and are open: what is known of one may not have been loaded yet when it is closed again. */
  private readonly left = new Set<string>();
  private readonly waiting = new Set<ClosedFile>();
  /** Files of which it is not known whether there is anything to say. */
  private readonly passing = new Set<ClosedFile>();
  private isWorking = false;
  private discovering: Promise<void> | undefined;
  private watcher: vscode.FileSystemWatcher | undefined;
  private isDisposed = false;
  private readonly start = setTimeout(() => {
    this.discover();
  }, discoverAfterMs);

  constructor(private readonly init: ClosedFilesInit) {}

  get(uri: vscode.Uri): ClosedFile | undefined {
    return this.files.get(uri.toString());
  }

  all(): Iterable<ClosedFile> {
    return this.files.values();
  }

  /** After the document is closed. */
  closed({ document, text, live, isLookedAt }: FollowedDocument): void {
    const { uri, path, repository, regions, findings } = live;
    const isKnown = regions.length + findings.length > 0;
    if (text === undefined || !(isKnown || this.left.delete(uri.toString())) || vscode.workspace.getWorkspaceFolder(uri) === undefined) return;
    const file = this.add(new ClosedFile(uri, path, repository, this.init));
    // A text that was thrown away is not the one on disk.
    if (isKnown && !document.isDirty) file.adopt({ text, regions, findings });
    if (!isLookedAt) file.outdate();
    this.checkSoon([file]);
  }

  /** The file is open now: what is known of its text goes to the document. */
  opened(uri: vscode.Uri): ClosedFile | undefined {
    const file = this.get(uri);
    if (file === undefined) return undefined;
    file.dispose();
    this.files.delete(uri.toString());
    this.left.add(uri.toString());
    return file;
  }

  /** Somebody may have written in the file, or given it another name. */
  async look(uri: vscode.Uri): Promise<void> {
    if (this.lookAgain(uri) || this.init.isOpen(uri) || !isInWorkspace(uri) || !((await mayHold('regions', uri)) || (await mayHold('journal', uri)))) return;
    const repository = await this.init.ports.repositoryOf(uri.fsPath).catch(() => undefined);
    if (repository === undefined || this.isDisposed || this.lookAgain(uri) || this.init.isOpen(uri)) return;
    const file = this.add(new ClosedFile(uri, pathOf({ uri }, repository), repository, this.init));
    this.passing.add(file);
    this.checkSoon([file]);
  }

  /** @returns whether the file is known */
  private lookAgain(uri: vscode.Uri): boolean {
    const known = this.get(uri);
    if (known === undefined) return false;
    known.outdateRegions();
    this.checkSoon([known]);
    return true;
  }

  /** Looks at a file, and keeps it while there is something to say of it. @returns whether there is */
  async scan(uri: vscode.Uri, repository: Repository | undefined): Promise<boolean> {
    const file = this.get(uri) ?? this.add(new ClosedFile(uri, pathOf({ uri }, repository), repository, this.init));
    file.outdate();
    await file.refresh();
    if (file.last !== undefined || this.get(uri) !== file) return true;
    this.files.delete(uri.toString());
    return false;
  }

  /** The known files at a place, which may be a folder. */
  below(uri: vscode.Uri): readonly vscode.Uri[] {
    return [...this.files.values()].map((file) => file.uri).filter(({ path }) => path === uri.path || path.startsWith(`${uri.path}/`));
  }

  /** Everything, or the files of one repository, may hold other findings than before. */
  outdate(root?: string): void {
    const files = [...this.files.values()].filter(({ repository }) => root === undefined || repository?.root === root);
    for (const file of files) file.outdate();
    this.checkSoon(files);
  }

  /** Looks for files that an AI wrote in before this session. */
  discover(): void {
    clearTimeout(this.start);
    this.discovering ??= this.discoverAll().finally(() => {
      this.discovering = undefined;
    });
  }

  /** Of folders that are no longer in the window nothing is told. */
  forgetOutside(): void {
    for (const [key, file] of this.files) {
      if (isInWorkspace(file.uri)) continue;
      file.dispose();
      this.files.delete(key);
      this.init.changed(file.uri);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.start);
    this.watcher?.dispose();
    for (const file of this.files.values()) file.dispose();
  }

  private add(file: ClosedFile): ClosedFile {
    this.files.get(file.uri.toString())?.dispose();
    this.files.set(file.uri.toString(), file);
    this.watcher ??= this.watch();
    return file;
  }

  private async discoverAll(): Promise<void> {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const inside = vscode.Uri.joinPath(uri, 'file');
      if (uri.scheme !== 'file' || !((await mayHold('regions', inside)) || (await mayHold('journal', inside)))) continue;
      // Without git, or in a repository that git refuses to open, nothing is kept.
      const repository = await this.init.ports.repositoryOf(uri.fsPath).catch(() => undefined);
      const { paths, unread } = (await repository?.pathsWithRegions().catch((error: unknown) => ({ paths: [], unread: [whyOf(error)] }))) ?? { paths: [], unread: [] };
      unread.forEach(this.init.warn);
      for (const path of new Set([...paths, ...((await repository?.pathsTold().catch(() => [])) ?? [])])) {
        if (this.isDisposed || repository === undefined) return;
        const file = vscode.Uri.joinPath(vscode.Uri.file(repository.root), path);
        if (this.get(file) !== undefined || !isInWorkspace(file)) continue;
        if (this.init.isOpen(file)) this.left.add(file.toString());
        else this.checkSoon([this.add(new ClosedFile(file, path, repository, this.init))]);
      }
    }
  }

  /** One file after the other, each in slices: nobody waits for them. */
  private checkSoon(files: readonly ClosedFile[]): void {
    for (const file of files) this.waiting.add(file);
    if (!this.isWorking) void this.work();
  }

  private async work(): Promise<void> {
    this.isWorking = true;
    for (const file of this.waiting) {
      this.waiting.delete(file);
      await pause();
      if (this.isDisposed) return;
      if (this.get(file.uri) !== file) continue;
      await file.refresh();
      // Somebody may have told of it meanwhile.
      if (this.waiting.has(file)) continue;
      if (this.passing.delete(file) && file.last === undefined && this.get(file.uri) === file) this.files.delete(file.uri.toString());
    }
    this.isWorking = false;
  }

  private watch(): vscode.FileSystemWatcher {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const changed = (uri: vscode.Uri) => {
      const file = this.get(uri);
      if (file !== undefined) this.checkSoon([file]);
    };
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(({ path }) => {
      // Of a folder that goes its files are not told.
      this.checkSoon([...this.files.values()].filter(({ uri }) => uri.path === path || uri.path.startsWith(`${path}/`)));
    });
    return watcher;
  }
}

function isInWorkspace(uri: vscode.Uri): boolean {
  return uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

function whyOf(error: unknown): string {
  return `Saved regions could not be looked for: ${messageOf(error)}`;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
