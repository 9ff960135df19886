import type { Node } from 'web-tree-sitter';
import type { LineText } from '../../text/lineText.ts';
import { hole } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import { unwrapped } from './bindings.ts';
import { decodeString, type Resolve } from './strings.ts';

/** The name of a callee or member, and what it is a member of. @param resolve given where a name that is put together counts as what it comes to */
export function nameAndObject(node: Node, text: LineText, resolve?: Resolve): { name?: string; object?: Node } {
  if (node.type === 'identifier' || node.type === 'super') return { name: text.slice(rangeOf(node)) };
  const object = unwrapped(node.childForFieldName('object'));
  const property = node.type === 'subscript_expression' ? node.childForFieldName('index') : node.childForFieldName('property');
  if (object === undefined || property === null) return {};
  const written = text.slice(rangeOf(property));
  if (property.type === 'string') return { name: written.slice(1, -1), object };
  const known = resolve === undefined || node.type !== 'subscript_expression' ? undefined : decodeString(property, text, resolve)?.text;
  return { name: known === undefined || known.includes(hole) ? written : known, object };
}
