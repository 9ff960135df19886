import type { Node } from 'web-tree-sitter';
import type { Scopes } from './scopes.ts';

/** Where the name of what is called ends that is put together or stands in a constant: `fs["rm" + "Sync"](…)`, `fs[op](…)`. */
export const computedCalls = /\](?=\(|\?\.\()/g;

const constantIndex = /\[\s*([A-Za-z_$][\w$]*)\s*\](?=\(|\?\.\()/g;
const putTogether = /\[[^[\]\n]*(?:["'][^[\]\n]*\+|\+\s*["'`]|`)[^[\]\n]*\](?=\(|\?\.\()/;

/** Whether a text calls something by such a name, so that no word names it where it is called. */
export function computesCalls(text: string): boolean {
  if (!text.includes('](') && !text.includes(']?.(')) return false;
  return putTogether.test(text) || [...text.matchAll(constantIndex)].some(([, name = '']) => new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\s*(?::\\s*\\w+\\s*)?=\\s*["'\`]`).test(text));
}

/** The call that is named by what ends at a leaf; undefined where the name stands there as it is. */
export function callComputedAt(leaf: Node, scopes: Scopes): Node | undefined {
  const subscript = scopes.nodes.parentOf(leaf);
  if (subscript === null || scopes.nodes.typeOf(subscript) !== 'subscript_expression' || subscript.childForFieldName('index')?.type === 'string') return undefined;
  const call = scopes.nodes.parentOf(subscript);
  return call !== null && scopes.nodes.typeOf(call) === 'call_expression' && call.childForFieldName('function')?.id === subscript.id ? call : undefined;
}
