import type { Node } from 'web-tree-sitter';
import type { Argument, Binding, CallParts, Declared, Dialect } from '../code/dialect.ts';
import { instanceOf, packagedName, settingsOf } from '../code/instances.ts';
import type { Nodes } from '../nodes.ts';
import { javaSinks } from '../java/sinks.ts';

/** A member is a call of its own when it is a reference: `File::delete`. */
const calls = new Set(['call_expression', 'constructor_invocation', 'navigation_expression', 'callable_reference']);

export const kotlinDialect: Dialect = {
  family: 'kotlin',
  comments: { mark: '//', opens: /"""/ },
  calls,
  callOf,
  memberOf,
  names: new Set(['identifier']),
  wrappers: new Set(['parenthesized_expression', 'unary_expression', 'value_argument', 'spread_expression']),
  castType: (node) => (node.type === 'as_expression' ? (node.namedChild(1) ?? undefined) : undefined),
  strings: new Set(['string_literal', 'multiline_string_literal', 'character_literal']),
  escapes: new Set(['escape_sequence']),
  interpolations: new Set(['interpolation']),
  // The grammar knows them in strings of several lines only.
  holesInText: /\$[\p{L}_]\w*/gu,
  operandsOf: (node, nodes) => (node.type === 'binary_expression' && nodes.field(node, 'operator')?.type === '+' ? nodes.childrenOf(node) : undefined),
  constants: { number_literal: 'number', float_literal: 'number' },
  constantOf: (node, nodes) => (node.type === 'identifier' ? constantNames.get(nodes.written(node)) : undefined),
  lists: new Set(['collection_literal']),
  elementsOf: (node, nodes) => {
    const call = node.type === 'call_expression' ? callOf(node, nodes) : undefined;
    return call !== undefined && listCalls.test(nodes.written(call.name)) ? call.args.map(({ value }) => value) : undefined;
  },
  entriesOf,
  binders: [
    'import', 'property_declaration', 'assignment', 'parameter', 'class_parameter', 'for_statement', 'lambda_literal', 'catch_block', 'function_declaration', 'class_declaration', 'object_declaration',
  ], // prettier-ignore
  declaredBy,
  functions: new Set(['function_declaration', 'lambda_literal', 'anonymous_function', 'secondary_constructor', 'anonymous_initializer', 'getter', 'setter']),
  classes: new Set(['class_declaration', 'object_declaration']),
  nameOf: (node, nodes) => {
    if (!/^(?:function|class|object)_declaration$/.test(node.type)) return undefined;
    // The grammar misses the name behind the type that a function is added to.
    return nodes.written(nodes.field(node, 'name')) || nodes.written(nodes.child(node, 'user_type')?.lastNamedChild);
  },
  loopOf,
  iterators: new Set([
    'forEach', 'forEachIndexed', 'onEach', 'map', 'mapNotNull', 'mapIndexed', 'flatMap', 'filter', 'any', 'all', 'none', 'count', 'collect', 'forEachOrdered', 'removeIf', 'removeAll', 'associateWith', 'asyncMap', 'parallelMap',
  ]), // prettier-ignore
  selves: new Set(['this']),
  transparentCalls: new Set(['format', 'trim', 'trimIndent', 'trimMargin', 'toString', 'toPath', 'toFile', 'normalize', 'toAbsolutePath', 'absoluteFile', 'getRuntime', 'create', 'URI', 'URL']),
  pathJoins: new Set(['Path.of', 'Paths.get', 'File', 'Path', 'resolve']),
  pathOperands: (node, nodes) => (node.type === 'binary_expression' && nodes.field(node, 'operator')?.type === '/' ? nodes.childrenOf(node) : undefined),
  resultOf: instanceOf,
  qualifiedName: packagedName,
  sinks: javaSinks,
};

const constantNames: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['null', null]]); // prettier-ignore
const listCalls = /^(?:(?:mutable)?(?:List|Set)Of|(?:list|set|array|sequence|arrayList|hashSet|flow)Of(?:NotNull)?|asList)$/;

function callOf(node: Node, nodes: Nodes): CallParts | undefined {
  switch (node.type) {
    case 'navigation_expression': {
      const member = node.children.some((child) => child.type === '::') ? memberOf(node) : undefined;
      return member === undefined ? undefined : { ...member, args: [] };
    }
    case 'callable_reference': {
      const name = node.lastNamedChild;
      const object = node.namedChildCount > 1 ? (node.namedChild(0) ?? undefined) : undefined;
      return name === null ? undefined : { name, object, args: [] };
    }
    case 'constructor_invocation': {
      const name = nodes.child(node, 'user_type');
      return name === undefined ? undefined : { name, args: argumentsOf(node, nodes), isConstruction: nodes.parentOf(node)?.type !== 'annotation' };
    }
    case 'call_expression':
      return calledIn(node, nodes);
    default:
      return undefined;
  }
}

/** `f(x) { … }` is a call on a call: the outer one is the whole of it. */
function calledIn(node: Node, nodes: Nodes): CallParts | undefined {
  const callee = node.namedChild(0);
  if (callee === null || hasLambdaBehind(node, nodes)) return undefined;
  const args = argumentsOf(node, nodes);
  if (callee.type === 'call_expression' && nodes.child(node, 'annotated_lambda') !== undefined) {
    const inner = named(callee.namedChild(0), nodes);
    return inner === undefined ? undefined : { ...inner, args: [...argumentsOf(callee, nodes), ...args] };
  }
  const parts = named(callee, nodes);
  return parts === undefined ? undefined : { ...parts, args };
}

function hasLambdaBehind(node: Node, nodes: Nodes): boolean {
  const outer = nodes.parentOf(node);
  return outer?.type === 'call_expression' && outer.namedChild(0)?.id === node.id && nodes.child(outer, 'annotated_lambda') !== undefined;
}

function named(callee: Node | null, nodes: Nodes): Omit<CallParts, 'args'> | undefined {
  if (callee === null) return undefined;
  if (callee.type === 'identifier') return { name: callee, isConstruction: /^[A-Z]/.test(nodes.written(callee)) };
  return memberOf(callee);
}

function memberOf(node: Node): { object: Node; name: Node } | undefined {
  if (node.type !== 'navigation_expression') return undefined;
  const object = node.namedChild(0);
  const name = node.lastNamedChild;
  return object === null || name === null || object.id === name.id ? undefined : { object, name };
}

/** Those in brackets, and the function behind them. */
function argumentsOf(call: Node, nodes: Nodes): Argument[] {
  const list = nodes.child(call, 'value_arguments');
  const given = (list === undefined ? [] : nodes.childrenOf(list)).flatMap((argument): Argument[] => {
    const [first, second] = nodes.childrenOf(argument);
    if (first === undefined) return [];
    return second === undefined ? [{ value: first }] : [{ value: second, name: nodes.written(first) }];
  });
  const lambda = nodes.child(call, 'annotated_lambda');
  return lambda === undefined ? given : [...given, { value: nodes.child(lambda, 'lambda_literal') ?? lambda }];
}

/** Of a map, and of a request as it is built: `Request { bucket = "x" }`, `Request(bucket = "x")`, `Request.builder().bucket("x").build()`. */
function entriesOf(node: Node, nodes: Nodes): { entries: readonly Required<Argument>[]; isOpen: boolean } | undefined {
  if (node.type === 'lambda_literal') return assignedIn(node, nodes);
  const call = node.type === 'call_expression' ? callOf(node, nodes) : undefined;
  if (call === undefined) return undefined;
  const entries = call.args.filter((argument): argument is Required<Argument> => argument.name !== undefined);
  const last = call.args.at(-1)?.value;
  if (call.isConstruction === true && last?.type === 'lambda_literal') return assignedIn(last, nodes);
  if (call.isConstruction === true && entries.length > 0) return { entries, isOpen: entries.length < call.args.length };
  if (/^(?:mutable|hash)?[mM]apOf$/.test(nodes.written(call.name))) {
    const pairs = call.args.flatMap(({ value }) => pairOf(value, nodes));
    return { entries: pairs, isOpen: pairs.length < call.args.length };
  }
  const settings = settingsOf(node, nodes, (link) => (link.type === 'call_expression' ? callOf(link, nodes) : undefined));
  return settings === undefined ? undefined : { entries: settings, isOpen: false };
}

/** What a function with a receiver sets: `{ bucket = "x"; force = true }`. */
function assignedIn(lambda: Node, nodes: Nodes): { entries: readonly Required<Argument>[]; isOpen: boolean } | undefined {
  const statements = nodes.childrenOf(lambda);
  const entries = statements.flatMap((statement): Required<Argument>[] => {
    const name = statement.type === 'assignment' ? nodes.field(statement, 'left') : undefined;
    const value = nodes.field(statement, 'right');
    return name === undefined || value === undefined ? [] : [{ name: nodes.written(name).replace(/^this\./, ''), value }];
  });
  return entries.length === 0 ? undefined : { entries, isOpen: entries.length < statements.length };
}

/** `"key" to value` */
function pairOf(node: Node, nodes: Nodes): Required<Argument>[] {
  if (node.type !== 'infix_expression') return [];
  const [key, word, value] = nodes.childrenOf(node);
  return key === undefined || value === undefined || nodes.written(word) !== 'to' ? [] : [{ name: nodes.written(key).replace(/^"|"$/g, ''), value }];
}

function loopOf(node: Node, nodes: Nodes): { over: Node | undefined; body: Node | undefined } | undefined {
  switch (node.type) {
    case 'for_statement':
      return { over: nodes.childrenOf(node)[1], body: nodes.childrenOf(node)[2] };
    case 'while_statement':
    case 'do_while_statement': {
      const over = nodes.field(node, 'condition');
      return { over, body: nodes.childrenOf(node).find((child) => child.id !== over?.id) };
    }
    case 'call_expression': {
      const call = callOf(node, nodes);
      const isRepeat = call?.object === undefined && nodes.written(call?.name) === 'repeat';
      return isRepeat ? { over: call?.args[0]?.value, body: nodes.child(node, 'annotated_lambda') } : undefined;
    }
    default:
      return undefined;
  }
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  switch (node.type) {
    case 'import':
      return imported(node, nodes);
    case 'property_declaration': {
      const several = nodes.child(node, 'multi_variable_declaration');
      if (several !== undefined) return nodes.childrenOf(several).map((child) => ({ name: nodes.written(child.namedChild(0)), binding: { kind: 'opaque' } }));
      return variable(nodes.child(node, 'variable_declaration'), valueIn(node, nodes), nodes);
    }
    case 'assignment': {
      const target = nodes.field(node, 'left');
      const value = nodes.field(node, 'right');
      const isName = target?.type === 'identifier' || target?.namedChild(0)?.type === 'this_expression';
      return isName && value !== undefined ? [{ name: nodes.written(target), binding: { kind: 'value', node: value, isConstant: true } }] : [];
    }
    case 'parameter':
    case 'class_parameter':
      return variable(node, undefined, nodes);
    case 'for_statement':
      return variable(nodes.childrenOf(node)[0], undefined, nodes);
    case 'catch_block':
      return [{ name: nodes.written(node.namedChild(0)), binding: { kind: 'opaque' } }];
    case 'lambda_literal':
      return parametersOf(node, nodes);
    case 'function_declaration':
      return [{ name: `${nodes.written(nodes.field(node, 'name'))}()`, binding: resultOf(node, nodes) }];
    default:
      return [{ name: nodes.written(nodes.field(node, 'name')), binding: { kind: 'opaque' } }];
  }
}

/** A name with its type, if it has one. */
function variable(declaration: Node | undefined, value: Node | undefined, nodes: Nodes): Declared[] {
  const name = declaration === undefined ? undefined : nodes.child(declaration, 'identifier');
  const type = declaration === undefined ? undefined : typeIn(declaration, nodes);
  return name === undefined ? [] : [{ name: nodes.written(name), binding: bindingOf(type, value) }];
}

function bindingOf(type: Node | undefined, value: Node | undefined): Binding {
  if (value !== undefined) return { kind: 'value', node: value, isConstant: true, type };
  return type === undefined ? { kind: 'opaque' } : { kind: 'typed', type };
}

function typeIn(node: Node, nodes: Nodes): Node | undefined {
  return nodes.childrenOf(node).find((child) => child.type === 'user_type' || child.type === 'nullable_type');
}

/** What stands behind `=`, or what `by lazy { … }` comes to. */
function valueIn(declaration: Node, nodes: Nodes): Node | undefined {
  const { children } = declaration;
  const given = children[children.findIndex((child) => child.type === '=') + 1];
  if (given !== children[0]) return given;
  const delegate = nodes.child(declaration, 'property_delegate')?.namedChild(0);
  const lambda = delegate?.type === 'call_expression' && nodes.written(delegate.namedChild(0)) === 'lazy' ? nodes.child(delegate, 'annotated_lambda') : undefined;
  return lambda?.namedChild(0)?.lastNamedChild ?? undefined;
}

function resultOf(declaration: Node, nodes: Nodes): Binding {
  const children = nodes.childrenOf(declaration);
  const behind = children.slice(children.findIndex((child) => child.type === 'function_value_parameters') + 1);
  const type = behind.find((child) => child.type === 'user_type' || child.type === 'nullable_type');
  const body = nodes.child(declaration, 'function_body')?.namedChild(0);
  if (type !== undefined) return { kind: 'typed', type };
  return body === null || body === undefined || body.type === 'block' ? { kind: 'opaque' } : { kind: 'value', node: body, isConstant: false };
}

/** Functions that hand what they are called on to the one that they are given. */
const handing = new Set(['use', 'let', 'also', 'useWith', 'takeIf', 'takeUnless']);

function parametersOf(lambda: Node, nodes: Nodes): Declared[] {
  const list = nodes.child(lambda, 'lambda_parameters');
  const call = nodes.parentOf(nodes.parentOf(lambda) ?? lambda);
  const parts = call?.type === 'call_expression' ? callOf(call, nodes) : undefined;
  const object = parts?.object !== undefined && handing.has(nodes.written(parts.name)) ? parts.object : undefined;
  const only: Binding = object === undefined ? { kind: 'opaque' } : { kind: 'value', node: object, isConstant: false };
  const written = list === undefined ? [] : nodes.childrenOf(list);
  if (list === undefined) return [{ name: 'it', binding: only, isInside: true }];
  return written.flatMap((declaration) => variable(declaration, undefined, nodes)).map(({ name, binding }) => ({ name, binding: binding.kind === 'opaque' && written.length === 1 ? only : binding, isInside: true }));
}

function imported(statement: Node, nodes: Nodes): Declared[] {
  const [path, alias] = nodes.childrenOf(statement);
  // The keyword is a node of the same type.
  if (path === undefined) return [];
  const written = nodes.written(path);
  if (nodes.written(statement).trimEnd().endsWith('*')) {
    const module = packagedName(`${written}.X`)?.module ?? written;
    return [{ name: `${written}.*`, binding: { kind: 'import', origin: { module, path: [] } } }];
  }
  const end = written.lastIndexOf('.');
  // A function of a package is written like a package.
  const origin = packagedName(written) ?? { module: written.slice(0, Math.max(0, end)), path: [written.slice(end + 1)] };
  return [{ name: alias === undefined ? (origin.path.at(-1) ?? '') : nodes.written(alias), binding: { kind: 'import', origin } }];
}
