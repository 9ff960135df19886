import type { Node } from 'web-tree-sitter';
import type { OffsetRange } from '../../text/offsetRange.ts';
import { argvOf, type Embedded } from '../embedded.ts';
import { rangeOf } from '../syntax.ts';
import { CallInTree } from './calls.ts';
import type { CallParts, Dialect } from './dialect.ts';
import type { Scopes } from './scopes.ts';
import { embeddedIn, runsShell } from './sinks.ts';
import { decodeString } from './strings.ts';

/** A function of the file that runs a command line or a program which it is given: `def sh(line): subprocess.run(line, shell=True)`. */
export interface OwnRunner {
  /** The call in it that runs it. */
  readonly sink: Node;
  readonly definition: Node;
  readonly parameters: readonly Parameter[];
}

interface Parameter {
  readonly name: string;
  /** It takes all that is given from there on. */
  readonly isRest: boolean;
}

/** More than so many are looked at by nobody who edits. */
const mostSinks = 50;
/** A name stands at most this many steps below the call that it names. */
const deepestName = 4;

const patterns = new WeakMap<Dialect, RegExp>();

/** What may name a call that runs commands. */
export function sinkNames(dialect: Dialect): RegExp {
  let pattern = patterns.get(dialect);
  if (pattern === undefined) {
    const names = [...dialect.sinks.shell].map((callee) => callee.slice(Math.max(callee.lastIndexOf('#'), callee.lastIndexOf('.')) + 1));
    patterns.set(dialect, (pattern = new RegExp(`(?<!\\w)(?:${[...new Set(names)].join('|')})(?!\\w)`, 'g')));
  }
  return pattern;
}

/** The functions of a file that hand what they are given to a shell, by name. @param places where `sinkNames` stand */
export function ownRunnersIn(places: readonly OffsetRange[], root: Node, scopes: Scopes): ReadonlyMap<string, OwnRunner> {
  const { dialect, nodes } = scopes;
  const runners = new Map<string, OwnRunner>();
  let seen = 0;
  for (const { start, endExclusive } of places) {
    const call = callNamedAt(root.descendantForIndex(start, endExclusive), scopes);
    if (call === undefined || !runsShell(call)) continue;
    if (++seen > mostSinks) break;
    const definition = functionAround(call.node, scopes);
    const own = definition === undefined ? undefined : dialect.nameOf(definition, nodes)?.replace(/^.*[.:]/, '');
    if (definition === undefined || own === undefined || own === '' || runners.has(own)) continue;
    const parameters = parametersOf(definition, scopes);
    const added = call.next.filter((link) => call.sinks.builders?.has(link.name) === true).flatMap(({ args = [] }) => args.map(({ source }) => source));
    const written = [...call.parts.args.map(({ value }) => nodes.written(value)), ...added].join(' ');
    if (parameters.some((parameter) => speaksOf(written, parameter.name))) runners.set(own, { sink: call.node, definition, parameters });
  }
  return runners;
}

/** What a call of such a function has run. Undefined where nothing of it comes from the call. */
export function embeddedThrough({ sink, definition, parameters }: OwnRunner, given: CallInTree, scopes: Scopes): Embedded | undefined {
  const positional = given.parts.args.filter(({ name }) => name === undefined);
  const values = new Map<string, Node>();
  let rest: readonly Node[] = [];
  let restName: string | undefined;
  for (const [index, { name, isRest }] of parameters.entries()) {
    if (isRest) {
      restName = name;
      rest = positional.slice(index).map(({ value }) => value);
    } else {
      const value = given.parts.args.find((arg) => arg.name === name)?.value ?? positional[index]?.value;
      if (value !== undefined) values.set(name, value);
    }
  }
  const used = new Set<string>();
  const inside = scopes.giving({ values, within: definition, used });
  const parts = inside.dialect.callOf(sink, inside.nodes);
  if (parts === undefined) return undefined;
  const spread = restName === undefined ? undefined : spreadOf(parts, restName, rest, inside);
  const embedded = spread ?? embeddedIn(new CallInTree(sink, parts, inside), inside);
  if (embedded?.family !== 'shell' || (spread === undefined && used.size === 0)) return undefined;
  // What stands in the function is no part of what is underlined.
  return { ...embedded, parts: given.parts.args.map(({ value }) => rangeOf(value)) };
}

/** The words of a program that is given all that the function is given: `["kubectl", *args]`, `"kubectl", args...`, `" ".join(args)`. */
function spreadOf({ args }: CallParts, name: string, rest: readonly Node[], scopes: Scopes): Embedded | undefined {
  const { dialect, nodes } = scopes;
  const words = args.flatMap(({ value }) => {
    const node = scopes.unwrapped(value);
    return dialect.lists.has(nodes.typeOf(node)) ? nodes.childrenOf(node) : (dialect.elementsOf?.(node, nodes) ?? [node]);
  });
  const at = words.findIndex((word) => new RegExp(`^(?:\\*|\\.\\.\\.)?\\s*(?:[^()]*\\bjoin\\()?${name.replace(/\$/g, '\\$')}\\)?(?:\\.\\.\\.)?$`).test(nodes.written(word)));
  if (at === -1) return undefined;
  return argvOf([...words.slice(0, at), ...rest].map((word) => ({ text: decodeString(word, scopes)?.text, range: rangeOf(word) })));
}

function callNamedAt(leaf: Node | null, scopes: Scopes): CallInTree | undefined {
  const { dialect, nodes } = scopes;
  for (let node = leaf, steps = 0; node !== null && steps <= deepestName; node = nodes.parentOf(node), steps++) {
    if (!dialect.calls.has(nodes.typeOf(node))) continue;
    const parts = dialect.callOf(node, nodes);
    if (parts !== undefined && leaf !== null && parts.name.startIndex <= leaf.startIndex && leaf.endIndex <= parts.name.endIndex) return new CallInTree(node, parts, scopes);
  }
  return undefined;
}

function functionAround(node: Node, { dialect, nodes }: Scopes): Node | undefined {
  for (let outer = nodes.parentOf(node); outer !== null; outer = nodes.parentOf(outer)) if (dialect.functions.has(nodes.typeOf(outer)) && dialect.nameOf(outer, nodes) !== undefined) return outer;
  return undefined;
}

/** In order, without the object itself. */
function parametersOf(definition: Node, { dialect, nodes }: Scopes): Parameter[] {
  const list = nodes.field(definition, 'parameters') ?? definition.namedChildren.find(({ type }) => type.endsWith('parameters'));
  if (list === undefined) return [];
  return nodes.childrenOf(list).flatMap((child) => {
    const written = nodes.written(child);
    if (/modifiers?$/.test(child.type)) return [];
    const isRest = child.previousNamedSibling?.text === 'vararg' || written.includes('...') || /^(?:\*(?!\*)|vararg\b|params\b)/.test(written);
    const named = child.childrenForFieldName('name').map((name) => nodes.written(name));
    const names = named.length > 0 ? named : [/\.\.\.\s*(\w+)$/.exec(written)?.[1] ?? /^(?:(?:mut|vararg|params|const|final)\s+|[&*.])*(\$?[\p{L}_]\w*)/u.exec(written)?.[1] ?? ''];
    return names.filter((name) => !dialect.selves.has(name) && child.type !== 'self_parameter' && name !== 'cls').map((name) => ({ name, isRest }));
  });
}

function speaksOf(text: string, name: string): boolean {
  return name !== '' && new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w])`).test(text);
}
