import type { Node, Parser } from 'web-tree-sitter';
import type { LineText } from '../text/lineText.ts';
import type { OffsetEdit } from '../text/offsetEdit.ts';
import type { Grammars } from './grammars.ts';
import { familyOf, type LanguageId } from './language.ts';
import type { Pace, Paced } from './pace.ts';
import { isShellComment } from './shell/comments.ts';
import { Syntax } from './syntax.ts';
import { commentsByFamily, type CommentTest } from './textComments.ts';

/** Where comments stand in one version of a text. */
export interface CommentsNow {
  isComment(offset: number): boolean;
  /** Where begins what an offset belongs to, up to the innermost statement, declaration or entry. */
  statementsAt(offset: number): readonly number[];
}

/** Comments of one text that is edited, for who has found something in it that may be one: until then nothing is parsed. */
export class Comments {
  private syntax: Syntax | undefined;
  private makeParser: (() => Parser) | undefined;
  private isPrepared = false;

  constructor(
    private readonly language: LanguageId,
    private readonly text: LineText,
    private readonly grammars: Grammars,
  ) {}

  /** Call before the text takes the edit. */
  willChange(edit: OffsetEdit): void {
    if (this.language === 'yaml') {
      // What the grammar keeps of a block of several lines may end elsewhere than where it would end anew, and with it its last comments.
      this.syntax?.dispose();
      this.syntax = undefined;
    } else this.syntax?.willChange(edit);
  }

  /** Loads the grammar that it takes. */
  async prepare(): Promise<void> {
    if (this.isPrepared) return;
    this.makeParser = await this.grammars.parsersFor(this.language);
    this.isPrepared = true;
  }

  *read(pace: Pick<Pace, 'isOver'>): Paced<CommentsNow> {
    if (this.makeParser !== undefined) this.syntax ??= new Syntax(this.makeParser(), this.text);
    if (this.syntax !== undefined) return new CommentsInTree(yield* this.syntax.root(pace), this.text);
    const written = this.text.toString();
    const isComment = commentsByFamily[familyOf(this.language)]?.(written) ?? (() => false);
    return { isComment, statementsAt: (offset) => [headOfLines(this.text, offset)] };
  }

  dispose(): void {
    this.syntax?.dispose();
    this.syntax = undefined;
    this.makeParser = undefined;
    this.isPrepared = false;
  }
}

/** Nodes of all grammars whose children are statements, declarations or entries. */
const holders = new Set([
  'program', 'module', 'source_file', 'compilation_unit', 'document', 'stream', 'config_file', 'body',
  'block', 'statement_block', 'statements', 'statement_list', 'compound_statement', 'body_statement', 'declaration_list', 'class_body', 'constructor_body', 'function_body', 'enum_class_body',
  'then', 'else', 'do', 'do_block', 'block_body', 'begin', 'ensure', 'rescue',
  'switch_case', 'switch_default', 'switch_section', 'switch_block_statement_group', 'expression_case', 'default_case', 'case_clause',
  'block_mapping', 'block_sequence', 'flow_mapping', 'flow_sequence',
]); // prettier-ignore

class CommentsInTree implements CommentsNow {
  private readonly shellIn = new Map<number, CommentTest>();

  constructor(
    private readonly root: Node,
    private readonly text: LineText,
  ) {}

  isComment(offset: number): boolean {
    const node = this.root.descendantForIndex(offset, offset + 1);
    if (node === null) return false;
    if (node.type === 'block_scalar') return this.isInScript(node, offset);
    // The marks that open a comment are nodes of their own in some grammars.
    return node.type.includes('comment') || node.parent?.type.includes('comment') === true;
  }

  statementsAt(offset: number): readonly number[] {
    const starts: number[] = [];
    for (let node = this.root.descendantForIndex(offset); node !== null; node = node.parent) {
      starts.push(node.type === 'block_scalar' ? headOfLines(this.text, offset) : node.startIndex);
      if (node.parent === null || holders.has(node.parent.type) || isStatement(node)) break;
    }
    return starts;
  }

  /** What stands in several lines of YAML is mostly a script of the shell. */
  private isInScript(scalar: Node, offset: number): boolean {
    let isComment = this.shellIn.get(scalar.id);
    if (isComment === undefined) {
      // Its first line says how it is written.
      const script = scalar.text.replace(/^[^\n]*/, (line) => ' '.repeat(line.length));
      isComment = isShellComment(script);
      this.shellIn.set(scalar.id, isComment);
    }
    return isComment(offset - scalar.startIndex);
  }
}

function isStatement({ type }: Node): boolean {
  return (type.endsWith('_statement') || type === 'pair') && !holders.has(type);
}

/** Where the first of the lines begins that go on up to an offset. */
function headOfLines(text: LineText, offset: number): number {
  let { line } = text.positionAt(offset);
  while (line > 0 && /(?:[\\`^]|\||&&)\s*$/.test(text.line(line - 1))) line--;
  return text.startOfLine(line);
}
