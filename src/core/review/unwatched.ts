import { isWatched } from '../policy/applyPolicy.ts';
import { type Policy, policyPath } from '../policy/policy.ts';

/** What rules that a change brings would let go of all that is watched, in words; undefined when nothing is. A name that is mistyped reads like one that is meant. */
export function unwatchedBy(after: Pick<Policy, 'targets'>, before: Pick<Policy, 'targets'>, targetRef: string): string | undefined {
  const isLost = (ref: string) => isWatched(ref, before) && !isWatched(ref, after);
  const lost = [...new Set([targetRef, ...before.targets])].filter((target) => isLost(target.replace(/[*?]+/g, 'x')));
  if (lost.length === 0) return undefined;
  return `this would have ${lost.join(' and ')} watched no more: targets in ${policyPath} would be ${after.targets.join(', ')}, and nobody would be asked about what is pushed elsewhere`;
}
