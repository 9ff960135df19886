import type { GateFacts } from '../../core/review/facts.ts';
import { judgeByEach } from '../../core/review/gate.ts';
import type { Verdict } from '../../core/review/verdict.ts';
import { gitText, RepositoryError } from '../git.ts';
import { isAncestor, mergeOnto } from './content.ts';
import { findConcerns } from './findConcerns.ts';
import { readPastFacts } from './gateFacts.ts';
import type { LendAnalyzer } from './judgement.ts';
import type { Rules } from './policyFacts.ts';
import { readDecisions } from './records.ts';
import { rulesOver, usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { howToFetch, tipOf } from './targetTip.ts';
import { readUrls } from './whereabouts.ts';

export interface OntoQuestion {
  readonly targetRef: string;
  readonly commit: string;
  readonly ruleIds: readonly string[];
  /** The text of the signers' file that admits the first policy. */
  readonly bootstrapSigners?: string | undefined;
  readonly now: Date;
  readonly withAnalyzer: LendAnalyzer;
}

/**
 * What the gate would say if a commit, merged onto its target as it is known here, were pushed there by nobody in particular. `conflict`: it does not merge, so nobody can say.
 */
export async function judgeOnto(store: ReviewStore, { targetRef, commit, ruleIds, bootstrapSigners, now, withAnalyzer }: OntoQuestion): Promise<Verdict | 'conflict'> {
  const base = await tipOf(store, targetRef);
  if (base === undefined) throw new RepositoryError(`${targetRef}, which the request is for, is not known here; ${await howToFetch(store, targetRef)}`);
  const [urls, stored, usual] = [await readUrls(store.root), await readDecisions(store.root), await usualBranch(store)];
  return withPinnedStore(store, async (root) => {
    const head = await headOnto(root, base, commit);
    if (head === undefined) return 'conflict';
    const each = await rulesOver(root, { base, head, usual }, { targetRef, ruleIds, bootstrapSigners });
    return withAnalyzer(commit, async (analyzer) => {
      const factsBy = async (rules: Rules) => {
        const concerns = 'policy' in rules.policy ? await findConcerns({ root, objectFormat: store.objectFormat }, { from: base, to: head, policy: rules.policy.policy, analyzer }) : [];
        return readPastFacts(store, root, { targetRef, ruleIds, rules, base, head, usualTip: usual?.tip, urls, concerns, stored, now }, analyzer);
      };
      const [first, ...others] = each;
      const facts: [GateFacts, ...GateFacts[]] = [await factsBy(first)];
      for (const rules of others) facts.push(await factsBy(rules));
      return judgeByEach(facts);
    });
  });
}

/** The commit itself where it holds the tip, else a merge of both that stands in the pinned store alone. */
async function headOnto(root: string, base: string, commit: string): Promise<string | undefined> {
  if (await isAncestor(root, base, commit)) return commit;
  const merged = await mergeOnto(root, base, commit);
  if (merged === 'missing') throw new RepositoryError(`${commit} is not here to be merged; fetch it`);
  // Nobody's: git would ask whose it is.
  return merged === 'conflict' ? undefined : gitText(root, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input: `tree ${merged.tree}\nparent ${base}\nparent ${commit}\nauthor - <> 0 +0000\ncommitter - <> 0 +0000\n\nMerged\n` });
}
