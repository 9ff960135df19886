import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { View, Wanted } from '../view.ts';
import type { DataText } from './dataText.ts';
import { Scripts } from './scripts.ts';

/** YAML and JSON, as what the scripts in them do. */
export class DataView implements View {
  private readonly scripts: Scripts;

  constructor(
    path: string,
    private readonly after: DataText,
  ) {
    this.scripts = new Scripts(path, after.text);
  }

  willChange(edit: OffsetEdit): void {
    this.after.willChange(edit);
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const documents = yield* this.after.documents(pace);
    return yield* this.scripts.operations(documents, wanted, focus, pace);
  }

  dispose(): void {
    this.after.dispose();
  }
}
