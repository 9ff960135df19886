// What Firebreak exports to other extensions. Copy this file to have its types:
//   const firebreak = await vscode.extensions.getExtension<FirebreakApi>('firebreak.firebreak')?.activate();
//   await firebreak?.reportEdit({ uri: document.uri, range, tool: 'my-assistant' });
import type * as vscode from 'vscode';

export interface FirebreakApi {
  /** Rises when something here changes its meaning; what is only added leaves it. */
  readonly apiVersion: 1;
  /**
   * Says that an AI made an edit, after it was made. Resolves to whether that is now known: not when Firebreak does not look at the
   * document (no checker reads its language, it is too long, it cannot be opened), or when the range lies outside its text.
   * Rejects with a TypeError when the argument is not what `ReportedEdit` says.
   */
  readonly reportEdit: (edit: ReportedEdit) => Promise<boolean>;
  /** What an AI, or somebody unknown, wrote or deleted in an open document, in the order of the text. */
  readonly regionsOf: (uri: vscode.Uri) => readonly AttributedRange[];
}

export interface ReportedEdit {
  /** Of a file, which need not be open. */
  readonly uri: vscode.Uri;
  /** Where the text stands that the AI wrote, after the edit; empty where it only deleted. */
  readonly range: PlainRange;
  /** What the edit removed there. */
  readonly removedText?: string;
  /** The assistant, by the name that it is known by: 'github-copilot', 'claude'. */
  readonly tool: string;
  readonly model?: string;
  /** The conversation that the edit belongs to. */
  readonly session?: string;
}

export interface AttributedRange {
  readonly range: PlainRange;
  readonly origin: { readonly kind: 'ai'; readonly tool: string; readonly model?: string; readonly session?: string } | { readonly kind: 'unknown' };
  /** An agent said so, the editor showed it, or it was guessed from the shape of the edit. */
  readonly evidence: 'reported' | 'observed' | 'inferred';
  /** The text that was deleted here; its range is empty. */
  readonly removedText?: string;
}

/** A vscode.Range is one. 0-based; characters count UTF-16 code units. */
export interface PlainRange {
  readonly start: PlainPosition;
  readonly end: PlainPosition;
}

export interface PlainPosition {
  readonly line: number;
  readonly character: number;
}
