import { OffsetRange } from '../../text/offsetRange.ts';
import type { Removal } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { Syntax } from '../syntax.ts';
import { CallIndex } from './callIndex.ts';
import { CallsBefore, lostAnywhere } from './compareCalls.ts';
import { isEmpty, removedTexts } from './compareTexts.ts';
import { verbsIn } from './destructiveCalls.ts';
import { mayExit } from './guardWords.ts';
import { emptiedHandlers, type Handler, handlersIn, removedHandlers, unheededFailures } from './handlers.ts';
import { LineBalance, type Piece } from './lineBalance.ts';
import { restrictionsRemoved, softDeletionsRemoved, statementsWidened } from './statementLines.ts';

/** Looking at the clock costs more than some lines. */
const linesAtOnce = 200;

/** A text that is edited, held against what it was before. */
export class Comparison {
  private readonly now: CallIndex;
  private balance: LineBalance | undefined;
  private callsBefore: CallsBefore | undefined;
  private handlersBefore: readonly Handler[] | undefined;

  /** @param before the tree of the text before, which this takes over */
  constructor(
    private readonly before: Syntax,
    private readonly after: Syntax,
    private readonly file: FileContext,
  ) {
    this.now = new CallIndex(after);
  }

  dispose(): void {
    this.before.dispose();
  }

  /** What the change from the text before to the text as it is took away. */
  *removals(pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
    const { text } = this.after;
    const balance = (this.balance ??= yield* this.begin(pace));
    yield* balance.follow(text, pace);
    const texts = removedTexts(this.file, text, balance);
    if (isEmpty(text)) return texts;
    if (pace.isOver()) yield;
    const calls = yield* this.now.calls([...balance.places(text)], pace);
    const { gone, come } = balance.linesThatDiffer();
    const losses = yield* lostAnywhere(balance, this.file.changed, pace);
    const guards = this.callsBefore === undefined ? [] : yield* this.callsBefore.removedGuards(this.now, calls, losses, balance, this.file.changed, new OffsetRange(0, text.length), pace);
    // A handler that moved is still there: then failures are handled as often as before.
    return [...texts, ...guards, ...(yield* this.handlersLost(balance, losses.has('errorHandling'), pace)), ...unheededFailures(balance, this.file.path, text), ...statementsWidened(balance, text, guards), ...softDeletionsRemoved(balance, text), ...restrictionsRemoved(gone, come, text)];
  }

  private *handlersLost(balance: LineBalance, isLoss: boolean, pace: Pick<Pace, 'isOver'>): Paced<Removal[]> {
    // What a handler does about a failure mostly ends with a way out.
    const mayBeEmptied = [...balance.surplus].some(([line, by]) => by < 0 && mayExit(line));
    if (!isLoss && !mayBeEmptied) return [];
    const { text } = this.after;
    const before = (this.handlersBefore ??= yield* handlersIn(yield* this.before.root(pace), this.before.text, pace));
    if (before.length === 0) return [];
    const emptied = mayBeEmptied ? emptiedHandlers(before, yield* handlersIn(yield* this.after.root(pace), text, pace, 'idle'), text) : [];
    return isLoss ? [...emptied, ...(yield* removedHandlers(before, text, pace))] : emptied;
  }

  private *begin(pace: Pick<Pace, 'isOver'>): Paced<LineBalance> {
    const { text } = this.before;
    const lines: string[] = [];
    const verbs: (readonly Piece[])[] = [];
    while (lines.length < text.lineCount) {
      const line = text.line(lines.length);
      lines.push(line);
      verbs.push(verbsIn(line));
      if (lines.length % linesAtOnce === 0 && pace.isOver()) yield;
    }
    const balance = new LineBalance(lines, verbsIn, verbs);
    const index = new CallIndex(this.before);
    this.callsBefore = new CallsBefore(index, yield* index.calls([...balance.places(text)], pace), lines);
    return balance;
  }
}
