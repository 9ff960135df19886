import { LineText } from '../../text/lineText.ts';
import type { Operation } from '../operation.ts';
import type { Pace, Paced } from '../pace.ts';
import { folderOf } from '../project.ts';
import type { ChangedText, FileContext } from '../reader.ts';
import { changesBetween } from './compare.ts';
import type { HclDocument } from './document.ts';
import { isOfModule, isOverride, isReadUnasked, isTofu, isValues, type ModuleTexts, type SourceText, tofuFormOf, withoutHidden } from './files.ts';
import { type HclDeclared, type HclModule, moduleOf } from './module.ts';

/** What was read of texts that others ask for too, as every file of a module does for all of it. */
const known = new WeakMap<object, Map<string, HclDocument>>();

/** A project lives as long as its editor, and its files change. */
const mostKnown = 1000;

/** A text of Terraform in either of its forms, that follows its edits. */
export interface HclText {
  /** What the text as it is reads as. */
  document(path: string, pace: Pick<Pace, 'isOver'>): Paced<HclDocument>;
  dispose(): void;
}

/** What a file changed of the module that it is a part of. */
export class ModuleComparison {
  private before: readonly HclDocument[] | undefined;
  private moduleBefore: HclModule | undefined;
  private others: readonly HclDocument[] = [];

  constructor(
    private readonly file: FileContext,
    private readonly text: LineText,
    private readonly texts: ModuleTexts,
    private readonly open: (path: string, text: LineText) => HclText,
  ) {}

  /** Whether there is anything that an override could be put over. */
  get hasBase(): boolean {
    return [...this.texts.after.keys()].some((path) => !isOverride(path) && !isValues(path));
  }

  /** @param own what the file's text as it is reads as */
  *operations(own: HclDocument, pace: Pick<Pace, 'isOver'>): Paced<Operation[]> {
    if (this.before === undefined) {
      this.others = yield* this.read(this.texts.after, pace);
      this.before = yield* this.read(this.texts.before, pace);
    }
    if (pace.isOver()) yield;
    return this.changes(this.before, [...this.others, own], this.texts.folder);
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
    const opened = this.open(path, new LineText(text));
    try {
      return yield* opened.document(path, pace);
    } finally {
      opened.dispose();
    }
  }

  /** What changed in this file. A file of values that is only read when somebody names it counts over all others. */
  private changes(allBefore: readonly HclDocument[], allAfter: readonly HclDocument[], folder: string): Operation[] {
    const { path: ownPath, changed } = this.file;
    const [before, after] = this.asRead(allBefore, allAfter);
    // What an override does is told by what it is put over now; to any other file those beside it change nothing.
    const isOver = isOverride(ownPath);
    const side = (documents: readonly HclDocument[], base = documents): HclModule => {
      const unasked = documents.filter(({ path }) => isReadUnasked(path) && folderOf(path) === folder);
      const own = documents.filter(({ path }) => isValues(path) && path === ownPath);
      return moduleOf(base.filter(({ path }) => !isValues(path) && !isOverride(path)), [...unasked.sort((a, b) => (a.path < b.path ? -1 : 1)), ...own], documents.filter(({ path }) => isValues(path) && !isReadUnasked(path) && path !== ownPath), documents.find(({ path }) => isOver && path === ownPath));
    };
    // Where only one tool's files count, which these are depends on the text after.
    const moduleBefore = before === allBefore ? (this.moduleBefore ??= side(before)) : side(before);
    const { declared } = moduleBefore;
    const changes = changesBetween(isOver ? side(before, after) : moduleBefore, side(after), {
      path: ownPath,
      length: this.text.length,
      standsElsewhere: (gone) => standsElsewhere(gone, after, folder, changed.filter((other) => !this.texts.modules.has(folderOf(other.path)))),
      isBroken: after.some(({ hasErrors }) => hasErrors) && !before.some(({ hasErrors }) => hasErrors),
    });
    // What the change brings in whole was not there to be protected.
    return isOver ? changes.filter(({ block }) => declared.has(block)) : changes;
  }

  /**
   * The files that the tool takes into account. OpenTofu passes over `main.tf` where there is `main.tofu`, which then stands in its place; Terraform knows no `.tofu`, and destroys what moves there, unless nothing is left that it would
   * apply. Which of them the team uses is told by the files beside, and else a file is judged by the tool whose ending it has.
   */
  private asRead(before: readonly HclDocument[], after: readonly HclDocument[]): readonly [before: readonly HclDocument[], after: readonly HclDocument[]] {
    const { path: ownPath, before: textBefore } = this.file;
    if (!after.some(({ path }) => isTofu(path)) && !before.some(({ path }) => isTofu(path))) return [before, after];
    const isApplied = ({ path, blocks }: HclDocument) => isOfModule(path) && !isTofu(path) && blocks.length > 0;
    if (isOfModule(ownPath) && !isTofu(ownPath) && !this.texts.isOfTofu && after.some(isApplied)) return [before.filter(({ path }) => !isTofu(path)), after.filter(({ path }) => !isTofu(path))];
    const standsIn = (path: string) => textBefore === undefined && isTofu(ownPath) && path !== ownPath && tofuFormOf(path) === ownPath && after.some((each) => each.path === path);
    return [withoutHidden(before).map((each) => (standsIn(each.path) ? { ...each, path: ownPath } : each)), withoutHidden(after)];
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
