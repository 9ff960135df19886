import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import { rangeOf } from '../syntax.ts';

/** Names that nothing leads to: what stands behind a dot is a member. */
const variables = /(?<![\p{L}\p{N}_$.:>])\$?[\p{L}_][\p{L}\p{N}_]*/gu;

const names = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** What so many statements before a call do says nothing of it any more. */
const mostStatements = 200;
/** A statement that is longer gives no variable what it is about. */
const longestStatement = 2000;

/**
 * What the variables of a call were given before it on the way to it, as written behind their names, the nearest first: `old: Order.filter(…)` for `old.delete()`.
 * What a condition gives them, it may not give. A list that is gone through counts as given to the name that each of it gets, and to nothing where that has none.
 */
export function valuesBehind(call: Node, chain: string, nodes: Nodes): string[] {
  const wanted = new Set(chain.match(variables));
  const values: string[] = [];
  const take = (name: string, value: string) => {
    values.push(`${name}: ${value}`);
    // What it is made of may be narrowed already, and itself be what it was.
    for (const more of value.match(variables) ?? []) wanted.add(more);
  };
  for (let inner = call, outer = nodes.parentOf(call); outer !== null; inner = outer, outer = nodes.parentOf(outer)) {
    const list = listAround(inner, outer, nodes);
    if (list !== undefined) take(eachOf(list) ?? '', list);
    if (wanted.size === 0) continue;
    for (const [, name = '', value = ''] of functionLike.test(nodes.typeOf(outer)) && bodies.test(nodes.typeOf(inner)) ? headOf(outer, inner, nodes).matchAll(defaultGiven) : []) if (wanted.delete(name)) take(name, value);
    for (const before of nodes.before(inner, outer, mostStatements)) {
      const given = givenIn(before, nodes);
      for (const name of given?.names ?? []) if (wanted.delete(name)) take(name, given?.value ?? '');
    }
  }
  return values;
}

interface Given {
  readonly names: readonly string[];
  readonly value: string;
}

/** What a tree's statements give to variables, by the statements' ids: those of a file stand before each of its calls. */
const known = new WeakMap<Nodes, Map<number, Given | undefined>>();

function givenIn(statement: Node, nodes: Nodes): Given | undefined {
  const ofTree = known.get(nodes) ?? new Map<number, Given | undefined>();
  known.set(nodes, ofTree);
  const { id } = statement;
  if (ofTree.has(id)) return ofTree.get(id);
  const range = rangeOf(statement);
  // The head of most statements tells that they give nothing, whatever follows.
  const head = range.length > longestStatement ? '' : nodes.text.slice(OffsetRange.ofLength(range.start, Math.min(range.length, longestHead)));
  const [, name = '', value = ''] = assigns.test(head) ? (assignment.exec(nodes.written(statement)) ?? []) : [];
  const given = name === '' ? givenToSeveral(head, statement, nodes) : { names: [name], value };
  ofTree.set(id, given);
  return given;
}

/** `const { rows } = …`, `const [rows] = …`, `rows, err := …`: each gets a part. */
function givenToSeveral(head: string, statement: Node, nodes: Nodes): Given | undefined {
  const [start, unpacked, listed] = severalGiven.exec(head) ?? [];
  return start === undefined ? undefined : { names: [...(unpacked ?? listed ?? '').matchAll(names)].map(([name]) => name), value: nodes.written(statement).slice(start.length).trim() };
}

const loops = /^(?:for|foreach|enhanced_for|for_in|for_each)(?:_statement|_expression|_range_loop)?$|^for_in_statement$/;
const functionLike = /function|method|lambda_expression|^lambda$|closure_expression|func_literal|arrow|constructor/;
const bodies = /block|body|statements|compound|suite/;
const blocks = /^(?:block|do_block|lambda_literal|annotated_lambda|arrow_function|function_expression|lambda|lambda_expression|closure_expression|func_literal|anonymous_function\w*|arrow_function_expression)$/;
const goesThrough = /(?:each|for_?each|map|flat_?map|filter_?map|each_slice|each_batch|find_each|on_?each|all|array_map|array_walk|collect|select)!?(?:<[^<>()]*>)?(?:\s*\([^()]*\))?(?:\s*\()?\s*$/i;

/** What stands between the head of a loop, or what a function is handed to that is called for each of a list, and the body with the call: it names the list. */
function listAround(inner: Node, outer: Node, nodes: Nodes): string | undefined {
  if (loops.test(nodes.typeOf(outer))) return headOf(outer, inner, nodes).trim();
  if (!blocks.test(nodes.typeOf(inner))) return undefined;
  let call: Node | null = outer;
  for (let steps = 0; call !== null && steps < 4 && !/call|invocation/.test(nodes.typeOf(call)); steps++) call = nodes.parentOf(call);
  if (call === null || !/call|invocation/.test(nodes.typeOf(call))) return undefined;
  const head = headOf(call, inner, nodes);
  return goesThrough.test(head) ? head.trim() : undefined;
}

/** From where a node begins to a part of it. */
function headOf(outer: Node, inner: Node, { text }: Nodes): string {
  return text.slice(new OffsetRange(Math.max(outer.startIndex, inner.startIndex - longestStatement), inner.startIndex));
}

/** `for (const each of`, `for _, each := range`, `foreach (… as $each)`, `for each in`. */
function eachOf(head: string): string | undefined {
  const [, first, behind] = /^(?:for|foreach)\b[\s(]*(?:const|let|var|final)?\s*(?:[\w<>[\],.?]+\s+|_,\s*)?([\p{L}_]\w*)\s*(?:\bin\b|\bof\b|:=|:)|\bas\s+(?:\$\w+\s*=>\s*)?(\$\w+)/u.exec(head) ?? [];
  return first ?? behind;
}

/** A parameter that need not be given. */
const defaultGiven = /(?<!\w(?=\w))\d*([\p{L}_]\w*)\s*(?::[^=,()]{1,400})?=\s*([^,)=]+)/gu;

/** A name and its type that are longer are not looked for. */
const longestHead = 200;

/** No call and no block stands before a name, as of most statements; what its type may be is left open. */
const assigns = /^[^=;{}():]*(?::[^=;]*)?=(?![=>~])/;

const severalGiven = /^(?:(?:const|let|var|val|auto)\s*[{[(]\s*([^(){}[\];]*?)\s*[}\])]|([\w$]+(?:\s*,\s*[\w$]+)+))\s*:?=(?![=>~])/;

/** `const old = …`, `old := …`, `IQueryable<Log> old = …`, `$old = …`, `old: QuerySet = …`. */
const assignment = /^(?:[\w<>[\],.?:& ]+\s)?(\$?[\p{L}_][\p{L}\p{N}_]*)\s*(?::\s*[^=;]+?)?\s*:?=(?![=>~])\s*([^]+)$/u;
