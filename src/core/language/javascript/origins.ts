import type { Node } from 'web-tree-sitter';
import { type Binding, type ImportedPath, promisified, requiredModule, unwrapped } from './bindings.ts';
import { type Declaration, declarationOf, fieldDeclaration, returnsOf } from './declarations.ts';
import { nameAndObject } from './members.ts';
import { resolverOf, type Scopes } from './scopes.ts';

/** Aliases of aliases are followed this far. */
const deepestAlias = 8;

/** Where an expression comes from. */
export interface Origin extends ImportedPath {
  /** It was found out by a declared type, or by what a variable, a field or a parameter was given: another value may stand there when it runs. */
  readonly isAssigned?: boolean;
}

/** Follows an expression to the module that it comes from, over members, calls, aliases, `require`, fields and declared types. */
export function originOf(written: Node, scopes: Scopes, depth = deepestAlias): Origin | undefined {
  const node = unwrapped(written);
  if (depth === 0 || node === undefined) return undefined;
  const direct = requiredModule(node, scopes.nodes.text);
  if (direct !== undefined) return direct;
  const inner = promisified(node, scopes.nodes.text);
  if (inner !== undefined) return originOf(inner, scopes, depth - 1);
  switch (scopes.nodes.typeOf(node)) {
    case 'new_expression':
      return originOfField(node, 'constructor', scopes, depth);
    case 'identifier':
      return originOfName(node, scopes, depth);
    case 'call_expression':
      return originOfCall(node, scopes, depth);
    case 'ternary_expression':
      return assigned(originOfField(node, 'consequence', scopes, depth) ?? originOfField(node, 'alternative', scopes, depth));
    case 'binary_expression':
      return /^(?:\?\?|\|\|)$/.test(node.childForFieldName('operator')?.type ?? '') ? assigned(originOfField(node, 'left', scopes, depth) ?? originOfField(node, 'right', scopes, depth)) : undefined;
    case 'assignment_expression':
      return originOfField(node, 'right', scopes, depth);
    case 'member_expression':
    case 'subscript_expression':
      return originOfMember(node, scopes, depth);
    default:
      return undefined;
  }
}

function originOfField(node: Node, field: string, scopes: Scopes, depth: number): Origin | undefined {
  const part = node.childForFieldName(field);
  return part === null ? undefined : originOf(part, scopes, depth - 1);
}

function originOfName(node: Node, scopes: Scopes, depth: number): Origin | undefined {
  const name = scopes.nodes.written(node);
  const binding: Binding | undefined = scopes.bindingAt(name, node);
  if (binding?.kind === 'import') return binding;
  if (binding?.kind === 'value') return originOf(binding.node, scopes, depth - 1);
  return binding === undefined ? undefined : originOfDeclared(declarationOf(name, node, scopes), scopes, depth);
}

function originOfMember(node: Node, scopes: Scopes, depth: number): Origin | undefined {
  const { name, object } = nameAndObject(node, scopes.nodes.text, resolverOf(scopes));
  if (name === undefined || object === undefined) return undefined;
  if (scopes.nodes.typeOf(object) === 'this') return originOfDeclared(fieldDeclaration(name, object, scopes), scopes, depth);
  const owner = originOf(object, scopes, depth - 1);
  if (owner !== undefined) return { ...owner, path: [...owner.path, name] };
  const held = memberOfLiteral(object, name, scopes);
  return held === undefined ? undefined : originOf(held, scopes, depth - 1);
}

/** What an object that is written down in the file holds by a name. */
function memberOfLiteral(object: Node, name: string, scopes: Scopes): Node | undefined {
  const binding = scopes.nodes.typeOf(object) === 'identifier' ? scopes.bindingAt(scopes.nodes.written(object), object) : undefined;
  if (binding?.kind !== 'value' || binding.node.type !== 'object') return undefined;
  const pair = binding.node.namedChildren.find((child) => child.type === 'pair' && scopes.nodes.written(child.childForFieldName('key') ?? child) === name);
  return pair?.childForFieldName('value') ?? undefined;
}

/** What is called for a class is an instance of it; what another function gives back is named by it and by the text it is given: `bucket(invoices)`. */
function originOfCall(call: Node, scopes: Scopes, depth: number): Origin | undefined {
  const callee = unwrapped(call.childForFieldName('function'));
  if (callee === undefined) return undefined;
  const { name, object } = nameAndObject(callee, scopes.nodes.text);
  // `s3.deleteBucket.bind(s3)` is what `s3.deleteBucket` is.
  if (name === 'bind' && object?.type === 'member_expression') return originOf(object, scopes, depth - 1);
  const made = factoryOf(callee, scopes);
  if (made !== undefined) return originOfDeclared(made, scopes, depth);
  const owner = originOf(callee, scopes, depth - 1);
  const last = owner?.path.at(-1);
  if (owner === undefined || last === undefined) return owner && { ...owner, path: ['default'] };
  if (/^[A-Z]/.test(last) || last === 'default') return owner;
  const first = call.childForFieldName('arguments')?.namedChild(0);
  const literal = first?.type === 'string' ? scopes.nodes.written(first).slice(1, -1) : '';
  return { ...owner, path: [...owner.path.slice(0, -1), `${last}(${literal})`] };
}

/** What a function of this file gives back. */
function factoryOf(callee: Node, scopes: Scopes): Declaration | undefined {
  const { name, object } = nameAndObject(callee, scopes.nodes.text);
  if (name === undefined) return undefined;
  if (object !== undefined) return scopes.nodes.typeOf(object) === 'this' ? returnsOf(fieldDeclaration(name, object, scopes)?.method) : undefined;
  const binding = scopes.bindingAt(name, callee);
  if (binding?.kind === 'value') return returnsOf(binding.node);
  return binding?.kind === 'import' ? undefined : returnsOf(declarationOf(name, callee, scopes)?.method);
}

function originOfDeclared(declaration: Declaration | undefined, scopes: Scopes, depth: number): Origin | undefined {
  if (declaration === undefined) return undefined;
  const { type, values, member } = declaration;
  const typed = type === undefined ? undefined : originOfType(type, scopes);
  if (typed !== undefined) return assigned(typed);
  for (const value of values) {
    const origin = originOf(value, scopes, depth - 1);
    if (origin !== undefined) return assigned(member === undefined ? origin : { ...origin, path: [...origin.path, member] });
  }
  return undefined;
}

/** The first imported name in a type: `S3Client` of `Promise<S3Client | undefined>`. */
function originOfType(type: Node, scopes: Scopes): Origin | undefined {
  for (const name of type.descendantsOfType(['type_identifier', 'nested_type_identifier'])) {
    const [first = '', ...rest] = scopes.nodes.written(name).split('.');
    const binding = scopes.bindingAt(first, name);
    if (binding?.kind === 'import') return { module: binding.module, path: [...binding.path, ...rest] };
  }
  return undefined;
}

function assigned(origin: Origin | undefined): Origin | undefined {
  return origin === undefined ? undefined : { ...origin, isAssigned: true };
}
