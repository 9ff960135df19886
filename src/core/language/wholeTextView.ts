import type { LineText } from '../text/lineText.ts';
import type { OffsetRange } from '../text/offsetRange.ts';
import type { Operation } from './operation.ts';
import type { Paced } from './pace.ts';
import type { View, Wanted } from './view.ts';

/** A language whose parser is quick enough to read the whole text whenever it changed: shell and SQL. */
export class WholeTextView implements View {
  private known: readonly Operation[] | undefined;

  constructor(
    private readonly text: LineText,
    private readonly parse: (text: string) => readonly Operation[],
  ) {}

  willChange(): void {
    this.known = undefined;
  }

  *operations(_wanted: Wanted, focus: readonly OffsetRange[]): Paced<Operation[]> {
    this.known ??= this.parse(this.text.toString());
    return this.known.filter((operation) => focus.some((range) => range.meets(operation.range)));
  }

  dispose(): void {
    this.known = undefined;
  }
}
