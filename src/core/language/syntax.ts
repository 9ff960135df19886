import { Edit, type Node, type ParseState, type Parser, type Tree } from 'web-tree-sitter';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Pace, Paced } from './pace.ts';
import { abandon } from './parserRuntime.ts';
import { StretchChange } from './stretchChange.ts';

/** The parser copies what its callback returns into a buffer of 10 KB and cuts the rest off without a word. */
const longestChunk = 5000;

/**
 * How often the parser may ask for leave without getting further. It does so once for each 200 characters when it sets a tree in order
 * at the end; some broken texts keep it at one place for minutes, until its runtime fails.
 */
const idleCalls = (length: number) => 500 + length / 50;

/** Looking through the children of a longer list costs more than what is saved by it. */
const longestList = 50;

/** What lets the scanners of some languages put in the end of a statement. */
const lineBreak = /[\n\r\u2028\u2029]/;

/** A part of a tree in which no node begins or ends: a leaf, or what stands between two children of a node. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly type: number;
  readonly childCount: number;
}

/** What tells two trees apart that differ in one stretch. */
interface Shape {
  readonly nodes: number;
  readonly hasError: boolean;
}

/** A syntax tree that follows its text's edits. Whoever makes one disposes of it: trees live outside JavaScript's heap. */
export class Syntax {
  /** Counts the trees. */
  version = 0;
  /** How the text of this tree differs from the one before; undefined when the shape of the tree may differ too. */
  change: StretchChange | undefined;
  private tree: Tree | undefined;
  private isFresh = false;
  /** Whether the parser is gone. */
  private isLost = false;
  private shape: Shape | undefined;
  /** Where all edits since the last parse lie, when it is one stretch, and by how much it grew. */
  private edited: { readonly stretch: Stretch; readonly delta: number } | undefined;

  constructor(
    private readonly parser: Parser,
    readonly text: LineText,
  ) {}

  /** The root while the tree is that of the text as it is. */
  get current(): Node | undefined {
    return this.isFresh ? this.tree?.rootNode : undefined;
  }

  /** Call before the edit is applied to the text. */
  willChange(edit: OffsetEdit): void {
    this.edited = this.editedWith(edit);
    this.isFresh = false;
    if (this.tree === undefined) return;
    // From the last to the first: each replacement then leaves the offsets of those still to come as they are.
    for (let index = edit.replacements.length - 1; index >= 0; index--) {
      const replacement = edit.replacements[index];
      if (replacement === undefined) continue;
      const { range, newText } = replacement;
      const start = this.pointAt(range.start);
      const lastBreak = newText.lastIndexOf('\n');
      const rows = lastBreak === -1 ? 0 : newText.split('\n').length - 1;
      this.tree.edit(
        new Edit({
          startIndex: range.start,
          oldEndIndex: range.endExclusive,
          newEndIndex: range.start + newText.length,
          startPosition: start,
          oldEndPosition: this.pointAt(range.endExclusive),
          newEndPosition: { row: start.row + rows, column: rows === 0 ? start.column + newText.length : newText.length - lastBreak - 1 },
        }),
      );
    }
  }

  /** The root of the tree of the text as it is; parses anew what changed since the last time. Fails where the parser gets no further. */
  *root(pace: Pick<Pace, 'isOver'>): Paced<Node> {
    if (this.tree !== undefined && this.isFresh) return this.tree.rootNode;
    if (this.isLost) throw new Error('the parser failed on this text before');
    const tree = yield* this.parse(pace);
    if (tree === undefined) throw new Error('the parser gets no further in it');
    this.tree?.delete();
    this.tree = tree;
    this.isFresh = true;
    const root = tree.rootNode;
    this.version++;
    this.change = this.changeTo(root);
    return root;
  }

  /** Undefined when it gets no further. */
  private *parse(pace: Pick<Pace, 'isOver'>): Paced<Tree | undefined> {
    // Each call of it costs what copying a hundred lines does, of which an edit needs two or three.
    const aim = this.tree === undefined ? longestChunk : 1;
    const read = (_index: number, from: { row: number; column: number }) => this.text.linesFrom(from.row, from.column, aim).slice(0, longestChunk);
    const mostIdle = idleCalls(this.text.length);
    let [furthest, idle] = [-1, 0];
    const progressCallback = ({ currentOffset }: ParseState) => {
      idle = currentOffset > furthest ? 0 : idle + 1;
      furthest = Math.max(furthest, currentOffset);
      return idle > mostIdle || pace.isOver();
    };
    let isDone = false;
    try {
      for (;;) {
        const tree = this.parser.parse(read, this.tree, { progressCallback });
        isDone = tree !== null;
        if (tree !== null) return tree;
        if (idle > mostIdle) return undefined;
        yield;
      }
    } catch (error) {
      this.isLost = true;
      abandon(this.parser);
      throw error;
    } finally {
      // Work that is given up may end only when its file is closed, and a parser that is deleted must not be touched.
      if (!isDone && !this.isLost) this.parser.reset();
    }
  }

  dispose(): void {
    this.tree?.delete();
    this.tree = undefined;
    if (!this.isLost) this.parser.delete();
    this.isLost = true;
  }

  private editedWith({ replacements: [only, ...more] }: OffsetEdit): Syntax['edited'] {
    if (this.tree === undefined || this.shape?.hasError !== false || only === undefined || more.length > 0) return undefined;
    const { range, newText } = only;
    if (lineBreak.test(newText) || (!range.isEmpty && lineBreak.test(this.text.slice(range)))) return undefined;
    // How far a line is set in can decide what it belongs to.
    const { line, column } = this.text.positionAt(range.start);
    if (this.text.line(line).slice(0, column).trim() === '') return undefined;
    const stretch = this.isFresh ? stretchAt(this.tree.rootNode, Math.max(0, range.start - 1), range.endExclusive) : this.edited?.stretch;
    const delta = this.isFresh ? 0 : (this.edited?.delta ?? 0);
    // Its first character stays, so that it is the same stretch that grows or shrinks.
    if (stretch === undefined || range.start <= stretch.start || range.endExclusive > stretch.end + delta) return undefined;
    return { stretch, delta: delta + newText.length - range.length };
  }

  /**
   * A parser reads equal sequences of kinds of tokens as equal trees. So the shape is the same when the edited token
   * is of the kind that it was, nothing in the tree is broken, and it has as many nodes as before.
   */
  private changeTo(root: Node): StretchChange | undefined {
    const before = this.shape;
    this.shape = { nodes: root.descendantCount, hasError: root.hasError };
    const { edited } = this;
    this.edited = undefined;
    if (edited === undefined || before?.nodes !== this.shape.nodes || this.shape.hasError) return undefined;
    const { stretch, delta } = edited;
    const after = stretchAt(root, stretch.start, stretch.end + delta);
    const isSame = after?.start === stretch.start && after.end === stretch.end + delta && after.type === stretch.type && after.childCount === stretch.childCount;
    return isSame ? new StretchChange(new OffsetRange(stretch.start, stretch.end), delta) : undefined;
  }

  private pointAt(offset: number): { row: number; column: number } {
    const { line, column } = this.text.positionAt(offset);
    return { row: line, column };
  }
}

/** The stretch that holds all of a part of the text. */
function stretchAt(root: Node, from: number, to: number): Stretch | undefined {
  const node = root.descendantForIndex(from, to);
  if (node === null) return undefined;
  const { childCount } = node;
  let start = node.startIndex;
  let end = node.endIndex;
  if (childCount > longestList) return undefined;
  if (childCount > 0) {
    for (const child of node.children) {
      if (child.startIndex >= to) {
        end = child.startIndex;
        break;
      }
      start = child.endIndex;
    }
  }
  return start <= from && to <= end ? { start, end, type: node.typeId, childCount } : undefined;
}

/** Whether the parser met what it could not read. @param isHarmless tells errors that are none */
export function isBroken(node: Node, isHarmless: (error: Node) => boolean): boolean {
  if (!node.hasError) return false;
  return node.isError || node.isMissing ? !isHarmless(node) : node.children.some((child) => isBroken(child, isHarmless));
}

export function rangeOf(node: Node): OffsetRange {
  return new OffsetRange(node.startIndex, node.endIndex);
}
