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

/** Methods that call what they are given once for each element. */
const iterators = new Set(['forEach', 'map', 'flatMap', 'filter', 'reduce', 'some', 'every', 'find']);

/** The declarations around a node, outermost first, and the innermost loop in its own function. */
export function surroundingsOf(node: Node, scopes: Scopes): Surroundings {
  const address: string[] = [];
  let loop: Loop | undefined;
  let isOwnFunction = true;
  let isToldToRunner = false;
  const written = (part: Node | null) => (part === null ? '' : scopes.nodes.written(part));
  for (let inner = node, outer = scopes.nodes.parentOf(node); outer !== null; inner = outer, outer = scopes.nodes.parentOf(outer)) {
    switch (scopes.nodes.typeOf(outer)) {
      case 'function_declaration':
      case 'generator_function_declaration':
      case 'method_definition':
        isOwnFunction = false;
        address.unshift(written(outer.childForFieldName('name')));
        break;
      case 'class_declaration':
      case 'internal_module':
        address.unshift(written(outer.childForFieldName('name')));
        break;
      case 'arrow_function':
      case 'function_expression': {
        const label = labelOf(outer, scopes.nodes.parentOf(outer));
        if (label !== null) address.unshift(written(label));
        if (loop === undefined && isOwnFunction) loop = loopOfCallback(outer, scopes);
        if (loop === undefined) isOwnFunction = false;
        isToldToRunner ||= isTestRunner(written(takerOf(outer)));
        break;
      }
      case 'for_in_statement':
        if (isBody(outer, inner) && isOwnFunction) loop ??= loopOver(outer.childForFieldName('right'), outer, scopes);
        break;
      case 'for_statement':
      case 'while_statement':
      case 'do_statement':
        if (isBody(outer, inner) && isOwnFunction) loop ??= { over: conditionOf(outer, scopes), isCondition: true, range: rangeOf(outer) };
        break;
      default:
    }
  }
  return { address, isToldToRunner, ...(loop !== undefined && { loop }) };
}

/** The callee of the call that is given a function. */
function takerOf(callback: Node): Node | null {
  const call = callback.parent?.type === 'arguments' ? callback.parent.parent : null;
  const callee = call?.childForFieldName('function') ?? null;
  // `it.each(rows)('…', () => …)`
  return callee?.type === 'call_expression' ? callee.childForFieldName('function') : callee;
}

/** What a function that is no declaration is called: `const up = …`, `up: …`, `exports.up = …`, `class { up = … }`, else its own name: `migration(function up() {…})`. */
function labelOf(expression: Node, holder: Node | null): Node | null {
  return (holder === null ? null : nameOfHeld(holder)) ?? expression.childForFieldName('name');
}

function nameOfHeld(holder: Node): Node | null {
  switch (holder.type) {
    case 'variable_declarator':
      return holder.childForFieldName('name');
    case 'pair':
      return holder.childForFieldName('key');
    case 'public_field_definition':
      return holder.childForFieldName('name');
    case 'field_definition':
      return holder.childForFieldName('property');
    case 'assignment_expression':
      return holder.childForFieldName('left')?.childForFieldName('property') ?? null;
    default:
      return null;
  }
}

/** The innermost function with a name around a node: callbacks without one see what is checked before them. */
export function functionAround(node: Node, scopes: Scopes): Node | undefined {
  for (let outer = scopes.nodes.parentOf(node); outer !== null; outer = scopes.nodes.parentOf(outer)) {
    const type = scopes.nodes.typeOf(outer);
    if (type === 'function_declaration' || type === 'method_definition' || type === 'generator_function_declaration') return outer;
    if ((type === 'arrow_function' || type === 'function_expression') && labelOf(outer, scopes.nodes.parentOf(outer)) !== null) return outer;
  }
  return undefined;
}

function isBody(loop: Node, part: Node): boolean {
  return loop.childForFieldName('body')?.id === part.id;
}

function conditionOf(loop: Node, scopes: Scopes): string {
  const condition = loop.childForFieldName('condition');
  return condition === null ? '' : scopes.nodes.written(condition).replace(/^\(|\)$/g, '');
}

/** `stacks.forEach(function)`: a function that is the argument of an iterator runs once for each element. */
function loopOfCallback(callback: Node, scopes: Scopes): Loop | undefined {
  const call = callback.parent?.type === 'arguments' ? callback.parent.parent : null;
  const callee = call?.childForFieldName('function');
  const method = callee?.childForFieldName('property');
  const over = callee?.childForFieldName('object');
  if (!call || !method || !over || !iterators.has(scopes.nodes.written(method))) return undefined;
  return loopOver(over, call, scopes);
}

function loopOver(over: Node | null, loop: Node, scopes: Scopes): Loop {
  if (over === null) return { over: '', range: rangeOf(loop) };
  const { text } = scopes.nodes;
  const binding = over.type === 'identifier' ? scopes.bindingAt(scopes.nodes.written(over), over) : undefined;
  const each = eachNamed(text.slice(new OffsetRange(loop.startIndex, over.startIndex)), text.slice(new OffsetRange(over.endIndex, Math.min(text.length, over.endIndex + longestLoopHead))));
  return { over: scopes.nodes.written(over), range: rangeOf(loop), ...(each !== undefined && { each }), ...(binding?.kind === 'value' && { standsFor: scopes.nodes.written(binding.node) }) };
}
