import * as vscode from 'vscode';
import { filesToScan } from '../documents/filesToScan.ts';
import type { FollowedDocuments } from '../documents/followedDocuments.ts';
import type { ShownScope } from '../documents/settings.ts';
import { message, plain } from '../inert.ts';
import type { Ports } from '../ports.ts';
import { scanEach } from './scanEach.ts';

/** "Scan Changes" and "Scan Workspace": look at files that nobody has open, and show what they hold in the Findings view until the window is closed or "Clear Scan Results". */
export function registerScan(ports: Pick<Ports, 'repositoryOf'>, { scan, clearScans }: Pick<FollowedDocuments, 'scan' | 'clearScans'>): vscode.Disposable {
  const run = (scope: Exclude<ShownScope, 'ai'>, title: string) =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      if (folders.length === 0) {
        void vscode.window.showInformationMessage('There is no folder to scan: open one first.');
        return undefined;
      }
      const found = await Promise.all(folders.map((folder) => filesToScan(folder, scope, ports, token)));
      const files = found.flatMap(({ uris, repository }) => uris.map((uri) => ({ uri, repository })));
      const done = await scanEach(files, {
        scan: ({ uri, repository }) => scan(uri, scope, repository),
        tell: (count, { uri }) => { progress.report({ increment: 100 / files.length, message: `${count} of ${files.length}: ${plain(vscode.workspace.asRelativePath(uri), 60)}` }); },
        isCancelled: () => token.isCancellationRequested,
      });
      await vscode.commands.executeCommand('setContext', 'firebreak.isScanned', true);
      const unknown = found.flatMap((each) => each.unknown ?? []);
      if (unknown.length > 0) void vscode.window.showWarningMessage(message(`Not all changes were scanned: ${[...new Set(unknown)].join('; ')}.`));
      return { scanned: done, of: files.length };
    });
  return vscode.Disposable.from(
    vscode.commands.registerCommand('firebreak.scanChanges', () => run('changes', 'Scanning what changed since the last commit')),
    vscode.commands.registerCommand('firebreak.scanWorkspace', () => run('all', 'Scanning the workspace')),
    vscode.commands.registerCommand('firebreak.clearScan', async () => {
      clearScans();
      await vscode.commands.executeCommand('setContext', 'firebreak.isScanned', false);
    }),
  );
}
