import * as vscode from 'vscode';
import { eventually } from './wait.ts';

/** TypeScript in which a destructive call can be put at the end. */
export const beforeCall = `import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
const client = new CloudFormationClient({});
`;
export const operation = `new DeleteStackCommand({ StackName: 'prod' })`;
export const call = `await client.send(${operation});`;

/** In one row, from the left. */
const inRow = ['firebreak.showFinding', 'firebreak.showRequest', 'firebreak.showResidual', 'firebreak.requestReview'];

/** The lenses of Firebreak, in the order of their lines. */
export async function lensesOf(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
  const own = all.filter(({ command }) => command?.command.startsWith('firebreak.'));
  const rank = ({ command }: vscode.CodeLens) => inRow.indexOf(command?.command ?? '');
  // The editor hands them over as they are resolved.
  return own.sort((a, b) => a.range.start.line - b.range.start.line || rank(a) - rank(b) || a.range.start.compareTo(b.range.start));
}

export async function lensTitles(document: vscode.TextDocument): Promise<string[]> {
  return (await lensesOf(document)).map(({ command }) => command?.title.replaceAll('\u00A0', ' ') ?? '');
}

/** Waits for a lens whose title holds a text. */
export function lensWith(document: vscode.TextDocument, text: string): Promise<vscode.CodeLens> {
  return eventually(`a lens with "${text}"`, async () => (await lensesOf(document)).find(({ command }) => command?.title.replaceAll('\u00A0', ' ').includes(text)));
}

/** The Markdown of Firebreak's hovers at the start of a text. */
export async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(text));
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
  const contents = hovers.flatMap((hover) => hover.contents).map((content) => (content instanceof vscode.MarkdownString ? content.value : ''));
  return contents.filter((content) => content.includes('confidence')).join('\n');
}

/** The quick fixes of Firebreak at the start of a text. */
export async function fixesAt(document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(text));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(at, at), vscode.CodeActionKind.QuickFix.value);
  return actions.filter(({ command, edit }) => command?.command.startsWith('firebreak.') === true || (command === undefined && edit !== undefined));
}

/** A person's answer to the newest message: its first button. */
export async function pressFirstButton(): Promise<void> {
  await vscode.commands.executeCommand('notification.acceptPrimaryAction');
}
