import * as vscode from 'vscode';
import { toRange } from './documentRange.ts';
import { registerLensProvider } from './lensProvider.ts';
import type { LiveDocument, LiveDocuments } from './liveFile.ts';
import type { InsertionReference } from './signals/markCommands.ts';

/** Above each text whose writer is unknown: two answers to the question whose it is. The answer is kept with the regions. */
export function registerUnknownLenses(documents: LiveDocuments): vscode.Disposable {
  return registerLensProvider(documents, {
    lensesOf: (live) => unknownInsertions(live).flatMap(([insertionId, range]) => lensesFor({ uri: live.uri.toString(), insertionId }, range)),
  });
}

/** Each where its first piece stands. */
function unknownInsertions({ document, regions }: LiveDocument): [insertionId: string, range: vscode.Range][] {
  const first = new Map<string, vscode.Range>();
  for (const { origin, insertionId, range } of regions) {
    if (origin.kind === 'unknown' && !first.has(insertionId)) first.set(insertionId, toRange(document, range));
  }
  return [...first];
}

function lensesFor(insertion: InsertionReference, range: vscode.Range): vscode.CodeLens[] {
  const lens = (title: string, command: string, tooltip: string) => new vscode.CodeLens(range, { title, command, tooltip, arguments: [insertion] });
  return [
    lens('$(question)\u00A0Nobody said who wrote this', '', 'A large insertion that nothing explains counts as an AI\'s until somebody says whose it is.'),
    lens('This is AI', 'firebreak.markInsertionAsAi', 'An AI wrote this text. Firebreak remembers the answer.'),
    lens('This is mine', 'firebreak.markInsertionAsMine', 'A person wrote this text. Firebreak remembers the answer.'),
  ];
}
