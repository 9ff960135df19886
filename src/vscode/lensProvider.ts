import * as vscode from 'vscode';
import { collectBurst } from './burst.ts';
import type { LiveDocument, LiveDocuments } from './liveFile.ts';

export interface LensProviderInit {
  readonly lensesOf: (live: LiveDocument) => vscode.CodeLens[];
  /** Gives a lens its words once somebody sees it. */
  readonly resolve?: (lens: vscode.CodeLens) => Promise<void>;
  /** What makes other lenses of it, beside a change of the document. */
  readonly causes?: readonly vscode.Event<unknown>[];
}

/** Lenses of documents that are followed, as long as the setting shows them. */
export function registerLensProvider(documents: LiveDocuments, { lensesOf, resolve, causes = [] }: LensProviderInit): vscode.Disposable {
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
      return lensesOf(live);
    },
    ...(resolve !== undefined && {
      async resolveCodeLens(lens: vscode.CodeLens) {
        await resolve(lens);
        return lens;
      },
    }),
  };
  return vscode.Disposable.from(
    changed,
    burst,
    vscode.languages.registerCodeLensProvider('*', provider),
    documents.onDidChange(change),
    ...causes.map((cause) => cause(change)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('firebreak.showLenses')) change();
    }),
  );
}
