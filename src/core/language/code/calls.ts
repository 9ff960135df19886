import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Family } from '../language.ts';
import { type Call, type Link, longestPreceding, type Loop, type Resolution, type Value } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import { isOfTests } from '../testCode.ts';
import type { CallParts, Origin, Sinks } from './dialect.ts';
import type { Scopes } from './scopes.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import { valueOf, valuesOf } from './values.ts';

/** `module#name` as rules write it. */
export function writtenOrigin({ module, path }: Origin, moduleName: (written: string) => string = (written) => written): string {
  return `${moduleName(module)}#${path.join('.')}`;
}

/** Most calls that are read turn out to be harmless by their name alone: what costs more to know is found out when asked for. */
export class CallInTree implements Call {
  readonly kind = 'call';
  readonly range: OffsetRange;
  private knownOrigin: Origin | null | undefined;
  private knownArgs: readonly Value[] | undefined;
  private surroundings: Surroundings | undefined;

  constructor(
    readonly node: Node,
    readonly parts: CallParts,
    private readonly scopes: Scopes,
  ) {
    this.range = rangeOf(node);
  }

  /** The exported name behind an alias. */
  get name(): string {
    return this.parts.object === undefined ? (this.origin?.path.at(-1) ?? this.writtenName) : this.writtenName;
  }

  get language(): Family {
    return this.scopes.dialect.family;
  }

  get sinks(): Sinks {
    return this.scopes.dialect.sinks;
  }

  get receiver(): string | undefined {
    return this.parts.object === undefined ? undefined : this.scopes.nodes.written(this.parts.object);
  }

  get receiverValue(): Value | undefined {
    return this.parts.object === undefined ? undefined : valueOf(this.parts.object, this.scopes);
  }

  get imported(): string | undefined {
    return this.origin === undefined ? undefined : writtenOrigin(this.origin, this.scopes.dialect.moduleName);
  }

  get resolution(): Resolution {
    return this.origin === undefined ? 'name' : 'import';
  }

  get constructed(): boolean {
    return this.parts.isConstruction === true;
  }

  get args(): readonly Value[] {
    this.knownArgs ??= valuesOf(this.parts.args, this.scopes);
    return this.knownArgs;
  }

  get links(): readonly Link[] {
    const links: Link[] = [];
    const { dialect, nodes } = this.scopes;
    for (let node = this.parts.object; node !== undefined; ) {
      const inner = this.scopes.unwrapped(node);
      const call = dialect.calls.has(nodes.typeOf(inner)) ? dialect.callOf(inner, nodes) : undefined;
      const member = call ?? dialect.memberOf(inner, nodes);
      links.unshift({ name: nodes.written(member?.name ?? inner), ...(call !== undefined && { args: valuesOf(call.args, this.scopes) }) });
      node = member?.object;
    }
    return links;
  }

  get next(): readonly Link[] {
    const next: Link[] = [];
    const { dialect } = this.scopes;
    for (let node = this.node; ; ) {
      const outer = this.outside(node);
      const direct = this.callOn(node, outer);
      const member = direct === undefined && outer !== undefined ? dialect.memberOf(outer, this.scopes.nodes) : undefined;
      if (outer === undefined || (direct === undefined && (member === undefined || this.scopes.unwrapped(member.object).id !== node.id))) return next;
      // Some grammars put a member between a call and its object, some do not.
      const caller = direct === undefined ? this.outside(outer) : outer;
      const call = direct ?? this.callOn(node, caller);
      const name = this.scopes.nodes.written(call?.name ?? member?.name);
      next.push(call === undefined ? { name } : { name, args: valuesOf(call.args, this.scopes) });
      node = call === undefined ? outer : (caller ?? outer);
    }
  }

  get modules(): readonly string[] {
    return this.scopes.modules;
  }

  get preceding(): string {
    return this.scopes.nodes.text.slice(new OffsetRange(Math.max(this.functionAround?.startIndex ?? 0, this.range.start - longestPreceding), this.range.start));
  }

  get above(): string {
    const end = this.functionAround?.startIndex ?? 0;
    return this.scopes.nodes.text.slice(new OffsetRange(Math.max(0, end - longestPreceding), end));
  }

  get following(): string {
    const { text } = this.scopes.nodes;
    const end = this.range.endExclusive;
    return text.slice(new OffsetRange(end, Math.max(end, Math.min(this.functionAround?.endIndex ?? text.length, end + longestPreceding))));
  }

  private get functionAround(): Node | undefined {
    const { dialect, nodes } = this.scopes;
    let around: Node | null = nodes.parentOf(this.node);
    while (around !== null && !(dialect.functions.has(nodes.typeOf(around)) && dialect.nameOf(around, nodes) !== undefined)) around = nodes.parentOf(around);
    return around ?? undefined;
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

  /** The parent of a node, or of the brackets and `await` around it. */
  private outside(node: Node): Node | undefined {
    let outer = this.scopes.nodes.parentOf(node);
    while (outer !== null && this.scopes.dialect.wrappers.has(this.scopes.nodes.typeOf(outer)) && this.scopes.unwrapped(outer).id === node.id) outer = this.scopes.nodes.parentOf(outer);
    return outer ?? undefined;
  }

  /** A call whose object is just this node. */
  private callOn(object: Node, outer: Node | undefined): CallParts | undefined {
    const { dialect, nodes } = this.scopes;
    const call = outer !== undefined && dialect.calls.has(nodes.typeOf(outer)) ? dialect.callOf(outer, nodes) : undefined;
    return call?.object !== undefined && this.scopes.unwrapped(call.object).id === object.id ? call : undefined;
  }

  private get writtenName(): string {
    return this.parts.called ?? this.scopes.nodes.written(this.parts.name);
  }

  private get origin(): Origin | undefined {
    if (this.knownOrigin === undefined) this.knownOrigin = this.scopes.originOfCallee(this.parts) ?? null;
    return this.knownOrigin ?? undefined;
  }
}
