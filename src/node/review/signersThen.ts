import type { Decision } from '../../core/review/decision.ts';
import type { SignatureFacts } from '../../core/review/facts.ts';
import { isAncestor } from './content.ts';
import { readRules, type RulesQuestion } from './policyFacts.ts';
import { checkSignature, type Signers, type StoredDecision } from './records.ts';
import { rulesOnto, usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipsOf } from './targetTip.ts';

/** Whose signatures count at the target's tip as it is known here, by each of the policies by which the gate judges it, and whose did by the policy that a decision names, where that was the branch's. */
export interface SignersOverTime {
  readonly now: Signers;
  /** Where two policies watch the branch, those of the other one. */
  readonly also?: Signers | undefined;
  readonly then?: Signers | undefined;
  /** Whom the policy at the tip names. */
  readonly seniors: readonly string[];
}

/** `noLonger`: why a signature that was good when it was made, as far as anybody but its signer knows when that was, would not count today. */
export type SignatureThen = SignatureFacts & { readonly noLonger?: string };

/** For each decision, the signers of its branch. */
export async function readSignersOverTime(store: ReviewStore, decisions: readonly Pick<Decision, 'targetRef' | 'policy'>[], { ruleIds, bootstrapSigners }: Pick<RulesQuestion, 'ruleIds' | 'bootstrapSigners'>): Promise<(decision: Pick<Decision, 'targetRef' | 'policy'>) => SignersOverTime> {
  const known = new Map<string, SignersOverTime>();
  if (decisions.length > 0) {
    const tips = await tipsOf(store, new Set(decisions.map(({ targetRef }) => targetRef)));
    const usual = await usualBranch(store);
    await withPinnedStore(store, async (root) => {
      const rulesAt = (commit: string | undefined, targetRef: string) => readRules(root, commit, { targetRef, ruleIds, bootstrapSigners });
      for (const [targetRef, tip] of tips) {
        const [ruling, other] = await rulesOnto(root, tip, { head: undefined, usual }, { targetRef, ruleIds, bootstrapSigners });
        const [now, also] = [ruling.signers, other?.signers];
        const seniors = [ruling, other].flatMap((rules) => (rules !== undefined && 'policy' in rules.policy ? rules.policy.policy.seniors : []));
        // The default branch's policy is one of this branch where it rules here.
        const isUsualRuling = 'of' in ruling.policy;
        const branches = [tip, isUsualRuling ? usual?.tip : undefined].filter((each) => each !== undefined);
        for (const policy of new Set(decisions.filter((each) => each.targetRef === targetRef).map((each) => each.policy))) {
          const isOfBranch = policy !== undefined && !branches.includes(policy) && (await Promise.all(branches.map((branch) => isAncestor(root, policy, branch)))).some(Boolean);
          // Without one it is on the first policy, which those admitted whom the server names.
          const then = isOfBranch ? (await rulesAt(policy, targetRef)).signers : policy === undefined && bootstrapSigners !== undefined ? { allowedSigners: bootstrapSigners } : undefined;
          known.set(keyOf({ targetRef, policy }), { now, also, then, seniors: [...new Set(seniors)] });
        }
      }
    });
  }
  return (decision) => known.get(keyOf(decision)) ?? { now: { allowedSigners: undefined }, seniors: [] };
}

function keyOf({ targetRef, policy = '' }: { readonly targetRef: string; readonly policy?: string | undefined }): string {
  return `${policy} ${targetRef}`;
}

/** Whether a signature counts as of the time that its decision names: by the signers of today, else by those of the policy that it names. That somebody left, or lost a key, makes nothing of what they decided before. */
export async function checkSignatureThen(stored: Pick<StoredDecision, 'decision' | 'bytes' | 'signature'>, { now, also, then }: Omit<SignersOverTime, 'seniors'>): Promise<SignatureThen> {
  const at = new Date(stored.decision.created);
  const today = await checkSignature(stored, now, at);
  if (today.isGood) return today;
  const beside = also === undefined ? today : await checkSignature(stored, also, at);
  if (beside.isGood) return beside;
  if (then === undefined) return today;
  const before = await checkSignature(stored, then, at);
  return before.isGood ? { ...before, noLonger: today.why } : today;
}

/** What has to be said beside a signature that was good. */
export function noLongerWords(why: string, policy: string | undefined): string {
  return `it counted by ${policy === undefined ? 'the signers that admit the first policy' : `the signers of ${policy.slice(0, 12)}, the policy that it names`}, and counts no longer: ${why}; that it was made before that, nobody but its signer says`;
}
