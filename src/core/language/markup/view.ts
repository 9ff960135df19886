import { LineText } from '../../text/lineText.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { View, Wanted } from '../view.ts';
import { blocksOf } from './blocks.ts';

type Open = (text: LineText, file: FileContext) => Promise<View>;

/** A component, seen as the programs in its blocks, which stand where they are. After an edit they are read anew: it can move where a block ends. */
export class BlocksView implements View {
  private inner: View | undefined;

  constructor(
    private readonly text: LineText,
    private readonly file: FileContext,
    private readonly open: Open,
  ) {}

  willChange(): void {
    this.dispose();
  }

  async prepare(): Promise<void> {
    if (this.inner !== undefined) return;
    const { path, before } = this.file;
    const file = { ...this.file, ...(before !== undefined && { before: blocksOf(path, before) }) };
    this.inner = await this.open(LineText.fixed(blocksOf(path, this.text.toString())), file);
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    return this.inner === undefined ? [] : yield* this.inner.operations(wanted, focus, pace);
  }

  dispose(): void {
    this.inner?.dispose();
    this.inner = undefined;
  }
}
