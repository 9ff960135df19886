import { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import { Nodes } from '../nodes.ts';
import type { Operation, Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { Syntax } from '../syntax.ts';
import type { StretchChange } from '../stretchChange.ts';
import type { Settled, Steady, View, Wanted } from '../view.ts';
import { removedGuards, type Side } from './compareCalls.ts';
import { isBlank, mayTest, removedTexts } from './compareTexts.ts';
import { destructiveCalls, mayDestroy } from './destructiveCalls.ts';
import { countOf, mayGuard } from './guards.ts';
import { removedHandlers } from './handlers.ts';

/** Whether there is anything that a change can have taken away. */
export function mayHaveRemoved({ before }: FileContext, text: LineText): boolean {
  return before !== undefined && before.trim() !== '' && before !== text.toString();
}

/** What is told of a name or a guard stands no further from it. */
const nearby = 40;

/** What a program's file does, and what a change took away in it. */
export class ViewWithRemovals implements View {
  readonly steady?: Steady;
  private known: { readonly removals: readonly Removal[]; readonly madeOf: readonly OffsetRange[] } | undefined;
  private settled: Settled = { version: 0, change: undefined };
  private sideBefore: Side | undefined;
  /** The line that was edited since the last comparison, as it was; undefined when there is not just one. */
  private edited: { readonly line: number; readonly before: string } | undefined;
  private isEdited = false;
  private readonly otherLines: ReadonlySet<string>;

  /** @param before the tree of the text before; the view takes it over */
  constructor(
    private readonly inner: View,
    private readonly after: Syntax,
    private readonly before: Syntax,
    private readonly file: FileContext,
  ) {
    const { steady } = inner;
    if (steady !== undefined) this.steady = { settle: (pace) => this.settle(steady, pace), readsOf: (operation) => (operation.kind === 'removal' ? new Set() : steady.readsOf(operation)) };
    this.otherLines = new Set([file.before ?? '', ...file.changed.map((other) => other.after ?? '')].flatMap((text) => text.split('\n').map((line) => line.trim())));
  }

  willChange(edit: OffsetEdit): void {
    this.inner.willChange(edit);
    if (this.steady === undefined) this.known = undefined;
    for (const { range } of edit.replacements) {
      const { line } = this.after.text.positionAt(range.start);
      const isFirst = !this.isEdited;
      this.isEdited = true;
      if (isFirst) this.edited = { line, before: this.after.text.line(line) };
      else if (this.edited?.line !== line) this.edited = undefined;
    }
  }

  dispose(): void {
    this.inner.dispose();
    this.before.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    if (this.steady !== undefined) yield* this.steady.settle(pace);
    const found = yield* this.inner.operations(wanted, focus, pace);
    this.known ??= yield* this.compare(pace);
    return [...found, ...this.known.removals.filter(({ range, within }) => focus.some((each) => each.meets(range) || each.meets(within)))];
  }

  private *settle(inner: Steady, pace: Pick<Pace, 'isOver'>): Paced<Settled> {
    const settled = yield* inner.settle(pace);
    if (settled.version === this.settled.version) return this.settled;
    const { change } = settled;
    const isKept = change !== undefined && settled.version === this.settled.version + 1 && this.isRemote(change);
    this.known = isKept && this.known !== undefined ? movedBy(change, this.known) : undefined;
    this.edited = undefined;
    this.isEdited = false;
    this.settled = this.known === undefined ? { version: settled.version, change: undefined } : settled;
    return this.settled;
  }

  /** Whether a change has nothing to do with what a comparison looks at. */
  private isRemote(change: StretchChange): boolean {
    const { edited, known } = this;
    if (edited === undefined || known === undefined || known.madeOf.some((range) => range.touches(change.before))) return false;
    const [old, now] = [edited.before, this.after.text.line(edited.line)];
    if ([old, now].some((line) => this.otherLines.has(line.trim()) || mayTest(line)) || isBlank(old) !== isBlank(now)) return false;
    let start = 0;
    while (start < old.length && old[start] === now[start]) start++;
    const end = Math.max(old.length, now.length) - start;
    return ![old, now].some((line) => {
      const part = line.slice(Math.max(0, start - nearby), start + Math.min(end, line.length) + nearby);
      return mayDestroy(part) || mayGuard(part);
    });
  }

  /** A handler that moved is still there: then failures are handled as often as before. */
  private handlesLess(after: string): boolean {
    const count = (text = '') => countOf('errorHandling', text);
    const elsewhere = this.file.changed.reduce((sum, other) => sum + count(other.after) - count(other.before), 0);
    return count(after) + elsewhere < count(this.file.before);
  }

  private *compare(pace: Pick<Pace, 'isOver'>): Paced<{ removals: Removal[]; madeOf: OffsetRange[] }> {
    const after = this.after.text.toString();
    const texts = yield* removedTexts(this.file, after.trim() === '' ? undefined : after, pace);
    if (after.trim() === '') return { removals: texts, madeOf: [] };
    if (pace.isOver()) yield;
    this.sideBefore ??= yield* sideOf(this.before, pace);
    const side = yield* sideOf(this.after, pace);
    const removals = [...texts, ...(yield* removedGuards(this.sideBefore, side, this.file.changed, pace))];
    if (this.handlesLess(after)) removals.push(...(yield* removedHandlers(yield* this.before.root(pace), this.sideBefore.nodes, this.after.text, pace)));
    return { removals, madeOf: side.calls.flatMap(({ madeOf }) => madeOf) };
  }
}

function* sideOf(syntax: Syntax, pace: Pick<Pace, 'isOver'>): Paced<Side> {
  const root = yield* syntax.root(pace);
  const nodes = new Nodes(syntax.text);
  return { nodes, calls: yield* destructiveCalls(root, nodes, pace) };
}

function movedBy(change: StretchChange, { removals, madeOf }: { removals: readonly Removal[]; madeOf: readonly OffsetRange[] }): { removals: Removal[]; madeOf: OffsetRange[] } {
  const moved = (range: OffsetRange) => change.moved(range);
  return { removals: removals.map((removal) => ({ ...removal, range: moved(removal.range), within: moved(removal.within) })), madeOf: madeOf.map(moved) };
}

/** A view that also sees removals, where there is a text to compare with. `syntax` is the view's own tree, and `parse` makes one of another text. */
export async function withRemovals(view: View, syntax: Syntax, file: FileContext, parse: (text: LineText) => Promise<Syntax>): Promise<View> {
  return file.before !== undefined && mayHaveRemoved(file, syntax.text) ? new ViewWithRemovals(view, syntax, await parse(new LineText(file.before)), file) : view;
}
