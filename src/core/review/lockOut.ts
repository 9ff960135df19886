import { type Policy, policySeverities } from '../policy/policy.ts';
import { type AllowedSigner, allowedSignersPath, signersFor } from './allowedSigners.ts';
import { decisionNamespace } from './decision.ts';
import { personOf } from './identities.ts';
import { isInPatternList } from './patternList.ts';

/**
 * What rules that a change brings ask for, and could never be given by the seniors whose keys they name; undefined when nothing is. Who could put that right again is asked for by the same rules.
 * @param signers without those whose key is revoked
 */
export function lockOutOf(policy: Policy, signers: readonly AllowedSigner[], atMs: number): string | undefined {
  const people = [...new Map(policy.seniors.map((senior) => [personOf(senior, policy), senior])).entries()];
  const keysOf = (person: string, senior: string) => {
    const names = [senior, ...Object.entries(policy.people).flatMap(([principal, { emails }]) => (personOf(principal, policy) === person ? [principal, ...emails] : []))];
    return signers.filter((signer) => names.some((principal) => allows(signer, principal, atMs)));
  };
  const signing = people.map(([person, senior]) => ({ senior, keys: keysOf(person, senior), isAtForge: policy.forge.github.approvals === 'count' && policy.people[senior]?.github !== undefined }));
  const { requireTouch } = policy.keys;
  const needed = [
    { what: 'a change of the policy', approvals: policy.policyChanges.approvals, needsTouch: requireTouch !== 'never' },
    ...[...policySeverities].reverse().map((severity) => {
      const demand = policy.severities[severity];
      return { what: `what is ${severity}`, approvals: typeof demand === 'object' ? demand.approvals : 0, needsTouch: requireTouch !== 'never' && policySeverities.indexOf(severity) >= policySeverities.indexOf(requireTouch) };
    }),
  ];
  for (const { what, approvals, needsTouch } of needed) {
    // Of a certificate's key nobody knows whether it can be touched.
    const lacking = signing.filter(({ keys, isAtForge }) => (needsTouch || !isAtForge) && !keys.some(({ key, isCertAuthority }) => !needsTouch || isCertAuthority || key.application !== undefined));
    const left = signing.length - lacking.length;
    if (left < approvals) return `this would lock the seniors out: ${what} asks for approvals of ${approvals}, and of those whom the policy would name then ${left === 0 ? 'none has' : `only ${left} would have`} a key that counts${needsTouch ? ' and can be touched' : ''} (by ${allowedSignersPath} and .firebreak/revoked none for ${lacking.map(({ senior }) => senior).join(', ')}); ${what.startsWith('a change') ? 'nobody could put that right but who keeps the repository, so add' : 'add'} their keys, or ask for fewer`;
  }
  return undefined;
}

function allows(signer: AllowedSigner, principal: string, atMs: number): boolean {
  if (signer.isCertAuthority) return isInPatternList(principal, signer.principals);
  return !('why' in signersFor([signer], { principal, key: signer.key, namespace: decisionNamespace, atMs }));
}
