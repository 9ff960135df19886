import { type Policy, policyPath } from '../../core/policy/policy.ts';
import type { Concern } from '../../core/review/concern.ts';
import { makeCandidate } from '../candidate.ts';
import { gitFields, RepositoryError } from '../git.ts';
import { headCommit, treeEntries } from '../objects.ts';
import type { Place } from '../place.ts';
import { baseOf, findReviewTarget, type ReviewTarget } from '../target.ts';
import { type Analyzer, findConcernsByEach } from './findConcerns.ts';
import { faultOfPolicy, readRules, type Rules, type RulesQuestion } from './policyFacts.ts';
import { policiesOf, rulesOnto, usualBranch } from './rulesOver.ts';

export interface ChangeQuestion {
  /** What differs from the last commit too: tracked files, files that are new to git, and texts that nobody saved, by path. Without it only what is committed. */
  readonly open?: { readonly buffers: ReadonlyMap<string, string> };
  readonly ruleIds: readonly string[];
  /** Full name of the branch that the change is for; the one that is found when not given. */
  readonly targetRef?: string | undefined;
}

/**
 * What the gate will ask about of the change that is worked on here, from where it left its target: findings, files as a whole that cannot be read or decide what is checked, links and submodules. Requests
 * from the editor and from the command line take it from here, so that they name what the gate will name.
 */
export async function changeToRequest(place: Place, { open, ruleIds, targetRef }: ChangeQuestion, analyzer: Analyzer): Promise<readonly Concern[]> {
  const { root } = place;
  const lastCommit = await headCommit(root);
  if (lastCommit === undefined) throw new RepositoryError('this repository has no commit yet; make the first one: git commit');
  const target = await findReviewTarget(root, targetRef);
  const from = await baseOf(root, target, lastCommit);
  const to = open === undefined ? lastCommit : (await makeCandidate(place, await filesNewToGit(root), open.buffers, 'Candidate that is looked at')).head;
  await holdToPolicy(root, { from, to, ruleIds });
  return findConcernsByEach(place, { from, to, policies: await policiesFor(root, target, { to, ruleIds }), analyzer });
}

/** A change that breaks the policy never lands, whoever approves it: nobody is asked to look at it. */
export async function holdToPolicy(root: string, { from, to, ruleIds }: { readonly from: string; readonly to: string; readonly ruleIds: readonly string[] }): Promise<void> {
  const [before, after] = await Promise.all([from, to].map(async (commit) => (await treeEntries(root, commit, [policyPath])).get(policyPath)));
  if (after === undefined || (before?.oid === after.oid && before.mode === after.mode)) return;
  const fault = await faultOfPolicy(root, to, ruleIds);
  if (fault !== undefined) throw new RepositoryError(`the change would break the policy, so no approval could let it pass the gate: ${fault}; correct it, and ask again`);
}

/** By which the change is judged. What puts a broken policy right is judged by none, and has to be admitted. */
async function policiesFor(root: string, { ref, tip }: ReviewTarget, { to, ruleIds }: { readonly to: string; readonly ruleIds: readonly string[] }): Promise<readonly [Policy, ...Policy[]]> {
  const question = { targetRef: ref, ruleIds };
  const rules = await rulesAtTarget(root, { ref, tip }, to, question);
  for (const { policy } of rules) if (policy.kind === 'broken' && (await readRules(root, to, question)).policy.kind !== 'at') throw new RepositoryError(`the policy of ${policy.of ?? ref} is broken: ${policy.why}; correct it in the change, and ask again`);
  return policiesOf(rules);
}

/** The rules by which a commit would be judged if it went onto the target, as far as that is known here. */
export async function rulesAtTarget(root: string, { ref, tip }: ReviewTarget, head: string | undefined, { ruleIds }: Pick<RulesQuestion, 'ruleIds'>): Promise<readonly [Rules, ...Rules[]]> {
  return rulesOnto(root, tip, { head, usual: await usualBranch({ root, isBare: false }) }, { targetRef: ref, ruleIds });
}

/** git lists a nested repository as a folder, and that is none of ours. */
async function filesNewToGit(root: string): Promise<string[]> {
  return (await gitFields(root, ['ls-files', '-z', '--others', '--exclude-standard', '--'])).filter((path) => !path.endsWith('/'));
}
