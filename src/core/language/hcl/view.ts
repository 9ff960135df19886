import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import type { FileContext } from '../reader.ts';
import type { ScriptFileView } from '../scriptFileView.ts';
import type { Syntax } from '../syntax.ts';
import { notValid, type View, type Wanted } from '../view.ts';
import { type HclDocument, HclDocumentReader } from './document.ts';
import { isCompared } from './files.ts';
import type { HclText, ModuleComparison } from './moduleComparison.ts';

/** A text in Terraform's own language. */
export class HclTree implements HclText {
  private readonly reader = new HclDocumentReader();

  constructor(readonly syntax: Syntax) {}

  *document(path: string, pace: Pick<Pace, 'isOver'>): Paced<HclDocument> {
    const document = this.reader.read(path, yield* this.syntax.root(pace), this.syntax.text);
    this.reader.forgetUnused();
    return document;
  }

  dispose(): void {
    this.syntax.dispose();
  }
}

/** Terraform, as what changed between its module before and the module as it is, and the scripts that it holds. Without a text before nothing changed. */
export class HclView implements View {
  private readonly text: LineText;

  constructor(
    private readonly own: HclTree,
    private readonly file: FileContext,
    private readonly comparison: ModuleComparison,
    private readonly scripts: ScriptFileView,
  ) {
    this.text = own.syntax.text;
  }

  willChange(edit: OffsetEdit): void {
    this.own.syntax.willChange(edit);
    this.scripts.willChange();
  }

  *unread(pace: Pick<Pace, 'isOver'>): Paced<string | undefined> {
    return isCompared(this.file, this.text) && (yield* this.own.syntax.root(pace)).hasError ? notValid('HCL') : undefined;
  }

  dispose(): void {
    this.own.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const found = yield* this.scripts.operations(wanted, focus, pace);
    if (!isCompared(this.file, this.text)) return found;
    return [...found, ...(yield* this.comparison.operations(yield* this.own.document(this.file.path, pace), pace))];
  }
}
