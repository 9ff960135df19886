import { clockSkewMs, isAhead } from '../../core/review/clocks.ts';
import { kindOf, type RefUpdate, refusalOfRecord } from '../../core/review/pushedRefs.ts';
import { timeOf } from '../../core/review/ulid.ts';
import { gitText, GitError } from '../git.ts';
import { readRequestsAt, refOf, type RequestRef } from '../requests.ts';
import { readRules } from './policyFacts.ts';
import { checkSignature, readDecisionsAt } from './records.ts';
import { usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipOf } from './targetTip.ts';

/** Nobody asks or decides so often between two pushes; each record costs everybody who lists them. */
const mostAtOnce = 500;

/**
 * Why a server does not take pushed records, one sentence each. What cannot be read would make everything else of its reviewer doubtful, so that anybody could
 * hold up anybody: a decision comes in only with a signature that counts by the default branch's rules, or where that has no policy, by those at the target's tip, as far as that has signers: anybody can have begun a branch
 * while nobody watched it, with signers of their own.
 */
export async function refusalsOfRecords(store: ReviewStore, updates: readonly RefUpdate[], { ruleIds, now, bootstrapSigners }: { readonly ruleIds: readonly string[]; readonly now: Date; readonly bootstrapSigners: string | undefined }): Promise<readonly string[]> {
  const refusals: string[] = [];
  const taken: { readonly ref: string; readonly commit: string }[] = [];
  for (const update of updates) {
    const why = refusalOfRecord(update);
    if (why !== undefined) refusals.push(why);
    else if (update.to !== undefined) taken.push({ ref: update.ref, commit: update.to });
  }
  if (taken.length > mostAtOnce) return [...refusals, `the push brings ${taken.length} records, and no more than ${mostAtOnce} are taken at once; push them in parts`];
  const requests: RequestRef[] = [];
  // One after the other: each is a process of git's.
  for (const each of taken) if (kindOf(each.ref) === 'request') requests.push({ ...each, parents: await parentsOf(store.root, each.commit) });
  const { requests: asked, unreadable } = await readRequestsAt(store.root, requests);
  const stored = await readDecisionsAt(store.root, taken.filter(({ ref }) => kindOf(ref) === 'decision'));
  for (const { ref, why } of [...unreadable, ...stored.unreadable]) refusals.push(`${ref} cannot be read: ${why}`);
  // Such a record would hold up the next ones of whoever made it, until its time comes.
  const made = [...asked.map(({ id }) => [refOf(id), timeOf(id)] as const), ...stored.decisions.map(({ ref, decision }) => [ref, Date.parse(decision.created)] as const)];
  for (const [ref, at] of made) {
    if (isAhead(at, now.getTime())) refusals.push(`${ref} was made at ${new Date(at).toISOString()}, and here it is ${now.toISOString()}; no more than ${clockSkewMs / 60_000} minutes ahead are taken, so set that machine's clock right and make it again`);
  }
  if (stored.decisions.length === 0) return refusals;
  const tips = new Map(await Promise.all([...new Set(stored.decisions.map(({ decision }) => decision.targetRef))].map(async (targetRef) => [targetRef, await tipOf(store, targetRef)] as const)));
  const usualTip = (await usualBranch(store))?.tip;
  const { signers, usual } = await withPinnedStore(store, async (root) => {
    const { policy, signers: atUsual } = await readRules(root, usualTip, { targetRef: 'HEAD', ruleIds, bootstrapSigners });
    const held = policy.kind === 'none' || (policy.kind === 'bootstrap' && policy.broken === undefined) ? [...tips] : [];
    return {
      signers: new Map(await Promise.all(held.map(async ([targetRef, tip]) => [targetRef, (await readRules(root, tip, { targetRef, ruleIds })).signers] as const))),
      usual: atUsual,
    };
  });
  for (const each of stored.decisions) {
    const own = signers.get(each.decision.targetRef);
    const known = own?.allowedSigners === undefined ? usual : own;
    // Before there are signers nobody's signature counts, and the first policy has to be approved all the same.
    if (known.allowedSigners === undefined) continue;
    const signature = await checkSignature(each, known, now);
    if (!signature.isGood) refusals.push(`${each.ref} is not signed by ${each.decision.reviewer}: ${signature.why}`);
  }
  return refusals;
}

async function parentsOf(root: string, commit: string): Promise<string[]> {
  try {
    return (await gitText(root, ['rev-list', '--parents', '--max-count=1', commit, '--'])).split(' ').slice(1);
  } catch (error) {
    // It is no commit: the record cannot be read either, which says so.
    if (error instanceof GitError) return [];
    throw error;
  }
}
