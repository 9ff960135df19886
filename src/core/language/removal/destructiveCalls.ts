import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';

/** A call whose name, or whose text in a string, says that it takes something away. */
export interface DestructiveCall {
  readonly node: Node;
  readonly range: OffsetRange;
  /** What is called, as written: `db.users.deleteMany`. */
  readonly callee: string;
  /** The names of the functions and classes around it, outermost first. */
  readonly address: readonly string[];
  /** The innermost function around it, or the whole text. */
  readonly within: OffsetRange;
  /** The calls on what it gives, with their arguments, as written: the rest of its chain. */
  readonly chain: string;
}

const verbs = /(?:delete|destroy|drop|truncate|purge|wipe|erase|terminate|tear_?down|decommission|deprovision|remove|rm_?rf|rmtree|rmdir|rmSync|unlink|flush(?:all|db)|nuke|clean_?up|prune|reset|revoke|overwrite|del\b|rm\b)/gi;

const callTypes = /^(?:call|call_expression|new_expression|method_invocation|object_creation_expression|invocation_expression|function_call_expression|member_call_expression|nullsafe_member_call_expression|scoped_call_expression|macro_invocation)$/;
const namedTypes = /function|method|class|module|impl|constructor/;

/** A verb stands at most this many steps below the call that it names or is handed to. */
const deepestVerb = 12;

/** The destructive calls of a tree, in the order of the text, each once. */
export function destructiveCalls(root: Node, text: string): DestructiveCall[] {
  const found = new Map<number, DestructiveCall>();
  for (const match of text.matchAll(verbs)) {
    const call = callAround(root.descendantForIndex(match.index, match.index + match[0].length), text);
    if (call !== undefined && !found.has(call.id)) found.set(call.id, describe(call, text));
  }
  return [...found.values()];
}

function callAround(leaf: Node | null, text: string): Node | undefined {
  let isText = false;
  for (let node = leaf, steps = 0; node !== null && steps < deepestVerb; node = node.parent, steps++) {
    if (node.type.includes('comment')) return undefined;
    isText ||= /string|template|heredoc/.test(node.type);
    if (callTypes.test(node.type)) {
      const isCallee = (leaf?.endIndex ?? 0) <= node.startIndex + calleeOf(node, text).length + 1;
      // A name among the arguments is what is deleted, not what deletes.
      return isCallee || isText ? node : undefined;
    }
    if (/statement$|declaration$|^block$/.test(node.type) && node.type !== 'expression_statement') return undefined;
  }
  return undefined;
}

/** What is called, without arguments; of a chain of calls all that leads to the last name. */
function calleeOf(call: Node, text: string): string {
  const list = call.childForFieldName('arguments') ?? call.namedChildren.find((child) => child.type.includes('argument'));
  const end = list === undefined ? call.endIndex : list.startIndex;
  return text.slice(call.startIndex, end).replace(/\s+/g, ' ').trim();
}

function describe(node: Node, text: string): DestructiveCall {
  const address: string[] = [];
  let within: OffsetRange | undefined;
  let last = node;
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.startIndex === node.startIndex && /call|member|selector|field|attribute|navigation|invocation/.test(outer.type)) last = outer;
    if (!namedTypes.test(outer.type)) continue;
    const name = outer.childForFieldName('name') ?? outer.childForFieldName('type');
    if (name === null) continue;
    address.unshift(text.slice(name.startIndex, name.endIndex));
    within ??= new OffsetRange(outer.startIndex, outer.endIndex);
  }
  return {
    node,
    range: new OffsetRange(node.startIndex, node.endIndex),
    callee: calleeOf(node, text).replace(/\((?:[^()]|\([^()]*\))*\)/g, '()'),
    address,
    within: within ?? new OffsetRange(0, text.length),
    chain: text.slice(node.startIndex, last.endIndex),
  };
}
