import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Binding, Dialect } from './dialect.ts';
import type { Nodes } from '../nodes.ts';

export interface Written {
  readonly at: number;
  readonly binding: Binding;
}

/**
 * What the scopes of one tree declare. A look at a few lines of a long file asks for the scopes around them: none of it
 * reads what stands inside other functions.
 */
export class Declarations {
  private readonly declared = new Map<number, ReadonlyMap<string, readonly Written[]>>();
  private readonly assigned = new Map<string, readonly Written[]>();

  constructor(
    private readonly dialect: Dialect,
    private readonly nodes: Nodes,
    private readonly root: Node,
  ) {}

  /** The function or class around a node, else the whole file. */
  scopeOf(node: Node): Node | undefined {
    if (node.id === this.root.id) return undefined;
    for (let outer = this.nodes.parentOf(node); outer !== null; outer = this.nodes.parentOf(outer)) {
      const type = this.nodes.typeOf(outer);
      if (this.dialect.functions.has(type) || this.dialect.classes.has(type)) return outer;
    }
    return this.root;
  }

  /** What a scope declares, by name; a class its fields also as `.field`. */
  in(scope: Node): ReadonlyMap<string, readonly Written[]> {
    let declared = this.declared.get(scope.id);
    if (declared === undefined) {
      declared = this.readDeclared(scope);
      this.declared.set(scope.id, declared);
    }
    return declared;
  }

  /** What a scope declares itself: what stands in functions and classes below it is theirs. */
  private readDeclared(scope: Node): Map<string, Written[]> {
    const declared = new Map<string, Written[]>();
    const isClass = this.dialect.classes.has(this.nodes.typeOf(scope));
    const add = (key: string, written: Written) => {
      const known = declared.get(key);
      if (known === undefined) declared.set(key, [written]);
      else known.push(written);
    };
    for (const node of [scope, ...this.bindersIn(scope), ...(scope.id === this.root.id ? this.importsInFunctions() : [])]) {
      if (node.id === scope.id && !this.dialect.binders.includes(this.nodes.typeOf(node))) continue;
      for (const { name, binding, isInside = false } of this.dialect.declaredBy(node, this.nodes)) {
        if (isInside !== (node.id === scope.id)) continue;
        add(name, { at: node.startIndex, binding });
        if (isClass) add(`.${fieldName(name) ?? name}`, { at: node.startIndex, binding });
      }
    }
    return declared;
  }

  private bindersIn(scope: Node): Node[] {
    const { binders, functions, classes } = this.dialect;
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
  private *importsInFunctions(): Generator<Node> {
    const { importLine, binders } = this.dialect;
    const { text } = this.nodes;
    if (importLine === undefined) return;
    for (let line = 0; line < text.lineCount; line++) {
      const indent = importLine.exec(text.line(line))?.[0].length;
      if (indent === undefined) continue;
      const node = this.binderAt(text.startOfLine(line) + indent, (found) => binders.includes(found));
      if (node !== undefined && this.scopeOf(node)?.id !== this.root.id && this.dialect.declaredBy(node, this.nodes).some(({ binding }) => binding.kind === 'import')) yield node;
    }
  }

  /** What the methods of a class give to one of its fields, wherever they do: `self.client = …`. */
  assignedIn(scope: Node, field: string): readonly Written[] {
    const { dialect, nodes } = this;
    const spellings = field.startsWith('@') ? [field] : [...dialect.selves].flatMap((self) => [`${self}.${field}`, `${self}->${field}`]);
    const key = `${scope.id} ${field}`;
    const known = this.assigned.get(key);
    if (known !== undefined) return known;
    const found: Written[] = [];
    this.assigned.set(key, found);
    const add = (node: Node) => {
      for (const { name, binding } of dialect.declaredBy(node, nodes)) if (spellings.includes(name)) found.push({ at: node.startIndex, binding });
    };
    for (const node of dialect.fieldBinders === undefined ? [] : scope.descendantsOfType([...dialect.fieldBinders])) add(node);
    const text = nodes.text.slice(new OffsetRange(scope.startIndex, scope.endIndex));
    for (const spelling of spellings) {
      for (let at = text.indexOf(spelling); at !== -1; at = text.indexOf(spelling, at + spelling.length)) {
        if (!assignment.test(text.slice(at + spelling.length, at + spelling.length + longestTypeBehind))) continue;
        const node = this.binderAt(scope.startIndex + at, (type) => dialect.binders.includes(type));
        if (node !== undefined) add(node);
      }
    }
    return found;
  }

  private binderAt(offset: number, isBinder: (type: string) => boolean): Node | undefined {
    let node = this.root.descendantForIndex(offset);
    for (let steps = 0; node !== null && steps < deepestTarget; node = this.nodes.parentOf(node), steps++) if (isBinder(this.nodes.typeOf(node))) return node;
    return undefined;
  }
}

/** What may stand between a field and what it is given. */
const assignment = /^\s*(?::(?!:)[^=\n]*)?(?:\|\||\?\?)?=(?![=~>])|^\s*:(?!:)/;
const longestTypeBehind = 200;
/** A target stands at most this many steps below the assignment to it. */
const deepestTarget = 5;

/** The field of the object itself that a name is. */
function fieldName(name: string): string | undefined {
  return /^(?:self|this|@this|\$this)(?:\.|->)(\w+)$/.exec(name)?.[1] ?? (name.startsWith('@') ? name : undefined);
}
