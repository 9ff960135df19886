import type { Node } from 'web-tree-sitter';
import type { Argument, Declared, Dialect } from '../code/dialect.ts';
import type { Nodes } from '../nodes.ts';

const replacing = ['execv', 'execve', 'execvp', 'execvpe', 'execl', 'execle', 'execlp', 'execlpe', 'spawnl', 'spawnlp', 'spawnv', 'spawnvp'].map((name) => `os#${name}`);

export const pythonDialect: Dialect = {
  family: 'python',
  comments: { mark: '#', opens: /"""|'''|\\\r?$/m, quotes: /^\s*[rRuU]?("{3}|'{3})/ },
  calls: new Set(['call']),
  callOf: (node, nodes) => {
    const callee = nodes.field(node, 'function');
    if (callee === undefined) return undefined;
    const member = memberOf(callee, nodes);
    if (member === undefined && callee.type !== 'identifier') return undefined;
    return { ...(member ?? { name: callee }), args: argumentsOf(node, nodes) };
  },
  memberOf,
  computed: {
    places: /\bgetattr(?=\()/g,
    mayStandIn: (text) => text.includes('getattr(') && /\bgetattr\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)\s*(?:\(|$)/m.test(text),
    partsOf: (node, nodes) => {
      const asked = node.type === 'call' ? memberAskedFor(nodes.field(node, 'function'), nodes) : undefined;
      return asked && { ...asked, args: argumentsOf(node, nodes) };
    },
    memberOf: memberAskedFor,
  },
  names: new Set(['identifier']),
  wrappers: new Set(['parenthesized_expression', 'await', 'type', 'named_expression']),
  strings: new Set(['string']),
  escapes: new Set(['escape_sequence', 'escape_interpolation']),
  interpolations: new Set(['interpolation']),
  operandsOf: (node, nodes) => {
    if (node.type === 'concatenated_string') return nodes.childrenOf(node);
    return node.type === 'binary_operator' && nodes.field(node, 'operator')?.type === '+' ? nodes.childrenOf(node) : undefined;
  },
  formatOf: (node, nodes) => (node.type === 'binary_operator' && nodes.field(node, 'operator')?.type === '%' ? nodes.field(node, 'left') : undefined),
  constants: { true: true, false: false, none: null, integer: 'number', float: 'number' },
  lists: new Set(['list', 'tuple', 'set']),
  entriesOf: (node, nodes) => {
    if (node.type !== 'dictionary') return undefined;
    const children = nodes.childrenOf(node);
    return { entries: children.flatMap((child) => pairOf(child, nodes)), isOpen: children.some((child) => child.type === 'dictionary_splat') };
  },
  binders: [
    'assignment', 'named_expression', 'import_statement', 'import_from_statement', 'typed_parameter', 'typed_default_parameter', 'default_parameter', 'parameters',
    'lambda_parameters', 'as_pattern', 'for_statement', 'for_in_clause', 'function_definition', 'class_definition',
  ], // prettier-ignore
  declaredBy,
  importLine: /^\s+(?=(?:import|from)\s)/,
  functions: new Set(['function_definition', 'lambda']),
  classes: new Set(['class_definition']),
  nameOf: (node, nodes) => (node.type === 'function_definition' || node.type === 'class_definition' ? nodes.written(nodes.field(node, 'name')) : undefined),
  loopOf: (node, nodes) => {
    if (node.type === 'for_statement') return { over: nodes.field(node, 'right'), body: nodes.field(node, 'body') };
    if (node.type === 'while_statement') return { over: nodes.field(node, 'condition'), body: nodes.field(node, 'body') };
    if (!/^(?:list|set|dictionary)_comprehension$|^generator_expression$/.test(node.type)) return undefined;
    const clause = nodes.child(node, 'for_in_clause');
    return { over: clause === undefined ? undefined : nodes.field(clause, 'right'), body: nodes.field(node, 'body') };
  },
  iterators: new Set(),
  selves: new Set(['self', 'cls']),
  passingOn: new Set(['closing', 'aclosing', 'enter_context', 'enter_async_context', 'nullcontext']),
  transparentCalls: new Set(['format', 'dedent', 'strip', 'str', 'text', 'SQL', 'split', 'fspath', 'quote', 'expanduser', 'abspath', 'realpath', 'normpath', 'absolute']),
  pathJoins: new Set(['os.path.join', 'path.join', 'Path', 'PurePath', 'pathlib.Path', 'joinpath']),
  pathOperands: (node, nodes) => (node.type === 'binary_operator' && nodes.field(node, 'operator')?.type === '/' ? nodes.childrenOf(node) : undefined),
  // What boto3 gives for a collection of resources is called what the collection is: `ec2.volumes.all()`.
  elementOf: (collection) => (collection.module.includes('boto') && collection.path.some((name) => name.startsWith('resource(')) ? collection : undefined),
  sinks: {
    shell: new Set([
      'os#system', 'os#popen', ...replacing,
      'subprocess#run', 'subprocess#call', 'subprocess#check_call', 'subprocess#check_output', 'subprocess#Popen', 'subprocess#getoutput', 'subprocess#getstatusoutput',
      'asyncio#create_subprocess_shell', 'asyncio#create_subprocess_exec', 'commands#getoutput', 'pexpect#run', 'pexpect#spawn', 'plumbum.cmd#sh',
      'fabric.api#run', 'fabric.api#sudo', 'fabric.api#local', 'invoke#run', 'fabric#Connection.run', 'fabric#Connection.sudo', 'fabric#Connection.local', 'paramiko#SSHClient.exec_command',
    ]), // prettier-ignore
    replacing: new Set(replacing),
    sql: new Set(['execute', 'executemany', 'executescript', 'raw', 'text', 'RunSQL', 'query', 'read_sql', 'read_sql_query', 'fetch', 'fetchrow', 'exec_driver_sql', 'sql', 'run']),
  },
};

function memberOf(node: Node, nodes: Nodes): { object: Node; name: Node } | undefined {
  if (node.type !== 'attribute') return undefined;
  const object = nodes.field(node, 'object');
  const name = nodes.field(node, 'attribute');
  return object === undefined || name === undefined ? undefined : { object, name };
}

/** `getattr(client, "delete_bucket")` */
function memberAskedFor(node: Node | undefined, nodes: Nodes): { object: Node; name: Node } | undefined {
  if (node?.type !== 'call' || nodes.written(nodes.field(node, 'function')) !== 'getattr') return undefined;
  const [object, name] = argumentsOf(node, nodes);
  return object === undefined || name === undefined ? undefined : { object: object.value, name: name.value };
}

function argumentsOf(call: Node, nodes: Nodes): Argument[] {
  const list = nodes.field(call, 'arguments');
  if (list === undefined) return [];
  if (list.type === 'generator_expression') return [{ value: list }];
  return nodes.childrenOf(list).flatMap((child) => {
    if (child.type !== 'keyword_argument') return [{ value: child }];
    const value = nodes.field(child, 'value');
    return value === undefined ? [] : [{ value, name: nodes.written(nodes.field(child, 'name')) }];
  });
}

function pairOf(node: Node, nodes: Nodes): Required<Argument>[] {
  const key = node.type === 'pair' ? nodes.field(node, 'key') : undefined;
  const value = nodes.field(node, 'value');
  return key === undefined || value === undefined ? [] : [{ name: nodes.written(key).replace(/^[a-z]*["']+|["']+$/gi, ''), value }];
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  switch (node.type) {
    case 'assignment': {
      const value = nodes.field(node, 'right');
      const type = nodes.field(node, 'type');
      const isTyped = type !== undefined && (value === undefined || value.type === 'none');
      return assigned(nodes.field(node, 'left'), isTyped ? { kind: 'typed', type } : value === undefined ? { kind: 'opaque' } : { kind: 'value', node: value, isConstant: true }, nodes);
    }
    case 'named_expression': {
      const value = nodes.field(node, 'value');
      return value === undefined ? [] : assigned(nodes.field(node, 'name'), { kind: 'value', node: value, isConstant: true }, nodes);
    }
    case 'as_pattern': {
      const value = node.namedChild(0);
      const target = nodes.field(node, 'alias');
      return value === null || target === undefined ? [] : [{ name: nodes.written(target), binding: { kind: 'value', node: value, isConstant: true } }];
    }
    case 'for_statement':
    case 'for_in_clause': {
      const over = nodes.field(node, 'right');
      return assigned(nodes.field(node, 'left'), over === undefined ? { kind: 'opaque' } : { kind: 'element', node: over }, nodes);
    }
    case 'import_statement':
      return imported(node, '', nodes);
    case 'import_from_statement':
      return imported(node, nodes.written(nodes.field(node, 'module_name')), nodes);
    case 'typed_parameter':
    case 'typed_default_parameter': {
      const type = nodes.field(node, 'type');
      const name = nodes.field(node, 'name') ?? node.namedChild(0);
      return type === undefined ? [] : [{ name: nodes.written(name), binding: { kind: 'typed', type } }];
    }
    case 'default_parameter':
      return [{ name: nodes.written(nodes.field(node, 'name')), binding: { kind: 'opaque' } }];
    case 'parameters':
    case 'lambda_parameters':
      return nodes.childrenOf(node).flatMap((child) => (child.type === 'identifier' ? [{ name: nodes.written(child), binding: { kind: 'opaque' as const } }] : []));
    case 'class_definition':
      return [{ name: nodes.written(nodes.field(node, 'name')), binding: { kind: 'class', node } }];
    default: {
      const name = nodes.written(nodes.field(node, 'name'));
      const result = node.type === 'function_definition' ? resultOf(node, nodes) : undefined;
      return [{ name, binding: { kind: 'opaque' } }, ...(result === undefined ? [] : [{ name: `${name}()`, binding: result }])];
    }
  }
}

/** What a function says that it gives back, or gives back in its one statement. */
function resultOf(definition: Node, nodes: Nodes): Declared['binding'] | undefined {
  const type = nodes.field(definition, 'return_type');
  if (type !== undefined) return { kind: 'typed', type };
  const statements = nodes.childrenOf(nodes.field(definition, 'body') ?? definition).filter(({ type: kind }) => kind !== 'expression_statement');
  const [only, second] = statements;
  const value = only?.type === 'return_statement' && second === undefined ? only.namedChild(0) : null;
  return value === null ? undefined : { kind: 'value', node: value, isConstant: false };
}

/** A name or a field of the object; of several names at once no single value is known. */
function assigned(target: Node | undefined, binding: Declared['binding'], nodes: Nodes): Declared[] {
  if (target === undefined) return [];
  if (target.type === 'identifier' || target.type === 'attribute') return [{ name: nodes.written(target), binding }];
  return target.descendantsOfType('identifier').map((name) => ({ name: nodes.written(name), binding: { kind: 'opaque' } }));
}

/** `import a.b as c` binds the module; `import a.b` its first part; `from a import b as c` a member. */
function imported(statement: Node, from: string, nodes: Nodes): Declared[] {
  const names = nodes.childrenOf(statement).slice(from === '' ? 0 : 1);
  return names.flatMap((child): Declared[] => {
    if (child.type === 'wildcard_import') return [{ name: `${from}.*`, binding: { kind: 'import', origin: { module: from, path: [] } } }];
    const name = nodes.written(nodes.field(child, 'name') ?? child);
    const alias = nodes.field(child, 'alias');
    const origin = from === '' ? { module: alias === undefined ? (name.split('.')[0] ?? name) : name, path: [] } : { module: from, path: [name] };
    return [{ name: alias === undefined ? (name.split('.')[0] ?? name) : nodes.written(alias), binding: { kind: 'import', origin } }];
  });
}
