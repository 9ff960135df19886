import type { Node } from 'web-tree-sitter';
import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
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

  constructor(protected readonly syntax: Syntax) {
    this.text = syntax.text;
    this.embedded = new EmbeddedOperations(syntax.text);
    this.reads = new ReadLog(syntax.text);
  }

  /** What the file as a whole declares: the same object as long as it says the same. */
  protected abstract namesIn(root: Node, pace: Pick<Pace, 'isOver'>): Paced<Names>;

  protected abstract lookAt(root: Node, names: Names, wanted: Wanted): Look;

  /** Whether a change may make what stands elsewhere run something: it stands on a line that hands something to a shell. */
  protected mayReachFar?(line: string): boolean;

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
      const isFar = change !== undefined && this.mayReachFar?.(this.text.line(this.text.positionAt(change.after.start).line)) === true;
      const isStep = version === this.settled.version + 1 && names === this.namesBefore && !isFar;
      const isSteady = this.reads.follow(isStep ? change : undefined);
      this.settled = { version, change: isSteady ? change : undefined };
      this.namesBefore = names;
    }
    return { root, names };
  }
}
