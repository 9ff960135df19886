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

/**
 * VS Code waits a little before it asks for lenses, anew or of a text that comes in sight, and gives that up when the focus leaves the text meanwhile, until it comes
 * back: a lens would go on saying what was. So it is told again while it has not asked for a document in sight, some times: in a diff, and where all lenses are off, it never asks.
 */
const tellAgainMs = [1000, 2000, 4000];

/** Lenses of documents that are followed, as long as the setting shows them. */
export function registerLensProvider(documents: LiveDocuments, { lensesOf, resolve, causes = [] }: LensProviderInit): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const unasked = new Set<vscode.TextDocument>();
  let telling: ReturnType<typeof setTimeout> | undefined;
  const tellAgain = ([waitMs, ...laterMs]: readonly number[]) => {
    clearTimeout(telling);
    if (waitMs === undefined) return;
    telling = setTimeout(() => {
      if (!inSight().some((document) => unasked.has(document))) return;
      changed.fire();
      tellAgain(laterMs);
    }, waitMs);
  };
  const inSight = () => vscode.window.visibleTextEditors.map(({ document }) => document).filter(({ uri }) => documents.get(uri) !== undefined);
  const burst = collectBurst<'changed'>(0, () => {
    unasked.clear();
    for (const document of inSight()) unasked.add(document);
    changed.fire();
    tellAgain(tellAgainMs);
  });
  let seen = new Set(inSight());
  const look = () => {
    const before = seen;
    seen = new Set(inSight());
    const come = [...seen].filter((document) => !before.has(document));
    if (come.length === 0) return;
    for (const document of come) unasked.add(document);
    tellAgain(tellAgainMs);
  };
  const change = () => {
    burst.add('changed');
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      unasked.delete(document);
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
    new vscode.Disposable(() => {
      clearTimeout(telling);
    }),
    vscode.languages.registerCodeLensProvider('*', provider),
    vscode.window.onDidChangeVisibleTextEditors(look),
    documents.onDidChange(change),
    ...causes.map((cause) => cause(change)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('firebreak.showLenses')) change();
    }),
  );
}
