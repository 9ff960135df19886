import type { Origin } from './dialect.ts';

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
