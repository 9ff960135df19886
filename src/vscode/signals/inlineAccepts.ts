import type { ObservedChange } from '../../core/attribution/classify.ts';
import * as vscode from 'vscode';
import { looksTyped } from '../../core/attribution/typed.ts';

type Extent = NonNullable<ObservedChange['inlineCommit']>;

/** Our commands, and the editor's that they run. package.json binds the first two to the editor's own keys; for lines the editor has none. */
const commands: readonly (readonly [own: string, editors: string, extent: Extent])[] = [
  ['firebreak.acceptInlineSuggestion', 'editor.action.inlineSuggest.commit', 'full'],
  ['firebreak.acceptInlineSuggestionNextWord', 'editor.action.inlineSuggest.acceptNextWord', 'word'],
  ['firebreak.acceptInlineSuggestionNextLine', 'editor.action.inlineSuggest.acceptNextLine', 'line'],
];

export interface InlineAccepts {
  /** How much of a suggestion the change accepts, when it is one that is being accepted right now. */
  readonly extentOf: (event: vscode.TextDocumentChangeEvent) => Extent | undefined;
  readonly dispose: () => void;
}

/**
 * Inline suggestions accepted by our commands: the edit arrives while the command runs. So do, on a slow line, keys that the user hits
 * meanwhile: what one key could have done is never taken for the suggestion.
 */
export function registerInlineAccepts(): InlineAccepts {
  const running: { readonly document: vscode.TextDocument; readonly extent: Extent; isDone: boolean }[] = [];
  const accept = async (command: string, extent: Extent): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
      await vscode.commands.executeCommand(command);
      return;
    }
    const accepting = { document, extent, isDone: false };
    running.push(accepting);
    try {
      await vscode.commands.executeCommand(command);
    } finally {
      running.splice(running.indexOf(accepting), 1);
    }
  };
  const registered = commands.map(([own, editors, extent]) => vscode.commands.registerCommand(own, () => accept(editors, extent)));
  return {
    extentOf({ document, contentChanges, reason }) {
      const accepting = running.find((each) => each.document === document && !each.isDone);
      if (accepting === undefined || reason !== undefined || looksTyped(contentChanges)) return undefined;
      // A suggestion that is a snippet comes as two changes: what it replaces goes first.
      accepting.isDone = contentChanges.some(({ text }) => text !== '');
      return accepting.extent;
    },
    dispose() {
      for (const command of registered) command.dispose();
    },
  };
}
