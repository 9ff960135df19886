import { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { Syntax } from '../syntax.ts';
import type { View, Wanted } from '../view.ts';
import { removedGuards, type Side } from './compareCalls.ts';
import { removedTexts } from './compareTexts.ts';

/** Whether there is anything that a change can have taken away. */
export function mayHaveRemoved({ before }: FileContext, text: LineText): boolean {
  return before !== undefined && before.trim() !== '' && before !== text.toString();
}

/** What a program's file does, and what a change took away in it. */
export class ViewWithRemovals implements View {
  private known: readonly Removal[] | undefined;

  /** @param before the tree of the text before; the view takes it over */
  constructor(
    private readonly inner: View,
    private readonly after: Syntax,
    private readonly before: Syntax,
    private readonly file: FileContext,
  ) {}

  willChange(edit: OffsetEdit): void {
    this.inner.willChange(edit);
    this.known = undefined;
  }

  dispose(): void {
    this.inner.dispose();
    this.before.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const found = yield* this.inner.operations(wanted, focus, pace);
    this.known ??= yield* this.compare(pace);
    return [...found, ...this.known.filter(({ range, within }) => focus.some((each) => each.meets(range) || each.meets(within)))];
  }

  private *compare(pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
    const after = this.after.text.toString();
    const texts = removedTexts(this.file, after.trim() === '' ? undefined : after);
    if (after.trim() === '') return texts;
    const sides: Side[] = [];
    for (const syntax of [this.before, this.after]) sides.push({ root: yield* syntax.root(pace), text: syntax.text.toString() });
    const [old, current] = sides;
    return old === undefined || current === undefined ? texts : [...texts, ...removedGuards(old, current, this.file.changed)];
  }
}

/** A view that also sees removals, where there is a text to compare with. `syntax` is the view's own tree, and `parse` makes one of another text. */
export async function withRemovals(view: View, syntax: Syntax, file: FileContext, parse: (text: LineText) => Promise<Syntax>): Promise<View> {
  return file.before !== undefined && mayHaveRemoved(file, syntax.text) ? new ViewWithRemovals(view, syntax, await parse(new LineText(file.before)), file) : view;
}
