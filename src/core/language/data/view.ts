import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { DataComparison } from '../config/dataComparison.ts';
import type { Operation } from '../operation.ts';
import { type Pace, type Paced, runThrough, unhurried } from '../pace.ts';
import type { FileScript } from '../scriptFileView.ts';
import type { HoldsScripts } from '../scriptSnippets.ts';
import type { Wanted } from '../view.ts';
import type { DataText } from './dataText.ts';
import { springSettings } from './settings.ts';
import { Scripts } from './scripts.ts';

/** YAML and JSON, as what the scripts in them do, and what changed in what they declare. */
export class DataView implements HoldsScripts {
  private readonly held: Scripts;

  constructor(
    private readonly path: string,
    private readonly after: DataText,
    private readonly comparison: DataComparison | undefined,
  ) {
    this.held = new Scripts(path, after.text);
  }

  willChange(edit: OffsetEdit): void {
    this.after.willChange(edit);
  }

  scripts(): readonly FileScript[] {
    return this.held.mayHandCode() ? this.held.handingCode(runThrough(this.after.documents(unhurried))) : [];
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const documents = yield* this.after.documents(pace);
    const found = [...(yield* this.held.operations(documents, wanted, focus, pace)), ...springSettings(this.path, documents, this.after.text, focus)];
    if (this.comparison === undefined) return found;
    const hasErrors = yield* this.after.hasErrors(pace);
    return [...found, ...(yield* this.comparison.operations(this.after.text, { documents, hasErrors }, pace))];
  }

  dispose(): void {
    this.after.dispose();
    this.comparison?.dispose();
  }
}
