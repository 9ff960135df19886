import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import type { Value } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import { unwrapped } from './bindings.ts';
import { decodeString, type Resolve } from './strings.ts';

/** Literals nest this deep before the rest is taken as unknown. */
const deepestLiteral = 6;

/** An argument as far as it can be known from this file. */
export function valueOf(written: Node, text: LineText, resolve: Resolve, depth = deepestLiteral): Value {
  const node = unwrapped(written) ?? written;
  const range = rangeOf(written);
  const plain: Value = { range, source: text.slice(range) };
  if (depth === 0) return plain;
  switch (node.type) {
    case 'number':
      return { ...plain, constant: Number(text.slice(rangeOf(node))) };
    case 'true':
    case 'false':
      return { ...plain, constant: node.type === 'true' };
    case 'null':
      return { ...plain, constant: null };
    case 'array':
      return { ...plain, elements: node.namedChildren.map((child) => valueOf(child, text, resolve, depth - 1)) };
    case 'object':
      return { ...plain, ...propertiesOf(node, text, resolve, depth) };
    case 'identifier': {
      const binding = resolve(node);
      return binding?.kind === 'value' && binding.node.id !== node.id ? { ...valueBehind(binding.node, text, resolve, depth), ...plain } : plain;
    }
    default: {
      const constant = decodeString(node, text, resolve)?.text;
      return constant === undefined ? plain : { ...plain, constant };
    }
  }
}

function propertiesOf(object: Node, text: LineText, resolve: Resolve, depth: number): { properties: ReadonlyMap<string, Value>; isOpen: boolean } {
  const properties = new Map<string, Value>();
  let isOpen = false;
  for (const member of object.namedChildren) {
    if (member.type === 'pair') {
      const key = member.childForFieldName('key');
      const value = member.childForFieldName('value');
      if (key === null || value === null) continue;
      if (key.type === 'computed_property_name') isOpen = true;
      else properties.set(key.type === 'string' ? text.slice(rangeOf(key)).slice(1, -1) : text.slice(rangeOf(key)), valueOf(value, text, resolve, depth - 1));
    } else if (member.type === 'shorthand_property_identifier') {
      properties.set(text.slice(rangeOf(member)), shorthandValue(member, text, resolve, depth));
    } else if (member.type === 'spread_element') isOpen = true;
  }
  return { properties, isOpen };
}

/** `{ StackName }` stands for the variable of that name. */
function shorthandValue(member: Node, text: LineText, resolve: Resolve, depth: number): Value {
  const range = rangeOf(member);
  const source = text.slice(range);
  const binding = resolve(member);
  return { ...(binding?.kind === 'value' && valueBehind(binding.node, text, resolve, depth)), range, source };
}

/** The value that a constant was given. */
function valueBehind(node: Node, text: LineText, resolve: Resolve, depth: number): Value {
  const value = valueOf(node, text, resolve, depth - 1);
  return { standsFor: value.source, ...value };
}
