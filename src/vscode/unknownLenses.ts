import * as vscode from 'vscode';
import { collectBurst } from './burst.ts';
import { toRange } from './documentRange.ts';
import type { LiveDocument, LiveDocuments } from './liveFile.ts';
import type { InsertionReference } from './signals/markCommands.ts';

/** Above each text whose writer is unknown: two answers to the question whose it is. The answer is kept with the regions. */
export function registerUnknownLenses(documents: LiveDocuments): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const burst = collectBurst<'changed'>(0, () => {
    changed.fire();
  });
  const change = () => {
    burst.add('changed');
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const live = documents.get(document.uri);
      if (live === undefined || !vscode.workspace.getConfiguration('firebreak', document).get<boolean>('showLenses', true)) return [];
      return unknownInsertions(live).flatMap(([insertionId, range]) => lensesFor({ uri: live.uri.toString(), insertionId }, range));
    },
  };
  return vscode.Disposable.from(
    changed,
    burst,
    vscode.languages.registerCodeLensProvider('*', provider),
    documents.onDidChange(change),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('firebreak.showLenses')) change();
    }),
  );
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
