import * as vscode from 'vscode';

/** A paste reaches the document some milliseconds after the providers are asked; seconds, when one of them is slow. */
const windowMs = 3000;

/** What is copied or cut; of an empty selection its line. */
export interface Copied {
  readonly document: vscode.TextDocument;
  readonly ranges: readonly vscode.Range[];
}

export interface Pastes {
  /** The pasted text, when the change is the paste that was announced. */
  readonly textOf: (event: vscode.TextDocumentChangeEvent) => string | undefined;
  readonly onDidCopy: vscode.Event<Copied>;
  readonly dispose: () => void;
}

/**
 * Pastes by keyboard and menu: the editor asks the providers before it pastes. The answer is always none, which leaves the plain paste
 * as it is. A copy asks them too. (Commands that other extensions run, such as `editor.action.clipboardPasteAction`, ask nobody.)
 */
export function watchPastes(now: () => number): Pastes {
  let announced: { readonly document: vscode.TextDocument; readonly text: string; readonly at: number } | undefined;
  const copied = new vscode.EventEmitter<Copied>();
  const registered = vscode.languages.registerDocumentPasteEditProvider(
    ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-notebook-cell'].map((scheme) => ({ scheme })),
    {
      prepareDocumentPaste(document, ranges) {
        copied.fire({ document, ranges });
      },
      async provideDocumentPasteEdits(document, _ranges, data) {
        const text = await data.get('text/plain')?.asString();
        if (text !== undefined) announced = { document, text, at: now() };
        return undefined;
      },
    },
    { providedPasteEditKinds: [vscode.DocumentDropOrPasteEditKind.Text], pasteMimeTypes: ['text/plain'] },
  );
  return {
    textOf({ document, contentChanges, reason }) {
      if (announced?.document !== document || reason !== undefined) return undefined;
      const { text, at } = announced;
      if (now() - at > windowMs || !isPasteOf(text, contentChanges)) return undefined;
      announced = undefined;
      return text;
    },
    onDidCopy: copied.event,
    dispose() {
      registered.dispose();
      copied.dispose();
    },
  };
}

/** Whole at each cursor; or cut into lines, one for each cursor, when there are as many. */
function isPasteOf(text: string, changes: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
  const pasted = comparable(text);
  const inserted = changes.map((change) => comparable(change.text));
  return pasted !== '' && (inserted.every((each) => each === pasted) || inserted.toReversed().join('') === pasted);
}

/** The editor fits line endings and indentation to the document. */
function comparable(text: string): string {
  return text.replace(/\s+/g, '');
}
