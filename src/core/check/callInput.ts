import { spelling } from '../catalogue/spelling.ts';
import type { Call, Value } from '../language/operation.ts';

/** What an interface that takes named inputs is given, however the language writes them: by name, in an object, or link by link. */
export interface CallInput {
  /** By the name that the interface's model has for it. */
  get(name: string): Value | undefined;
  /** Whether it is written in just this way, of the spellings that one name can have. */
  has(name: string): boolean;
  /** Some of it may not be known from the code. */
  readonly isOpen: boolean;
}

export function inputOf(call: Pick<Call, 'args' | 'next'>): CallInput {
  const written = new Map<string, Value>();
  const add = (name: string, value: Value) => {
    if (!written.has(name)) written.set(name, value);
  };
  for (const { properties } of call.args) for (const [name, value] of properties ?? []) add(name, value);
  // `client.delete_bucket().bucket("x").send()`
  for (const { name, args } of call.next) if (args?.[0] !== undefined && args.length === 1) add(name, args[0]);
  const bySpelling = new Map([...written].map(([name, value]) => [spelling(name), value]));
  return {
    get: (name) => bySpelling.get(spelling(name)),
    has: (name) => written.has(name),
    isOpen: call.args.some(({ properties, isOpen, constant }) => isOpen === true || (properties === undefined && constant === undefined)),
  };
}
