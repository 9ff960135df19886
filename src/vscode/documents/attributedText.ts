import type * as vscode from 'vscode';
import type { Authorship } from '../../core/attribution/authorship.ts';
import type { ObservedChange } from '../../core/attribution/classify.ts';
import { carried, withKnown } from '../../core/attribution/carried.ts';
import { refine } from '../../core/attribution/refine.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import { isReload } from '../../core/attribution/sources.ts';
import { LineText } from '../../core/text/lineText.ts';
import { OffsetEdit } from '../../core/text/offsetEdit.ts';
import { OffsetRange } from '../../core/text/offsetRange.ts';
import type { EditSignals } from '../signals/editSignals.ts';
import { looksTyped } from '../../core/attribution/typed.ts';
import { editOf, lengthOf } from './documentEdit.ts';

/** A reload that completes another one follows it within so many milliseconds. */
const togetherMs = 5000;

/** A document's text as its change events tell it, and who wrote what in it. */
export class AttributedText {
  readonly text: LineText;
  private eol: vscode.EndOfLine;
  /** Before the disk gave less of it, and when it did last. */
  private longer: { readonly text: string; readonly regions: readonly AiRegion[]; readonly at: number } | undefined;

  constructor(
    private readonly document: vscode.TextDocument,
    readonly authorship: Authorship,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
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

  /** What comes from the disk is not saved: what was taken for it was an edit in the editor. */
  saved(): void {
    this.longer = undefined;
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
    const { authorship, longer } = this;
    const isReloaded = isFromDisk && isUnexplained(observed);
    this.longer = undefined;
    if (isReloaded && !isTyped && longer !== undefined && this.now() - longer.at <= togetherMs && this.isAppended(edit)) {
      // What is put back now was no deletion.
      const since = authorship.regions.filter(({ removedText }) => removedText === undefined || !edit.replacements.some(({ newText }) => newText.includes(removedText.trim())));
      this.apply(edit, observed);
      this.longer = { ...longer, at: this.now() };
      // The two reloads were one change of the text before them. For undo they stay two.
      authorship.learn(withKnown(carried({ ...longer, at: this.now() }, this.text.toString(), 'unexplained'), since));
      return;
    }
    if (isReloaded && edit.lengthDelta < 0 && authorship.regionCount > 0) this.longer = { text: this.text.toString(), regions: authorship.regions, at: this.now() };
    this.apply(isFromDisk && !isTyped ? refine(edit, this.read, 'lines') : edit, observed);
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

/** No AI is known to make the change, and VS Code, where it says whose it is, names the disk. */
function isUnexplained({ detailedReason, inlineCommit, chatEditing, formatting }: ObservedChange): boolean {
  return isReload(detailedReason) !== false && inlineCommit === undefined && chatEditing !== true && formatting !== true;
}
