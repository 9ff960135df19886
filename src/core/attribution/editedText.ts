import { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { editOf, type JournalReplacement } from './journal.ts';

/** A text that edits lead to, made when somebody asks for it: a hundred edits of a long text make it once. */
export class EditedText {
  private made: { readonly text: string | undefined } | undefined;

  constructor(
    private readonly before: string | EditedText,
    private readonly replacements: readonly JournalReplacement[],
  ) {}

  /** Undefined where an edit does not fit the text that it was made on. */
  get text(): string | undefined {
    this.made ??= { text: this.make() };
    return this.made.text;
  }

  private make(): string | undefined {
    const steps: EditedText[] = [this];
    let from = this.before;
    for (; from instanceof EditedText && from.made === undefined; from = from.before) steps.push(from);
    const first = typeof from === 'string' ? from : from.text;
    if (first === undefined) return undefined;
    const text = new LineText(first);
    for (const { replacements } of steps.reverse()) {
      if (!replacements.every(([start, oldText]) => start + oldText.length <= text.length && text.slice(OffsetRange.ofLength(start, oldText.length)) === oldText)) return undefined;
      text.apply(editOf(replacements));
    }
    return text.toString();
  }
}
