import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { OffsetRange } from '../../text/offsetRange.ts';
import { Nodes } from '../nodes.ts';
import type { Pace, Paced } from '../pace.ts';
import type { StretchChange } from '../stretchChange.ts';
import { rangeOf } from '../syntax.ts';
import type { Binding, Declared, Dialect, Origin } from './dialect.ts';

/** What a name was given at a place. */
export interface Written {
  readonly at: number;
  readonly binding: Binding;
}

/** A name that a file declares outside of its functions and classes, without the tree that it was read from. */
export interface FileName {
  readonly name: string;
  /** The node that declares it, and which of the names there it is. */
  readonly range: OffsetRange;
  readonly type: string;
  readonly index: number;
  /** Of an import. */
  readonly origin: Origin | undefined;
}

/** What a file as a whole declares: the names outside of its functions and classes, and what is imported anywhere. */
export class FileNames {
  private byName: Map<string, FileName[]> | undefined;
  private imported: readonly string[] | undefined;
  private required: { readonly modules: readonly string[]; readonly reads: readonly OffsetRange[] } | undefined;

  constructor(
    private all: readonly FileName[],
    private readonly dialect: Dialect,
    private readonly text: LineText,
  ) {}

  /** Takes over where the names of a later text stand when they are the same names. */
  takePlaces(other: FileNames): boolean {
    const isSame = this.told === other.told;
    if (isSame) this.take(other.all);
    return isSame;
  }

  /** Follows a change that no name has to do with; false when it has. */
  follow(change: StretchChange): boolean {
    if (this.required?.reads.some((range) => range.touches(change.before)) === true) return false;
    this.take(this.all.map((each) => ({ ...each, range: change.moved(each.range) })));
    if (this.required !== undefined) this.required = { ...this.required, reads: this.required.reads.map((range) => change.moved(range)) };
    return true;
  }

  /** What is brought in by other things than declarations is to be found out anew. */
  forgetRequired(): void {
    this.required = undefined;
  }

  holdsImportIn(range: OffsetRange): boolean {
    return this.all.some((each) => each.origin !== undefined && each.range.overlaps(range));
  }

  get renamed(): readonly (readonly [local: string, origin: Origin])[] {
    return this.all.flatMap(({ name, origin }) => (origin === undefined || origin.path.at(-1) === name ? [] : [[name, origin] as const]));
  }

  modules(root: Node): readonly string[] {
    // Asked for by each call of the file.
    this.imported ??= [...new Set(this.all.flatMap(({ origin }) => origin?.module ?? []))];
    const { imported } = this;
    if (this.dialect.requiredBy === undefined) return imported;
    if (this.required === undefined) {
      const reads = new Set<OffsetRange>();
      const modules = this.text.noting(reads, () => this.dialect.requiredBy?.(root, new Nodes(this.text)) ?? []);
      this.required = { modules, reads: [...reads] };
    }
    return [...new Set([...imported, ...this.required.modules])];
  }

  /** What a name was given, in the order of the text. */
  writtenAs(name: string, root: Node, nodes: Nodes): Written[] {
    return this.named(name).map(({ range, type, index, origin }) => {
      const binding = origin === undefined ? this.declaring(root, range, type, nodes)?.[index]?.binding : { kind: 'import' as const, origin };
      return { at: range.start, binding: binding ?? { kind: 'opaque' } };
    });
  }

  private declaring(root: Node, { start, endExclusive }: OffsetRange, type: string, nodes: Nodes): readonly Declared[] | undefined {
    let node = root.descendantForIndex(start, endExclusive);
    while (node !== null && nodes.typeOf(node) !== type && node.startIndex === start && node.endIndex === endExclusive) node = nodes.parentOf(node);
    return node === null ? undefined : this.dialect.declaredBy(node, nodes);
  }

  private named(name: string): readonly FileName[] {
    if (this.byName === undefined) {
      this.byName = new Map();
      for (const each of this.all) {
        const known = this.byName.get(each.name);
        if (known === undefined) this.byName.set(each.name, [each]);
        else known.push(each);
      }
    }
    return this.byName.get(name) ?? [];
  }

  private take(all: readonly FileName[]): void {
    this.all = all;
    this.byName = this.imported = undefined;
  }

  private get told(): string {
    return JSON.stringify(this.all.map(({ name, type, origin }) => [name, type, origin]));
  }
}

/** Reads what a file declares. What of the text says so is added to `reads`. */
export function* readFileNames(root: Node, dialect: Dialect, nodes: Nodes, reads: Set<OffsetRange>, pace: Pick<Pace, 'isOver'>): Paced<FileNames> {
  const found: FileName[] = [];
  const add = (node: Node, isOwn: boolean) => {
    const declared = nodes.text.noting(reads, () => dialect.declaredBy(node, nodes));
    for (const [index, { name, binding, isInside }] of declared.entries()) {
      const origin = binding.kind === 'import' ? binding.origin : undefined;
      if (isInside !== true && (isOwn || origin !== undefined)) found.push({ name, range: rangeOf(node), type: nodes.typeOf(node), index, origin });
    }
  };
  for (const node of bindersIn(root, dialect)) {
    add(node, true);
    if (pace.isOver()) yield;
  }
  for (const node of importsInFunctions(root, dialect, nodes)) add(node, false);
  return new FileNames(found.sort((a, b) => a.range.start - b.range.start), dialect, nodes.text);
}

/** The nodes in a scope that may declare something, in the order of the text, without those in functions and classes below it. */
export function bindersIn(scope: Node, { binders, functions, classes }: Dialect): Node[] {
  const found: Node[] = [];
  const cursor = scope.walk();
  try {
    for (let depth = cursor.gotoFirstChild() ? 1 : 0; depth > 0; ) {
      const type = cursor.nodeType;
      if (binders.includes(type)) found.push(cursor.currentNode);
      if (!functions.has(type) && !classes.has(type) && cursor.gotoFirstChild()) depth++;
      else for (; depth > 0 && !cursor.gotoNextSibling(); depth--) cursor.gotoParent();
    }
  } finally {
    cursor.delete();
  }
  return found;
}

/** A file has the imports of its functions, too. */
function* importsInFunctions(root: Node, { importLine, binders, functions, classes }: Dialect, nodes: Nodes): Generator<Node> {
  const { text } = nodes;
  if (importLine === undefined) return;
  for (let line = 0; line < text.lineCount; line++) {
    const indent = importLine.exec(text.line(line))?.[0].length;
    if (indent === undefined) continue;
    let node = root.descendantForIndex(text.startOfLine(line) + indent);
    for (let steps = 0; node !== null && steps < deepestWord && !binders.includes(nodes.typeOf(node)); steps++) node = nodes.parentOf(node);
    let around = node === null ? null : nodes.parentOf(node);
    while (around !== null && !functions.has(nodes.typeOf(around)) && !classes.has(nodes.typeOf(around))) around = nodes.parentOf(around);
    if (node !== null && around !== null && binders.includes(nodes.typeOf(node))) yield node;
  }
}

/** The first word of an import stands at most this many steps below it. */
const deepestWord = 5;
