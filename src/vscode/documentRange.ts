import * as vscode from 'vscode';
import type { OffsetRange } from '../core/text/offsetRange.ts';

/** Offsets as the editor's lines and columns; what lies outside the text is taken to its nearest end. */
export function toRange(document: vscode.TextDocument, range: OffsetRange): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.endExclusive));
}
