import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { rangeOf } from '../syntax.ts';

/** What a name stands for. `path` is what follows the module: `[]` the module itself, `['default']`, `['promises', 'rm']`. */
export type Binding =
  | { readonly kind: 'import'; readonly module: string; readonly path: readonly string[] }
  /** Of a variable with where it is declared, it is the text that it holds as long as nothing else is written to it. */
  | { readonly kind: 'value'; readonly node: Node; readonly variable?: { readonly scope: Node; readonly start: number } }
  | { readonly kind: 'opaque' };

/** Names imported or required at the top of a file: those are asked for most, and change least. */
export type Imports = ReadonlyMap<string, Extract<Binding, { kind: 'import' }>>;

/** Node's modules have two names each; rules write the longer one. */
const nodeModules = new Set(['fs', 'fs/promises', 'child_process', 'os', 'path', 'util']);

function moduleName(text: string): string {
  return nodeModules.has(text) ? `node:${text}` : text;
}

/** What the top level of a file brings in. */
export interface TopLevel {
  readonly imports: Imports;
  /** Every name that a `const`, `let` or `var` declares there. */
  readonly names: ReadonlySet<string>;
  /** Where the last import ends. */
  readonly importsEnd: number;
}

export function readTopLevel(root: Node, text: LineText): TopLevel {
  const imports = new Map<string, Extract<Binding, { kind: 'import' }>>();
  const names = new Set<string>();
  let importsEnd = 0;
  const cursor = root.walk();
  const add: Add = (name, module, path) => {
    if (name === null) return;
    imports.set(text.slice(rangeOf(name)), { kind: 'import', module, path });
    importsEnd = Math.max(importsEnd, cursor.endIndex);
  };
  try {
    for (let more = cursor.gotoFirstChild(); more; more = cursor.gotoNextSibling()) {
      const type = cursor.nodeType;
      if (type === 'import_statement') readImport(cursor.currentNode, text, add);
      else if (type === 'lexical_declaration' || type === 'variable_declaration' || type === 'export_statement') {
        for (const declarator of declaratorsIn(cursor.currentNode)) {
          readRequire(declarator, text, add);
          readAlias(declarator, text, imports, add);
          const pattern = declarator.childForFieldName('name');
          if (pattern !== null) for (const name of text.slice(rangeOf(pattern)).match(/[\w$]+/g) ?? []) names.add(name);
        }
      }
    }
  } finally {
    cursor.delete();
  }
  return { imports, names, importsEnd };
}

/** The declarators of a `const`, `let` or `var`, exported or not. */
export function declaratorsIn(statement: Node): Node[] {
  const declaration = statement.type === 'export_statement' ? statement.childForFieldName('declaration') : statement;
  if (declaration?.type !== 'lexical_declaration' && declaration?.type !== 'variable_declaration') return [];
  return declaration.namedChildren.filter((child) => child.type === 'variable_declarator');
}

type Add = (name: Node | null, module: string, path: readonly string[]) => void;

function readImport(statement: Node, text: LineText, add: Add): void {
  const require = statement.namedChildren.find((child) => child.type === 'import_require_clause');
  const source = (require ?? statement).childForFieldName('source');
  const module = source === null ? undefined : moduleName(stringText(source, text));
  if (module === undefined) return;
  if (require !== undefined) {
    add(require.namedChild(0), module, []);
    return;
  }
  const clause = statement.namedChildren.find((child) => child.type === 'import_clause');
  for (const child of clause?.namedChildren ?? []) {
    if (child.type === 'identifier') add(child, module, ['default']);
    else if (child.type === 'namespace_import') add(child.namedChild(0), module, []);
    else if (child.type === 'named_imports') {
      for (const specifier of child.namedChildren) {
        const name = specifier.childForFieldName('name') ?? null;
        if (name !== null) add(specifier.childForFieldName('alias') ?? name, module, [stringOrName(name, text)]);
      }
    }
  }
}

/** `const fs = require('fs')`, `const { rm: remove } = await import('fs/promises')`. */
export function readRequire(declarator: Node, text: LineText, add: Add): void {
  const value = unwrapped(declarator.childForFieldName('value') ?? null);
  const required = value === undefined ? undefined : requiredModule(value, text);
  const name = declarator.childForFieldName('name') ?? null;
  if (required !== undefined && name !== null) addPattern(name, required, text, add);
}

export interface ImportedPath {
  readonly module: string;
  readonly path: readonly string[];
}

function addPattern(name: Node, required: ImportedPath, text: LineText, add: Add): void {
  if (name.type === 'identifier') add(name, required.module, required.path);
  if (name.type !== 'object_pattern') return;
  for (const part of name.namedChildren) {
    if (part.type === 'shorthand_property_identifier_pattern') add(part, required.module, [...required.path, text.slice(rangeOf(part))]);
    else if (part.type === 'pair_pattern') {
      const key = part.childForFieldName('key');
      const value = part.childForFieldName('value');
      if (key !== null && value?.type === 'identifier') add(value, required.module, [...required.path, stringOrName(key, text)]);
    }
  }
}

/** `const Remove = sdk.DeleteStackCommand`, `const { DeleteStackCommand: Remove } = sdk`, `const run = promisify(exec)`. */
function readAlias(declarator: Node, text: LineText, imports: Imports, add: Add): void {
  const value = unwrapped(declarator.childForFieldName('value'));
  const origin = value === undefined ? undefined : importedPath(value, text, imports);
  const name = declarator.childForFieldName('name');
  if (origin !== undefined && name !== null) addPattern(name, origin, text, add);
}

/** Where a name, a member of one, or what `promisify` made of it comes from. */
function importedPath(node: Node, text: LineText, imports: Imports): ImportedPath | undefined {
  if (node.type === 'identifier') return imports.get(text.slice(rangeOf(node)));
  if (node.type === 'member_expression') {
    const object = unwrapped(node.childForFieldName('object'));
    const property = node.childForFieldName('property');
    const owner = object === undefined ? undefined : importedPath(object, text, imports);
    return owner === undefined || property === null ? undefined : { module: owner.module, path: [...owner.path, text.slice(rangeOf(property))] };
  }
  const inner = promisified(node, text);
  return inner === undefined ? undefined : (importedPath(inner, text, imports) ?? requiredModule(inner, text));
}

/** What `promisify(f)` is given: it does what `f` does. */
export function promisified(node: Node, text: LineText): Node | undefined {
  const callee = node.type === 'call_expression' ? node.childForFieldName('function') : null;
  if (callee === null || !/(?:^|\.)promisify$/.test(text.slice(rangeOf(callee)))) return undefined;
  return unwrapped(node.childForFieldName('arguments')?.namedChild(0) ?? null);
}

/** `require('x')`, `import('x')`, and members of them. */
export function requiredModule(node: Node, text: LineText): { module: string; path: readonly string[] } | undefined {
  if (node.type === 'member_expression') {
    const object = unwrapped(node.childForFieldName('object'));
    const property = node.childForFieldName('property');
    const required = object === undefined ? undefined : requiredModule(object, text);
    return required === undefined || property === null ? undefined : { module: required.module, path: [...required.path, text.slice(rangeOf(property))] };
  }
  if (node.type !== 'call_expression') return undefined;
  const callee = node.childForFieldName('function');
  if (callee === null || (callee.type !== 'import' && text.slice(rangeOf(callee)) !== 'require')) return undefined;
  const first = node.childForFieldName('arguments')?.namedChild(0);
  return first?.type === 'string' ? { module: moduleName(stringText(first, text)), path: [] } : undefined;
}

const wrappers = new Set(['parenthesized_expression', 'await_expression', 'as_expression', 'satisfies_expression', 'non_null_expression']);

/** The expression inside brackets, `await`, `as` and `!`. */
export function unwrapped(node: Node | null): Node | undefined {
  let inner = node;
  while (inner !== null && wrappers.has(inner.type)) inner = inner.namedChild(0);
  return inner ?? undefined;
}

function stringOrName(node: Node, text: LineText): string {
  return node.type === 'string' ? stringText(node, text) : text.slice(rangeOf(node));
}

/** A plain string without its quotes; escapes do not occur in names of modules. */
function stringText(node: Node, text: LineText): string {
  return text.slice(rangeOf(node)).slice(1, -1);
}
