import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { OffsetEdit } from '../../text/offsetEdit.ts';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { StretchChange } from '../stretchChange.ts';
import type { Settled } from '../view.ts';
import { readTopLevel, type TopLevel } from './bindings.ts';

/** Statements that may bring names in, or that are too broken to tell. */
const mayDeclare = new Set(['import_statement', 'lexical_declaration', 'variable_declaration', 'ERROR', 'program']);

/**
 * What a file's top level brings in, read again only when an edit can have changed it: a keystroke in the middle of a
 * function cannot, and walking the top level of a long file costs more than everything else that a keystroke needs.
 */
export class TopLevelCache {
  private known: TopLevel | undefined;
  private isKnown = false;
  /** What it was read from; undefined when that moved since. */
  private reads: OffsetRange[] | undefined;
  private importsEnd = 0;
  private version = 0;
  private edited: number | undefined;

  constructor(private readonly text: LineText) {}

  willChange(edit: OffsetEdit): void {
    const [first, ...more] = edit.replacements;
    if (first === undefined || !this.isKnown) return;
    const isKeystroke = more.length === 0 && this.edited === undefined && first.range.length <= 1 && !first.newText.includes('\n');
    if (isKeystroke && first.range.start > this.importsEnd) this.edited = first.range.start;
    else this.isKnown = false;
  }

  /** The same object as long as it says the same. */
  read(root: Node, { version, change }: Settled): TopLevel {
    if (this.known !== undefined && version === this.version) return this.known;
    const isStep = change !== undefined && version === this.version + 1;
    this.version = version;
    if (this.isKnown) this.follow(root, isStep ? change : undefined);
    this.edited = undefined;
    if (this.known === undefined || !this.isKnown) {
      const reads = new Set<OffsetRange>();
      const read = this.text.noting(reads, () => readTopLevel(root, this.text));
      if (this.known === undefined || !isSame(this.known, read)) this.known = read;
      this.reads = [...reads];
      this.importsEnd = read.importsEnd;
      this.isKnown = true;
    }
    return this.known;
  }

  private follow(root: Node, change: StretchChange | undefined): void {
    if (change !== undefined && this.reads !== undefined) {
      this.isKnown = !this.reads.some((range) => range.touches(change.before));
      this.reads = this.reads.map((range) => change.moved(range));
      this.importsEnd = change.moved(OffsetRange.empty(this.importsEnd)).start;
    } else {
      this.isKnown = this.edited !== undefined && !mayDeclare.has(topStatementAt(root, this.edited));
      this.reads = undefined;
    }
  }
}

function isSame(a: TopLevel, b: TopLevel): boolean {
  return toldOf(a) === toldOf(b);
}

function toldOf({ imports, names }: TopLevel): string {
  return JSON.stringify([...imports, ...names]);
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
