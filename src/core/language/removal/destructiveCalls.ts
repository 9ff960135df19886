import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import { rangeOf } from '../syntax.ts';
import type { Piece } from './lineBalance.ts';

/** A call whose name, or whose text in a string, says that it takes something away. */
export interface DestructiveCall {
  readonly range: OffsetRange;
  /** What is called, as written: `db.users.deleteMany`. */
  readonly callee: string;
  /** The names of the functions and classes around it, outermost first. */
  readonly address: readonly string[];
  /** The innermost function around it. */
  readonly within: OffsetRange | undefined;
  /** The calls on what it gives, with their arguments: the rest of its chain. */
  readonly chain: OffsetRange;
}

const verbs = /(?:delete|destroy|drop|truncate|purge|wipe|erase|terminate|tear_?down|decommission|deprovision|remove|rm_?rf|rmtree|rmdir|rmSync|unlink|flush(?:all|db)|nuke|clean_?up|prune|reset|revoke|overwrite|(?<![a-z])(?:del|rm)\b)/gi;

const callTypes = /^(?:call|call_expression|new_expression|method_invocation|object_creation_expression|invocation_expression|function_call_expression|member_call_expression|nullsafe_member_call_expression|scoped_call_expression|macro_invocation)$/;
const namedTypes = /function|method|class|module|impl|constructor/;

/** Calls that say what they are given, to people or to a log. */
const speaks = /(?:^|[.:>\s])(?:console|style|Markup\w*|std(?:out|err)|log\w*|print\w*|e?println!?|puts|echo|warn\w*|info|debug|error|trace|fatal\w*|say|notify|alert|confirm\w*|prompt\w*|ask\w*|question|input|write_?line|json(?:ify)?|render\w*|respond\w*|reply|flash|toast|\w*Response|describe|it|test|expect|assert\w*|raise|\w*Errorf?|errors?\.New|status|\w*Exception|fail|abort|panic!?|bail!?|anyhow!|flags?|option|argument|add_argument|add_option|require\w*|check(?:NotNull)?|precondition|ensure!?)(?:\.\w+)*!?$/i;

/** Calls that only put a text together for another. */
const formats = /(?:^|[.:])(?:format!?|sprintf)$/i;

/** Calls that ask for a flag or a right by its name. */
const asks = /(?:^|[.:>])(?:(?:is|has|can|may|should)(?:[A-Z_]\w*)?|(?:feature|flag|setting|option)\w*|\w*(?:[eE]nabled|[aA]llowed))\??$/;

/** A verb stands at most this many steps below the call that it names or is handed to. */
const deepestVerb = 12;
/** Of a chain with a thousand members each has all before it for its callee. */
const longestCallee = 500;
const longestChain = 2000;

/** Where a line speaks of taking something away. */
export function verbsIn(line: string): readonly Piece[] {
  const found = [...line.matchAll(verbs)];
  return found.length === 0 ? none : found.map(({ 0: { length }, index: start }) => ({ start, length }));
}

const none: readonly Piece[] = [];

/** Whether a stretch of text may name something destructive. */
export function mayDestroy(text: string): boolean {
  return text.search(verbs) !== -1;
}

/** The call that a leaf names or is handed to, and the outermost node that was looked at to tell. */
export function callAround(leaf: Node, nodes: Nodes): { readonly call: Node | undefined; readonly outermost: Node } {
  let isText = false;
  let outermost = leaf;
  for (let node: Node | null = leaf, steps = 0; node !== null && steps < deepestVerb; node = nodes.parentOf(node), steps++) {
    const type = nodes.typeOf(node);
    outermost = node;
    if (type.includes('comment')) break;
    isText ||= /string|template|heredoc/.test(type);
    if (callTypes.test(type)) {
      const callee = calleeOf(node, nodes);
      if (isText && formats.test(callee)) continue;
      if (isText && (speaks.test(callee.replace(/\([^]*$/, '')) || asks.test(callee) || registers(node, nodes.written(leaf)))) break;
      const isCallee = leaf.endIndex <= endOfCallee(node);
      if (isCallee && route.test(callee) && registers(node, firstText(node, nodes))) break;
      if (isCallee && request.test(callee.replace(/(?<!\s)\s*\{[^]*$/, '')) && isHandedToAnother(node, nodes)) break;
      // A name among the arguments is what is deleted, not what deletes.
      return { call: isCallee || isText ? node : undefined, outermost };
    }
    if (isText && holders.test(type) && statement.test(nodes.written(leaf))) return { call: node, outermost };
    if (/statement$|declaration$|^block$/.test(type) && type !== 'expression_statement') break;
  }
  return { call: undefined, outermost };
}

/** What gives a name a statement that is carried out later. */
const holders = /^(?:local_variable_declaration|variable_declarator|assignment|assignment_expression|short_var_declaration|var_spec|const_spec|property_declaration|let_declaration)$/;
const statement = /\b(?:delete\s+from|drop\s+(?:table|schema|database)|truncate\s+table)\b/i;

const functions = /^(?:arrow_function|function_expression|function|func_literal|lambda\w*|closure\w*|anonymous_function\w*)$/;

/** A handler that is given along with a path or a name is only kept under it: `router.post('/purge', async (req, res) => …)`. */
function registers(call: Node, text: string): boolean {
  if (!/^["'`]?\/?[\w/:{}<>*-]+["'`]?$/.test(text)) return false;
  const list = call.childForFieldName('arguments');
  return list?.namedChildren.some(({ type }) => functions.test(type)) === true || call.namedChildren.at(-1)?.type === 'annotated_lambda' || call.parent?.namedChildren.at(-1)?.type === 'annotated_lambda';
}

/** What answers requests by their method: `router.delete('/x', …)`, `delete("/x") { … }`. */
const route = /^(?:[\w$]+\.)*?(?:(?:app|router|routes?|server|api|fastify|group|mux|bp)\.)?(?:delete|del)$/i;

function firstText(call: Node, nodes: Nodes): string {
  return nodes.written(call.childForFieldName('arguments')?.namedChildren[0] ?? call.namedChildren.find(({ type }) => type.includes('argument'))?.namedChildren[0]);
}

/** What is only put together for the call that does it: `client.deleteTable(DeleteTableRequest { … })`. */
const request = /(?:Request|Input|Options)$/;

function isHandedToAnother(call: Node, nodes: Nodes): boolean {
  for (let outer = nodes.parentOf(call), steps = 0; outer !== null && steps < deepestVerb; outer = nodes.parentOf(outer), steps++) {
    if (callTypes.test(nodes.typeOf(outer)) && endOfCallee(outer) <= call.startIndex) return mayDestroy(calleeOf(outer, nodes));
  }
  return false;
}

/** The call that stands in just a range. */
export function callAt({ start, endExclusive }: OffsetRange, root: Node, nodes: Nodes): Node | undefined {
  let node = root.descendantForIndex(start, endExclusive);
  const isHolder = (each: Node) => holders.test(nodes.typeOf(each)) && each.startIndex === start && each.endIndex === endExclusive;
  while (node !== null && !callTypes.test(nodes.typeOf(node)) && !isHolder(node)) node = nodes.parentOf(node);
  return node ?? undefined;
}

/** What is called, without arguments; of a chain of calls all that leads to the last name, as far as anybody reads it. */
function calleeOf(call: Node, { text }: Nodes): string {
  const end = endOfCallee(call);
  return text.slice(new OffsetRange(Math.max(call.startIndex, end - longestCallee), end)).replace(/\s+/g, ' ').trim();
}

function endOfCallee(call: Node): number {
  const list = call.childForFieldName('arguments') ?? call.namedChildren.find((child) => /argument|token_tree|call_suffix|lambda/.test(child.type));
  return list?.startIndex ?? call.endIndex;
}

export function describe(node: Node, nodes: Nodes): DestructiveCall {
  const address: string[] = [];
  let within: OffsetRange | undefined;
  let last = node;
  for (let outer = nodes.parentOf(node); outer !== null; outer = nodes.parentOf(outer)) {
    const type = nodes.typeOf(outer);
    if (outer.startIndex === node.startIndex && /call|member|selector|field|attribute|navigation|invocation/.test(type)) last = outer;
    const name = nameOf(outer, type);
    if (name === undefined) continue;
    address.unshift(nodes.written(name));
    within ??= rangeOf(outer);
  }
  return {
    range: rangeOf(node),
    callee: calleeOf(node, nodes).replace(/\((?:[^()]|\([^()]*\))*\)/g, '()'),
    address,
    within,
    chain: new OffsetRange(node.startIndex, Math.min(last.endIndex, node.startIndex + longestChain)),
  };
}

/** What a function or class is called. */
export function nameOf(node: Node, type: string): Node | undefined {
  return namedTypes.test(type) ? (node.childForFieldName('name') ?? node.childForFieldName('type') ?? undefined) : undefined;
}
