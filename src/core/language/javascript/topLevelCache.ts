import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { readTopLevel, type TopLevel } from './bindings.ts';

/** Statements that may bring names in, or that are too broken to tell. */
const mayDeclare = new Set(['import_statement', 'lexical_declaration', 'variable_declaration', 'ERROR', 'program']);

/**
 * What a file's top level brings in, read again only when an edit can have changed it: a keystroke in the middle of a
 * function cannot, and walking the top level of a long file costs more than everything else that a keystroke needs.
 */
export class TopLevelCache {
  private known: TopLevel | undefined;
  private edited: number | undefined;

  constructor(private readonly text: LineText) {}

  willChange(edit: OffsetEdit): void {
    const [first, ...more] = edit.replacements;
    if (first === undefined || this.known === undefined) return;
    const isKeystroke = more.length === 0 && this.edited === undefined && first.range.length <= 1 && !first.newText.includes('\n');
    if (isKeystroke && first.range.start > this.known.importsEnd) this.edited = first.range.start;
    else this.known = undefined;
  }

  read(root: Node): TopLevel {
    if (this.edited !== undefined && mayDeclare.has(topStatementAt(root, this.edited))) this.known = undefined;
    this.edited = undefined;
    this.known ??= readTopLevel(root, this.text);
    return this.known;
  }
}

/** The type of the top-level statement at an offset, or of what it exports. */
function topStatementAt(root: Node, offset: number): string {
  let below: Node | undefined;
  let statement = root.descendantForIndex(offset);
  for (let parent = statement?.parent ?? null; statement !== null && parent !== null && parent.id !== root.id; parent = parent.parent) {
    below = statement;
    statement = parent;
  }
  if (statement?.type === 'export_statement') return below?.type ?? 'ERROR';
  return statement?.type ?? 'ERROR';
}
