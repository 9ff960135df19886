import { forksOf } from '../../core/review/standing.ts';
import { letsPass } from '../../core/review/decision.ts';
import { clockSkewMs } from '../../core/review/weigh.ts';
import { gitText } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { readReviews, refOf } from '../requests.ts';
import { readRules, type Rules } from './policyFacts.ts';
import { folderOf, readDecisions, type StoredDecision, toRecord } from './records.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipOf } from './targetTip.ts';

/** A record, what can be said of it, and what is wrong with it. */
export interface CheckedRecord {
  readonly ref: string;
  readonly said: readonly string[];
  readonly faults: readonly string[];
}

/** Checks records again: that they can be read, by whom they are signed, and that none is missing between them. Signatures are judged as of the time they name, by the signers at the target's tip. */
export async function verifyRecords(store: ReviewStore, requestId: string | undefined, ruleIds: readonly string[]): Promise<readonly CheckedRecord[]> {
  const { requests, unreadable: badRequests, digests } = await readReviews(store);
  const { decisions, unreadable } = await readDecisions(store.root);
  const chosen = decisions.filter(({ decision }) => requestId === undefined || decision.request.id === requestId);
  const rules = await readRulesOf(store, [...new Set(chosen.map(({ decision }) => decision.targetRef))], ruleIds);
  const records = await Promise.all(chosen.map(async (each) => ({ each, record: await toRecord(each, rules.get(each.decision.targetRef)?.signers ?? { allowedSigners: undefined }, new Date(each.decision.created)) })));
  const forks = forksOf(records.map(({ record }) => record), folderOf);
  const checked: CheckedRecord[] = requests.filter(({ id }) => requestId === undefined || id === requestId).map(({ id, requester }) => ({ ref: refOf(id), said: [`request by ${requester.name} <${requester.email}>, which nobody signed`], faults: [] }));
  for (const { each, record } of records) {
    const { decision, signature } = record;
    const fork = forks.find((some) => some.includes(record));
    checked.push({
      ref: record.ref,
      said: [
        `${decision.kind} by ${decision.reviewer} on request ${decision.request.id}, ${decision.created}${letsPass(decision) ? `, until ${decision.expires}` : ''}`,
        ...(signature.isGood ? [`signed with ${signature.keyFingerprint}${signature.isTouched ? ', touched' : ''}`] : []),
        ...(fork === undefined ? [] : [`signed beside ${fork.filter((other) => other !== record).map((other) => other.decision.id).join(', ')}: none of them knew of the other`]),
      ],
      faults: [...(signature.isGood ? [] : [`its signature does not count: ${signature.why}`]), ...(Date.parse(decision.created) > Date.now() + clockSkewMs ? ['it was made in the future; one of the clocks is wrong, and it does not count before'] : []), ...(record.isPreviousKnown ? [] : [`the decision before it, ${decision.previous?.id ?? ''}, is missing`]), ...(await faultsOfContent(store, each, digests))],
    });
  }
  const broken = requestId === undefined ? [...badRequests, ...unreadable] : unreadable;
  return [...checked, ...broken.map(({ ref, why }) => ({ ref, said: [], faults: [`it cannot be read: ${why}`] }))];
}

/** By branch, the rules at its tip as it is known here. */
export async function readRulesOf(store: ReviewStore, targets: readonly string[], ruleIds: readonly string[]): Promise<ReadonlyMap<string, Rules>> {
  if (targets.length === 0) return new Map();
  const tips = await Promise.all(targets.map(async (targetRef) => ({ targetRef, tip: await tipOf(store, targetRef) })));
  return withPinnedStore(store, async (root) => new Map(await Promise.all(tips.map(async ({ targetRef, tip }) => [targetRef, await readRules(root, tip, { targetRef, ruleIds })] as const))));
}

async function faultsOfContent({ root }: ReviewStore, { decision }: StoredDecision, digests: ReadonlyMap<string, string>): Promise<string[]> {
  const faults: string[] = [];
  const stored = digests.get(decision.request.id);
  if (stored === undefined) faults.push(`its request ${decision.request.id} is not here`);
  else if (stored !== decision.request.sha256) faults.push(`its request ${decision.request.id} is another one by now`);
  const tree = await resolveTree(root, decision.head);
  if (tree === undefined) faults.push(`what it is on, ${decision.head}, is not here`);
  else if (tree !== decision.tree) faults.push(`the tree that it names is not that of ${decision.head}`);
  return faults;
}

async function resolveTree(root: string, commit: string): Promise<string | undefined> {
  return (await resolveCommit(root, commit)) === undefined ? undefined : gitText(root, ['rev-parse', `${commit}^{tree}`]);
}
