import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import type { Dialect } from './dialect.ts';
import { bindersIn, type FileNames, type Written } from './fileNames.ts';

/** Something that is found out once, and what of the text says so. */
interface Learned<T> {
  readonly value: T;
  readonly reads: ReadonlySet<OffsetRange>;
}

/**
 * What the scopes of one tree declare. A look at a few lines of a long file asks for the scopes around them: none of it
 * reads what stands inside other functions.
 */
export class Declarations {
  private readonly declared = new Map<number, Learned<ReadonlyMap<string, readonly Written[]>>>();
  private readonly ofFile = new Map<string, Learned<readonly Written[]>>();
  private readonly assigned = new Map<string, Learned<readonly Written[]>>();

  constructor(
    private readonly dialect: Dialect,
    private readonly nodes: Nodes,
    private readonly root: Node,
    private readonly file: FileNames,
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

  /** What a name is given in a function, a class or the whole file; of a class its fields are also known as `.field`. */
  of(name: string, scope: Node): readonly Written[] | undefined {
    if (scope.id !== this.root.id) return this.learned(this.declared, scope.id, () => this.readDeclared(scope)).get(name);
    const written = this.learned(this.ofFile, name, () => this.file.writtenAs(name, this.root, this.nodes));
    return written.length === 0 ? undefined : written;
  }

  /** What is found out once for many operations is read for each of them. */
  private learned<K, T>(known: Map<K, Learned<T>>, key: K, learn: () => T): T {
    let found = known.get(key);
    if (found === undefined) {
      const reads = new Set<OffsetRange>();
      found = { value: this.nodes.text.noting(reads, learn), reads };
      known.set(key, found);
    }
    this.nodes.text.note(found.reads);
    return found.value;
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
    for (const node of [scope, ...bindersIn(scope, this.dialect)]) {
      if (node.id === scope.id && !this.dialect.binders.includes(this.nodes.typeOf(node))) continue;
      for (const { name, binding, isInside = false } of this.dialect.declaredBy(node, this.nodes)) {
        if (isInside !== (node.id === scope.id)) continue;
        add(name, { at: node.startIndex, binding });
        if (isClass) add(`.${fieldName(name) ?? name}`, { at: node.startIndex, binding });
      }
    }
    return declared;
  }

  /** What the methods of a class give to one of its fields, wherever they do: `self.client = …`. */
  assignedIn(scope: Node, field: string): readonly Written[] {
    return this.learned(this.assigned, `${scope.id} ${field}`, () => this.readAssigned(scope, field));
  }

  private readAssigned(scope: Node, field: string): Written[] {
    const { dialect, nodes } = this;
    const spellings = field.startsWith('@') ? [field] : [...dialect.selves].flatMap((self) => [`${self}.${field}`, `${self}->${field}`]);
    const found: Written[] = [];
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
