import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { folderOf } from '../project.ts';
import type { ChangedText } from '../reader.ts';
import type { Syntax } from '../syntax.ts';
import type { View, Wanted } from '../view.ts';
import { changesBetween } from './compare.ts';
import { type HclDocument, HclDocumentReader } from './document.ts';
import { isOfModule, isReadUnasked, isValues } from './files.ts';
import { type HclDeclared, type HclModule, moduleOf } from './module.ts';

/** What a Terraform file is compared with, as texts that are read when first needed. */
export interface HclSurroundings {
  readonly path: string;
  /** The folder of its module. */
  readonly folder: string;
  readonly before: ReadonlyMap<string, Syntax>;
  /** Without the file itself. */
  readonly after: ReadonlyMap<string, Syntax>;
  readonly changed: readonly ChangedText[];
}

/** Terraform, as what changed between its module before and the module as it is. Without a text before nothing changed. */
export class HclView implements View {
  private readonly reader = new HclDocumentReader();
  private readonly text: LineText;
  private before: readonly HclDocument[] | undefined;
  private others: readonly HclDocument[] = [];

  constructor(
    private readonly own: Syntax,
    private readonly around: HclSurroundings | undefined,
  ) {
    this.text = own.text;
  }

  willChange(edit: OffsetEdit): void {
    this.own.willChange(edit);
  }

  dispose(): void {
    this.own.dispose();
    for (const syntax of [...(this.around?.before.values() ?? []), ...(this.around?.after.values() ?? [])]) syntax.dispose();
  }

  *operations(_wanted: Wanted, _focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const { around } = this;
    if (around === undefined) return [];
    if (this.before === undefined) {
      this.others = yield* this.read(around.after, pace);
      this.before = yield* this.read(around.before, pace);
    }
    const root = yield* this.own.root(pace);
    const own = this.reader.read(around.path, root, this.text);
    if (pace.isOver()) yield;
    const after = [...this.others, own];
    return this.changes(this.before, after, around);
  }

  private *read(texts: ReadonlyMap<string, Syntax>, pace: Pick<Pace, 'isOver'>): Paced<HclDocument[]> {
    const documents: HclDocument[] = [];
    for (const [path, syntax] of texts) {
      documents.push(this.reader.read(path, yield* syntax.root(pace), syntax.text));
      if (pace.isOver()) yield;
    }
    return documents;
  }

  /** What changed in this file. A file of values that is only read when somebody names it counts over all others. */
  private changes(before: readonly HclDocument[], after: readonly HclDocument[], around: HclSurroundings): Operation[] {
    const side = (documents: readonly HclDocument[]): HclModule => {
      const unasked = documents.filter(({ path }) => isReadUnasked(path) && folderOf(path) === around.folder);
      const own = documents.filter(({ path }) => isValues(path) && path === around.path);
      return moduleOf(documents.filter(({ path }) => !isValues(path)), [...unasked.sort((a, b) => (a.path < b.path ? -1 : 1)), ...own]);
    };
    const changes = changesBetween(side(before), side(after), {
      lengthOf: (path) => (path === around.path ? this.text.length : 0),
      standsElsewhere: (gone) => standsElsewhere(gone, after, around),
      isBroken: after.some(({ hasErrors }) => hasErrors) && !before.some(({ hasErrors }) => hasErrors),
    });
    return changes.filter(({ path }) => path === around.path);
  }
}

/** A folder that has no more Terraform files was renamed, when what it declared now stands in a file of another one. */
function standsElsewhere({ address, keyword }: HclDeclared, after: readonly HclDocument[], { folder, changed }: HclSurroundings): boolean {
  if (after.some(({ path, blocks }) => isOfModule(path) && blocks.length > 0)) return false;
  const [first = '', second = ''] = keyword === 'resource' ? address.split('.') : address.split('.').slice(1);
  const declaration = new RegExp(`\\b${keyword}\\s+"${escaped(first)}"${keyword === 'resource' ? `\\s+"${escaped(second)}"` : ''}`);
  const declares = (text = '') => declaration.test(text);
  return changed.some((other) => isOfModule(other.path) && folderOf(other.path) !== folder && declares(other.after) && !declares(other.before));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
