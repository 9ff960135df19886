import { Edit, type Node, type Parser, type Tree } from 'web-tree-sitter';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { LineText } from '../text/lineText.ts';
import { OffsetRange } from '../text/offsetRange.ts';
import type { Pace, Paced } from './pace.ts';

/** The parser copies what its callback returns into a buffer of 10 KB and cuts the rest off without a word. */
const longestChunk = 5000;

/** A syntax tree that follows its text's edits. Whoever makes one disposes of it: trees live outside JavaScript's heap. */
export class Syntax {
  private tree: Tree | undefined;
  private isFresh = false;

  constructor(
    private readonly parser: Parser,
    readonly text: LineText,
  ) {}

  /** Call before the edit is applied to the text. */
  willChange(edit: OffsetEdit): void {
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

  /** The root of the tree of the text as it is; parses anew what changed since the last time. */
  *root(pace: Pick<Pace, 'isOver'>): Paced<Node> {
    if (this.tree !== undefined && this.isFresh) return this.tree.rootNode;
    const read = (_index: number, { row, column }: { row: number; column: number }) => this.text.line(row).slice(column, column + longestChunk);
    try {
      for (;;) {
        const tree = this.parser.parse(read, this.tree, { progressCallback: pace.isOver });
        if (tree !== null) {
          this.tree?.delete();
          this.tree = tree;
          this.isFresh = true;
          return tree.rootNode;
        }
        yield;
      }
    } finally {
      if (!this.isFresh) this.parser.reset();
    }
  }

  dispose(): void {
    this.tree?.delete();
    this.tree = undefined;
    this.parser.delete();
  }

  private pointAt(offset: number): { row: number; column: number } {
    const { line, column } = this.text.positionAt(offset);
    return { row: line, column };
  }
}

export function rangeOf(node: Node): OffsetRange {
  return new OffsetRange(node.startIndex, node.endIndex);
}
