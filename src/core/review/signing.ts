import type { Policy } from '../policy/policy.ts';
import { type AllowedSigner, signersFor } from './allowedSigners.ts';
import { decisionNamespace } from './decision.ts';
import { personOf } from './identities.ts';
import { isInPatternList } from './patternList.ts';

/** Whether a senior could sign a decision that counts, or say it at a forge where that counts. */
export type CanSign = (senior: string, needsTouch: boolean) => boolean;

/** By the keys that stand in the signers' file under any name of theirs, at one moment. @param signers without those whose key is revoked @param atMs since 1970 */
export function signingBy(policy: Policy, signers: readonly AllowedSigner[], atMs: number): CanSign {
  return (senior, needsTouch) => {
    const person = personOf(senior, policy);
    const names = [senior, ...Object.entries(policy.people).flatMap(([principal, { emails }]) => (personOf(principal, policy) === person ? [principal, ...emails] : []))];
    const isAtForge = policy.forge.github.approvals === 'count' && Object.entries(policy.people).some(([principal, { github }]) => github !== undefined && personOf(principal, policy) === person);
    if (isAtForge && !needsTouch) return true;
    // Of a certificate's key nobody knows whether it can be touched.
    return signers.some((signer) => (!needsTouch || signer.isCertAuthority || signer.key.application !== undefined) && names.some((principal) => allows(signer, principal, atMs)));
  };
}

function allows(signer: AllowedSigner, principal: string, atMs: number): boolean {
  if (signer.isCertAuthority) return isInPatternList(principal, signer.principals);
  return !('why' in signersFor([signer], { principal, key: signer.key, namespace: decisionNamespace, atMs }));
}
