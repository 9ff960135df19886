import type { Node } from 'web-tree-sitter';
import type { Argument, Binding, CallParts, Declared, Dialect } from '../code/dialect.ts';
import { instanceOf, packagedName, settingsOf } from '../code/instances.ts';
import type { Nodes } from '../nodes.ts';
import { javaSinks } from './sinks.ts';

/** An annotation's SQL runs when what it stands at is called. */
const calls = new Set(['method_invocation', 'object_creation_expression', 'method_reference', 'annotation']);

export const javaDialect: Dialect = {
  family: 'java',
  comments: { mark: '//', opens: /"""/ },
  calls,
  callOf,
  memberOf,
  names: new Set(['identifier']),
  wrappers: new Set(['parenthesized_expression']),
  castType: (node, nodes) => (node.type === 'cast_expression' ? nodes.field(node, 'type') : undefined),
  strings: new Set(['string_literal', 'character_literal']),
  escapes: new Set(['escape_sequence']),
  interpolations: new Set(),
  operandsOf: (node, nodes) => (node.type === 'binary_expression' && nodes.field(node, 'operator')?.type === '+' ? nodes.childrenOf(node) : undefined),
  constants: {
    true: true, false: false, null_literal: null,
    decimal_integer_literal: 'number', hex_integer_literal: 'number', octal_integer_literal: 'number', binary_integer_literal: 'number', decimal_floating_point_literal: 'number',
  }, // prettier-ignore
  lists: new Set(['array_initializer', 'element_value_array_initializer']),
  elementsOf,
  entriesOf: (node, nodes) => {
    const linkOf = (link: Node) => (calls.has(link.type) ? callOf(link, nodes) : undefined);
    const entries = node.type === 'lambda_expression' ? settingsOf(nodes.field(node, 'body'), nodes, linkOf, nodes.written(nodes.field(node, 'parameters'))) : settingsOf(node, nodes, linkOf);
    return entries === undefined ? undefined : { entries, isOpen: false };
  },
  binders: [
    'import_declaration', 'field_declaration', 'local_variable_declaration', 'assignment_expression', 'formal_parameter', 'spread_parameter', 'catch_formal_parameter', 'resource',
    'enhanced_for_statement', 'instanceof_expression', 'type_pattern', 'lambda_expression', 'method_declaration', 'class_declaration', 'interface_declaration', 'enum_declaration', 'record_declaration',
  ], // prettier-ignore
  declaredBy,
  functions: new Set(['method_declaration', 'constructor_declaration', 'compact_constructor_declaration', 'static_initializer', 'lambda_expression']),
  classes: new Set(['class_declaration', 'interface_declaration', 'enum_declaration', 'record_declaration']),
  nameOf: (node, nodes) => (/^(?:class|interface|enum|record|method|constructor|compact_constructor)_declaration$/.test(node.type) ? nodes.written(nodes.field(node, 'name')) : undefined),
  loopOf,
  iterators: new Set(['forEach', 'forEachOrdered', 'removeIf', 'replaceAll']),
  selves: new Set(['this']),
  transparentCalls: new Set(['format', 'formatted', 'trim', 'strip', 'stripIndent', 'toString', 'toPath', 'toFile', 'normalize', 'toAbsolutePath', 'valueOf', 'intern', 'getRuntime', 'create', 'URI', 'URL']),
  pathJoins: new Set(['Path.of', 'Paths.get', 'File', 'resolve']),
  resultOf: instanceOf,
  qualifiedName: packagedName,
  sinks: javaSinks,
};

function callOf(node: Node, nodes: Nodes): CallParts | undefined {
  if (node.type === 'method_reference') {
    const [object, name] = nodes.childrenOf(node);
    return object === undefined || name === undefined ? undefined : { name, object, args: [] };
  }
  const isConstruction = node.type === 'object_creation_expression';
  const name = nodes.field(node, isConstruction ? 'type' : 'name');
  if (name === undefined) return undefined;
  return { name: isConstruction ? plainType(name) : name, object: isConstruction ? undefined : nodes.field(node, 'object'), args: argumentsOf(node, nodes), isConstruction };
}

/** `Foo` of `Foo<String>`. */
function plainType(type: Node): Node {
  return type.type === 'generic_type' ? (type.namedChildren[0] ?? type) : type;
}

function memberOf(node: Node, nodes: Nodes): { object: Node; name: Node } | undefined {
  if (node.type !== 'field_access') return undefined;
  const object = nodes.field(node, 'object');
  const name = nodes.field(node, 'field');
  return object === undefined || name === undefined ? undefined : { object, name };
}

function argumentsOf(call: Node, nodes: Nodes): Argument[] {
  const list = nodes.field(call, 'arguments');
  if (list === undefined) return [];
  return nodes.childrenOf(list).flatMap((child) => {
    if (child.type !== 'element_value_pair') return [{ value: child }];
    const value = nodes.field(child, 'value');
    return value === undefined ? [] : [{ value, name: nodes.written(nodes.field(child, 'key')) }];
  });
}

const listCalls = /^(?:(?:List|Set|Stream|Path|ImmutableList|ImmutableSet)\.of|Arrays\.(?:asList|stream)|Collections\.singleton(?:List)?|ImmutableList\.copyOf)$/;

function elementsOf(node: Node, nodes: Nodes): readonly Node[] | undefined {
  if (node.type === 'array_creation_expression') {
    const values = nodes.field(node, 'value');
    return values === undefined ? undefined : nodes.childrenOf(values);
  }
  if (node.type !== 'method_invocation') return undefined;
  const callee = `${nodes.written(nodes.field(node, 'object'))}.${nodes.written(nodes.field(node, 'name'))}`;
  return callee !== 'Path.of' && listCalls.test(callee) ? argumentsOf(node, nodes).map(({ value }) => value) : undefined;
}

/** Methods of a stream that call a function for each of its elements; the same names mean one value in an `Optional`. */
const streamed = /^(?:map\w*|flatMap\w*|peek|filter|anyMatch|allMatch|noneMatch|takeWhile)$/;

function loopOf(node: Node, nodes: Nodes): { over: Node | undefined; body: Node | undefined } | undefined {
  switch (node.type) {
    case 'enhanced_for_statement':
      return { over: nodes.field(node, 'value'), body: nodes.field(node, 'body') };
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return { over: nodes.field(node, 'condition'), body: nodes.field(node, 'body') };
    case 'method_invocation': {
      const over = nodes.field(node, 'object');
      const isStream = streamed.test(nodes.written(nodes.field(node, 'name'))) && /\b(?:stream|parallelStream|walk|Stream\.of)\(/.test(nodes.written(over));
      return isStream ? { over, body: nodes.field(node, 'arguments') } : undefined;
    }
    default:
      return undefined;
  }
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  const name = nodes.written(nodes.field(node, 'name'));
  switch (node.type) {
    case 'import_declaration':
      return imported(node, nodes);
    case 'field_declaration':
    case 'local_variable_declaration': {
      const type = nodes.field(node, 'type');
      return nodes.childrenOf(node).flatMap((child) => (child.type === 'variable_declarator' ? [{ name: nodes.written(nodes.field(child, 'name')), binding: bindingOf(type, nodes.field(child, 'value'), nodes) }] : []));
    }
    case 'assignment_expression': {
      const target = nodes.field(node, 'left');
      const value = nodes.field(node, 'right');
      const isName = target?.type === 'identifier' || (target?.type === 'field_access' && nodes.field(target, 'object')?.type === 'this');
      return isName && value !== undefined ? [{ name: nodes.written(target), binding: { kind: 'value', node: value, isConstant: true } }] : [];
    }
    case 'lambda_expression':
      return parametersOf(node, nodes);
    case 'spread_parameter':
      return [{ name: nodes.written(nodes.child(node, 'variable_declarator')), binding: { kind: 'opaque' } }];
    case 'type_pattern': {
      const [type, variable] = nodes.childrenOf(node);
      return type === undefined ? [] : [{ name: nodes.written(variable), binding: { kind: 'typed', type } }];
    }
    case 'instanceof_expression':
      return name === '' ? [] : [{ name, binding: bindingOf(nodes.field(node, 'right'), undefined, nodes) }];
    case 'formal_parameter':
    case 'enhanced_for_statement':
      return [{ name, binding: bindingOf(nodes.field(node, 'type'), undefined, nodes) }];
    case 'resource':
      return name === '' ? [] : [{ name, binding: bindingOf(nodes.field(node, 'type'), nodes.field(node, 'value'), nodes) }];
    case 'method_declaration':
      return [{ name: `${name}()`, binding: bindingOf(nodes.field(node, 'type'), undefined, nodes) }];
    default:
      return [{ name, binding: { kind: 'opaque' } }];
  }
}

function bindingOf(type: Node | undefined, value: Node | undefined, nodes: Nodes): Binding {
  const named = type === undefined || nodes.written(type) === 'var' ? undefined : type;
  if (value !== undefined) return { kind: 'value', node: value, isConstant: true, type: named };
  return named === undefined ? { kind: 'opaque' } : { kind: 'typed', type: named };
}

/** Those without a type: the others are nodes of their own. */
function parametersOf(lambda: Node, nodes: Nodes): Declared[] {
  const parameters = nodes.field(lambda, 'parameters');
  if (parameters === undefined) return [];
  const names = parameters.type === 'identifier' ? [parameters] : nodes.childrenOf(parameters).filter(({ type }) => type === 'identifier');
  return names.map((name) => ({ name: nodes.written(name), binding: { kind: 'opaque' }, isInside: true }));
}

function imported(statement: Node, nodes: Nodes): Declared[] {
  const [path] = nodes.childrenOf(statement);
  const written = nodes.written(path);
  if (nodes.child(statement, 'asterisk') !== undefined) {
    const module = packagedName(`${written}.X`)?.module ?? written;
    return [{ name: `${written}.*`, binding: { kind: 'import', origin: { module, path: [] } } }];
  }
  const origin = packagedName(written);
  return origin === undefined ? [] : [{ name: origin.path.at(-1) ?? '', binding: { kind: 'import', origin } }];
}
