import type * as vscode from 'vscode';
import type { Authorship } from '../../core/attribution/authorship.ts';
import type { ObservedChange } from '../../core/attribution/classify.ts';
import { refine } from '../../core/attribution/refine.ts';
import { LineText } from '../../core/text/lineText.ts';
import { OffsetEdit } from '../../core/text/offsetEdit.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';
import type { EditSignals } from '../signals/editSignals.ts';
import { looksTyped } from '../../core/attribution/typed.ts';
import { editOf, lengthOf } from './documentEdit.ts';

/** A document's text as its change events tell it, and who wrote what in it. */
export class AttributedText {
  readonly text: LineText;
  private eol: vscode.EndOfLine;

  constructor(
    private readonly document: vscode.TextDocument,
    readonly authorship: Authorship,
    /** Gets each edit before the text takes it. */
    private readonly willChange: (edit: OffsetEdit) => void,
  ) {
    this.text = new LineText(document.getText());
    this.eol = document.eol;
  }

  take(event: vscode.TextDocumentChangeEvent, signals: EditSignals): void {
    const eolChanged = this.document.eol !== this.eol;
    this.eol = this.document.eol;
    const observed = signals.observe(event, eolChanged);
    const edit = editOf(event.contentChanges, this.text.length);
    if (edit !== undefined) this.apply(mayComeFromDisk(event, observed) ? refine(edit, this.read, 'lines') : edit, observed);
    if (edit === undefined || this.text.lineCount !== this.document.lineCount) this.rebuild();
  }

  copy(ranges: readonly OffsetRange[]): void {
    this.authorship.copy(ranges, this.read);
  }

  /** Whether the text had drifted from the document's. It is the same afterwards. */
  verify(): boolean {
    if (lengthOf(this.document) === this.text.length) return false;
    this.rebuild();
    return true;
  }

  /** Text whose way here was missed keeps its authors where it stands in both, and is judged by its size where it does not. */
  private rebuild(): void {
    const whole = OffsetEdit.replace(new OffsetRange(0, this.text.length), this.document.getText());
    this.apply(refine(whole, this.read, 'lines'), {});
  }

  private apply(edit: OffsetEdit, observed: ObservedChange): void {
    this.authorship.apply(edit, observed, this.read);
    this.willChange(edit);
    this.text.apply(edit);
  }

  private readonly read = (range: OffsetRange): string => this.text.slice(range);
}

/**
 * A document that changed on disk is reloaded as one replacement from the first difference to the last, lines in between included that
 * did not change. It was not dirty then and still is not; the first edit after a save looks the same, and is harmed little by being taken
 * for one.
 */
function mayComeFromDisk({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent, { pasted, eolChanged }: ObservedChange): boolean {
  return !document.isDirty && reason === undefined && pasted === undefined && eolChanged !== true && !looksTyped(contentChanges);
}
