import type { Node } from 'web-tree-sitter';
import type { Argument, Binding, CallParts, Declared, Dialect, Origin } from '../code/dialect.ts';
import { instanceOf, settingsOf } from '../code/instances.ts';
import type { Nodes } from '../nodes.ts';
import { someModule } from '../code/scopes.ts';
import { csharpSinks } from './sinks.ts';

const iterators = new Set(['ForEach', 'ForEachAsync', 'Select', 'SelectMany', 'Where', 'Any', 'All', 'RemoveAll', 'ForAll']);
/** Properties that hand over what runs later, so that giving them a value is as good as a call. */
const runningProperties = new Set(['CommandText']);

export const csharpDialect: Dialect = {
  family: 'csharp',
  comments: { mark: '//', opens: /"""|@\$*"/ },
  calls: new Set(['invocation_expression', 'object_creation_expression', 'implicit_object_creation_expression', 'assignment_expression', 'member_access_expression']),
  callsUnmarked: true,
  callOf,
  memberOf,
  names: new Set(['identifier']),
  wrappers: new Set(['parenthesized_expression', 'await_expression', 'postfix_unary_expression', 'arrow_expression_clause', 'collection_element', 'expression_element']),
  castType: (node, nodes) => {
    if (node.type === 'cast_expression') return nodes.field(node, 'type');
    return node.type === 'as_expression' ? nodes.field(node, 'right') : providedType(node, nodes);
  },
  strings: new Set(['string_literal', 'verbatim_string_literal', 'raw_string_literal', 'interpolated_string_expression', 'character_literal']),
  escapes: new Set(['escape_sequence']),
  interpolations: new Set(['interpolation']),
  operandsOf: (node, nodes) => (node.type === 'binary_expression' && nodes.field(node, 'operator')?.type === '+' ? nodes.childrenOf(node) : undefined),
  constants: { null_literal: null, integer_literal: 'number', real_literal: 'number' },
  constantOf: (node, nodes) => (node.type === 'boolean_literal' ? nodes.written(node) === 'true' : undefined),
  lists: new Set(['collection_expression']),
  elementsOf,
  entriesOf,
  binders: [
    'using_directive', 'variable_declaration', 'assignment_expression', 'parameter', 'implicit_parameter', 'property_declaration', 'foreach_statement', 'declaration_pattern', 'declaration_expression',
    'catch_declaration', 'method_declaration', 'local_function_statement', 'class_declaration', 'struct_declaration', 'interface_declaration', 'enum_declaration', 'record_declaration',
  ], // prettier-ignore
  declaredBy,
  functions: new Set(['method_declaration', 'constructor_declaration', 'destructor_declaration', 'local_function_statement', 'lambda_expression', 'anonymous_method_expression', 'accessor_declaration']),
  classes: new Set(['class_declaration', 'struct_declaration', 'interface_declaration', 'record_declaration']),
  nameOf: (node, nodes) => (/^(?:class|struct|interface|record|method|constructor|property)_declaration$|^local_function_statement$/.test(node.type) ? nodes.written(nodes.field(node, 'name')) : undefined),
  loopOf,
  iterators,
  selves: new Set(['this']),
  transparentCalls: new Set(['Format', 'Trim', 'ToString', 'GetFullPath', 'DirectoryInfo', 'FileInfo', 'TrimEnd', 'TrimStart', 'Raw']),
  pathJoins: new Set(['Path.Combine', 'Path.Join']),
  resultOf: instanceOf,
  qualifiedName: qualified,
  // Namespaces are brought in whole, so that hardly any type is known to be of one.
  moduleName: () => someModule,
  sinks: csharpSinks,
};

function callOf(node: Node, nodes: Nodes): CallParts | undefined {
  switch (node.type) {
    case 'invocation_expression': {
      const callee = nodes.field(node, 'function');
      const parts = callee === undefined ? undefined : named(callee, nodes);
      return parts === undefined ? undefined : { ...parts, args: argumentsOf(nodes.field(node, 'arguments'), nodes) };
    }
    case 'object_creation_expression':
    case 'implicit_object_creation_expression': {
      const type = nodes.field(node, 'type') ?? declaredTypeOf(node, nodes);
      if (type === undefined) return undefined;
      const set = initializerOf(node, nodes);
      const args = argumentsOf(nodes.field(node, 'arguments') ?? nodes.child(node, 'argument_list'), nodes);
      return { name: plainName(type), args: [...args, ...(set === undefined ? [] : assignedIn(set, nodes))], isConstruction: true };
    }
    case 'assignment_expression': {
      const target = nodes.field(node, 'left');
      const value = nodes.field(node, 'right');
      const member = target?.type === 'identifier' ? { name: target } : target && memberOf(target, nodes);
      return member !== undefined && value !== undefined && runningProperties.has(nodes.written(member.name)) ? { ...member, args: [{ value }] } : undefined;
    }
    default:
      return referenceIn(node, nodes);
  }
}

/** A method that is given to one that calls it for each: `files.ForEach(File.Delete)`. */
function referenceIn(node: Node, nodes: Nodes): CallParts | undefined {
  const argument = nodes.parentOf(node);
  const call = argument?.type === 'argument' ? nodes.parentOf(nodes.parentOf(argument) ?? argument) : null;
  const callee = call?.type === 'invocation_expression' ? nodes.field(call, 'function') : undefined;
  const member = memberOf(node, nodes);
  return member === undefined || callee === undefined || !iterators.has(nodes.written(named(callee, nodes)?.name)) ? undefined : { ...member, args: [] };
}

function named(callee: Node, nodes: Nodes): { name: Node; object?: Node } | undefined {
  if (callee.type === 'identifier' || callee.type === 'generic_name') return { name: plainName(callee) };
  return memberOf(callee, nodes);
}

function memberOf(node: Node, nodes: Nodes): { object: Node; name: Node } | undefined {
  const isConditional = node.type === 'conditional_access_expression';
  if (!isConditional && node.type !== 'member_access_expression' && node.type !== 'qualified_name') return undefined;
  const object = nodes.field(node, isConditional ? 'condition' : node.type === 'qualified_name' ? 'qualifier' : 'expression');
  const holder = isConditional ? nodes.child(node, 'member_binding_expression') : node;
  const name = holder === undefined ? undefined : nodes.field(holder, 'name');
  return object === undefined || name === undefined ? undefined : { object, name: plainName(name) };
}

/** `Foo` of `Foo<string>`. */
function plainName(name: Node): Node {
  return name.type === 'generic_name' ? (name.namedChildren[0] ?? name) : name;
}

/** What a container is asked for: `services.GetRequiredService<IAmazonS3>()`. */
function providedType(node: Node, nodes: Nodes): Node | undefined {
  const callee = node.type === 'invocation_expression' ? nodes.field(node, 'function') : undefined;
  const name = callee?.type === 'member_access_expression' ? nodes.field(callee, 'name') : undefined;
  return name?.type === 'generic_name' && /^(?:Get\w*Service|Resolve\w*|CreateServiceClient)$/.test(nodes.written(name.namedChildren[0])) ? (nodes.child(name, 'type_argument_list')?.namedChildren[0] ?? undefined) : undefined;
}

/** The type of `new(…)`: the one that what it is given to is declared with. */
function declaredTypeOf(node: Node, nodes: Nodes): Node | undefined {
  const outer = nodes.parentOf(node);
  if (outer?.type === 'property_declaration') return nodes.field(outer, 'type');
  const declaration = outer?.type === 'variable_declarator' ? nodes.parentOf(outer) : null;
  return declaration === null ? undefined : nodes.field(declaration, 'type');
}

function argumentsOf(list: Node | undefined, nodes: Nodes): Argument[] {
  return (list === undefined ? [] : nodes.childrenOf(list)).flatMap((argument): Argument[] => {
    const name = nodes.field(argument, 'name');
    const value = nodes.childrenOf(argument).find((child) => child.id !== name?.id);
    return value === undefined ? [] : [name === undefined ? { value } : { value, name: nodes.written(name) }];
  });
}

function initializerOf(node: Node, nodes: Nodes): Node | undefined {
  return nodes.field(node, 'initializer') ?? nodes.child(node, 'initializer_expression');
}

/** `{ BucketName = "x" }` and `{ ["key"] = "x" }` */
function assignedIn(initializer: Node, nodes: Nodes): Required<Argument>[] {
  return nodes.childrenOf(initializer).flatMap((child): Required<Argument>[] => {
    const name = child.type === 'assignment_expression' ? nodes.field(child, 'left') : undefined;
    const value = nodes.field(child, 'right');
    if (name !== undefined && value !== undefined) return [{ name: nodes.written(name).replace(/^\["?|"?\]$/g, ''), value }];
    const [key, second, ...more] = child.type === 'initializer_expression' ? nodes.childrenOf(child) : [];
    return key === undefined || second === undefined || more.length > 0 ? [] : [{ name: nodes.written(key).replace(/^"|"$/g, ''), value: second }];
  });
}

function elementsOf(node: Node, nodes: Nodes): readonly Node[] | undefined {
  const isArray = node.type === 'array_creation_expression' || node.type === 'implicit_array_creation_expression';
  const isCreated = node.type === 'object_creation_expression' || node.type === 'implicit_object_creation_expression';
  const list = node.type === 'initializer_expression' ? node : isArray || isCreated ? initializerOf(node, nodes) : undefined;
  const elements = list === undefined ? [] : nodes.childrenOf(list);
  return list !== undefined && (isArray || elements.length > 0) && assignedIn(list, nodes).length === 0 ? elements : undefined;
}

function entriesOf(node: Node, nodes: Nodes): { entries: readonly Required<Argument>[]; isOpen: boolean } | undefined {
  if (node.type === 'anonymous_object_creation_expression') {
    const children = nodes.childrenOf(node);
    return { entries: children.flatMap((child, index) => (child.nextSibling?.type === '=' && children[index + 1] !== undefined ? [{ name: nodes.written(child), value: children[index + 1] ?? child }] : [])), isOpen: true };
  }
  const isCreated = node.type === 'object_creation_expression' || node.type === 'implicit_object_creation_expression';
  const initializer = isCreated ? initializerOf(node, nodes) : undefined;
  if (initializer !== undefined) return { entries: assignedIn(initializer, nodes), isOpen: false };
  const settings = settingsOf(node, nodes, (link) => (link.type === 'invocation_expression' || link.type === 'object_creation_expression' ? callOf(link, nodes) : undefined));
  return settings === undefined ? undefined : { entries: settings, isOpen: false };
}

function loopOf(node: Node, nodes: Nodes): { over: Node | undefined; body: Node | undefined } | undefined {
  switch (node.type) {
    case 'foreach_statement':
      return { over: nodes.field(node, 'right'), body: nodes.field(node, 'body') };
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return { over: nodes.field(node, 'condition'), body: nodes.field(node, 'body') };
    case 'invocation_expression': {
      const list = nodes.field(node, 'arguments');
      return /^Parallel\.For(?:Each)?(?:Async)?$/.test(nodes.written(nodes.field(node, 'function'))) ? { over: argumentsOf(list, nodes)[0]?.value, body: list } : undefined;
    }
    default:
      return undefined;
  }
}

function declaredBy(node: Node, nodes: Nodes): Declared[] {
  const name = nodes.written(nodes.field(node, 'name'));
  switch (node.type) {
    case 'using_directive':
      return imported(node, nodes);
    case 'variable_declaration': {
      const type = nodes.field(node, 'type');
      return nodes.childrenOf(node).flatMap((child) => {
        if (child.type !== 'variable_declarator') return [];
        const [variable, ...given] = nodes.childrenOf(child);
        return [{ name: nodes.written(variable), binding: bindingOf(type, given.at(-1)) }];
      });
    }
    case 'assignment_expression': {
      const target = nodes.field(node, 'left');
      const value = nodes.field(node, 'right');
      const isName = (target?.type === 'identifier' && nodes.parentOf(node)?.type !== 'initializer_expression') || (target?.type === 'member_access_expression' && nodes.field(target, 'expression')?.type === 'this');
      return isName && value !== undefined ? [{ name: nodes.written(target), binding: { kind: 'value', node: value, isConstant: true } }] : [];
    }
    case 'implicit_parameter':
      return [{ name: nodes.written(node), binding: { kind: 'opaque' } }];
    case 'parameter':
    case 'declaration_pattern':
    case 'declaration_expression':
      return [{ name, binding: bindingOf(nodes.field(node, 'type'), undefined) }];
    case 'property_declaration':
      return [{ name, binding: bindingOf(nodes.field(node, 'type'), nodes.field(node, 'value')) }];
    case 'foreach_statement':
      return [{ name: nodes.written(nodes.field(node, 'left')), binding: bindingOf(nodes.field(node, 'type'), undefined) }];
    case 'method_declaration':
    case 'local_function_statement':
      return [{ name: `${name}()`, binding: bindingOf(nodes.field(node, 'returns') ?? nodes.field(node, 'type'), undefined) }];
    default:
      return [{ name, binding: { kind: 'opaque' } }];
  }
}

function bindingOf(type: Node | undefined, value: Node | undefined): Binding {
  const written = type === undefined || type.type === 'implicit_type' ? undefined : type;
  if (value !== undefined) return { kind: 'value', node: value, isConstant: true, type: written };
  return written === undefined ? { kind: 'opaque' } : { kind: 'typed', type: written };
}

function imported(directive: Node, nodes: Nodes): Declared[] {
  const alias = nodes.field(directive, 'name');
  const path = nodes.childrenOf(directive).find((child) => child.id !== alias?.id);
  const written = nodes.written(path);
  const end = written.lastIndexOf('.');
  const isStatic = directive.children.some((child) => child.type === 'static');
  if (alias === undefined) return written === '' ? [] : [{ name: `${written}.*`, binding: { kind: 'import', origin: { module: isStatic ? written.slice(0, Math.max(0, end)) : written, path: [] } } }];
  return [{ name: nodes.written(alias), binding: { kind: 'import', origin: { module: written.slice(0, Math.max(0, end)), path: [written.slice(end + 1)] } } }];
}

const namespaces = /^(?:global::)?(?:System|Microsoft|Amazon|Azure|Google|MongoDB|Npgsql|MySql|StackExchange|Pulumi|k8s)\./;

/** Namespaces are written like types: `System.IO.Directory.Delete` is known by where namespaces begin. */
function qualified(written: string, isType: boolean): Origin | undefined {
  if (!namespaces.test(written) || !/^[\w.:]+$/.test(written)) return undefined;
  const names = written.replace('global::', '').split('.');
  const at = names.length - (isType ? 1 : 2);
  return at > 0 ? { module: names.slice(0, at).join('.'), path: names.slice(at) } : undefined;
}
