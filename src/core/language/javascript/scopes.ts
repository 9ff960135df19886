import type { Node } from 'web-tree-sitter';
import type { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import { rangeOf } from '../syntax.ts';
import { type Binding, declaratorsIn, readRequire, type TopLevel, unwrapped } from './bindings.ts';
import { functions } from './declarations.ts';
import type { Resolve } from './strings.ts';

const opaque: Binding = { kind: 'opaque' };

const blocks = new Set(['statement_block', 'program', 'switch_case', 'switch_default', 'class_static_block']);
/** What a text is written as. */
const textTypes = new Set(['string', 'template_string', 'binary_expression']);
const statements = new Set(['lexical_declaration', 'variable_declaration', 'export_statement']);

export function resolverOf(scopes: Scopes): Resolve {
  return (name) => scopes.bindingAt(scopes.nodes.written(name), name);
}

/** What names stand for at the places of one tree. */
export class Scopes {
  private imported: readonly string[] | undefined;
  private readonly learned = new Map<string, { readonly value: unknown; readonly reads: ReadonlySet<OffsetRange> }>();

  constructor(
    readonly nodes: Nodes,
    private readonly topLevel: TopLevel,
  ) {}

  get modules(): readonly string[] {
    return (this.imported ??= [...new Set([...this.topLevel.imports.values()].map(({ module }) => module))]);
  }

  /** The innermost declaration of a name around a place, else an import, else undefined. */
  bindingAt(name: string, place: Node): Binding | undefined {
    for (let scope = this.nodes.parentOf(place); scope !== null; scope = this.nodes.parentOf(scope)) {
      const type = this.nodes.typeOf(scope);
      const isTop = type === 'program';
      if (isTop) {
        const imported = this.topLevel.imports.get(name);
        if (imported !== undefined || !this.topLevel.names.has(name)) return imported;
      }
      const found = isTop || blocks.has(type) || functions.has(type) || type === 'for_in_statement' ? this.declaredBy(scope, type).get(name) : undefined;
      if (found !== undefined) return found.kind === 'value' && found.variable !== undefined && this.isWrittenAgain(name, found.variable) ? opaque : found;
    }
    return undefined;
  }

  /** Finds something out about a node once, and notes what of the text said so each time that it is asked for. `what` names it. */
  remember<T>(node: Node, what: string, learn: () => T): T {
    const key = `${node.id} ${what}`;
    let learned = this.learned.get(key);
    if (learned === undefined) {
      const reads = new Set<OffsetRange>();
      learned = { value: this.nodes.text.noting(reads, learn), reads };
      this.learned.set(key, learned);
    }
    this.nodes.text.note(learned.reads);
    return learned.value as T;
  }

  private declaredBy(scope: Node, type: string): ReadonlyMap<string, Binding> {
    return this.remember(scope, 'bindings', () =>
      blocks.has(type) ? this.declaredIn(scope) : this.named(scope.childForFieldName(type === 'for_in_statement' ? 'left' : 'parameters') ?? scope.childForFieldName('parameter')),
    );
  }

  private named(pattern: Node | null): ReadonlyMap<string, Binding> {
    return new Map((pattern === null ? [] : this.namesIn(pattern)).map((name) => [name, opaque]));
  }

  private declaredIn(block: Node): ReadonlyMap<string, Binding> {
    const declared = new Map<string, Binding>();
    const cursor = block.walk();
    try {
      for (let more = cursor.gotoFirstChild(); more; more = cursor.gotoNextSibling()) {
        const type = cursor.nodeType;
        if (statements.has(type)) this.declare(cursor.currentNode, block, declared);
        else if (type === 'function_declaration' || type === 'class_declaration') {
          const name = cursor.currentNode.childForFieldName('name');
          if (name !== null) declared.set(this.nodes.written(name), opaque);
        }
      }
    } finally {
      cursor.delete();
    }
    return declared;
  }

  /** What is added to a text stands behind it, and is looked at where the text is read. */
  private isWrittenAgain(name: string, { scope, start }: { readonly scope: Node; readonly start: number }): boolean {
    return this.remember(scope, `${name} written`, () => {
      const spelled = name.replaceAll('$', '\\$');
      const writes = new RegExp(`(?<![\\w$.])${spelled}\\s*(?:=(?![=>])|(?:[-*/%&^]|\\|\\||\\?\\?)=)|[[{,]\\s*${spelled}\\s*[\\]},][^;(]*?=(?![=>])`, 'g');
      return [...this.nodes.text.slice(rangeOf(scope)).matchAll(writes)].some(({ index }) => scope.startIndex + index !== start);
    });
  }

  private declare(statement: Node, scope: Node, declared: Map<string, Binding>): void {
    for (const declarator of declaratorsIn(statement)) {
      const name = declarator.childForFieldName('name');
      if (name === null) continue;
      const value = unwrapped(declarator.childForFieldName('value'));
      const binding: Binding = value === undefined || name.type !== 'identifier' ? opaque : this.valueOf(declarator, value, { scope, start: name.startIndex });
      for (const each of this.namesIn(name)) declared.set(each, binding);
      readRequire(declarator, this.nodes.text, (node, module, path) => {
        if (node !== null) declared.set(this.nodes.written(node), { kind: 'import', module, path });
      });
    }
  }

  /** Only a constant is as good as its value: a `let` may hold another one by the time it is used. */
  private valueOf(declarator: Node, node: Node, variable: { readonly scope: Node; readonly start: number }): Binding {
    if (declarator.parent?.child(0)?.type === 'const') return { kind: 'value', node };
    return textTypes.has(node.type) ? { kind: 'value', node, variable } : opaque;
  }

  /** The names that a pattern brings in; those in its default values and types are others'. */
  private namesIn(pattern: Node): string[] {
    switch (pattern.type) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
        return [this.nodes.written(pattern)];
      case 'type_annotation':
      case 'decorator':
        return [];
      default: {
        const bound = pattern.childForFieldName('pattern') ?? pattern.childForFieldName('left') ?? (pattern.type === 'pair_pattern' ? pattern.childForFieldName('value') : null);
        return bound === null ? pattern.namedChildren.flatMap((child) => this.namesIn(child)) : this.namesIn(bound);
      }
    }
  }
}
