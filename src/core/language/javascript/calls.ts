import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import { type Call, type Link, longestPreceding, type Loop, type Resolution, type Value } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import { isOfTests } from '../testCode.ts';
import { type ImportedPath, unwrapped } from './bindings.ts';
import { nameAndObject } from './members.ts';
import { type Origin, originOf } from './origins.ts';
import { resolverOf, type Scopes } from './scopes.ts';
import { functionAround, type Surroundings, surroundingsOf } from './surroundings.ts';
import { valueOf } from './values.ts';

/** The call or construction whose callee is named by the word at a leaf, or undefined when the word is something else. */
export function callNamedBy(leaf: Node, type: string, scopes: Scopes): Node | undefined {
  let callee: Node = leaf;
  if (type === 'string_fragment') {
    // `fs["rmSync"]()` names its callee by a string.
    const string = scopes.nodes.parentOf(leaf);
    const subscript = string === null ? null : scopes.nodes.parentOf(string);
    if (subscript === null || scopes.nodes.typeOf(subscript) !== 'subscript_expression' || subscript.childForFieldName('index')?.id !== string?.id) return undefined;
    callee = subscript;
  } else if (type === 'property_identifier' || type === 'private_property_identifier') {
    const member = scopes.nodes.parentOf(leaf);
    if (member === null || scopes.nodes.typeOf(member) !== 'member_expression') return undefined;
    callee = member;
  } else if (type !== 'identifier' && type !== 'super') return undefined;
  let outer = scopes.nodes.parentOf(callee);
  if (outer !== null && handsOver(outer, scopes) !== undefined && outer.childForFieldName('object')?.id === callee.id) {
    callee = outer;
    outer = scopes.nodes.parentOf(outer);
  }
  while (outer !== null && (scopes.nodes.typeOf(outer) === 'parenthesized_expression' || scopes.nodes.typeOf(outer) === 'non_null_expression')) {
    callee = outer;
    outer = scopes.nodes.parentOf(outer);
  }
  const kind = outer === null ? '' : scopes.nodes.typeOf(outer);
  if (kind !== 'call_expression' && kind !== 'new_expression') return undefined;
  return outer?.childForFieldName(kind === 'new_expression' ? 'constructor' : 'function')?.id === callee.id ? outer : undefined;
}

/** What a call calls, and by which name it is written. */
export interface Callee {
  readonly node: Node;
  readonly name: string;
  readonly object: Node | undefined;
  /** It is called through a method of the function itself, which takes what `this` is to be first. */
  readonly through?: 'call' | 'apply' | undefined;
}

/** `call` of `s3.deleteBucket.call`; undefined for other members. */
function handsOver(member: Node, scopes: Scopes): 'call' | 'apply' | undefined {
  if (scopes.nodes.typeOf(member) !== 'member_expression' || member.childForFieldName('object')?.type !== 'member_expression') return undefined;
  const property = member.childForFieldName('property');
  const name = property === null ? '' : scopes.nodes.written(property);
  return name === 'call' || name === 'apply' ? name : undefined;
}

/** The callee of a call; undefined when it has no name. */
export function calleeOf(call: Node, scopes: Scopes): Callee | undefined {
  const node = unwrapped(call.childForFieldName(scopes.nodes.typeOf(call) === 'new_expression' ? 'constructor' : 'function'));
  if (node === undefined) return undefined;
  const through = handsOver(node, scopes);
  const called = through === undefined ? node : (node.childForFieldName('object') ?? node);
  const { name, object } = nameAndObject(called, scopes.nodes.text, resolverOf(scopes));
  return name === undefined ? undefined : { node: called, name, object, through };
}

/** The arguments of a call as written; a tagged template is called with its template. */
export function argumentsOf(call: Node): Node[] {
  const written = call.childForFieldName('arguments');
  if (written === null) return [];
  return written.type === 'template_string' ? [written] : written.namedChildren.filter((child) => child.type !== 'comment');
}

export function readCall(node: Node, callee: Callee, scopes: Scopes): Call {
  return new CallInTree(node, callee, scopes);
}

/** Most calls that are read turn out to be harmless by their name alone: what costs more to know is found out when asked for. */
class CallInTree implements Call {
  readonly kind = 'call';
  readonly language = 'javascript';
  readonly range: OffsetRange;
  private knownOrigin: Origin | null | undefined;
  private knownArgs: readonly Value[] | undefined;
  private surroundings: Surroundings | undefined;

  constructor(
    private readonly node: Node,
    private readonly callee: Callee,
    private readonly scopes: Scopes,
  ) {
    this.range = rangeOf(node);
  }

  get resolution(): Resolution {
    return this.origin === undefined ? 'name' : this.origin.isAssigned === true ? 'assignment' : 'import';
  }

  /** The exported name behind an alias: `import { DeleteStackCommand as Remove }` does not hide what is called. */
  get name(): string {
    const last = this.origin?.path.at(-1);
    return last === undefined || last === 'default' || last.endsWith(')') ? this.callee.name : last;
  }

  get receiver(): string | undefined {
    return this.callee.object === undefined ? undefined : this.scopes.nodes.written(this.callee.object);
  }

  get receiverValue(): Value | undefined {
    return this.callee.object === undefined ? undefined : valueOf(this.callee.object, this.scopes.nodes.text, resolverOf(this.scopes));
  }

  get imported(): string | undefined {
    return this.origin === undefined ? undefined : writtenImport(this.origin);
  }

  get constructed(): boolean {
    return this.scopes.nodes.typeOf(this.node) === 'new_expression';
  }

  get args(): readonly Value[] {
    if (this.knownArgs === undefined) {
      const given = valuesOf(this.node, this.scopes);
      const { through } = this.callee;
      this.knownArgs = through === undefined ? given : through === 'call' ? given.slice(1) : (given[1]?.elements ?? []);
    }
    return this.knownArgs;
  }

  get links(): readonly Link[] {
    const links: Link[] = [];
    for (let node = this.callee.object; node !== undefined; ) {
      const called = node.type === 'call_expression' || node.type === 'new_expression' ? node : undefined;
      const callee: Node | undefined = called === undefined ? node : unwrapped(called.childForFieldName(called.type === 'new_expression' ? 'constructor' : 'function'));
      if (callee === undefined) break;
      const { name, object } = nameAndObject(callee, this.scopes.nodes.text);
      links.unshift({ name: name ?? this.scopes.nodes.written(callee), ...(called !== undefined && { args: valuesOf(called, this.scopes) }) });
      node = object;
    }
    return links;
  }

  get next(): readonly Link[] {
    const next: Link[] = [];
    for (let node = this.node; ; ) {
      const member = outermost(node, this.scopes);
      if (member?.type !== 'member_expression' || unwrapped(member.childForFieldName('object'))?.id !== node.id) return next;
      const property = member.childForFieldName('property');
      const call = outermost(member, this.scopes);
      const isCalled = call?.type === 'call_expression' && call.childForFieldName('function')?.id === member.id;
      next.push({ name: property === null ? '' : this.scopes.nodes.written(property), ...(isCalled && { args: valuesOf(call, this.scopes) }) });
      node = isCalled ? call : member;
    }
  }

  get modules(): readonly string[] {
    return this.scopes.modules;
  }

  get preceding(): string {
    const start = functionAround(this.node, this.scopes)?.startIndex ?? 0;
    return this.scopes.nodes.text.slice(new OffsetRange(Math.max(start, this.range.start - longestPreceding), this.range.start));
  }

  get above(): string {
    const end = functionAround(this.node, this.scopes)?.startIndex ?? 0;
    return this.scopes.nodes.text.slice(new OffsetRange(Math.max(0, end - longestPreceding), end));
  }

  get following(): string {
    const { text } = this.scopes.nodes;
    const end = this.range.endExclusive;
    return text.slice(new OffsetRange(end, Math.max(end, Math.min(functionAround(this.node, this.scopes)?.endIndex ?? text.length, end + longestPreceding))));
  }

  get address(): readonly string[] {
    this.surroundings ??= surroundingsOf(this.node, this.scopes);
    return this.surroundings.address;
  }

  get loop(): Loop | undefined {
    this.surroundings ??= surroundingsOf(this.node, this.scopes);
    return this.surroundings.loop;
  }

  get inTest(): boolean {
    this.surroundings ??= surroundingsOf(this.node, this.scopes);
    return this.surroundings.isToldToRunner || isOfTests(this.surroundings.address, this.modules);
  }

  private get origin(): Origin | undefined {
    if (this.knownOrigin === undefined) this.knownOrigin = originOf(this.callee.node, this.scopes) ?? null;
    return this.knownOrigin ?? undefined;
  }
}

function valuesOf(call: Node, scopes: Scopes): Value[] {
  return argumentsOf(call).map((arg) => valueOf(arg, scopes.nodes.text, resolverOf(scopes)));
}

/** The parent of a node, or of the brackets and `await` around it. */
function outermost(node: Node, scopes: Scopes): Node | null {
  let parent = scopes.nodes.parentOf(node);
  while (parent !== null && unwrapped(parent)?.id === node.id) parent = scopes.nodes.parentOf(parent);
  return parent;
}

/**
 * `module#name` as rules write it. What a default import or the module object has as members is what the module
 * exports; `fs.promises` is a module of its own name; a module that is called itself is its `default`.
 */
export function writtenImport({ module, path }: ImportedPath): string {
  const members = path[0] === 'default' && path.length > 1 ? path.slice(1) : path;
  if (module === 'node:fs' && members[0] === 'promises') return `node:fs/promises#${members.slice(1).join('.')}`;
  return `${module}#${members.length === 0 ? 'default' : members.join('.')}`;
}
