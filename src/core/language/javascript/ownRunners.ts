import type { Node } from 'web-tree-sitter';
import type { OffsetRange } from '../../text/offsetRange.ts';
import { argvOf, type Embedded } from '../embedded.ts';
import { rangeOf } from '../syntax.ts';
import type { Binding } from './bindings.ts';
import { argumentsOf, calleeOf, callNamedBy, readCall } from './calls.ts';
import { functions } from './declarations.ts';
import { resolverOf, type Scopes } from './scopes.ts';
import { embeddedIn, isShellImport, shellNames } from './sinks.ts';
import { decodeString, type Resolve } from './strings.ts';

/** A function of the file that runs a command line or a program which it is given: `const sh = (line) => execSync(line)`. */
export interface OwnRunner {
  /** The call in it that runs it. */
  readonly sink: Node;
  readonly definition: Node;
  readonly parameters: readonly string[];
  /** The parameter that takes all that is given from there on. */
  readonly rest: number;
}

/** More than so many are looked at by nobody who edits. */
const mostSinks = 50;

/** What may name a call that runs commands. */
export const shellCalls = new RegExp(`(?<![\\w$])(?:${[...shellNames].map((name) => name.replace('$', '\\$')).join('|')})(?=\\s*\\()`, 'g');

/** The functions of a file that hand what they are given to a shell, by name. @param places where `shellCalls` stand */
export function ownRunnersIn(places: readonly OffsetRange[], root: Node, scopes: Scopes): ReadonlyMap<string, OwnRunner> {
  const runners = new Map<string, OwnRunner>();
  let seen = 0;
  for (const { start, endExclusive } of places) {
    const leaf = root.descendantForIndex(start, endExclusive);
    const sink = leaf === null ? undefined : callNamedBy(leaf, scopes.nodes.typeOf(leaf), scopes);
    const callee = sink === undefined ? undefined : calleeOf(sink, scopes);
    if (sink === undefined || callee === undefined || !isShellImport(readCall(sink, callee, scopes).imported ?? '')) continue;
    if (++seen > mostSinks) break;
    const [definition, own] = functionAround(sink, scopes);
    if (definition === undefined || own === '' || runners.has(own)) continue;
    const list = definition.childForFieldName('parameters')?.namedChildren ?? [definition.childForFieldName('parameter')].flatMap((only) => only ?? []);
    const written = list.map((parameter) => scopes.nodes.written(parameter));
    const parameters = written.map((each) => /^(?:\.\.\.)?([\w$]+)/.exec(each)?.[1] ?? '');
    const given = argumentsOf(sink).map((argument) => scopes.nodes.written(argument)).join(' ');
    if (parameters.some((each) => each !== '' && new RegExp(`(?<![\\w$.])${each.replaceAll('$', '\\$')}(?![\\w$])`).test(given))) runners.set(own, { sink, definition, parameters, rest: written.findIndex((each) => each.startsWith('...')) });
  }
  return runners;
}

/** What a call of such a function has run. Undefined where nothing of it comes from the call. */
export function embeddedThrough({ sink, definition, parameters, rest }: OwnRunner, node: Node, scopes: Scopes): Embedded | undefined {
  const given = argumentsOf(node);
  const callee = calleeOf(sink, scopes);
  if (callee === undefined) return undefined;
  const outside = resolverOf(scopes);
  const used = new Set<string>();
  const resolve: Resolve = (name) => (rangeOf(definition).encloses(rangeOf(name)) ? (valueGiven(scopes.nodes.written(name)) ?? outside(name)) : outside(name));
  function valueGiven(name: string): Binding | undefined {
    const at = parameters.indexOf(name);
    const value = at === -1 || at === rest ? undefined : given[at];
    if (value === undefined) return undefined;
    used.add(name);
    return { kind: 'value', node: value };
  }
  const list = rest === -1 ? undefined : wordsGiven(sink, parameters[rest] ?? '', given.slice(rest), scopes, resolve);
  const embedded = list ?? embeddedIn(sink, callee.name, readCall(sink, callee, scopes), scopes.nodes.text, resolve);
  if (embedded?.family !== 'shell' || (list === undefined && used.size === 0)) return undefined;
  // What stands in the function is no part of what is underlined.
  return { ...embedded, parts: given.map((argument) => rangeOf(argument)) };
}

/** The words of a program that is given all that the function is given: `spawnSync('kubectl', args)`, `execFileSync('kubectl', [...args])`. */
function wordsGiven(sink: Node, name: string, rest: readonly Node[], scopes: Scopes, resolve: Resolve): Embedded | undefined {
  const words = argumentsOf(sink).flatMap((argument) => (argument.type === 'array' ? argument.namedChildren : [argument]));
  const at = words.findIndex((word) => new RegExp(`^(?:\\.\\.\\.)?${name.replaceAll('$', '\\$')}(?:\\.join\\([^()]*\\))?$`).test(scopes.nodes.written(word)));
  return at === -1 ? undefined : argvOf([...words.slice(0, at), ...rest].map((word) => ({ text: decodeString(word, scopes.nodes.text, resolve)?.text, range: rangeOf(word) })));
}

/** The function with a name around a node, and that name: its own, or that of what it is given to. */
function functionAround(node: Node, { nodes }: Scopes): readonly [definition: Node | undefined, name: string] {
  for (let outer = nodes.parentOf(node); outer !== null; outer = nodes.parentOf(outer)) {
    if (!functions.has(nodes.typeOf(outer))) continue;
    const holder = nodes.parentOf(outer);
    const name = outer.childForFieldName('name') ?? (holder?.type === 'variable_declarator' ? holder.childForFieldName('name') : holder?.type === 'pair' ? holder.childForFieldName('key') : holder?.type === 'public_field_definition' || holder?.type === 'field_definition' ? (holder.childForFieldName('name') ?? holder.childForFieldName('property')) : null);
    if (name !== null) return [outer, nodes.written(name)];
  }
  return [undefined, ''];
}
