import type { LineText } from '../../text/lineText.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { View, Wanted } from '../view.ts';
import { readShell, type ShellContents } from './commands.ts';
import type { HandedCode } from './handedCode.ts';

/** A shell script: its own parser is quick enough to read all of it whenever it changed. Code that it hands to other interpreters is read by their readers. */
export class ShellView implements View {
  private contents: ShellContents | undefined;

  constructor(
    private readonly text: LineText,
    private readonly code: HandedCode,
  ) {}

  willChange(): void {
    this.contents = undefined;
  }

  async prepare(): Promise<void> {
    this.contents ??= readShell(this.text.toString());
    await this.code.prepare(this.contents.snippets);
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    this.contents ??= readShell(this.text.toString());
    const { operations, snippets } = this.contents;
    return [...operations.filter(({ range }) => focus.some((each) => each.meets(range))), ...(yield* this.code.operations(snippets, wanted, focus, pace))];
  }

  dispose(): void {
    this.code.dispose();
    this.contents = undefined;
  }
}
