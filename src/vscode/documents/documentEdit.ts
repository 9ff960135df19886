import type * as vscode from 'vscode';
import { OffsetEdit } from '../../core/text/offsetEdit.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';

/** An event's changes as one edit of a text of `length` code units; undefined when they do not fit that text. */
export function editOf(changes: readonly vscode.TextDocumentContentChangeEvent[], length: number): OffsetEdit | undefined {
  try {
    const edit = OffsetEdit.ofUnsorted(
      changes.map(({ rangeOffset, rangeLength, text }) => ({ range: OffsetRange.ofLength(rangeOffset, rangeLength), newText: text })),
    );
    return (edit.replacements.at(-1)?.range.endExclusive ?? 0) <= length ? edit : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The document's length in UTF-16 code units, without putting its text together. */
export function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
