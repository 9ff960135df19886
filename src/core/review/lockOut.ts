import { type Policy, policySeverities } from '../policy/policy.ts';
import { allowedSignersPath } from './allowedSigners.ts';
import { personOf } from './identities.ts';
import type { CanSign } from './signing.ts';

/** What rules that a change brings ask for, and could never be given by the seniors whose keys they name; undefined when nothing is. Who could put that right again is asked for by the same rules. */
export function lockOutOf(policy: Policy, canSign: CanSign): string | undefined {
  const people = [...new Map(policy.seniors.map((senior) => [personOf(senior, policy), senior])).values()];
  const { requireTouch } = policy.keys;
  const needed = [
    { what: 'a change of the policy', approvals: policy.policyChanges.approvals, needsTouch: requireTouch !== 'never' },
    ...[...policySeverities].reverse().map((severity) => {
      const demand = policy.severities[severity];
      return { what: `what is ${severity}`, approvals: typeof demand === 'object' ? demand.approvals : 0, needsTouch: requireTouch !== 'never' && policySeverities.indexOf(severity) >= policySeverities.indexOf(requireTouch) };
    }),
  ];
  for (const { what, approvals, needsTouch } of needed) {
    const lacking = people.filter((senior) => !canSign(senior, needsTouch));
    const left = people.length - lacking.length;
    if (left < approvals) return `this would lock the seniors out: ${what} asks for approvals of ${approvals}, and of those whom the policy would name then ${left === 0 ? 'none has' : `only ${left} would have`} a key that counts${needsTouch ? ' and can be touched' : ''} (by ${allowedSignersPath} and .firebreak/revoked none for ${lacking.join(', ')}); ${what.startsWith('a change') ? 'nobody could put that right but who keeps the repository, so add' : 'add'} their keys, or ask for fewer`;
  }
  return undefined;
}
