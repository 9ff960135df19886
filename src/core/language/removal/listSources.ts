import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import type { Nodes } from '../nodes.ts';
import type { Definitions } from './definitions.ts';

/** Stands before what a list is made by, to tell it from what a variable was given. */
export const madeBy = '\u2063';

/** What is longer does more than to choose. */
const longestBody = 3000;
const mostNames = 10;
const mostStatements = 200;

const called = /(?<![\p{L}\p{N}_$.])([\p{L}_][\p{L}\p{N}_]*)\s*\(/gu;
const functionLike = /function|method|closure|func_literal|arrow/;
const loops = /^(?:for|foreach|enhanced_for|for_in|for_each|while)(?:_statement|_expression|_range_loop)?$|^for_in_statement$/;
/** A loop stands in one of these in some grammars, and is known by how it begins. */
const wrappers = /^(?:expression_)?statement$|^command$/;
const begins = /^(?:await\s+)?(?:for|foreach|while)\b/;
const longestBegin = 20;

/** The functions of the file whose results a call acts on, and the loops before it that fill what it acts on: each behind the name that it goes by. */
export function listSources(call: Node, texts: readonly string[], nodes: Nodes, definitions: Definitions): string[] {
  const text = texts.join('\n');
  const found: string[] = [];
  for (const name of [...new Set(Array.from(text.matchAll(called), ([, name = '']) => name))].slice(0, mostNames)) {
    const body = bodyOf(name, call, nodes, definitions);
    if (body !== undefined) found.push(`${name}: ${madeBy}${body}`);
  }
  for (let inner = call, outer = nodes.parentOf(call); outer !== null; inner = outer, outer = nodes.parentOf(outer)) {
    for (const before of nodes.before(inner, outer, mostStatements)) {
      if (!isLoop(before, nodes)) continue;
      const written = nodes.written(before);
      const name = /(?<![\w$.])([\w$]+)\s*(?:\.|->)\s*(?:add|append|push|extend|insert|addAll|AddRange|Add|push_back)\(|(?<![\w$.])([\w$]+)\s*(?:<<|\+=|=\s*append\()/.exec(written)?.slice(1).find((each: string | undefined) => each !== undefined);
      if (name !== undefined && new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text)) found.push(`${name}: ${madeBy}${written}`);
    }
  }
  return found;
}

function isLoop(node: Node, nodes: Nodes): boolean {
  const { startIndex, endIndex } = node;
  if (endIndex - startIndex > longestBody) return false;
  const type = nodes.typeOf(node);
  return loops.test(type) || (wrappers.test(type) && begins.test(nodes.text.slice(new OffsetRange(startIndex, Math.min(endIndex, startIndex + longestBegin)))));
}

/** What stands in a function of the file that a call elsewhere in it names. */
function bodyOf(name: string, call: Node, nodes: Nodes, definitions: Definitions): string | undefined {
  const at = definitions.placeOf(name, nodes.text);
  if (at === undefined) return undefined;
  let node = call.tree.rootNode.descendantForIndex(at);
  while (node !== null && !functionLike.test(nodes.typeOf(node))) node = nodes.parentOf(node);
  // What calls itself says nothing new.
  if (node === null || (node.startIndex <= call.startIndex && call.endIndex <= node.endIndex)) return undefined;
  return node.endIndex - node.startIndex > longestBody ? undefined : nodes.written(node);
}

const condition = /\bif\b\s*\(?([^{}\n]*?)\)?\s*(?:[:{]|\bthen\b|$)([^\n]*\n?[^\n]*)/gm;
const takes = /\byield\b|\breturn\b|\bcontinue\b|\bnext\b|(?:\.|->)(?:add|append|push|extend|insert|Add|AddRange)\w*\(|<<|=\s*append\(/;

/** The conditions under which a body takes something into what it makes, or passes over it. */
export function conditionsOfTaking(body: string): string[] {
  return [...body.matchAll(condition)].flatMap(([, written = '', then = '']) => (takes.test(then) && !/\berr\b|\berror\b|\bnil\b|\bNone\b|\bnull\b|\bundefined\b/.test(written) ? [written.trim()] : []));
}
