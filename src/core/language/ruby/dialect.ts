import type { Node } from 'web-tree-sitter';
import type { Argument, Binding, CallParts, Declared, Dialect } from '../code/dialect.ts';
import type { Nodes } from '../nodes.ts';

const opaque: Binding = { kind: 'opaque' };

const sends: ReadonlySet<string> = new Set(['__send__', 'public_send', 'send', 'try', 'try!']);

export const rubyDialect: Dialect = {
  family: 'ruby',
  comments: { mark: '#', opens: /["'`%/]|<</ },
  calls: new Set(['call']),
  callsUnmarked: true,
  callOf,
  computed: {
    places: /\b(?:__send__|public_send|send|try)\b(?=!?[ (])/g,
    mayStandIn: (text) => /\b(?:__send__|public_send|send|try)!?[ (]\s*["'][^\n]*\+/.test(text),
    by: sends,
    partsOf: (node, nodes) => {
      const call = node.type === 'call' ? callOf(node, nodes) : undefined;
      const [name, ...args] = call !== undefined && sends.has(nodes.written(call.name)) ? call.args : [];
      return call === undefined || name === undefined ? undefined : { name: name.value, object: call.object, args };
    },
  },
  memberOf: (node, nodes) => {
    const object = node.type === 'scope_resolution' ? nodes.field(node, 'scope') : undefined;
    const name = nodes.field(node, 'name');
    return object === undefined || name === undefined ? undefined : { object, name };
  },
  names: new Set(['identifier', 'constant', 'instance_variable', 'class_variable', 'global_variable']),
  wrappers: new Set(['parenthesized_statements']),
  strings: new Set(['string', 'heredoc_beginning', 'bare_string', 'subshell', 'chained_string']),
  escapes: new Set(['escape_sequence']),
  interpolations: new Set(['interpolation']),
  symbols: new Set(['simple_symbol', 'delimited_symbol', 'bare_symbol', 'hash_key_symbol']),
  contentOf: (node, nodes) => (node.type === 'heredoc_beginning' ? heredocBody(node, nodes) : undefined),
  openerOf: (node) => (node.type === 'heredoc_body' ? node.previousNamedSibling?.descendantsOfType('heredoc_beginning')[0] : undefined),
  operandsOf: (node, nodes) => (node.type === 'binary' && nodes.field(node, 'operator')?.type === '+' ? nodes.childrenOf(node) : undefined),
  formatOf: (node, nodes) => (node.type === 'binary' && nodes.field(node, 'operator')?.type === '%' ? nodes.field(node, 'left') : undefined),
  constants: { true: true, false: false, nil: null, integer: 'number', float: 'number' },
  lists: new Set(['array', 'string_array', 'symbol_array']),
  entriesOf: (node, nodes) => {
    if (node.type !== 'hash') return undefined;
    const children = nodes.childrenOf(node);
    return { entries: children.flatMap((child) => argumentOf(child, nodes)).filter((entry): entry is Required<Argument> => entry.name !== undefined), isOpen: children.some((child) => child.type === 'hash_splat_argument') };
  },
  binders: ['assignment', 'method_parameters', 'block_parameters', 'lambda_parameters', 'class', 'module', 'method'],
  declaredBy,
  functions: new Set(['method', 'singleton_method', 'do_block', 'block', 'lambda']),
  classes: new Set(['class', 'module', 'singleton_class']),
  nameOf: (node, nodes) => (/^(?:method|singleton_method|class|module)$/.test(node.type) ? nodes.written(nodes.field(node, 'name')) : undefined),
  loopOf: (node, nodes) => {
    if (node.type === 'for') return { over: nodes.field(node, 'value')?.namedChildren[0], body: nodes.field(node, 'body') };
    return node.type === 'while' || node.type === 'until' ? { over: nodes.field(node, 'condition'), body: nodes.field(node, 'body') } : undefined;
  },
  iterators: new Set(['each', 'all', 'each_with_index', 'each_with_object', 'each_pair', 'each_slice', 'each_key', 'each_value', 'find_each', 'find_in_batches', 'in_batches', 'map', 'flat_map', 'select', 'reject', 'times', 'upto', 'reverse_each', 'each_entry', 'each_child', 'glob']),
  selves: new Set(['self']),
  transparentCalls: new Set(['format', 'sprintf', 'squish', 'strip', 'strip_heredoc', 'to_s', 'freeze', 'sanitize_sql', 'sql', 'expand_path', 'join']),
  pathJoins: new Set(['File.join', 'Pathname.new', 'Pathname', 'Rails.root.join']),
  instancing: new Set(['new', 'instance']),
  // Constants are loaded by their names: a class of a library that is spoken of is brought in.
  requiredBy: (root, nodes) => [...nodes.childrenOf(root).flatMap((child) => requiredBy(child, nodes)), ...new Set(root.descendantsOfType('scope_resolution').map((constant) => nodes.written(constant)))],
  shellLiterals: new Set(['subshell']),
  sinks: {
    shell: new Set(['system', 'exec', 'spawn', 'Kernel.system', 'Kernel.exec', 'Process.spawn', 'IO.popen', 'Open3.capture2', 'Open3.capture2e', 'Open3.capture3', 'Open3.popen3', 'sh', 'run', 'execute_command', 'shell_out', 'shell_out!']),
    programs: new Set(['system', 'exec', 'spawn', 'Kernel.system', 'Kernel.exec', 'Process.spawn', 'Open3.capture2', 'Open3.capture2e', 'Open3.capture3', 'Open3.popen3', 'sh']),
    sql: new Set(['execute', 'exec_query', 'exec_update', 'exec_delete', 'exec', 'exec_params', 'query', 'select_all', 'safety_assured', 'run', 'async_exec', 'find_by_sql', 'prepare']),
  },
};

function callOf(node: Node, nodes: Nodes): CallParts | undefined {
  const name = nodes.field(node, 'method');
  if (name === undefined) return undefined;
  const list = nodes.field(node, 'arguments');
  const handed = list === undefined ? undefined : nodes.child(list, 'block_argument')?.namedChildren[0];
  // A block is no argument, but where only a method's name is given as one it says what is done with each.
  const method: readonly Argument[] = handed?.type === 'simple_symbol' ? [{ name: '&', value: handed }] : [];
  return { name, object: nodes.field(node, 'receiver'), args: [...(list === undefined ? [] : nodes.childrenOf(list).flatMap((child) => argumentOf(child, nodes))), ...method] };
}

function requiredBy(statement: Node, nodes: Nodes): string[] {
  return /^require(?:_relative)?\s*\(?\s*['"]([^'"]+)/.exec(statement.type === 'call' ? nodes.written(statement) : '')?.slice(1) ?? [];
}

function argumentOf(node: Node, nodes: Nodes): Argument[] {
  if (node.type !== 'pair') return node.type === 'block_argument' ? [] : [{ value: node }];
  const key = nodes.field(node, 'key');
  const value = nodes.field(node, 'value') ?? key;
  return key === undefined || value === undefined ? [] : [{ name: nodes.written(key).replace(/^:?["']?|["']?:?$/g, ''), value }];
}

/** The text of a heredoc stands behind the statement that begins it. */
function heredocBody(beginning: Node, nodes: Nodes): Node | undefined {
  for (let node: Node | null = beginning; node !== null; node = nodes.parentOf(node)) {
    for (let next = node.nextNamedSibling; next !== null; next = next.nextNamedSibling) {
      if (next.type === 'heredoc_body') return nodes.child(next, 'heredoc_content') ?? next;
    }
  }
  return undefined;
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  switch (node.type) {
    case 'assignment': {
      const left = nodes.field(node, 'left');
      const value = nodes.field(node, 'right');
      if (left === undefined || value === undefined) return [];
      if (left.type === 'left_assignment_list') return left.namedChildren.map((name) => ({ name: nodes.written(name), binding: opaque }));
      return [{ name: nodes.written(left), binding: { kind: 'value', node: value, isConstant: true } }];
    }
    case 'class':
    case 'module':
      return [{ name: nodes.written(nodes.field(node, 'name')), binding: { kind: 'class', node } }];
    case 'method':
      return [{ name: nodes.written(nodes.field(node, 'name')), binding: opaque }];
    default:
      return node.descendantsOfType('identifier').map((name) => ({ name: nodes.written(name), binding: opaque }));
  }
}
