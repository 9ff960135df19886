import type { Node } from 'web-tree-sitter';
import type { Argument, CallParts, Origin } from './dialect.ts';
import type { Nodes } from '../nodes.ts';

/** Methods of a class that give back an instance of it, or of what it builds. */
const factories =
  /^(?:create\w*|builder|newBuilder|standard|default(?:Client|Instance|Async\w*)|getInstance|getDefaultInstance|newInstance|newClient|getRuntime|from[A-Z]\w*|From[A-Z]\w*|of|open|Create\w*|Builder|NewBuilder)$/;

/** What ends a chain of settings, and what ends the name of the class that takes them. */
const ending = /^(?:[bB]uild\w*|getService|getClient)$/;
const builderClass = /^([A-Z]\w*?)(?:Builder|Options)$/;

/**
 * In Java and its kin clients and requests come out of factories and builders: the result of
 * `S3Client.builder().region(r).build()` is an instance of `S3Client`, that of `new FooClientBuilder().buildClient()` one of `FooClient`.
 */
export function instanceOf({ module, path }: Origin): Origin | undefined {
  const method = path.at(-1) ?? '';
  const owner = path.slice(0, -1);
  const type = owner.at(-1) ?? '';
  const open = type.endsWith('{}') ? type.slice(0, -2) : undefined;
  const instance = (name: string): Origin => ({ module, path: [...owner.slice(0, -1), name] });
  if (!/^[A-Z]/.test(type)) return undefined;
  if (ending.test(method) && (open !== undefined || builderClass.test(type))) return instance(open ?? type.replace(builderClass, '$1'));
  // `getBlobContainerClient()` gives a `BlobContainerClient`.
  const [, client] = /^[gG]et([A-Z]\w*Client)$/.exec(method) ?? [];
  if (client !== undefined) return instance(client);
  // Settings give the builder back.
  if (open !== undefined || builderClass.test(type)) return instance(type);
  if (/^(?:b|newB|NewB|B)uilder$/.test(method)) return instance(`${type}{}`);
  return factories.test(method) ? instance(type) : { module, path: [...owner, `${method}()`] };
}

/** Packages are written in lower case, types with a capital: `java.nio.file.Files.walk` is of the package `java.nio.file`. */
export function packagedName(written: string): Origin | undefined {
  const names = written.split('.');
  const first = names.findIndex((name) => /^[A-Z]/.test(name));
  return first > 0 && /^[\w.]+$/.test(written) ? { module: names.slice(0, first).join('.'), path: names.slice(first) } : undefined;
}

/**
 * What a chain of settings comes to: the request of `Request.builder().bucket("x").build()`, of
 * `new Request().withBucket("x")`, and of `b.bucket("x")` where a lambda is given `b`; undefined for other expressions.
 */
export function settingsOf(node: Node | undefined, nodes: Nodes, callOf: (link: Node) => CallParts | undefined, given?: string): Required<Argument>[] | undefined {
  const settings: Required<Argument>[] = [];
  for (let link = node; link !== undefined; ) {
    const isOutermost = link.id === node?.id;
    if (given !== undefined && !isOutermost && nodes.written(link) === given) return settings;
    const call = callOf(link);
    if (call === undefined) return undefined;
    const name = nodes.written(call.name);
    if (call.isConstruction === true) return settings.length > 0 || name.endsWith('Builder') ? settings : undefined;
    const [value, ...more] = call.args;
    if (/^(?:newB|b)uilder$/.test(name)) return settings;
    if (value !== undefined && more.length === 0) settings.unshift({ name: settingName(name), value: value.value });
    else if (more.length > 0 || (!isOutermost && name !== 'build')) return undefined;
    link = call.object;
  }
  return undefined;
}

/** `bucketName` of `withBucketName` and `setBucketName`. */
function settingName(method: string): string {
  const [, first, rest] = /^(?:with|set)([A-Z])(\w*)$/.exec(method) ?? [];
  return first === undefined ? method : first.toLowerCase() + (rest ?? '');
}
