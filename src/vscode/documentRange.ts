import * as vscode from 'vscode';
import { OffsetRange } from '../core/text/offsetRange.ts';

/** Offsets as the editor's lines and columns; what lies outside the text is taken to its nearest end. */
export function toRange(document: vscode.TextDocument, range: OffsetRange): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.endExclusive));
}

export function toOffsets(document: vscode.TextDocument, range: vscode.Range): OffsetRange {
  return new OffsetRange(document.offsetAt(range.start), document.offsetAt(range.end));
}
