import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import type { Pace, Paced } from '../pace.ts';
import { rangeOf } from '../syntax.ts';
import { wordWindows } from '../windows.ts';

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
  /** The stretches of the text that all this was read from. */
  readonly madeOf: readonly OffsetRange[];
}

const verbs = /(?:delete|destroy|drop|truncate|purge|wipe|erase|terminate|tear_?down|decommission|deprovision|remove|rm_?rf|rmtree|rmdir|rmSync|unlink|flush(?:all|db)|nuke|clean_?up|prune|reset|revoke|overwrite|del\b|rm\b)/gi;

const callTypes = /^(?:call|call_expression|new_expression|method_invocation|object_creation_expression|invocation_expression|function_call_expression|member_call_expression|nullsafe_member_call_expression|scoped_call_expression|macro_invocation)$/;
const namedTypes = /function|method|class|module|impl|constructor/;

/** Calls that say what they are given, to people or to a log. */
const speaks = /(?:^|[.:>])(?:console|log\w*|print\w*|e?println!?|puts|echo|warn\w*|info|debug|error|trace|fatal\w*|say|notify|alert|confirm\w*|prompt\w*|ask\w*|question|input|write_?line|describe|it|test|expect|assert\w*|raise|\w*Error|\w*Exception|fail|abort|panic!?|bail!?|anyhow!|require)(?:\.\w+)*!?$/i;

/** A verb stands at most this many steps below the call that it names or is handed to. */
const deepestVerb = 12;

/** The destructive calls of a tree, in the order of the text, each once. */
export function* destructiveCalls(root: Node, nodes: Nodes, pace: Pick<Pace, 'isOver'>): Paced<DestructiveCall[]> {
  const found = new Map<number, DestructiveCall>();
  const { text } = nodes;
  for (const window of wordWindows(text, new OffsetRange(0, text.length))) {
    for (const match of text.slice(window).matchAll(verbs)) {
      const at = window.start + match.index;
      const call = callAround(root.descendantForIndex(at, at + match[0].length), nodes);
      if (call !== undefined && !found.has(call.id)) found.set(call.id, describe(call, nodes));
      if (pace.isOver()) yield;
    }
    if (pace.isOver()) yield;
  }
  return [...found.values()];
}

/** Whether a stretch of text may name something destructive. */
export function mayDestroy(text: string): boolean {
  return text.search(verbs) !== -1;
}

function callAround(leaf: Node | null, nodes: Nodes): Node | undefined {
  let isText = false;
  for (let node = leaf, steps = 0; node !== null && steps < deepestVerb; node = nodes.parentOf(node), steps++) {
    const type = nodes.typeOf(node);
    if (type.includes('comment')) return undefined;
    isText ||= /string|template|heredoc/.test(type);
    if (callTypes.test(type)) {
      const callee = calleeOf(node, nodes);
      const isCallee = (leaf?.endIndex ?? 0) <= node.startIndex + callee.length + 1;
      if (isText && speaks.test(callee)) return undefined;
      // A name among the arguments is what is deleted, not what deletes.
      return isCallee || isText ? node : undefined;
    }
    if (/statement$|declaration$|^block$/.test(type) && type !== 'expression_statement') return undefined;
  }
  return undefined;
}

/** What is called, without arguments; of a chain of calls all that leads to the last name. */
function calleeOf(call: Node, { text }: Nodes): string {
  const list = call.childForFieldName('arguments') ?? call.namedChildren.find((child) => child.type.includes('argument'));
  const end = list === undefined ? call.endIndex : list.startIndex;
  return text.slice(new OffsetRange(call.startIndex, end)).replace(/\s+/g, ' ').trim();
}

function describe(node: Node, nodes: Nodes): DestructiveCall {
  const address: string[] = [];
  const watched: OffsetRange[] = [];
  let within: OffsetRange | undefined;
  let last = node;
  for (let outer = nodes.parentOf(node); outer !== null; outer = nodes.parentOf(outer)) {
    const type = nodes.typeOf(outer);
    if (outer.startIndex === node.startIndex && /call|member|selector|field|attribute|navigation|invocation/.test(type)) last = outer;
    if (!namedTypes.test(type)) continue;
    const name = outer.childForFieldName('name') ?? outer.childForFieldName('type');
    if (name === null) continue;
    address.unshift(nodes.written(name));
    watched.push(rangeOf(name));
    within ??= rangeOf(outer);
  }
  const chain = new OffsetRange(node.startIndex, last.endIndex);
  return {
    node,
    range: rangeOf(node),
    callee: calleeOf(node, nodes).replace(/\((?:[^()]|\([^()]*\))*\)/g, '()'),
    address,
    within: within ?? new OffsetRange(0, nodes.text.length),
    chain: nodes.text.slice(chain),
    madeOf: [chain, ...watched],
  };
}
