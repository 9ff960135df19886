import { aheadWords, isAhead } from '../../core/review/clocks.ts';
import { type CheckedRecord, type Fault, fetchRemedy, firstPolicyRemedy, remedyForGap, remedyForSignature } from '../../core/review/checkedRecord.ts';
import type { DecisionRecord } from '../../core/review/facts.ts';
import { doubtOf, endedBy, forksOf, type Standing, standingOf } from '../../core/review/standing.ts';
import { type Decision, letsPass } from '../../core/review/decision.ts';
import { timeOf } from '../../core/review/ulid.ts';
import { quoted } from '../../core/review/standingWords.ts';
import { gitText } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { readReviews, refOf } from '../requests.ts';
import { folderOf, readDecisions, type StoredDecision } from './records.ts';
import type { RulesQuestion } from './policyFacts.ts';
import { checkSignatureThen, noLongerWords, readSignersOverTime } from './signersThen.ts';
import type { ReviewStore } from './store.ts';

/** Checks records again: that they can be read, by whom they are signed, and that none is missing between them. Signatures are judged as of the time they name, by the signers at the target's tip, or of the policy that they name. */
export async function verifyRecords(store: ReviewStore, requestId: string | undefined, question: Pick<RulesQuestion, 'ruleIds' | 'bootstrapSigners'>): Promise<readonly CheckedRecord[]> {
  const { requests, unreadable: badRequests, digests } = await readReviews(store);
  const { decisions, unreadable } = await readDecisions(store.root);
  const chosen = decisions.filter(({ decision }) => requestId === undefined || decision.request.id === requestId);
  const signersOf = await readSignersOverTime(store, chosen.map(({ decision }) => decision), question);
  const records = await Promise.all(chosen.map(async (each) => {
    const signature = await checkSignatureThen(each, signersOf(each.decision));
    return { each, signature, record: { ...each, signature } };
  })); // prettier-ignore
  const forks = forksOf(records.map(({ record }) => record), folderOf);
  const checked: CheckedRecord[] = requests.filter(({ id }) => requestId === undefined || id === requestId).map(({ id, requester }) => ({ ref: refOf(id), said: [`request by ${requester.name} <${requester.email}>, which nobody signed`], faults: [] }));
  const revocations = records.flatMap(({ record }) => (record.decision.kind === 'revoke' && record.signature.isGood ? [record] : []));
  const standing = standingOf(records.map(({ record }) => record), unreadable, folderOf);
  const doubted = standing.records.flatMap((other) => (other.decision.kind === 'revoke' || isSettled(other, standing) ? [] : [{ other, by: doubtOf(other, standing, folderOf)?.ref }]));
  const takenBackBy = new Map(revocations.flatMap((revocation) => endedBy(revocation, records.map(({ record }) => record)).map(({ ref }) => [ref, revocation.decision] as const)));
  for (const { each, signature, record } of records) {
    const takenBack = takenBackBy.get(record.ref);
    const { decision } = record;
    const fork = forks.find((some) => some.includes(record));
    checked.push({
      ref: record.ref,
      said: [
        `${decision.kind} by ${decision.reviewer} on request ${decision.request.id}, ${decision.created}${letsPass(decision) ? `, until ${decision.expires}` : ''}`,
        ...(signature.isGood ? [`signed with ${signature.keyFingerprint}${signature.isTouched ? ', touched' : ''}`] : []),
        ...(signature.noLonger === undefined ? [] : [noLongerWords(signature.noLonger, decision.policy)]),
        ...(takenBack === undefined ? [] : [`taken back by ${takenBack.reviewer}, ${takenBack.created}, and counts no more: ${takenBack.reason}`]),
        ...(fork === undefined ? [] : [`signed beside ${fork.filter((other) => other !== record).map((other) => other.decision.id).join(', ')}: none of them knew of the other`]),
      ],
      faults: [
        ...(signature.isGood ? [] : [{ why: `its signature does not count: ${signature.why}`, remedy: signersOf(decision).now.allowedSigners === undefined && decision.policy === undefined ? firstPolicyRemedy : remedyForSignature(decision, signersOf(decision).seniors) }]),
        ...(isAhead(Date.parse(decision.created), Date.now()) ? [{ why: aheadWords(decision.created), remedy: `see whether this machine's clock is right; if it is, ${decision.reviewer} decides on request ${decision.request.id} again where the clock is right` }] : []),
        ...(record.isPreviousKnown ? [] : [{ why: `the decision before it, ${decision.previous?.id ?? ''}, is missing`, remedy: remedyForGap(decision, `${record.ref.slice(0, record.ref.lastIndexOf('/') + 1)}${decision.previous?.id ?? ''}`, doubted.flatMap(({ other, by }) => (by === record.ref ? [other.decision] : []))), isGap: true as const }]),
        ...(await faultsOfContent(store, each, digests)),
      ],
      ...(signature.noLonger !== undefined && { isOver: true as const }),
    });
  }
  const broken = requestId === undefined ? [...badRequests, ...unreadable] : unreadable;
  return [...checked, ...broken.map(({ ref, why }) => ({ ref, said: [], faults: [{ why: `it cannot be read: ${why}`, remedy: `fetch ${ref} again from a clone that has it as it was made; where none has, have it taken away here and where it is pushed to: git update-ref -d ${quoted(ref)}` }] }))];
}

/** Whether its reviewer decided on the same request again since, in a decision that is in no doubt. */
function isSettled({ decision }: DecisionRecord, standing: Standing): boolean {
  return standing.records.some((later) => later.signature.isGood && later.decision.reviewer === decision.reviewer && later.decision.request.id === decision.request.id && timeOf(later.decision.id) > timeOf(decision.id) && doubtOf(later, standing, folderOf) === undefined);
}

async function faultsOfContent({ root }: ReviewStore, { decision }: StoredDecision, digests: ReadonlyMap<string, string>): Promise<Fault[]> {
  const faults: Fault[] = [];
  const stored = digests.get(decision.request.id);
  if (stored === undefined) faults.push({ why: `its request ${decision.request.id} is not here`, remedy: fetchRemedy });
  else if (stored !== decision.request.sha256) faults.push({ why: `its request ${decision.request.id} is another one by now`, remedy: askRemedy(decision) });
  const tree = await resolveTree(root, decision.head);
  if (tree === undefined) faults.push({ why: `what it is on, ${decision.head}, is not here`, remedy: fetchRemedy });
  else if (tree !== decision.tree) faults.push({ why: `the tree that it names is not that of ${decision.head}`, remedy: askRemedy(decision) });
  return faults;
}

function askRemedy({ request: { id, requester } }: Decision): string {
  return `${requester.name} asks for what request ${id} was about in a new one: firebreak request --all --reason "…"`;
}

async function resolveTree(root: string, commit: string): Promise<string | undefined> {
  return (await resolveCommit(root, commit)) === undefined ? undefined : gitText(root, ['rev-parse', `${commit}^{tree}`]);
}
