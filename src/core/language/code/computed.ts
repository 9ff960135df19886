import type { Node } from 'web-tree-sitter';
import { hole } from '../operation.ts';
import type { CallParts } from './dialect.ts';
import type { Scopes } from './scopes.ts';
import { valueOf } from './values.ts';

/** The parts of a call whose name is put together, or stands in a constant: `getattr(client, "delete_" + "bucket")(…)`. Undefined where the name is only known when it runs. */
export function computedParts(node: Node, scopes: Scopes): CallParts | undefined {
  const parts = scopes.dialect.computed?.partsOf(node, scopes.nodes);
  const called = parts === undefined ? undefined : textOf(parts.name, scopes);
  return parts === undefined || called === undefined ? undefined : { ...parts, called };
}

/** What an expression comes to as a name. */
export function textOf(node: Node, scopes: Scopes): string | undefined {
  const { constant } = valueOf(node, scopes);
  return typeof constant === 'string' && !constant.includes(hole) ? constant : undefined;
}
