import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { DecodedText } from '../decodedText.ts';
import { hole, type Value } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import type { Argument } from './dialect.ts';
import type { Nodes } from '../nodes.ts';
import type { Scopes } from './scopes.ts';
import { decodeString } from './strings.ts';

/** Literals nest this deep before the rest is taken as unknown. */
const deepestLiteral = 6;

const holes = new RegExp(hole, 'g');

/** The arguments of a call; the named ones together as the properties of one value behind the others. */
export function valuesOf(args: readonly Argument[], scopes: Scopes): Value[] {
  const named = args.filter((arg): arg is Required<Argument> => arg.name !== undefined);
  const values = args.filter(({ name }) => name === undefined).map(({ value }) => valueOf(value, scopes));
  const [first] = named;
  const last = named.at(-1);
  if (first === undefined || last === undefined) return values;
  const range = new OffsetRange(first.value.startIndex, last.value.endIndex);
  return [...values, { range, source: scopes.nodes.text.slice(range), ...propertiesOf(named, scopes, deepestLiteral) }];
}

/** An expression as far as it can be known from this file. */
export function valueOf(written: Node, scopes: Scopes, depth = deepestLiteral): Value {
  const { dialect, nodes } = scopes;
  const node = scopes.unwrapped(written);
  const range = rangeOf(written);
  const plain: Value = { range, source: nodes.text.slice(range) };
  if (depth === 0) return plain;
  const type = nodes.typeOf(node);
  if (Object.hasOwn(dialect.constants, type)) {
    const constant = dialect.constants[type];
    return { ...plain, constant: constant === 'number' ? numberOf(nodes.written(node)) : (constant ?? null) };
  }
  const given = dialect.constantOf?.(node, nodes);
  if (given !== undefined) return { ...plain, constant: given };
  if (dialect.symbols?.has(type) === true) return { ...plain, constant: nodes.written(node).replace(/^:?["']?|["']$/g, '') };
  const elements = dialect.lists.has(type) ? nodes.childrenOf(node) : dialect.elementsOf?.(node, nodes);
  if (elements !== undefined) return { ...plain, elements: elements.map((child) => valueOf(child, scopes, depth - 1)) };
  const text = decodeString(node, scopes);
  const behind = scopes.constantBehind(node);
  if (behind !== undefined) {
    const value = valueOf(behind, scopes, depth - 1);
    return { standsFor: value.source, ...value, ...plain };
  }
  if (text !== undefined) return { ...plain, constant: text.text, ...holesOf(text, nodes) };
  const entries = dialect.entriesOf(node, nodes);
  if (entries !== undefined) return { ...plain, ...propertiesOf(entries.entries, scopes, depth), ...(entries.isOpen && { isOpen: true }) };
  // `aws.String("x")` is as good as its argument, `dir.path()` as `dir`.
  const call = dialect.calls.has(type) ? dialect.callOf(node, nodes) : undefined;
  const [first, ...more] = call?.args ?? [];
  const only = first?.value ?? call?.object;
  if (call === undefined || only === undefined || more.length > 0 || !dialect.transparentCalls.has(nodes.written(call.name))) return plain;
  return { ...valueOf(only, scopes, depth - 1), ...plain };
}

function propertiesOf(entries: readonly Required<Argument>[], scopes: Scopes, depth: number): { properties: ReadonlyMap<string, Value> } {
  return { properties: new Map(entries.flatMap(({ name, value }) => (name === undefined ? [] : [[name, valueOf(value, scopes, depth - 1)] as const]))) };
}

/** Underscores and the suffixes that give a number's type are left out. */
function numberOf(written: string): number {
  const digits = written.replaceAll('_', '');
  const whole = Number(digits);
  return Number.isNaN(whole) ? Number(digits.replace(/(?:[uUlLnfFdDmM]+|[iuf]\d+)$/, '')) : whole;
}

/** Without the marks that set an expression into a string. */
function holesOf(code: DecodedText, nodes: Nodes): Pick<Value, 'holes'> {
  const at = [...code.text.matchAll(holes)].map(({ index }) => code.rangeOf(OffsetRange.ofLength(index, 1)));
  return at.length === 0 ? {} : { holes: at.map((range) => nodes.text.slice(range).replace(/^(?:[$#]?\{|\\\()\s*(.*?)\s*[})]$|^\$(?=\w)/s, '$1')) };
}
