import type { Node } from 'web-tree-sitter';
import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import { EmbeddedOperations } from './embedded.ts';
import { type Look, lookThrough } from './look.ts';
import type { Operation } from './operation.ts';
import type { Pace, Paced } from './pace.ts';
import { ReadLog } from './readLog.ts';
import type { Syntax } from './syntax.ts';
import type { Settled, Steady, View, Wanted } from './view.ts';

/**
 * A program, with the shell and SQL in its strings. Between keystrokes it keeps what the file as a whole declares
 * (`Names`), which decides where operations are looked for and what they are.
 */
export abstract class TreeView<Names extends object> implements View, Steady {
  readonly steady = this;
  protected readonly text: LineText;
  protected readonly embedded: EmbeddedOperations;
  protected readonly reads: ReadLog;
  private settled: Settled = { version: 0, change: undefined };
  private namesBefore: Names | undefined;
  private places: readonly OffsetRange[] | undefined;

  constructor(protected readonly syntax: Syntax) {
    this.text = syntax.text;
    this.embedded = new EmbeddedOperations(syntax.text);
    this.reads = new ReadLog(syntax.text);
  }

  /** What the file as a whole declares: the same object as long as it says the same. */
  protected abstract namesIn(root: Node, pace: Pick<Pace, 'isOver'>): Paced<Names>;

  protected abstract lookAt(root: Node, names: Names, wanted: Wanted): Look;

  /** What may name a call that hands something to a shell: a change on its line may make what stands elsewhere run something. */
  protected abstract get shellCalls(): RegExp;

  /** Where such names stand. The whole text is searched for them, so they are kept between keystrokes. */
  protected readonly shellPlaces = (): readonly OffsetRange[] => (this.places ??= [...this.text.toString().matchAll(this.shellCalls)].map(({ 0: name, index }) => OffsetRange.ofLength(index, name.length)));

  willChange(edit: OffsetEdit): void {
    this.syntax.willChange(edit);
  }

  dispose(): void {
    this.syntax.dispose();
  }

  *settle(pace: Pick<Pace, 'isOver'>): Paced<Settled> {
    yield* this.read(pace);
    return this.settled;
  }

  readsOf(operation: Operation): Set<OffsetRange> {
    return this.reads.readsOf(operation);
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const { root, names } = yield* this.read(pace);
    const found = yield* lookThrough(this.lookAt(root, names, wanted), this.text, wanted, focus, pace);
    // A look at the little that changed asks for a few strings only: the others will be asked for again.
    if (this.settled.change === undefined) this.embedded.forgetUnused();
    return found;
  }

  /** The tree of the text as it is, and what the file declares. */
  private *read(pace: Pick<Pace, 'isOver'>): Paced<{ root: Node; names: Names }> {
    const root = yield* this.syntax.root(pace);
    const { version, change } = this.syntax;
    const names = yield* this.namesIn(root, pace);
    if (version !== this.settled.version) {
      const isFar = change !== undefined && this.text.line(this.text.positionAt(change.after.start).line).search(this.shellCalls) !== -1;
      const step = version === this.settled.version + 1 && names === this.namesBefore && !isFar ? change : undefined;
      const isSteady = this.reads.follow(step);
      this.places = step === undefined ? undefined : this.places?.map((place) => step.moved(place));
      this.settled = { version, change: isSteady ? change : undefined };
      this.namesBefore = names;
    }
    return { root, names };
  }
}
