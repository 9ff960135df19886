import { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { StretchChange } from '../stretchChange.ts';
import type { Syntax } from '../syntax.ts';
import type { Settled, Steady, View, Wanted } from '../view.ts';
import { Comparison } from './comparison.ts';

/** Whether there is anything that a change can have taken away. */
export function mayHaveRemoved({ before }: FileContext, text: LineText): boolean {
  return before !== undefined && before.trim() !== '' && before !== text.toString();
}

/** What a program's file does, and what a change took away in it. */
class ViewWithRemovals implements View {
  readonly steady: Steady;
  private removals: readonly Removal[] = [];
  private settled: Settled = { version: 0, change: undefined };

  constructor(
    private readonly inner: View & { readonly steady: Steady },
    private readonly comparison: Comparison,
  ) {
    this.steady = { settle: (pace) => this.settle(pace), readsOf: (operation) => (operation.kind === 'removal' ? new Set() : inner.steady.readsOf(operation)) };
  }

  willChange(edit: OffsetEdit): void {
    this.inner.willChange(edit);
  }

  dispose(): void {
    this.inner.dispose();
    this.comparison.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    yield* this.settle(pace);
    const found = yield* this.inner.operations(wanted, focus, pace);
    return [...found, ...this.removals.filter(({ range, within }) => focus.some((each) => each.meets(range) || each.meets(within)))];
  }

  private *settle(pace: Pick<Pace, 'isOver'>): Paced<Settled> {
    const { version, change } = yield* this.inner.steady.settle(pace);
    if (version === this.settled.version) return this.settled;
    const removals = yield* this.comparison.removals(pace);
    const isStep = version === this.settled.version + 1 && change !== undefined && areEqual(removals, movedBy(change, this.removals));
    this.removals = removals;
    this.settled = { version, change: isStep ? change : undefined };
    return this.settled;
  }
}

function movedBy(change: StretchChange, removals: readonly Removal[]): Removal[] {
  return removals.map((removal) => ({ ...removal, range: change.moved(removal.range), within: change.moved(removal.within) }));
}

function areEqual(some: readonly Removal[], others: readonly Removal[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** A view that also sees removals, where there is a text to compare with. `syntax` is the view's own tree, and `parse` makes one of another text. */
export async function withRemovals(view: View & { readonly steady: Steady }, syntax: Syntax, file: FileContext, parse: (text: LineText) => Promise<Syntax>): Promise<View> {
  return file.before !== undefined && mayHaveRemoved(file, syntax.text) ? new ViewWithRemovals(view, new Comparison(await parse(new LineText(file.before)), syntax, file)) : view;
}
