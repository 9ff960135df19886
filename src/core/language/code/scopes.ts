import type { Node } from 'web-tree-sitter';
import { textOf } from './computed.ts';
import { Declarations } from './declarations.ts';
import type { Binding, CallParts, Dialect, Origin } from './dialect.ts';
import type { FileNames } from './fileNames.ts';
import type { Nodes } from '../nodes.ts';
import { rangeOf } from '../syntax.ts';

/** Names stand for names, and chains of settings for what they set up; longer ones nobody writes. */
const deepestAlias = 16;

/** The module of a type that the file does not define, and whose import does not name it: `using Amazon.S3`, `import x.*`. */
export const someModule = '*';

function typeOf(binding: Binding): Node | undefined {
  return binding.kind === 'typed' || binding.kind === 'value' ? binding.type : undefined;
}

/** What the parameters of a function hold in a call of it, and which of them were asked for. */
interface Given {
  readonly values: ReadonlyMap<string, Node>;
  readonly within: Node;
  readonly used: Set<string>;
}

/** What names and expressions stand for at the places of one tree. */
export class Scopes {
  private readonly declarations: Declarations;

  constructor(
    readonly dialect: Dialect,
    readonly nodes: Nodes,
    private readonly root: Node,
    private readonly file: FileNames,
    private readonly given?: Given,
  ) {
    this.declarations = new Declarations(dialect, nodes, root, file);
  }

  /** The same, where a function's parameters hold what a call of it gives them. */
  giving(given: Given): Scopes {
    return new Scopes(this.dialect, this.nodes, this.root, this.file, given);
  }

  scopeOf(node: Node): Node | undefined {
    return this.declarations.scopeOf(node);
  }

  /** The modules that the file brings in anywhere. */
  get modules(): readonly string[] {
    return this.file.modules(this.root);
  }

  /** What a name stands for at a place: the last that it was given before it in the innermost scope that declares it. */
  bindingAt(name: string, place: Node): Binding | undefined {
    for (let scope = this.scopeOf(place); scope !== undefined; scope = this.scopeOf(scope)) {
      const written = this.declarations.of(name, scope);
      if (written === undefined) continue;
      const before = written.filter(({ at }) => at <= place.startIndex);
      const binding = before.at(-1)?.binding ?? written[0]?.binding;
      if (binding?.kind !== 'value' || written.length === 1) return binding;
      // A type that was declared before holds for what is given later.
      return { ...binding, isConstant: false, type: binding.type ?? before.map((earlier) => typeOf(earlier.binding)).find((type) => type !== undefined) };
    }
    return undefined;
  }

  /** What a name, or a field of the object itself, was given once and for all. */
  constantBehind(node: Node): Node | undefined {
    const member = this.dialect.names.has(this.nodes.typeOf(node)) ? undefined : this.dialect.memberOf(node, this.nodes);
    const given = member === undefined ? this.givenTo(node) : undefined;
    if (given !== undefined) return given;
    if (member !== undefined && !this.dialect.selves.has(this.nodes.written(member.object))) return undefined;
    const binding = member === undefined ? this.bindingAt(this.nodes.written(node), node) : this.fieldBinding(this.nodes.written(member.name), node);
    return binding?.kind === 'value' && binding.isConstant && binding.node.id !== node.id ? binding.node : undefined;
  }

  private givenTo(node: Node): Node | undefined {
    if (this.given === undefined || !rangeOf(this.given.within).encloses(rangeOf(node))) return undefined;
    const name = this.nodes.written(node);
    const value = this.given.values.get(name);
    if (value !== undefined) this.given.used.add(name);
    return value;
  }

  /** What a field of the object itself was given or declared as, anywhere in its class. */
  fieldBinding(name: string, place: Node): Binding | undefined {
    for (let scope = this.nodes.parentOf(place); scope !== null; scope = this.nodes.parentOf(scope)) {
      if (this.dialect.classes.has(this.nodes.typeOf(scope))) return this.fieldIn(scope, name) ?? this.fieldOfNamed(this.dialect.nameOf(scope, this.nodes), name, scope);
    }
    return undefined;
  }

  private fieldIn(scope: Node, name: string): Binding | undefined {
    const written = [...(this.declarations.of(`.${name}`, scope) ?? []), ...this.declarations.assignedIn(scope, name)];
    const binding = written.find(({ binding: { kind } }) => kind !== 'opaque')?.binding;
    return binding?.kind === 'value' && written.length > 1 ? { ...binding, isConstant: false } : binding;
  }

  /** A field of a class that stands elsewhere in the file: what `impl` and methods with receivers add to. */
  private fieldOfNamed(type: string | undefined, field: string, place: Node): Binding | undefined {
    const binding = type === undefined ? undefined : this.bindingAt(type, place);
    return binding?.kind === 'class' && !(binding.node.startIndex <= place.startIndex && place.endIndex <= binding.node.endIndex) ? this.fieldIn(binding.node, field) : undefined;
  }

  /** The expression inside brackets, `await` and their kin. */
  unwrapped(node: Node): Node {
    let inner = node;
    while (this.dialect.wrappers.has(this.nodes.typeOf(inner))) {
      const child = this.nodes.childrenOf(inner)[0];
      if (child === undefined) break;
      inner = child;
    }
    return inner;
  }

  /** The module that an expression comes from, over members, calls, assignments and declared types. */
  originOf(expression: Node, depth = deepestAlias): Origin | undefined {
    if (depth === 0) return undefined;
    const node = this.unwrapped(expression);
    const type = this.nodes.typeOf(node);
    if (this.dialect.names.has(type)) {
      const name = this.nodes.written(node);
      const binding = this.bindingAt(name, node) ?? (name.startsWith('@') ? this.fieldBinding(name, node) : undefined);
      return this.originOfBinding(binding, depth) ?? this.originOfName(name, node);
    }
    const cast = this.dialect.castType?.(node, this.nodes);
    if (cast !== undefined) return this.originOfType(cast);
    const asked = this.dialect.computed?.memberOf?.(node, this.nodes);
    const name = asked === undefined ? undefined : textOf(asked.name, this);
    if (asked !== undefined && name !== undefined) return this.originOfMember(asked.object, name, depth);
    const call = this.dialect.calls.has(type) ? this.dialect.callOf(node, this.nodes) : undefined;
    if (call !== undefined) return this.originOfCall(call, depth);
    const member = this.dialect.memberOf(node, this.nodes);
    if (member === undefined) return undefined;
    const held = this.nodes.written(member.name);
    if (this.dialect.selves.has(this.nodes.written(member.object))) return this.originOfBinding(this.fieldBinding(held, node), depth);
    return this.originOfMember(member.object, held, depth) ?? this.originOfBinding(this.fieldOfNamed(this.declaredType(member.object), held, node), depth);
  }

  /** The name of the type that a name is declared with. */
  private declaredType(object: Node): string | undefined {
    const binding = this.dialect.names.has(this.nodes.typeOf(object)) ? this.bindingAt(this.nodes.written(object), object) : undefined;
    const type = binding === undefined ? undefined : typeOf(binding);
    return type === undefined ? undefined : typeNames(this.nodes.written(type));
  }

  /** The origin of a callee: the function's own, or that of its object and its name. */
  originOfCallee({ name, object, isConstruction, called }: Pick<CallParts, 'name' | 'object' | 'isConstruction' | 'called'>, depth = deepestAlias): Origin | undefined {
    if (object === undefined) return isConstruction === true ? this.originOfType(name) : this.originOf(name, depth);
    const written = called ?? this.nodes.written(name);
    if (this.dialect.selves.has(this.nodes.written(object))) return undefined;
    return this.originOfMember(object, written, depth);
  }

  /** The origin of a type as it is written, without its arguments, pointers and marks for null. */
  originOfType(type: Node): Origin | undefined {
    const names = typeNames(this.nodes.written(type));
    if (names === undefined) return undefined;
    const [first = '', ...rest] = names.split(/\.|::|\\/);
    const binding = this.bindingAt(first, type);
    if (binding?.kind === 'import') return { module: binding.origin.module, path: [...binding.origin.path, ...rest] };
    return binding === undefined ? (this.dialect.qualifiedName?.(names, true) ?? this.originOfName(names.split(/\.|::|\\/).at(-1) ?? first, type)) : undefined;
  }

  private originOfMember(object: Node, name: string, depth: number): Origin | undefined {
    const written = this.nodes.written(object);
    const qualified = this.dialect.qualifiedName?.(`${written}.${name}`, false);
    if (qualified !== undefined && this.bindingAt(written.split('.')[0] ?? '', object) === undefined) return qualified;
    const owner = this.originOf(object, depth - 1);
    return owner === undefined ? undefined : { module: owner.module, path: [...owner.path, name] };
  }

  /** What a function of this file says that it gives back. */
  private originOfResult({ name, object }: CallParts, depth: number): Origin | undefined {
    const result = `${this.nodes.written(name)}()`;
    if (object === undefined) return this.originOfBinding(this.bindingAt(result, name), depth);
    return this.dialect.selves.has(this.nodes.written(object)) ? this.originOfBinding(this.fieldBinding(result, name), depth) : undefined;
  }

  private originOfCall(call: CallParts, depth: number): Origin | undefined {
    const [passed] = call.args;
    if (passed !== undefined && this.dialect.passingOn?.has(this.nodes.written(call.name)) === true) return this.originOf(passed.value, depth - 1);
    const returned = this.originOfResult(call, depth);
    if (returned !== undefined) return returned;
    const callee = this.originOfCallee(call, depth);
    const last = callee?.path.at(-1);
    if (callee === undefined || last === undefined) return callee;
    if (call.isConstruction === true) return callee;
    const result = this.dialect.resultOf?.(callee);
    if (result !== undefined) return result;
    // A singleton is asked for without saying which: `Config.instance`, and not `ec2.instance(id)`.
    const isInstance = this.dialect.instancing?.has(last) === true && !(last === 'instance' && call.args.length > 0);
    if (callee.path.length > 1 && isInstance) return { module: callee.module, path: callee.path.slice(0, -1) };
    // What a class is called for is an instance of it.
    if (/^[A-Z]/.test(last)) return callee;
    const [first] = call.args;
    const literal = first !== undefined && this.dialect.strings.has(this.nodes.typeOf(first.value)) ? this.nodes.written(first.value).replace(/^\W+|\W+$/g, '') : '';
    return { module: callee.module, path: [...callee.path.slice(0, -1), `${last}(${literal})`] };
  }

  private originOfBinding(binding: Binding | undefined, depth: number): Origin | undefined {
    if (binding?.kind === 'import') return binding.origin;
    if (binding?.kind === 'value') return (binding.type === undefined ? undefined : this.originOfType(binding.type)) ?? this.originOf(binding.node, depth - 1);
    if (binding?.kind === 'element') {
      const collection = this.dialect.elementOf === undefined ? undefined : this.originOf(binding.node, depth - 1);
      return collection && this.dialect.elementOf?.(collection);
    }
    return binding?.kind === 'typed' ? this.originOfType(binding.type) : undefined;
  }

  /** A type that the file neither defines nor names in an import comes from one of those that it brings in whole. */
  private originOfName(name: string, place: Node): Origin | undefined {
    if (this.bindingAt(name, place) !== undefined) return undefined;
    const module = this.dialect.moduleOf?.(place, this.nodes);
    if (module !== undefined) return { module, path: [] };
    return /^[A-Z]/.test(name) ? { module: someModule, path: [name] } : undefined;
  }
}

/** The dotted name of a type without what stands around it: pointers, marks for null, one layer of `Optional<…>`. */
function typeNames(written: string): string | undefined {
  const bare = written.replace(/^(?:const\b|final\b|readonly\b|mut\b|dyn\b|impl\b|in\b|out\b|ref\b|&|\*|\?|\[\]|:|'\w+|\s)+/, '').replace(/^(?:Optional|Option|Arc|Rc|Box|Mutex|Lazy|Provider|Promise|Task|Awaitable|Annotated)[<[]/, '');
  return /^[&*\s]*((?:\\)?[\p{L}_$][\w$]*(?:(?:\.|::|\\)[\p{L}_$][\w$]*)*)/u.exec(bare)?.[1]?.replace(/^\\/, '');
}
