import * as vscode from 'vscode';
import { messageOf } from '../../core/text/messageOf.ts';
import { message } from '../inert.ts';
import type { Ports } from '../ports.ts';
import type { ReviewState } from './reviewState.ts';
import { auditAnswer } from './auditAnswer.ts';

const formats = [
  { label: 'JSON Lines', description: 'each entry names the one before: firebreak verify --audit FILE checks it', format: 'jsonl', extension: 'jsonl' },
  { label: 'CSV', description: 'for a spreadsheet', format: 'csv', extension: 'csv' },
  { label: 'SARIF', description: 'for code scanning', format: 'sarif', extension: 'sarif' },
] as const;

/** "Export Audit": what `firebreak audit` prints of a repository, in a file. The command line itself makes it, so that both say the same. */
export function registerExportAudit({ runCli }: Pick<Ports, 'runCli'>, reviews: ReviewState): vscode.Disposable {
  return vscode.commands.registerCommand('firebreak.exportAudit', async () => {
    try {
      await exportAudit(runCli, reviews);
    } catch (error) {
      void vscode.window.showErrorMessage(message(`The audit was not exported: ${messageOf(error)}`, 800));
    }
  });
}

async function exportAudit(runCli: Ports['runCli'], reviews: ReviewState): Promise<void> {
  if (!vscode.workspace.isTrusted) throw new Error('no git is run in a workspace that you do not trust; trust the workspace first');
  const root = await pickRoot(reviews);
  const picked = root === undefined ? undefined : await vscode.window.showQuickPick(formats, { title: 'Export the audit as', ignoreFocusOut: true });
  if (root === undefined || picked === undefined) return;
  const place = await vscode.window.showSaveDialog({ title: 'Export Audit', defaultUri: vscode.Uri.joinPath(vscode.Uri.file(root), `firebreak-audit.${picked.extension}`), filters: { [picked.label]: [picked.extension] } });
  if (place === undefined) return;
  const looking = { location: vscode.ProgressLocation.Notification, title: 'Firebreak judges the history again' };
  const { text, told, isWhole } = auditAnswer(await vscode.window.withProgress(looking, () => runCli(['audit', '--format', picked.format], root)));
  await vscode.workspace.fs.writeFile(place, new TextEncoder().encode(text));
  void tellExported(place, told, isWhole);
}

async function tellExported(place: vscode.Uri, told: readonly string[], isWhole: boolean): Promise<void> {
  const words = message(`The audit was written to ${vscode.workspace.asRelativePath(place)}. ${told.join('. ')}`, 1200);
  const answer = await (isWhole ? vscode.window.showInformationMessage(words, 'Open') : vscode.window.showWarningMessage(words, 'Open'));
  if (answer !== undefined) await vscode.window.showTextDocument(place);
}

/** With one repository there is nothing to pick; undefined when the person left. */
async function pickRoot(reviews: ReviewState): Promise<string | undefined> {
  await reviews.discover();
  const roots = reviews.all.map(({ root }) => root);
  if (roots.length === 0) throw new Error('no git repository is open here; open a folder of one');
  return roots.length === 1 ? roots[0] : vscode.window.showQuickPick(roots, { title: 'Of which repository?', ignoreFocusOut: true });
}
