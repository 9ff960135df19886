import type * as vscode from 'vscode';
import type { AiRegion } from '../core/attribution/region.ts';
import type { Finding } from '../core/check/finding.ts';
import type { OffsetRange } from '../core/text/offsetRange.ts';
import type { Repository } from './ports.ts';

/** A file as the features see it: an open document, or a closed file of the workspace in which something was found. */
export interface LiveFile {
  readonly uri: vscode.Uri;
  /** From the repository's root, else from the workspace folder's, else the file's name. */
  readonly path: string;
  readonly repository: Repository | undefined;
  /** In the scope that the user chose, in the order of the text. */
  readonly findings: readonly Finding[];
  /** The findings that a comment speaks for: no problems, but to be seen where somebody looks. */
  readonly suppressed: readonly Finding[];
  readonly regions: readonly AiRegion[];
  /** Why the text could not be looked at, when it could not. */
  readonly unread?: string;
  readonly text: () => string;
  /** A stretch of the text as the editor's lines and columns. */
  readonly toRange: (range: OffsetRange) => vscode.Range;
  /** Whether the text is still the one that all this was said of. A closed file's is read when it is refreshed. */
  readonly isCurrent: () => boolean;
}

/** What it says holds for the version of the document that was looked at. */
export interface LiveDocument extends LiveFile {
  readonly document: vscode.TextDocument;
}

/** The open documents that Firebreak follows. */
export interface LiveDocuments {
  readonly get: (uri: vscode.Uri) => LiveDocument | undefined;
  readonly all: () => Iterable<LiveDocument>;
  /** Fires when findings or regions of a document are others than before, or moved; and when the document is gone. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
}

/** All files that something is known of, the closed ones among them. */
export interface LiveFiles {
  readonly get: (uri: vscode.Uri) => LiveFile | undefined;
  readonly all: () => Iterable<LiveFile>;
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** Brings a file's findings up to its present text; features that act on a finding call it first. */
  readonly refresh: (uri: vscode.Uri) => Promise<LiveFile | undefined>;
  /** Looks for closed files that an AI wrote in; somebody wants to see them now. */
  readonly discover: () => void;
}
