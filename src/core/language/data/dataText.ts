import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { Pace, Paced } from '../pace.ts';
import type { Syntax } from '../syntax.ts';
import type { Data } from './data.ts';

/** The documents under the root of a tree. */
export type ReadDocuments = (root: Node, text: LineText) => readonly Data[];

/** A text that is read as documents. */
export class DataText {
  readonly text: LineText;

  constructor(
    private readonly syntax: Syntax,
    private readonly read: ReadDocuments,
  ) {
    this.text = syntax.text;
  }

  willChange(edit: OffsetEdit): void {
    this.syntax.willChange(edit);
  }

  *documents(pace: Pick<Pace, 'isOver'>): Paced<readonly Data[]> {
    return this.read(yield* this.syntax.root(pace), this.text);
  }

  *hasErrors(pace: Pick<Pace, 'isOver'>): Paced<boolean> {
    return (yield* this.syntax.root(pace)).hasError;
  }

  dispose(): void {
    this.syntax.dispose();
  }
}
