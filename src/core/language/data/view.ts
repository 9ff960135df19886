import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation } from '../operation.ts';
import { type Pace, type Paced, runThrough, unhurried } from '../pace.ts';
import type { FileScript } from '../scriptFileView.ts';
import type { HoldsScripts } from '../scriptSnippets.ts';
import { notValid, type Wanted } from '../view.ts';
import type { DataLanguage, DataRead, DataText } from './dataText.ts';
import { springSettings } from './settings.ts';
import { Scripts } from './scripts.ts';

/** What a change of a file does to what it declares. */
export interface Comparison {
  /** @param now what the file's own text reads as */
  operations(now: DataRead, pace: Pick<Pace, 'isOver'>): Paced<Operation[]>;
  dispose(): void;
}

/** YAML and JSON, as what the scripts in them do, and what changed in what they declare. */
export class DataView implements HoldsScripts {
  private readonly held: Scripts;

  constructor(
    private readonly path: string,
    private readonly after: DataText,
    private readonly language: DataLanguage,
    private readonly comparison: Comparison | undefined,
  ) {
    this.held = new Scripts(path, after.text);
  }

  willChange(edit: OffsetEdit): void {
    this.after.willChange(edit);
  }

  scripts(): readonly FileScript[] {
    return this.held.mayHandCode() ? this.held.handingCode(runThrough(this.after.read(unhurried)).documents) : [];
  }

  *unread(pace: Pick<Pace, 'isOver'>): Paced<string | undefined> {
    return (yield* this.after.read(pace)).isBroken ? notValid(this.language.name) : undefined;
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const read = yield* this.after.read(pace);
    const found = [...(yield* this.held.operations(read.documents, wanted, focus, pace)), ...springSettings(this.path, read.documents, this.after.text, focus)];
    return this.comparison === undefined ? found : [...found, ...(yield* this.comparison.operations(read, pace))];
  }

  dispose(): void {
    this.after.dispose();
    this.comparison?.dispose();
  }
}
