import type { Node } from 'web-tree-sitter';
import type { Argument, Binding, Declared, Dialect } from '../code/dialect.ts';
import type { Nodes } from '../nodes.ts';

export const goDialect: Dialect = {
  family: 'go',
  comments: { mark: '//', opens: /`/ },
  calls: new Set(['call_expression']),
  callOf: (node, nodes) => {
    const callee = nodes.field(node, 'function');
    const list = nodes.field(node, 'arguments');
    if (callee === undefined) return undefined;
    const args = list === undefined ? [] : nodes.childrenOf(list).map((value) => ({ value }));
    const member = memberOf(callee, nodes);
    if (member !== undefined) return { ...member, args };
    return callee.type === 'identifier' ? { name: callee, args } : undefined;
  },
  memberOf,
  names: new Set(['identifier', 'package_identifier']),
  wrappers: new Set(['parenthesized_expression', 'literal_element', 'unary_expression']),
  strings: new Set(['interpreted_string_literal', 'raw_string_literal']),
  escapes: new Set(['escape_sequence']),
  interpolations: new Set(),
  operandsOf: (node, nodes) => (node.type === 'binary_expression' && nodes.field(node, 'operator')?.type === '+' ? nodes.childrenOf(node) : undefined),
  constants: { true: true, false: false, nil: null, int_literal: 'number', float_literal: 'number' },
  lists: new Set(),
  elementsOf: (node, nodes) => (node.type === 'composite_literal' && /^(?:slice|array|implicit_length_array)_type$/.test(nodes.field(node, 'type')?.type ?? '') ? nodes.childrenOf(nodes.field(node, 'body') ?? node) : undefined),
  entriesOf: (node, nodes) => {
    const body = node.type === 'composite_literal' ? nodes.field(node, 'body') : undefined;
    return body === undefined ? undefined : { entries: nodes.childrenOf(body).flatMap((child) => entryOf(child, nodes)), isOpen: false };
  },
  binders: [
    'import_spec', 'var_spec', 'const_spec', 'short_var_declaration', 'parameter_declaration', 'variadic_parameter_declaration', 'range_clause', 'type_spec', 'field_declaration', 'function_declaration',
  ], // prettier-ignore
  declaredBy,
  functions: new Set(['function_declaration', 'method_declaration', 'func_literal']),
  classes: new Set(['type_spec']),
  nameOf: (node, nodes) => {
    if (node.type === 'function_declaration' || node.type === 'type_spec') return nodes.written(nodes.field(node, 'name'));
    if (node.type !== 'method_declaration') return undefined;
    const receiver = /(?<!\w)(\w+)(?:\[[^\][]*\])?\s*\)$/.exec(nodes.written(nodes.field(node, 'receiver')))?.[1] ?? '';
    return `${receiver}.${nodes.written(nodes.field(node, 'name'))}`;
  },
  loopOf: (node, nodes) => {
    if (node.type !== 'for_statement') return undefined;
    const range = nodes.child(node, 'range_clause');
    const clause = nodes.child(node, 'for_clause');
    return { over: range !== undefined ? nodes.field(range, 'right') : clause !== undefined ? nodes.field(clause, 'condition') : undefined, body: nodes.field(node, 'body') };
  },
  iterators: new Set(['ForEach', 'Walk', 'Range', 'Map', 'Each']),
  selves: new Set(),
  transparentCalls: new Set(['Sprintf', 'String', 'Bool', 'Int32', 'Int64', 'Ptr', 'ToPtr', 'ToString', 'TrimSpace', 'Sprint', 'Fields', 'string']),
  pathJoins: new Set(['filepath.Join', 'path.Join']),
  resultOf: ({ module, path }) => {
    const name = path.at(-1) ?? '';
    const isClient = /^New(?:FromConfig|FromEnv|ForConfig|WithOptions|WithConfig)?$|^(?:New|Open|Connect|Dial)Client$/.test(name);
    const type = isClient ? 'Client' : /^(?:Must)?New([A-Z]\w*)$/.exec(name)?.[1];
    return type === undefined ? undefined : { module, path: [...path.slice(0, -1), type] };
  },
  sinks: {
    shell: new Set(['os/exec#Command', 'os/exec#CommandContext', 'golang.org/x/sys/execabs#Command', 'syscall#Exec']),
    programs: new Set(['os/exec#Command', 'os/exec#CommandContext', 'golang.org/x/sys/execabs#Command']),
    sql: new Set([
      'Exec', 'ExecContext', 'MustExec', 'MustExecContext', 'Query', 'QueryContext', 'QueryRow', 'QueryRowContext', 'Queryx', 'NamedExec', 'NamedExecContext', 'NamedQuery', 'Prepare', 'PrepareContext', 'Raw', 'Select', 'Get',
    ]), // prettier-ignore
  },
};

function memberOf(node: Node, nodes: Nodes): { object: Node; name: Node } | undefined {
  const [objectField, nameField] = node.type === 'selector_expression' ? ['operand', 'field'] : node.type === 'qualified_type' ? ['package', 'name'] : ['', ''];
  if (objectField === '') return undefined;
  const object = nodes.field(node, objectField);
  const name = nodes.field(node, nameField);
  return object === undefined || name === undefined ? undefined : { object, name };
}

function entryOf(node: Node, nodes: Nodes): Required<Argument>[] {
  const key = node.type === 'keyed_element' ? nodes.field(node, 'key') : undefined;
  const value = nodes.field(node, 'value');
  return key === undefined || value === undefined ? [] : [{ name: nodes.written(key).replace(/^["`]|["`]$/g, ''), value }];
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  switch (node.type) {
    case 'import_spec': {
      const module = nodes.written(nodes.field(node, 'path')).replace(/["`]/g, '');
      const alias = nodes.written(nodes.field(node, 'name'));
      return [{ name: alias === '' ? packageName(module) : alias, binding: { kind: 'import', origin: { module, path: [] } } }];
    }
    case 'short_var_declaration':
      return pairs(nodes.field(node, 'left'), nodes.field(node, 'right'), nodes);
    case 'range_clause':
      return pairs(nodes.field(node, 'left'), undefined, nodes);
    case 'type_spec':
      return [{ name: nodes.written(nodes.field(node, 'name')), binding: { kind: 'class', node } }];
    case 'function_declaration':
      return [{ name: nodes.written(nodes.field(node, 'name')), binding: { kind: 'opaque' } }];
    default: {
      const type = nodes.field(node, 'type');
      const values = nodes.field(node, 'value');
      const names = node.childrenForFieldName('name');
      return names.map((name, index) => {
        const value = values?.namedChildren[index];
        const binding: Binding = value !== undefined && names.length === values?.namedChildCount ? { kind: 'value', node: value, isConstant: true } : type !== undefined ? { kind: 'typed', type } : { kind: 'opaque' };
        return { name: nodes.written(name), binding };
      });
    }
  }
}

/** A package is called like the last part of its path that is no version. */
function packageName(module: string): string {
  const parts = module.split('/').filter((part) => !/^v\d+$/.test(part));
  return (parts.at(-1) ?? module).replace(/\.v\d+$/, '').replace(/^go-|-go$/g, '');
}

/** `a, err := f()`: the first name is what the call gives, the rest nobody knows. */
function pairs(left: Node | undefined, right: Node | undefined, nodes: Nodes): Declared[] {
  const values = right?.namedChildren ?? [];
  return (left?.namedChildren ?? []).map((name, index) => {
    const value = values[index];
    return { name: nodes.written(name), binding: value === undefined ? { kind: 'opaque' } : { kind: 'value', node: value, isConstant: true } };
  });
}
