import * as vscode from 'vscode';
import { messageOf } from '../../core/text/messageOf.ts';
import type { FollowedDocuments } from '../documents/followedDocuments.ts';
import { message } from '../inert.ts';
import type { Ports } from '../ports.ts';
import { seeRiskyEdit } from './riskyEdit.ts';
import { installGate, setUpKey, writePolicy } from './setUp.ts';

/** The commands behind the steps of the walkthrough, which do what they say, in the folder that is open. */
export function registerWalkthrough(ports: Pick<Ports, 'repositoryOf' | 'runCli' | 'makeSample' | 'newId'>, documents: FollowedDocuments, context: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri'>): vscode.Disposable {
  const command = (name: string, work: () => Promise<unknown>) => vscode.commands.registerCommand(name, work);
  return vscode.Disposable.from(
    command('firebreak.getStarted', async () => vscode.commands.executeCommand('workbench.action.openWalkthrough', 'firebreak.firebreak#firebreak.start', false)),
    command('firebreak.seeRiskyEdit', () => seeRiskyEdit(documents)),
    command('firebreak.setUpKey', () => setUpKey(ports)),
    command('firebreak.writePolicy', () => writePolicy(ports)),
    command('firebreak.installGate', () => installGate(ports)),
    command('firebreak.openSample', async () => {
      const folder = vscode.Uri.joinPath(context.globalStorageUri, 'sample', ports.newId(), 'tidepool');
      try {
        await ports.makeSample(vscode.Uri.joinPath(context.extensionUri, 'examples', 'workspace').fsPath, folder.fsPath);
        await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
      } catch (error) {
        void vscode.window.showErrorMessage(message(`The sample was not made: ${messageOf(error)}`, 600));
      }
    }),
  );
}
