import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import { rangeOf } from '../syntax.ts';
import { declaratorsIn } from './bindings.ts';
import type { Scopes } from './scopes.ts';

/** What the code says of a variable, a parameter, a field or the result of a function. */
export interface Declaration {
  readonly type?: Node | undefined;
  /** What it may hold. */
  readonly values: readonly Node[];
  /** It holds that member of the values. */
  readonly member?: string | undefined;
  /** The function that it is. */
  readonly method?: Node | undefined;
}

export const functions: ReadonlySet<string> = new Set(['arrow_function', 'function_declaration', 'function_expression', 'method_definition', 'generator_function_declaration', 'generator_function']);
const blocks = new Set(['statement_block', 'program', 'switch_case', 'switch_default']);

/** The innermost declaration of a name around a place, for names that are no constants: parameters, variables, functions. */
export function declarationOf(name: string, place: Node, scopes: Scopes): Declaration | undefined {
  for (let scope = scopes.nodes.parentOf(place); scope !== null; scope = scopes.nodes.parentOf(scope)) {
    const type = scopes.nodes.typeOf(scope);
    const found = functions.has(type) ? parameterOf(scope, name, scopes) : blocks.has(type) ? variableIn(scope, name, scopes) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A field or method of the class around a `this`. */
export function fieldDeclaration(name: string, self: Node, scopes: Scopes): Declaration | undefined {
  let body: Node | null = self;
  while (body !== null && scopes.nodes.typeOf(body) !== 'class_body') body = scopes.nodes.parentOf(body);
  if (body === null) return undefined;
  const found = body;
  const declaration = scopes.remember(found, 'fields', () => fieldsOf(found, scopes)).get(name);
  if (declaration !== undefined) return declaration;
  const values = assignedTo(name, found, scopes);
  return values.length === 0 ? undefined : { values };
}

/** The fields and methods that a class declares, by name: of several the first. */
function fieldsOf(body: Node, scopes: Scopes): ReadonlyMap<string, Declaration> {
  const fields = new Map<string, Declaration>();
  const add = (name: Node | null, declaration: Declaration) => {
    const written = name === null ? '' : scopes.nodes.written(name);
    if (written !== '' && !fields.has(written)) fields.set(written, declaration);
  };
  for (const member of body.namedChildren) {
    const name = member.childForFieldName('name') ?? member.childForFieldName('property');
    if (member.type === 'method_definition') {
      add(name, { values: [], method: member });
      if (name === null || scopes.nodes.written(name) !== 'constructor') continue;
      for (const parameter of parametersOf(member)) if (isProperty(parameter)) add(parameter.childForFieldName('pattern'), declared(parameter));
    } else {
      const field = declared(member);
      if (field.type !== undefined || field.values.length > 0) add(name, field);
    }
  }
  return fields;
}

/** What the methods of a class assign to a field. */
function assignedTo(name: string, body: Node, scopes: Scopes): readonly Node[] {
  return (scopes.remember(body, 'assigned', () => assignedIn(body, scopes)).get(name) ?? []).flatMap((place) => {
    const assignment = body.descendantForIndex(place.start, place.endExclusive);
    const isOne = assignment?.type === 'assignment_expression' && assignment.startIndex === place.start;
    return isOne ? (assignment.childForFieldName('right') ?? []) : [];
  });
}

/** Where a class seems to assign to each of its fields, by the words alone: to walk through all of its code takes longer than to parse it. */
function assignedIn(body: Node, { nodes: { text } }: Scopes): ReadonlyMap<string, readonly OffsetRange[]> {
  const assigned = new Map<string, OffsetRange[]>();
  const written = text.noting(new Set(), () => text.slice(rangeOf(body)));
  for (const { 0: found, 1: before = '', 2: name = '', index } of written.matchAll(assignments)) {
    const place = OffsetRange.ofLength(body.startIndex + index, found.length);
    text.note(new Set([OffsetRange.ofLength(place.start + before.length, name.length)]));
    assigned.set(name, [...(assigned.get(name) ?? []), place]);
  }
  return assigned;
}

const assignments = /(\bthis\s*\.\s*)(#?[\p{L}\p{N}_$]+)\s*=(?![=>])/gu;

/** What a function gives back. */
export function returnsOf(method: Node | undefined): Declaration | undefined {
  if (method === undefined || !functions.has(method.type)) return undefined;
  const body = method.childForFieldName('body');
  if (body === null) return undefined;
  const type = method.childForFieldName('return_type') ?? undefined;
  if (body.type !== 'statement_block') return { type, values: [body] };
  const returned = body.namedChildren.flatMap((statement) => (statement.type === 'return_statement' ? statement : statement.descendantsOfType('return_statement')));
  return { type, values: returned.flatMap((statement) => statement.namedChild(0) ?? []) };
}

function parameterOf(method: Node, name: string, scopes: Scopes): Declaration | undefined {
  for (const parameter of parametersOf(method)) {
    const pattern = parameter.type === 'identifier' ? parameter : (parameter.childForFieldName('pattern') ?? parameter.childForFieldName('left'));
    if (pattern?.type === 'identifier') {
      if (scopes.nodes.written(pattern) === name) return declared(parameter);
    } else if (pattern !== null && new RegExp(`[{,\\s:]${escaped(name)}[\\s,}=]`).test(scopes.nodes.written(pattern))) return destructured(parameter, name, scopes);
  }
  return undefined;
}

/** Of `{ s3 }: { s3: S3Client }` the type that is written for the member. */
function destructured(parameter: Node, name: string, scopes: Scopes): Declaration {
  const signatures = parameter.childForFieldName('type')?.descendantsOfType('property_signature') ?? [];
  const own = signatures.find((signature) => scopes.nodes.written(signature.childForFieldName('name') ?? signature) === name);
  return { type: own?.childForFieldName('type') ?? undefined, values: [] };
}

function variableIn(block: Node, name: string, scopes: Scopes): Declaration | undefined {
  const found = scopes.remember(block, 'variables', () => variablesOf(block, scopes)).get(name);
  return found?.member === undefined && found?.method === undefined ? found && withAssignments(found, block, name, scopes) : found;
}

/** The variables and functions that a block declares, by name: of several the first. */
function variablesOf(block: Node, scopes: Scopes): ReadonlyMap<string, Declaration> {
  const variables = new Map<string, Declaration>();
  const add = (name: Node, declaration: Declaration) => {
    const written = scopes.nodes.written(name);
    if (!variables.has(written)) variables.set(written, declaration);
  };
  for (const statement of block.namedChildren) {
    const inner = statement.type === 'export_statement' ? (statement.childForFieldName('declaration') ?? statement) : statement;
    if (inner.type === 'function_declaration') add(inner.childForFieldName('name') ?? inner, { values: [], method: inner });
    for (const declarator of declaratorsIn(statement)) {
      const pattern = declarator.childForFieldName('name');
      if (pattern?.type === 'identifier') add(pattern, declared(declarator));
      else if (pattern?.type === 'object_pattern') for (const [name, member] of membersOf(pattern)) add(name, { ...declared(declarator), type: undefined, member: scopes.nodes.written(member) });
    }
  }
  return variables;
}

/** The names that a pattern brings in, each with the member that it holds. */
function membersOf(pattern: Node): [name: Node, member: Node][] {
  return pattern.namedChildren.flatMap((part): [Node, Node][] => {
    if (part.type === 'shorthand_property_identifier_pattern') return [[part, part]];
    return part.type === 'pair_pattern' ? [[part.childForFieldName('value') ?? part, part.childForFieldName('key') ?? part]] : [];
  });
}

/** What a variable is given later counts when its declaration says nothing. */
function withAssignments(declaration: Declaration, block: Node, name: string, scopes: Scopes): Declaration {
  if (declaration.type !== undefined || declaration.values.length > 0) return declaration;
  return { values: scopes.remember(block, 'assignments', () => assignmentsIn(block, scopes)).get(name) ?? [] };
}

/** What the variables of a block are given in it, by name. */
function assignmentsIn(block: Node, scopes: Scopes): ReadonlyMap<string, readonly Node[]> {
  const given = new Map<string, Node[]>();
  for (const assignment of block.descendantsOfType('assignment_expression')) {
    const left = assignment.childForFieldName('left');
    const value = assignment.childForFieldName('right');
    if (left?.type !== 'identifier' || value === null) continue;
    const name = scopes.nodes.written(left);
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return given;
}

/** The type and the first value of a declarator, parameter or field. */
function declared(node: Node): Declaration {
  const value = node.childForFieldName('value') ?? node.childForFieldName('right');
  return { type: node.childForFieldName('type') ?? undefined, values: value === null ? [] : [value] };
}

function parametersOf(method: Node): readonly Node[] {
  const list = method.childForFieldName('parameters');
  if (list !== null) return list.namedChildren;
  const only = method.childForFieldName('parameter');
  return only === null ? [] : [only];
}

/** `constructor(private readonly s3: S3Client)` makes a field of its parameter. */
function isProperty(parameter: Node): boolean {
  return parameter.children.some((child) => child.type === 'accessibility_modifier' || child.type === 'readonly' || child.type === 'override_modifier');
}

function escaped(name: string): string {
  return name.replace(/\$/g, '\\$');
}
