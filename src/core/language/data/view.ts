import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { DataComparison } from '../config/dataComparison.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { View, Wanted } from '../view.ts';
import type { DataText } from './dataText.ts';
import { Scripts } from './scripts.ts';

/** YAML and JSON, as what the scripts in them do, and what changed in what they declare. */
export class DataView implements View {
  private readonly scripts: Scripts;

  constructor(
    path: string,
    private readonly after: DataText,
    private readonly comparison: DataComparison | undefined,
  ) {
    this.scripts = new Scripts(path, after.text);
  }

  willChange(edit: OffsetEdit): void {
    this.after.willChange(edit);
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const documents = yield* this.after.documents(pace);
    const found = yield* this.scripts.operations(documents, wanted, focus, pace);
    if (this.comparison === undefined) return found;
    const hasErrors = yield* this.after.hasErrors(pace);
    return [...found, ...(yield* this.comparison.operations(this.after.text, { documents, hasErrors }, pace))];
  }

  dispose(): void {
    this.after.dispose();
    this.comparison?.dispose();
  }
}
