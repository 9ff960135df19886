import * as vscode from 'vscode';
import type { AiOrigin } from '../../core/attribution/origin.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';
import type { FollowedDocuments } from '../documents/followedDocuments.ts';

/** Of the sample: below this line its README has an assistant write. */
const prompt = '// clean up old environments';
const sampleFile = 'src/environment.ts';

/** What stands above in the sample, for who is in another project. */
const head = `import { CloudFormationClient, DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

const cloudFormation = new CloudFormationClient({});

${prompt}`;

const written = `
export async function removeEnvironments(): Promise<void> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  for (const { StackName } of Stacks) {
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
  }
}
`;

const author: AiOrigin = { kind: 'ai', tool: 'firebreak-walkthrough' };

/** "See a Risky Edit": writes, as an AI would, into the sample's own file, or into a new document that is never saved anywhere by itself. */
export async function seeRiskyEdit(documents: FollowedDocuments): Promise<void> {
  const document = (await openSampleFile()) ?? (await vscode.workspace.openTextDocument({ language: 'typescript', content: head }));
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const text = document.getText();
  if (!text.includes('removeEnvironments')) {
    const start = text.indexOf(prompt) + prompt.length;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(start), written);
    await vscode.workspace.applyEdit(edit);
    const end = start + document.getText().length - text.length;
    documents.follow(document)?.attribute((authorship) => {
      authorship.report(new OffsetRange(start, end), author, undefined);
    });
  }
  const at = document.positionAt(document.getText().indexOf('new DeleteStackCommand', document.getText().indexOf('removeEnvironments')));
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
}

async function openSampleFile(): Promise<vscode.TextDocument | undefined> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(uri, sampleFile)).then((found) => found, () => undefined); // prettier-ignore
    if (document?.getText().includes(prompt) === true) return document;
  }
  return undefined;
}
