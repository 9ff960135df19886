import type { Node } from 'web-tree-sitter';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { splitLines } from '../../text/lineText.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import { Nodes } from '../nodes.ts';
import type { Pace, Paced } from '../pace.ts';
import { StretchChange } from '../stretchChange.ts';
import { rangeOf, type Syntax } from '../syntax.ts';
import type { Dialect } from './dialect.ts';
import { type FileNames, readFileNames } from './fileNames.ts';

/** The function or class that all edits since the last parse lie in. */
interface Around {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  /** Where the first edit begins, and by how much all of them made it grow. */
  readonly from: number;
  readonly delta: number;
}

/**
 * What a file declares, read again only when an edit can have changed it: walking the top level of a long file costs
 * more than everything else that a keystroke needs.
 */
export class FileNamesCache {
  private known: FileNames | undefined;
  private reads: OffsetRange[] = [];
  private version = 0;
  private around: Around | undefined;
  private isBroken = true;

  constructor(
    private readonly syntax: Syntax,
    private readonly dialect: Dialect,
  ) {}

  /** Call before the tree and the text take the edit. */
  willChange(edit: OffsetEdit): void {
    this.around = this.aroundWith(edit);
  }

  /** The same object as long as it says the same. */
  *read(root: Node, pace: Pick<Pace, 'isOver'>): Paced<FileNames> {
    const { version, change } = this.syntax;
    if (this.known !== undefined && version === this.version) return this.known;
    const wasBroken = this.isBroken;
    const isStep = version === this.version + 1;
    if (change === undefined) this.known?.forgetRequired();
    const isKept = isStep && (change !== undefined ? this.follow(change) : !wasBroken && !root.hasError && this.followInnerEdit(root));
    const known = this.known !== undefined && isKept ? this.known : yield* this.readAll(root, pace);
    this.known = known;
    this.version = version;
    this.isBroken = root.hasError;
    this.around = undefined;
    return known;
  }

  private *readAll(root: Node, pace: Pick<Pace, 'isOver'>): Paced<FileNames> {
    const reads = new Set<OffsetRange>();
    const read = yield* readFileNames(root, this.dialect, new Nodes(this.syntax.text), reads, pace);
    this.reads = [...reads];
    return this.known?.takePlaces(read) === true ? this.known : read;
  }

  private follow(change: StretchChange): boolean {
    if (this.known === undefined || this.reads.some((range) => range.touches(change.before))) return false;
    if (!this.known.follow(change)) this.known = undefined;
    this.reads = this.reads.map((range) => change.moved(range));
    return this.known !== undefined;
  }

  /** Without an error anywhere, the parser goes on behind a function as it did before when it found the same one again. */
  private followInnerEdit(root: Node): boolean {
    const { around, known } = this;
    if (around === undefined || known === undefined) return false;
    const { start, end, from, delta, type } = around;
    let node = root.descendantForIndex(start, end + delta);
    while (node !== null && node.type !== type && node.startIndex === start && node.endIndex === end + delta) node = node.parent;
    if (node?.startIndex !== start || node.endIndex !== end + delta || node.type !== type) return false;
    // What the function or class is called stands before what was edited.
    if (this.reads.some((range) => range.start < end && range.endExclusive >= from)) return false;
    const { importLine } = this.dialect;
    const mayImport = importLine !== undefined && splitLines(this.syntax.text.slice(rangeOf(node))).some((line) => importLine.test(line));
    return !mayImport && !known.holdsImportIn(new OffsetRange(start, end)) && this.follow(new StretchChange(new OffsetRange(from, end), delta));
  }

  private aroundWith({ replacements: [first, ...more] }: OffsetEdit): Around | undefined {
    if (first === undefined) return this.around;
    const from = first.range.start;
    const last = more.at(-1) ?? first;
    const to = last.range.endExclusive;
    const added = [first, ...more].reduce((sum, { range, newText }) => sum + newText.length - range.length, 0);
    const root = this.syntax.current;
    const around = root === undefined ? this.around : this.outermostAround(root, from, to);
    if (around === undefined || from <= around.start || to >= around.end + around.delta) return undefined;
    return { ...around, from: Math.min(around.from, from), delta: around.delta + added };
  }

  private outermostAround(root: Node, from: number, to: number): Around | undefined {
    let outermost: Node | undefined;
    const nodes = new Nodes(this.syntax.text);
    for (let node = root.descendantForIndex(from, to); node !== null; node = nodes.parentOf(node)) {
      const type = nodes.typeOf(node);
      if ((this.dialect.functions.has(type) || this.dialect.classes.has(type)) && node.startIndex < from && to < node.endIndex) outermost = node;
    }
    return outermost === undefined ? undefined : { start: outermost.startIndex, end: outermost.endIndex, type: outermost.type, from, delta: 0 };
  }
}
