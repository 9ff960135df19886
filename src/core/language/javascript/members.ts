import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { rangeOf } from '../syntax.ts';
import { unwrapped } from './bindings.ts';

/** The name of a callee or member, and what it is a member of. */
export function nameAndObject(node: Node, text: LineText): { name?: string; object?: Node } {
  if (node.type === 'identifier' || node.type === 'super') return { name: text.slice(rangeOf(node)) };
  const object = unwrapped(node.childForFieldName('object'));
  const property = node.type === 'subscript_expression' ? node.childForFieldName('index') : node.childForFieldName('property');
  if (object === undefined || property === null) return {};
  const written = text.slice(rangeOf(property));
  return { name: property.type === 'string' ? written.slice(1, -1) : written, object };
}
