import type { Node, Parser } from 'web-tree-sitter';
import { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import type { Pace, Paced } from '../pace.ts';
import { isBroken, Syntax } from '../syntax.ts';
import type { Data } from './data.ts';
import { mayHoldTemplate, withoutTemplates } from './templates.ts';

/** A language of data. */
export interface DataLanguage {
  readonly name: string;
  /** Whether templates are written into it that make it something else. */
  readonly isTemplated: boolean;
  /** What its grammar takes for an error and its users do not. */
  tolerates?(error: Node): boolean;
  /** The documents under the root of a tree. */
  documents(root: Node, text: LineText): readonly Data[];
}

/** What a text reads as. Documents are read on as they are asked: use them before the text changes. */
export interface DataRead {
  readonly documents: readonly Data[];
  /** What the documents are read from, at the same offsets: lines of nothing but templates are empty. */
  readonly text: LineText;
  /** Whether some of it cannot be read. */
  readonly isBroken: boolean;
}

/** A text that is read as documents, and follows its edits. */
export class DataText {
  private readonly syntax: Syntax;
  /** The text without its templates, when it holds some. */
  private bare: Syntax | undefined;
  private known: DataRead | undefined;

  constructor(
    private readonly makeParser: () => Parser,
    readonly text: LineText,
    private readonly language: DataLanguage,
  ) {
    this.syntax = new Syntax(makeParser(), text);
  }

  willChange(edit: OffsetEdit): void {
    this.forget();
    this.syntax.willChange(edit);
  }

  /** What the text as it is reads as. */
  *read(pace: Pick<Pace, 'isOver'>): Paced<DataRead> {
    return (this.known ??= this.language.isTemplated && holdsTemplate(this.text) ? yield* this.untemplated(pace) : this.readOf(yield* this.syntax.root(pace), this.text));
  }

  dispose(): void {
    this.forget();
    this.syntax.dispose();
  }

  private *untemplated(pace: Pick<Pace, 'isOver'>): Paced<DataRead> {
    const { text, parsed } = withoutTemplates(this.text.toString());
    this.bare ??= new Syntax(this.makeParser(), LineText.fixed(parsed));
    return this.readOf(yield* this.bare.root(pace), LineText.fixed(text));
  }

  private readOf(root: Node, text: LineText): DataRead {
    return { documents: this.language.documents(root, text), text, isBroken: isBroken(root, (error) => this.language.tolerates?.(error) === true) };
  }

  private forget(): void {
    this.known = undefined;
    this.bare?.dispose();
    this.bare = undefined;
  }
}

function holdsTemplate(text: LineText): boolean {
  for (let line = 0; line < text.lineCount; line++) if (mayHoldTemplate(text.line(line))) return true;
  return false;
}
