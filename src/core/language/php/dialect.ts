import type { Node } from 'web-tree-sitter';
import type { Argument, Binding, CallParts, Declared, Dialect } from '../code/dialect.ts';
import type { Nodes } from '../nodes.ts';

const opaque: Binding = { kind: 'opaque' };

const appliers: ReadonlySet<string> = new Set(['call_user_func', 'call_user_func_array', '\\call_user_func', '\\call_user_func_array']);

export const phpDialect: Dialect = {
  family: 'php',
  calls: new Set(['function_call_expression', 'member_call_expression', 'nullsafe_member_call_expression', 'scoped_call_expression', 'object_creation_expression']),
  callsUnmarked: true,
  callOf,
  computed: {
    places: /\$\w+(?=\()|\bcall_user_func(?:_array)?(?=\()/g,
    mayStandIn: (text) => /["']\s*\.\s*["']/.test(text) && /\$\w+\(|\bcall_user_func/.test(text),
    by: appliers,
    partsOf: computedPartsOf,
  },
  memberOf: (node, nodes) => {
    const isMember = node.type === 'member_access_expression' || node.type === 'nullsafe_member_access_expression';
    const object = isMember ? nodes.field(node, 'object') : node.type === 'class_constant_access_expression' ? node.namedChildren[0] : undefined;
    const name = isMember ? nodes.field(node, 'name') : node.namedChildren[1];
    return object === undefined || name === undefined ? undefined : { object, name };
  },
  names: new Set(['variable_name', 'name', 'qualified_name']),
  wrappers: new Set(['parenthesized_expression', 'named_type', 'optional_type', 'cast_expression', 'error_suppression_expression']),
  strings: new Set(['string', 'encapsed_string', 'heredoc', 'nowdoc', 'shell_command_expression']),
  escapes: new Set(['escape_sequence']),
  interpolations: new Set(['variable_name', 'member_access_expression', 'subscript_expression', 'member_call_expression']),
  contentOf: (node, nodes) => (node.type === 'heredoc' || node.type === 'nowdoc' ? nodes.field(node, 'value') : undefined),
  operandsOf: (node, nodes) => (node.type === 'binary_expression' && nodes.field(node, 'operator')?.type === '.' ? nodes.childrenOf(node) : undefined),
  constants: { null: null, integer: 'number', float: 'number' },
  constantOf: (node, nodes) => (node.type === 'boolean' ? nodes.written(node).toLowerCase() === 'true' : undefined),
  lists: new Set(),
  elementsOf: (node, nodes) => {
    const elements = node.type === 'array_creation_expression' ? nodes.childrenOf(node) : undefined;
    return elements?.every((element) => element.namedChildCount === 1) === true ? elements.flatMap((element) => element.namedChildren[0] ?? []) : undefined;
  },
  entriesOf: (node, nodes) => {
    if (node.type !== 'array_creation_expression') return undefined;
    const children = nodes.childrenOf(node);
    return { entries: children.flatMap((child) => entryOf(child, nodes)), isOpen: children.some((child) => child.type === 'variadic_unpacking') };
  },
  binders: [
    'namespace_use_declaration', 'assignment_expression', 'simple_parameter', 'property_promotion_parameter', 'variadic_parameter', 'property_declaration', 'const_element', 'foreach_statement', 'catch_clause',
    'class_declaration', 'interface_declaration', 'trait_declaration', 'function_definition',
  ], // prettier-ignore
  declaredBy,
  fieldBinders: ['property_promotion_parameter'],
  functions: new Set(['function_definition', 'method_declaration', 'anonymous_function', 'arrow_function']),
  classes: new Set(['class_declaration', 'trait_declaration', 'anonymous_class', 'interface_declaration', 'enum_declaration']),
  nameOf: (node, nodes) => (/^(?:function_definition|method_declaration|class_declaration|trait_declaration|interface_declaration)$/.test(node.type) ? nodes.written(nodes.field(node, 'name')) : undefined),
  loopOf: (node, nodes) => {
    if (node.type === 'foreach_statement') return { over: node.namedChildren[0], body: nodes.field(node, 'body') };
    return /^(?:while|do|for)_statement$/.test(node.type) ? { over: nodes.field(node, 'condition'), body: nodes.field(node, 'body') } : undefined;
  },
  iterators: new Set(['each', 'map', 'filter', 'chunk', 'chunkById', 'eachById', 'lazy']),
  selves: new Set(['$this', 'self', 'static']),
  transparentCalls: new Set(['sprintf', 'trim', 'raw', 'escapeshellarg', 'escapeshellcmd', 'strval', 'implode']),
  instancing: new Set(['factory', 'create', 'getInstance', 'make', 'build']),
  shellLiterals: new Set(['shell_command_expression']),
  sinks: {
    shell: new Set(['exec', 'shell_exec', 'system', 'passthru', 'popen', 'proc_open', 'pcntl_exec', 'Symfony\\Component\\Process#Process', 'Symfony\\Component\\Process#Process.fromShellCommandline', 'Illuminate\\Support\\Facades#Process.run', 'Process.run']),
    sql: new Set([
      'query', 'exec', 'prepare', 'execute', 'mysqli_query', 'mysqli_multi_query', 'multi_query', 'pg_query', 'pg_query_params', 'statement', 'unprepared', 'select', 'delete', 'update', 'executeStatement', 'executeQuery', 'executeUpdate', 'get_results', 'sqlsrv_query', 'odbc_exec',
      'createQuery', 'createNativeQuery', 'addSql',
    ]), // prettier-ignore
  },
};

/** `$name(…)`, `$client->$name(…)`, `call_user_func('exec', …)`, `call_user_func([$client, 'deleteBucket'], …)`. */
function computedPartsOf(node: Node, nodes: Nodes): CallParts | undefined {
  const list = nodes.field(node, 'arguments') ?? nodes.child(node, 'arguments');
  const args = list === undefined || !phpDialect.calls.has(node.type) ? [] : nodes.childrenOf(list).flatMap((child) => argumentOf(child, nodes));
  const name = nodes.field(node, node.type === 'function_call_expression' ? 'function' : 'name');
  if (name?.type === 'variable_name' && phpDialect.calls.has(node.type)) return { name, object: nodes.field(node, node.type === 'scoped_call_expression' ? 'scope' : 'object'), args };
  if (node.type !== 'function_call_expression' || !appliers.has(nodes.written(name))) return undefined;
  const [first, ...rest] = args;
  const [object, member] = (first && phpDialect.elementsOf?.(first.value, nodes)) ?? [];
  if (object !== undefined && member !== undefined) return { name: member, object, args: rest };
  return first === undefined ? undefined : { name: first.value, args: rest };
}

function callOf(node: Node, nodes: Nodes): CallParts | undefined {
  const list = nodes.field(node, 'arguments') ?? nodes.child(node, 'arguments');
  const args = list === undefined ? [] : nodes.childrenOf(list).flatMap((child) => argumentOf(child, nodes));
  if (node.type === 'object_creation_expression') {
    const name = node.namedChildren[0];
    return name?.type === 'name' || name?.type === 'qualified_name' ? { name, args, isConstruction: true } : undefined;
  }
  const name = nodes.field(node, node.type === 'function_call_expression' ? 'function' : 'name');
  if (name === undefined || (name.type !== 'name' && name.type !== 'qualified_name')) return undefined;
  return { name, object: nodes.field(node, node.type === 'scoped_call_expression' ? 'scope' : 'object'), args };
}

function argumentOf(node: Node, nodes: Nodes): Argument[] {
  const name = nodes.field(node, 'name');
  const value = node.namedChildren.at(-1);
  return node.type !== 'argument' || value === undefined ? [] : [{ value, ...(name !== undefined && { name: nodes.written(name) }) }];
}

function entryOf(node: Node, nodes: Nodes): Required<Argument>[] {
  const [key, value] = node.type === 'array_element_initializer' ? node.namedChildren : [];
  return key === undefined || value === undefined ? [] : [{ name: nodes.written(key).replace(/^["']|["']$/g, ''), value }];
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  const named = (field = 'name') => nodes.written(nodes.field(node, field));
  switch (node.type) {
    case 'namespace_use_declaration':
      return imported(node, nodes);
    case 'assignment_expression': {
      const left = nodes.field(node, 'left');
      const value = nodes.field(node, 'right');
      return left === undefined || value === undefined ? [] : [{ name: nodes.written(left), binding: { kind: 'value', node: value, isConstant: true } }];
    }
    case 'property_declaration': {
      const type = nodes.field(node, 'type');
      return node.descendantsOfType('property_element').map((element) => ({ name: nodes.written(element.namedChildren[0]).replace('$', ''), binding: type === undefined ? opaque : { kind: 'typed', type } }));
    }
    case 'simple_parameter':
    case 'property_promotion_parameter':
    case 'variadic_parameter': {
      const type = nodes.field(node, 'type');
      const binding: Binding = type === undefined ? opaque : { kind: 'typed', type };
      const fields = node.type === 'property_promotion_parameter' ? [{ name: named().replace('$', '$this->'), binding }] : [];
      return [{ name: named(), binding }, ...fields];
    }
    case 'const_element': {
      const [name, value] = node.namedChildren;
      return value === undefined ? [] : [{ name: nodes.written(name), binding: { kind: 'value', node: value, isConstant: true } }];
    }
    case 'foreach_statement':
      return node.namedChildren.slice(1, -1).flatMap((part) => [...(part.type === 'variable_name' ? [part] : []), ...part.descendantsOfType('variable_name')]).map((name) => ({ name: nodes.written(name), binding: opaque }));
    case 'function_definition':
    case 'catch_clause':
      return [{ name: named(), binding: opaque }];
    default:
      return [{ name: named(), binding: { kind: 'class', node } }];
  }
}

/** `use A\B\{C, D as E};` */
function imported(declaration: Node, nodes: Nodes): Declared[] {
  const group = nodes.child(declaration, 'namespace_name');
  return declaration.descendantsOfType('namespace_use_clause').map((clause) => {
    const alias = nodes.field(clause, 'alias');
    const written = nodes.written(clause.namedChildren.find((child) => child.id !== alias?.id)).replace(/^\\/, '');
    const path = (group === undefined ? written : `${nodes.written(group)}\\${written}`).split('\\');
    const name = path.at(-1) ?? written;
    return { name: alias === undefined ? name : nodes.written(alias), binding: { kind: 'import', origin: { module: path.slice(0, -1).join('\\'), path: [name] } } };
  });
}
