import * as vscode from 'vscode';
import type { ObservedChange } from '../../core/attribution/classify.ts';
import { watchChatEdits } from './chatEdits.ts';
import { registerInlineAccepts } from './inlineAccepts.ts';
import { type Copied, watchPastes } from './pastes.ts';

/** What the editor lets us see beside a change. */
export interface EditSignals {
  /** To be asked once for each change, when it arrives: a signal explains one change and is used up. */
  readonly observe: (event: vscode.TextDocumentChangeEvent, eolChanged: boolean) => ObservedChange;
  /** Fires before the clipboard has what is copied or cut. */
  readonly onDidCopy: vscode.Event<Copied>;
  /** Whether VS Code's chat is at work on a file. */
  readonly isChatAt: (uri: vscode.Uri) => boolean;
  readonly dispose: () => void;
}

export function createEditSignals(now: () => number): EditSignals {
  const inlineAccepts = registerInlineAccepts();
  const chatEdits = watchChatEdits(now);
  const pastes = watchPastes(now);
  return {
    observe(event, eolChanged) {
      const reason = reasons.get(event.reason);
      const pasted = pastes.textOf(event);
      const inlineCommit = pasted === undefined ? inlineAccepts.extentOf(event) : undefined;
      const chatTurn = pasted === undefined && inlineCommit === undefined && !eolChanged ? chatEdits.turnOf(event) : undefined;
      return { reason, detailedReason: detailedReasonOf(event), inlineCommit, chatEditing: chatTurn !== undefined, chatTurn, eolChanged, pasted };
    },
    onDidCopy: pastes.onDidCopy,
    isChatAt: chatEdits.isAt,
    dispose() {
      vscode.Disposable.from(inlineAccepts, chatEdits, pastes).dispose();
    },
  };
}

const reasons: ReadonlyMap<vscode.TextDocumentChangeReason | undefined, ObservedChange['reason']> = new Map([
  [vscode.TextDocumentChangeReason.Undo, 'undo'],
  [vscode.TextDocumentChangeReason.Redo, 'redo'],
]);

/** Of the proposed API `textDocumentChangeReason`. Where that is not switched on, the getter is absent, or throws. */
function detailedReasonOf(event: object): unknown {
  try {
    return (event as { readonly detailedReason?: unknown }).detailedReason;
  } catch {
    return undefined;
  }
}
