import type * as vscode from 'vscode';
import type { Authorship } from '../../core/attribution/authorship.ts';
import type { ObservedChange } from '../../core/attribution/classify.ts';
import { withKnown } from '../../core/attribution/carried.ts';
import { refine } from '../../core/attribution/refine.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
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
  /** Before the disk gave less of it. */
  private longer: { readonly text: string; readonly regions: readonly AiRegion[] } | undefined;

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
    if (edit !== undefined) this.takeEdit(edit, observed, { isFromDisk: mayComeFromDisk(event, observed), isTyped: looksTyped(event.contentChanges) });
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

  /** Most programs empty a file and then write it anew: the editor may read it in between, and once more when it is whole. */
  private takeEdit(edit: OffsetEdit, observed: ObservedChange, { isFromDisk, isTyped }: { readonly isFromDisk: boolean; readonly isTyped: boolean }): void {
    const { longer } = this;
    if (isFromDisk && !isTyped && longer !== undefined && this.isAppended(edit)) {
      this.complete(edit, observed, longer);
      return;
    }
    const shortens = isFromDisk && edit.lengthDelta < 0 && this.authorship.regionCount > 0;
    this.longer = shortens ? { text: this.text.toString(), regions: this.authorship.regions } : undefined;
    this.apply(isFromDisk && !isTyped ? refine(edit, this.read, 'lines') : edit, observed);
  }

  /** The two reloads were one change of the text before them. */
  private complete(edit: OffsetEdit, observed: ObservedChange, { text, regions }: NonNullable<typeof this.longer>): void {
    const { authorship } = this;
    const since = authorship.regions;
    this.willChange(edit);
    this.text.apply(edit);
    const readBefore = (range: OffsetRange): string => range.of(text);
    authorship.restore(regions);
    authorship.apply(refine(OffsetEdit.replace(new OffsetRange(0, text.length), this.text.toString()), readBefore, 'lines'), observed, readBefore);
    authorship.restore(withKnown(authorship.regions, since));
  }

  private apply(edit: OffsetEdit, observed: ObservedChange): void {
    this.authorship.apply(edit, observed, this.read);
    this.willChange(edit);
    this.text.apply(edit);
  }

  private isAppended({ replacements: [only, ...others] }: OffsetEdit): boolean {
    return only?.range.endExclusive === this.text.length && others.length === 0 && only.newText.startsWith(this.read(only.range));
  }

  private readonly read = (range: OffsetRange): string => this.text.slice(range);
}

/**
 * A document that changed on disk is reloaded as one replacement from the first difference to the last, lines in between included that
 * did not change. It was not dirty then and still is not; the first edit after a save looks the same, and is harmed little by being taken
 * for one, unless it was typed.
 */
function mayComeFromDisk({ document, reason }: vscode.TextDocumentChangeEvent, { pasted, eolChanged }: ObservedChange): boolean {
  return !document.isDirty && reason === undefined && pasted === undefined && eolChanged !== true;
}
