import type { Node } from 'web-tree-sitter';
import type { Argument, Binding, CallParts, Declared, Dialect, Origin } from '../code/dialect.ts';
import type { Nodes } from '../nodes.ts';

const opaque: Binding = { kind: 'opaque' };

export const rustDialect: Dialect = {
  family: 'rust',
  comments: { mark: '//', opens: /"/ },
  calls: new Set(['call_expression', 'macro_invocation']),
  callOf,
  memberOf,
  names: new Set(['identifier', 'type_identifier', 'self']),
  wrappers: new Set(['parenthesized_expression', 'await_expression', 'try_expression', 'reference_expression']),
  strings: new Set(['string_literal', 'raw_string_literal']),
  escapes: new Set(['escape_sequence']),
  interpolations: new Set(),
  operandsOf: (node, nodes) => (node.type === 'binary_expression' && nodes.field(node, 'operator')?.type === '+' ? nodes.childrenOf(node) : undefined),
  constants: { integer_literal: 'number', float_literal: 'number' },
  constantOf: (node, nodes) => (node.type === 'boolean_literal' ? nodes.written(node) === 'true' : undefined),
  lists: new Set(['array_expression']),
  entriesOf: (node, nodes) => {
    const body = node.type === 'struct_expression' ? nodes.field(node, 'body') : undefined;
    if (body === undefined) return undefined;
    const children = nodes.childrenOf(body);
    return { entries: children.flatMap((child) => entryOf(child, nodes)), isOpen: children.some((child) => child.type === 'base_field_initializer') };
  },
  binders: [
    'use_declaration', 'let_declaration', 'const_item', 'static_item', 'parameter', 'closure_parameters', 'for_expression', 'let_condition', 'match_pattern', 'struct_item', 'enum_item', 'trait_item', 'field_declaration', 'function_item',
  ], // prettier-ignore
  declaredBy,
  importLine: /^\s+(?=use\s)/,
  functions: new Set(['function_item', 'closure_expression']),
  classes: new Set(['impl_item', 'struct_item', 'trait_item', 'mod_item']),
  nameOf: (node, nodes) => {
    if (node.type === 'impl_item') return nodes.written(nodes.field(node, 'type')).replace(/<.*/s, '');
    return /^(?:function|struct|trait|mod)_item$/.test(node.type) ? nodes.written(nodes.field(node, 'name')) : undefined;
  },
  loopOf: (node, nodes) => {
    if (node.type === 'for_expression') return { over: nodes.field(node, 'value'), body: nodes.field(node, 'body') };
    return node.type === 'while_expression' || node.type === 'loop_expression' ? { over: nodes.field(node, 'condition'), body: nodes.field(node, 'body') } : undefined;
  },
  iterators: new Set(['for_each', 'map', 'try_for_each', 'for_each_concurrent', 'filter_map', 'then']),
  selves: new Set(['self']),
  transparentCalls: new Set(['format', 'to_string', 'to_owned', 'into', 'String::from', 'from', 'as_str', 'path', 'as_path', 'to_path_buf', 'Some', 'PathBuf', 'new']),
  instancing: new Set(['new', 'default', 'from_conf', 'builder', 'build', 'from_env', 'unwrap', 'expect', 'clone', 'as_ref']),
  moduleOf: (name, nodes) => {
    const parent = nodes.parentOf(name);
    return parent?.type === 'scoped_identifier' && nodes.field(parent, 'path')?.id === name.id && /^[a-z]/.test(nodes.written(name)) ? nodes.written(name) : undefined;
  },
  sinks: {
    shell: new Set(['std#process.Command.new', 'tokio#process.Command.new', 'async_process#Command.new', 'Command.new', 'duct#cmd']),
    programs: new Set(['duct#cmd']),
    builders: new Set(['arg', 'args']),
    sql: new Set(['query', 'query_as', 'query_scalar', 'execute', 'execute_unprepared', 'sql_query', 'batch_execute', 'execute_batch', 'prepare', 'query_unchecked', 'from_string', 'raw_sql']),
  },
};

/** A macro is called with what stands in its brackets; what of it is a string can be known. */
function callOf(node: Node, nodes: Nodes): CallParts | undefined {
  if (node.type === 'macro_invocation') {
    const macro = nodes.field(node, 'macro');
    const tokens = nodes.child(node, 'token_tree');
    const args = tokens === undefined ? [] : nodes.childrenOf(tokens).map((value) => ({ value }));
    return macro === undefined ? undefined : { ...(memberOf(macro, nodes) ?? { name: macro }), args };
  }
  const written = nodes.field(node, 'function');
  const callee = written?.type === 'generic_function' ? nodes.field(written, 'function') : written;
  const list = nodes.field(node, 'arguments');
  if (callee === undefined) return undefined;
  const args = list === undefined ? [] : nodes.childrenOf(list).map((value) => ({ value }));
  const member = memberOf(callee, nodes);
  if (member !== undefined) return { ...member, args };
  return callee.type === 'identifier' ? { name: callee, args } : undefined;
}

function memberOf(node: Node, nodes: Nodes): { object: Node; name: Node } | undefined {
  const isPath = node.type === 'scoped_identifier' || node.type === 'scoped_type_identifier';
  if (!isPath && node.type !== 'field_expression') return undefined;
  const object = nodes.field(node, isPath ? 'path' : 'value');
  const name = nodes.field(node, isPath ? 'name' : 'field');
  return object === undefined || name === undefined ? undefined : { object, name };
}

function entryOf(node: Node, nodes: Nodes): Required<Argument>[] {
  const name = nodes.field(node, 'field');
  const value = nodes.field(node, 'value');
  return name === undefined || value === undefined ? [] : [{ name: nodes.written(name), value }];
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  const type = nodes.field(node, 'type');
  const typed: Binding = type === undefined ? opaque : { kind: 'typed', type };
  const name = nodes.written(nodes.field(node, 'name'));
  switch (node.type) {
    case 'use_declaration': {
      const argument = nodes.field(node, 'argument');
      return argument === undefined ? [] : imported(argument, [], nodes);
    }
    case 'let_declaration': {
      const pattern = nodes.field(node, 'pattern');
      const value = nodes.field(node, 'value');
      return boundBy(pattern, value === undefined ? typed : { kind: 'value', node: value, isConstant: true }, nodes);
    }
    case 'const_item':
    case 'static_item': {
      const value = nodes.field(node, 'value');
      return value === undefined ? [] : [{ name, binding: { kind: 'value', node: value, isConstant: true } }];
    }
    case 'parameter':
      return boundBy(nodes.field(node, 'pattern'), typed, nodes);
    case 'field_declaration':
      return [{ name, binding: typed }];
    case 'struct_item':
      return [{ name, binding: { kind: 'class', node } }];
    case 'enum_item':
    case 'trait_item':
    case 'function_item':
      return [{ name, binding: opaque }];
    default:
      return boundBy(nodes.field(node, 'pattern') ?? node, opaque, nodes);
  }
}

function boundBy(pattern: Node | undefined, binding: Binding, nodes: Nodes): Declared[] {
  if (pattern === undefined) return [];
  if (pattern.type === 'identifier') return [{ name: nodes.written(pattern), binding }];
  return pattern.descendantsOfType('identifier').map((each) => ({ name: nodes.written(each), binding: opaque }));
}

/** `use a::{b, c::d as e, f::*};` */
function imported(node: Node, prefix: readonly string[], nodes: Nodes): Declared[] {
  const pathOf = (part: Node | undefined) => [...prefix, ...nodes.written(part).split('::').filter((name) => name !== '')];
  switch (node.type) {
    case 'scoped_use_list': {
      const list = nodes.field(node, 'list');
      return list === undefined ? [] : nodes.childrenOf(list).flatMap((child) => imported(child, pathOf(nodes.field(node, 'path')), nodes));
    }
    case 'use_list':
      return nodes.childrenOf(node).flatMap((child) => imported(child, prefix, nodes));
    case 'use_wildcard':
      return [{ name: nodes.written(node), binding: { kind: 'import', origin: originOf(pathOf(node.namedChildren[0])) } }];
    case 'use_as_clause':
      return [{ name: nodes.written(nodes.field(node, 'alias')), binding: { kind: 'import', origin: originOf(pathOf(nodes.field(node, 'path'))) } }];
    default: {
      const path = pathOf(node);
      const last = path.at(-1) ?? '';
      return last === 'self' ? [{ name: prefix.at(-1) ?? '', binding: { kind: 'import', origin: originOf(prefix) } }] : [{ name: last, binding: { kind: 'import', origin: originOf(path) } }];
    }
  }
}

function originOf([module = '', ...path]: readonly string[]): Origin {
  return { module, path };
}
