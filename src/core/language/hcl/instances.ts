import type { InstanceKey, ResourceChange, Value } from '../operation.ts';
import { attributeOf, type HclBound, type HclModule } from './module.ts';

type Instances = NonNullable<ResourceChange['instances']>;

/**
 * Which instances of a resource or module go because `count` or `for_each` changed; undefined when none does, as far as
 * can be told. Terraform itself takes `x` for `x[0]` and back.
 */
export function instancesLost(before: HclBound, from: HclModule, after: HclBound, to: HclModule): Instances | undefined {
  const [old, now] = [keyOf(before), keyOf(after)];
  const isMoved = to.moves.some((move) => move.from === before.address || move.from.startsWith(`${before.address}[`));
  if (isMoved) return undefined;
  if (old === 'count' && now === 'count') return fewer(countOf(before), countOf(after));
  if (old === 'for_each' && now === 'for_each') return keysLost(keysOf(before, from), keysOf(after, to));
  if (old === 'count' && now === 'one') return fewer(countOf(before), 1);
  if (old === 'one' && now === 'count') return countOf(after) === 0 ? { from: old, to: now, lost: [before.address] } : undefined;
  return old === now ? undefined : { from: old, to: now, lost: [] };
}

function keyOf(declared: HclBound): InstanceKey {
  if (attributeOf(declared, 'for_each') !== undefined) return 'for_each';
  return attributeOf(declared, 'count') === undefined ? 'one' : 'count';
}

function countOf(declared: HclBound): number | undefined {
  const count = declared.settings().get('count');
  if (typeof count?.value.constant === 'number') return count.value.constant;
  // A list that is written down has as many as are written.
  const [, list] = /^length\((?:toset\()?\[((?:"[^"]*",?)*)\]\)?\)$/.exec(count?.meaning ?? '') ?? [];
  if (list !== undefined) return list.match(/"[^"]*"/g)?.length ?? 0;
  return /^\d+$/.test(count?.meaning ?? '') ? Number(count?.meaning) : undefined;
}

function fewer(before: number | undefined, after: number | undefined): Instances | undefined {
  // However many there were, none is left.
  if (before === undefined && after === 0) return { from: 'count', to: 'count', lost: ['0'] };
  if (before === undefined || after === undefined || after >= before) return undefined;
  return { from: 'count', to: 'count', lost: Array.from({ length: Math.min(before - after, 100) }, (_, index) => String(after + index)) };
}

/** The keys of what `for_each` goes over, when they are written down. */
function keysOf(declared: HclBound, { scope }: HclModule): readonly string[] | undefined {
  const attribute = attributeOf(declared, 'for_each');
  if (attribute === undefined) return undefined;
  const value: Value = scope.valueFor(attribute.value);
  if (value.isOpen === true) return undefined;
  if (value.properties !== undefined) return [...value.properties.keys()];
  const elements = value.elements?.map(({ constant }) => constant);
  return elements?.every((element) => typeof element === 'string') === true ? elements : undefined;
}

function keysLost(before: readonly string[] | undefined, after: readonly string[] | undefined): Instances | undefined {
  if (before === undefined || after === undefined) return undefined;
  const lost = before.filter((key) => !after.includes(key));
  return lost.length === 0 ? undefined : { from: 'for_each', to: 'for_each', lost };
}
