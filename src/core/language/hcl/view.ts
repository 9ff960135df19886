import { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { folderOf } from '../project.ts';
import type { ChangedText, FileContext } from '../reader.ts';
import type { ScriptFileView } from '../scriptFileView.ts';
import type { Syntax } from '../syntax.ts';
import { notValid, type View, type Wanted } from '../view.ts';
import { changesBetween } from './compare.ts';
import { type HclDocument, HclDocumentReader } from './document.ts';
import { isCompared, isOfModule, isOverride, isReadUnasked, isValues, type ModuleTexts, type SourceText } from './files.ts';
import { type HclDeclared, type HclModule, moduleOf } from './module.ts';

/** What was read of texts that others ask for too, as every file of a module does for all of it. */
const known = new WeakMap<object, Map<string, HclDocument>>();

/** A project lives as long as its editor, and its files change. */
const mostKnown = 1000;

/** Terraform, as what changed between its module before and the module as it is, and the scripts that it holds. Without a text before nothing changed. */
export class HclView implements View {
  private readonly reader = new HclDocumentReader();
  private readonly text: LineText;
  private before: readonly HclDocument[] | undefined;
  private moduleBefore: HclModule | undefined;
  private others: readonly HclDocument[] = [];

  constructor(
    private readonly own: Syntax,
    private readonly file: FileContext,
    private readonly texts: ModuleTexts,
    private readonly parse: (text: LineText) => Syntax,
    private readonly scripts: ScriptFileView,
  ) {
    this.text = own.text;
  }

  willChange(edit: OffsetEdit): void {
    this.own.willChange(edit);
    this.scripts.willChange();
  }

  *unread(pace: Pick<Pace, 'isOver'>): Paced<string | undefined> {
    return isCompared(this.file, this.text) && (yield* this.own.root(pace)).hasError ? notValid('HCL') : undefined;
  }

  dispose(): void {
    this.own.dispose();
  }

  *operations(wanted: Wanted, focus: readonly OffsetRange[], pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    const { texts } = this;
    const found = yield* this.scripts.operations(wanted, focus, pace);
    if (!isCompared(this.file, this.text)) return found;
    if (this.before === undefined) {
      this.others = yield* this.read(texts.after, pace);
      this.before = yield* this.read(texts.before, pace);
    }
    const root = yield* this.own.root(pace);
    const own = this.reader.read(this.file.path, root, this.text);
    this.reader.forgetUnused();
    if (pace.isOver()) yield;
    return [...found, ...this.changes(this.before, [...this.others, own], texts.folder)];
  }

  private *read(texts: ReadonlyMap<string, SourceText>, pace: Pick<Pace, 'isOver'>): Paced<HclDocument[]> {
    const documents: HclDocument[] = [];
    for (const [path, { text, owner }] of texts) {
      const ofOwner = known.get(owner) ?? new Map<string, HclDocument>();
      known.set(owner, ofOwner);
      const key = `${path}\n${text}`;
      if (ofOwner.size > mostKnown) ofOwner.clear();
      let document = ofOwner.get(key);
      if (document === undefined) ofOwner.set(key, (document = yield* this.readOne(path, text, pace)));
      documents.push(document);
      if (pace.isOver()) yield;
    }
    return documents;
  }

  private *readOne(path: string, text: string, pace: Pick<Pace, 'isOver'>): Paced<HclDocument> {
    const syntax = this.parse(new LineText(text));
    try {
      return this.reader.read(path, yield* syntax.root(pace), syntax.text);
    } finally {
      syntax.dispose();
    }
  }

  /** What changed in this file. A file of values that is only read when somebody names it counts over all others. */
  private changes(before: readonly HclDocument[], after: readonly HclDocument[], folder: string): Operation[] {
    const { path: ownPath, changed } = this.file;
    // What an override does is told by what it is put over now; to any other file those beside it change nothing.
    const isOver = isOverride(ownPath);
    const side = (documents: readonly HclDocument[], base = documents): HclModule => {
      const unasked = documents.filter(({ path }) => isReadUnasked(path) && folderOf(path) === folder);
      const own = documents.filter(({ path }) => isValues(path) && path === ownPath);
      return moduleOf(base.filter(({ path }) => !isValues(path) && !isOverride(path)), [...unasked.sort((a, b) => (a.path < b.path ? -1 : 1)), ...own], documents.filter(({ path }) => isValues(path) && !isReadUnasked(path) && path !== ownPath), documents.find(({ path }) => isOver && path === ownPath));
    };
    this.moduleBefore ??= side(before);
    const { declared } = this.moduleBefore;
    const changes = changesBetween(isOver ? side(before, after) : this.moduleBefore, side(after), {
      path: ownPath,
      length: this.text.length,
      standsElsewhere: (gone) => standsElsewhere(gone, after, folder, changed.filter((other) => !this.texts.modules.has(folderOf(other.path)))),
      isBroken: after.some(({ hasErrors }) => hasErrors) && !before.some(({ hasErrors }) => hasErrors),
    });
    // What the change brings in whole was not there to be protected.
    return isOver ? changes.filter(({ block }) => declared.has(block)) : changes;
  }
}

/** A folder that has no more Terraform files was renamed, when what it declared now stands in a file of another one. @param changed without those of modules that there were before */
function standsElsewhere({ address, keyword }: HclDeclared, after: readonly HclDocument[], folder: string, changed: readonly ChangedText[]): boolean {
  if (after.some(({ path, blocks }) => isOfModule(path) && blocks.length > 0)) return false;
  const [first = '', second = ''] = keyword === 'resource' ? address.split('.') : address.split('.').slice(1);
  const declaration = new RegExp(`\\b${keyword}\\s+"${escaped(first)}"${keyword === 'resource' ? `\\s+"${escaped(second)}"` : ''}`);
  const declares = (text = '') => declaration.test(text);
  return changed.some((other) => isOfModule(other.path) && folderOf(other.path) !== folder && declares(other.after) && !declares(other.before));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
