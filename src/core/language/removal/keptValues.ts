import type { Node } from 'web-tree-sitter';
import type { Nodes } from '../nodes.ts';

/** Names that nothing leads to: what stands behind a dot is a member. */
const variables = /(?<![\p{L}\p{N}_$.:>])\$?[\p{L}_][\p{L}\p{N}_]*/gu;

/** What so many statements before a call do says nothing of it any more. */
const mostStatements = 200;
/** A statement that is longer gives no variable what it is about. */
const longestStatement = 2000;

/**
 * What the variables of a call were given before it on the way to it, as written behind their names, the nearest first: `old: Order.filter(…)` for `old.delete()`.
 * What a condition or a loop gives them, it may not give.
 */
export function valuesBehind(call: Node, chain: string, nodes: Nodes): string[] {
  const wanted = new Set(chain.match(variables));
  const values: string[] = [];
  for (let inner = call, outer = nodes.parentOf(call); outer !== null && wanted.size > 0; inner = outer, outer = nodes.parentOf(outer)) {
    for (const before of nodes.before(inner, outer, mostStatements)) {
      if (before.endIndex - before.startIndex > longestStatement) continue;
      const [, name = '', value = ''] = assignment.exec(nodes.written(before)) ?? [];
      if (!wanted.delete(name)) continue;
      values.push(`${name}: ${value}`);
      // What it is made of may be narrowed already, and itself be what it was.
      for (const more of value.match(variables) ?? []) wanted.add(more);
    }
  }
  return values;
}

/** `const old = …`, `old := …`, `IQueryable<Log> old = …`, `$old = …`, `old: QuerySet = …`. */
const assignment = /^(?:[\w<>[\],.?:& ]+\s)?(\$?[\p{L}_][\p{L}\p{N}_]*)\s*(?::\s*[^=;]+?)?\s*:?=(?![=>~])\s*([^]+)$/u;
