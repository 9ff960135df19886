import * as vscode from 'vscode';

/** The texts that Firebreak underlines, in the order of the text. */
export function findingsOf(document: vscode.TextDocument): Promise<string[]> {
  const own = diagnosticsOf(document).sort((a, b) => a.range.start.compareTo(b.range.start));
  return Promise.resolve(own.map(({ range }) => document.getText(range)));
}

export function diagnosticsOf({ uri }: Pick<vscode.TextDocument, 'uri'>): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Firebreak');
}
