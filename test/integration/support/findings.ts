import * as vscode from 'vscode';
import { writeFile } from './editor.ts';
import { firebreak } from './firebreak.ts';
import { eventually } from './wait.ts';

/** Waits until a document that comes after all others is looked at, in which there is something to be found: so are they by then. It has no editor. */
export async function untilAllLookedAt(): Promise<void> {
  const document = await vscode.workspace.openTextDocument(writeFile('git push --force\n', 'sh'));
  const { reportEdit } = await firebreak();
  await reportEdit({ uri: document.uri, range: new vscode.Range(0, 0, 1, 0), tool: 'test' });
  await eventually('what comes last to be looked at', () => diagnosticsOf(document).length > 0);
}

/** The texts that Firebreak underlines, in the order of the text. */
export function findingsOf(document: vscode.TextDocument): Promise<string[]> {
  const own = diagnosticsOf(document).sort((a, b) => a.range.start.compareTo(b.range.start));
  return Promise.resolve(own.map(({ range }) => document.getText(range)));
}

export function diagnosticsOf({ uri }: Pick<vscode.TextDocument, 'uri'>): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Firebreak');
}
