import type * as vscode from 'vscode';
import type { AiRegion } from '../core/attribution/region.ts';
import type { Finding } from '../core/check/finding.ts';
import type { Repository } from './ports.ts';

/** An open document as the features see it. What it says holds for `version` of the document. */
export interface LiveDocument {
  readonly document: vscode.TextDocument;
  readonly version: number;
  /** From the repository's root, else from the workspace folder's, else the file's name. */
  readonly path: string;
  readonly repository: Repository | undefined;
  /** In the scope that the user chose, in the order of the text. */
  readonly findings: readonly Finding[];
  readonly regions: readonly AiRegion[];
  /** Why the text could not be looked at, when it could not. */
  readonly unread?: string;
}

/** The open documents that Firebreak follows. */
export interface LiveDocuments {
  readonly get: (uri: vscode.Uri) => LiveDocument | undefined;
  readonly all: () => Iterable<LiveDocument>;
  /** Fires when findings or regions of a document are others than before, or moved; and when the document is gone. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** Brings a document's findings up to its present text; features that act on a finding call it first. */
  readonly refresh: (document: vscode.TextDocument) => Promise<LiveDocument | undefined>;
  readonly dispose: () => void;
}
