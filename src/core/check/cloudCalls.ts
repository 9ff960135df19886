import { lossOf, singular } from '../catalogue/commands/nouns.ts';
import { bareDeletes, type CloudProvider, type Kind, cloudProviders, deletedThings, googleCloud, otherDeletes } from '../catalogue/cloudProviders.ts';
import { camelCase, snakeCase, spelling } from '../catalogue/spelling.ts';
import type { Call } from '../language/operation.ts';
import { anywhere } from './clues.ts';
import type { Confidence } from './finding.ts';
import type { NameTable } from './rule.ts';

/** What a call of a cloud's client deletes. */
export interface CloudCall {
  readonly provider: CloudProvider;
  readonly kind: Kind;
  /** What it deletes, as it is named there: `resourceGroups`, `objects of the bucket`. */
  readonly noun: string;
  readonly confidence?: Confidence;
}

const verbs = /^(?:begin_?|start_?)?(?:delete|destroy|purge_?deleted)_?/i;
const endings = /(?:_?and_?wait|_?if_?exists|_?async|_?sync|_?by_?(?:name|id)|_?callable|_?by_?resource_?group|_?with_?response)+$/i;

/** Languages whose methods say in their name that they are waited for. */
const withAsync: ReadonlySet<string> = new Set(['csharp', 'php', 'java', 'kotlin']);

/** Languages that begin the names of such methods with a capital. */
const withCapitals: ReadonlySet<string> = new Set(['csharp', 'go']);

/** Names of methods by which clients of clouds delete. */
export const cloudCallNames: NameTable = {
  words: (family) => {
    const bare = [...bareDeletes, ...otherDeletes];
    if (family === 'python' || family === 'ruby' || family === 'rust') return [...bare, ...deletedThings.flatMap((thing) => [`delete_${snakeCase(thing)}`, `begin_delete_${snakeCase(thing)}`])];
    const named = deletedThings.flatMap((thing) => [camelCase(`Delete${thing}`), `beginDelete${thing}`, ...(withAsync.has(family) ? [`delete${thing}Async`] : [])]);
    // A first look tells names from prose by their case.
    return withCapitals.has(family) ? [...bare, ...named].map((name) => `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`) : [...bare, ...named];
  },
  clues: cloudProviders.map(({ modules }) => ({ text: anywhere(modules) })),
  has: (name) => verbs.test(name) || name === 'del' || otherDeletes.includes(name as (typeof otherDeletes)[number]),
};

function kindOfNoun(noun: string): Kind {
  const [scope, undo] = lossOf(snakeCase(noun).replaceAll('_', '-'));
  return { scope, undo };
}

/** Firestore's word for a field that is to go, which does nothing by itself. */
const isMarker = /(?:^|\.)fieldvalue\.delete$/;

/** What a call deletes by the client of a cloud; undefined when it is of none, or no loss. */
export function cloudCallOf(call: Call): CloudCall | undefined {
  const { imported, modules } = call;
  if (call.constructed) return undefined;
  if (isListedDocument(call)) return listedDocument;
  const resolved = imported === undefined ? undefined : cloudProviders.find((provider) => provider.modules.test(imported.replace(/^\*#/, '')));
  const isOpen = imported === undefined || /^(?:\.|@\/|~\/|\*#)/.test(imported);
  const provider = resolved ?? (isOpen ? cloudProviders.find((each) => modules.some((module) => each.modules.test(module))) : undefined);
  if (provider === undefined) return undefined;
  const path = pathOf(call, resolved !== undefined);
  const written = path.map(spelling).join('.');
  const known = provider.known.find(([pattern, , , where]) => pattern.test(written) && where?.(call) !== false);
  // Other things than a store are dropped and truncated in the same program: tables in memory, texts.
  if (known === undefined && /^(?:drop|truncate)/i.test(call.name)) return undefined;
  const noun = known?.[2] ?? nounIn(path);
  const kind = known === undefined ? (noun === undefined ? undefined : kindOfNoun(noun)) : known[1];
  if (kind === undefined || noun === undefined || isMarker.test(written)) return undefined;
  // A name and an import beside it say little of what is so common: the receiver has to be named after a thing of the cloud.
  if (resolved === undefined && !isNamedAfterThing(call, known !== undefined)) return undefined;
  return { provider, kind, noun, ...(resolved === undefined && { confidence: isWaitedFor(call.args) ? 'medium' : 'low' }) };
}

const listedDocument: CloudCall = { provider: googleCloud, kind: { scope: 'object', undo: 'costly' }, noun: 'document', confidence: 'medium' };

/** `snapshot.docs.forEach((doc) => doc.ref.delete())`: nothing tells what a list of Firestore holds but the module. */
function isListedDocument({ name, links, loop, modules }: Call): boolean {
  return name === 'delete' && loop !== undefined && /^(?:ref|reference)$/.test(links.at(-1)?.name ?? '') && modules.some((module) => /firestore|firebase|^google\.cloud$/.test(module));
}

/** The names that lead to the method, and its own, without arguments: `Storage`, `bucket`, `delete`. */
function pathOf({ imported, links, name }: Call, isResolved: boolean): string[] {
  if (imported === undefined || !(isResolved || imported.startsWith('*#'))) return [...links.map((link) => link.name), name];
  return imported.slice(imported.indexOf('#') + 1).replace(/\([^)]*\)/g, '').split('.'); // prettier-ignore
}

/** What holds the answer of a call. */
const isUnwrapping = /^(?:Value|Result)$/;

/** What the method is named after, else what it is called on: `Cluster` of `deleteCluster`, `Container` of `getContainerClient().delete`. */
function nounIn(path: readonly string[]): string | undefined {
  const own = (path.at(-1) ?? '').replace(endings, '').replace(verbs, '').replace(/^del$/, '');
  if (own !== '') return own;
  const on = path.slice(0, -1).findLast((each) => !isUnwrapping.test(each)) ?? '';
  const owner = on.replace(/^@|^this$|^self$/, '').replace(/^(?:[gG]et|[cC]reate|[bB]egin)_?(?=[A-Z_])/, '').replace(/Async$/, '').replace(/_?(?:Async)?(?:Client|client|Resource)(?:s|Base)?$/, '').replace(/(?:Ref|Reference|Operations|_ref)$/, ''); // prettier-ignore
  return owner === '' ? undefined : singular(owner);
}

/** Azure's resource manager for .NET has to be told whether to wait until the resource is gone. */
function isWaitedFor([first]: Call['args']): boolean {
  return /^(?:Azure\.)?WaitUntil\.\w+$/.test(first?.source ?? '');
}

const things = new Set(deletedThings.map((thing) => spelling(thing)));

/** Receivers that delete themselves, or one of theirs. */
const owners = new Set(['bucket', 'dataset', 'table', 'topic', 'subscription', 'database', 'instance', 'container', 'share', 'queue', 'cluster', 'file', 'blob']);
const clientName = /client|api|sdk|google|gcp|gcs|azure|cloud|storage|bigquery|firestore|spanner|pubsub|stripe|supabase|firebase|vercel|admin/i;

function isNamedAfterThing({ name, links, args, imported }: Call, isKnown: boolean): boolean {
  const own = spelling(name.replace(endings, '').replace(verbs, ''));
  const owner = links.at(-1)?.name ?? '';
  // A type that the file neither defines nor imports by name is one of the packages that it brings in whole.
  const [, type] = /^\*#(\w+)\.\w+$/.exec(imported ?? '') ?? [];
  if ((type !== undefined && /(?:Client|Resource)$|^(?:Storage|BigQuery)$/.test(type)) || isWaitedFor(args)) return true;
  if (isKnown || own !== '') return (isKnown || things.has(own)) && links.some((link) => clientName.test(link.name));
  // `cache.delete(key)` has a key; what deletes itself has options at most.
  return args.every(({ constant }) => constant === undefined) && owners.has(spelling(owner).replace(/(?:client|ref)$/, ''));
}
