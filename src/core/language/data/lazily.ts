/** Adds a member that is found out when it is first asked for. */
export function lazily<T extends object, K extends string, V>(base: T, key: K, find: () => V): T & Readonly<Record<K, V>> {
  let found: { value: V } | undefined;
  return Object.defineProperty(base, key, { enumerable: true, get: () => (found ??= { value: find() }).value }) as T & Readonly<Record<K, V>>;
}
