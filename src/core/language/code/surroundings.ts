import type { Node } from 'web-tree-sitter';
import { OffsetRange } from '../../text/offsetRange.ts';
import { eachNamed, longestLoopHead } from '../loopEach.ts';
import type { Loop } from '../operation.ts';
import { rangeOf } from '../syntax.ts';
import { isTestRunner } from '../testCode.ts';
import type { Scopes } from './scopes.ts';

export interface Surroundings {
  readonly address: readonly string[];
  readonly loop?: Loop;
  /** A function that tells a test to its runner is given what holds it. */
  readonly isToldToRunner: boolean;
}

/** The declarations around a node, outermost first, and the innermost loop in its own function. */
export function surroundingsOf(node: Node, scopes: Scopes): Surroundings {
  const { dialect, nodes } = scopes;
  const address: string[] = [];
  let loop: Loop | undefined;
  let isOwnFunction = true;
  let isToldToRunner = false;
  for (let inner = node, outer = nodes.parentOf(node); outer !== null; inner = outer, outer = nodes.parentOf(outer)) {
    const type = nodes.typeOf(outer);
    const name = dialect.nameOf(outer, nodes);
    if (name !== undefined) address.unshift(name);
    if (isOwnFunction && loop?.around === undefined) {
      const found = loopAround(outer, inner, scopes);
      if (found !== undefined) loop = loop === undefined ? found : { ...loop, around: found };
    }
    isToldToRunner ||= dialect.calls.has(type) && isRunner(outer, inner, scopes);
    // A function without a name that an iterator is given runs where it stands.
    if (dialect.functions.has(type) && name !== undefined) isOwnFunction = false;
  }
  return { address, isToldToRunner, ...(loop !== undefined && { loop }) };
}

/** `it 'clears' do … end`, with the block behind the name. */
function isRunner(outer: Node, inner: Node, { dialect, nodes }: Scopes): boolean {
  const call = dialect.callOf(outer, nodes);
  if (call === undefined || inner.startIndex <= call.name.startIndex) return false;
  return isTestRunner([...(call.object === undefined ? [] : [nodes.written(call.object)]), nodes.written(call.name)].join('.'));
}

function loopAround(outer: Node, inner: Node, scopes: Scopes): Loop | undefined {
  const { dialect, nodes } = scopes;
  const written = dialect.loopOf(outer, nodes);
  if (written !== undefined) return written.body === undefined || written.body.id === inner.id ? loopOver(written.over, outer, scopes) : undefined;
  if (!dialect.calls.has(nodes.typeOf(outer))) return undefined;
  const call = dialect.callOf(outer, nodes);
  // The function that an iterator is given stands behind its name.
  if (call?.object === undefined || !dialect.iterators.has(nodes.written(call.name)) || inner.startIndex <= call.name.startIndex) return undefined;
  return loopOver(call.object, outer, scopes);
}

function loopOver(over: Node | undefined, outer: Node, scopes: Scopes): Loop {
  const { text } = scopes.nodes;
  const given = over === undefined ? undefined : scopes.constantBehind(over);
  const each = over === undefined ? undefined : eachNamed(text.slice(new OffsetRange(outer.startIndex, Math.max(outer.startIndex, over.startIndex))), text.slice(new OffsetRange(over.endIndex, Math.min(text.length, over.endIndex + longestLoopHead))));
  return { over: scopes.nodes.written(over), range: rangeOf(outer), ...(each !== undefined && { each }), ...(/while|until|^do_|^loop/.test(scopes.nodes.typeOf(outer)) && { isCondition: true }), ...(given !== undefined && { standsFor: scopes.nodes.written(given) }) };
}
