import { letsPass } from '../../core/review/decision.ts';
import { coverageOf } from '../../core/review/coverage.ts';
import { concernOfRequest } from '../../core/review/concern.ts';
import { openEmergencies } from '../../core/review/emergencies.ts';
import type { DecisionRecord, GateFacts } from '../../core/review/facts.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { endedBy, standingOf } from '../../core/review/standing.ts';
import type { TakenBack } from '../../core/review/standingWords.ts';
import { emptyTree } from '../changes.ts';
import { resolveCommit } from '../objects.ts';
import { type Merged, readContents } from './content.ts';
import type { Judgement } from './judgement.ts';
import type { FoundState } from './keptStates.ts';
import { readLandedBeside } from './landedBeside.ts';
import { readChanges, readSides } from './manifest.ts';
import { readParticipants, readParticipantsOf } from './participants.ts';
import { readPoliciesOf, type Rules, signersThenAt } from './policyFacts.ts';
import { folderOf, type StoredDecision, type StoredDecisions, toRecords } from './records.ts';
import type { ReviewStore } from './store.ts';
import { readRoots } from './whereabouts.ts';

/** What a state is found out from, beside the request. */
export interface StateGrounds extends Pick<ReviewStore, 'objectFormat'> {
  /** Of the pinned store. */
  readonly root: string;
  /** Of the target; undefined where the first policy begins it. */
  readonly tip: string | undefined;
  /** Of the default branch. */
  readonly usualTip: string | undefined;
  readonly rules: Rules;
  readonly policy: Policy;
  readonly stored: StoredDecisions;
  readonly urls: readonly string[];
  readonly now: Date;
  readonly ruleIds: readonly string[];
  readonly judgement: Judgement;
  /** By head, merged onto the tip. */
  readonly merged: ReadonlyMap<string, Merged>;
  readonly tipTree: string | undefined;
}

export interface Looked {
  readonly found: FoundState;
  /** Whether everything that it takes was here. */
  readonly isWhole: boolean;
  /** Whether the change was looked at, and holds something that the request names, or another text of it. */
  readonly isOfRequest: boolean;
}

/** Where a request stands. @param akin the decisions on it, and on other requests that are about the same */
export async function findState(request: ReviewRequest, akin: readonly StoredDecision[], grounds: StateGrounds): Promise<Looked> {
  const { root, tip, usualTip, rules, policy, stored, urls, now, ruleIds, judgement, merged, tipTree, objectFormat } = grounds;
  const onTip = merged.get(request.head) ?? 'missing';
  const tree = typeof onTip === 'string' ? undefined : onTip.tree;
  const hasLanded = tree !== undefined && tree === tipTree;
  const unasked: GateFacts = {
    targetRef: request.targetRef, movement: 'advance', policy: rules.policy, pusher: undefined, now: now.getTime(), tree: tree ?? '', costs: [], participants: [], canSign: () => true, repository: { roots: [], urls },
    concerns: request.findings.map(concernOfRequest), files: new Map(), records: [], unreadable: stored.unreadable, forgeApprovals: [], policyOf: () => undefined, participantsOf: () => undefined, folderOf,
    contentOf: () => ({ isBaseInTarget: false, replay: 'missing', isInTarget: false }), landedBeside: () => undefined, requestOf: () => ({ ...request, includes: [], isOnThis: true }), firstAskedOf: () => request.id,
  }; // prettier-ignore
  // What nobody decided on waits, whatever git would say of it.
  if (akin.length === 0) return { found: { ...coverageOf(unasked, policy), good: [], hasLanded, takenBack: [] }, isWhole: onTip !== 'missing', isOfRequest: false };
  const before = tip ?? emptyTree[objectFormat];
  // What has landed is compared with what it was asked against: the tip has it already.
  const from = hasLanded && (await resolveCommit(root, request.base)) !== undefined ? request.base : before;
  const decisions = akin.map(({ decision }) => decision);
  const records = await toRecords(stored, akin, rules.signers, now, signersThenAt(root, [tip, usualTip], { targetRef: request.targetRef, ruleIds }));
  const contentOf = await readContents(root, decisions, { tip, head: request.head, tree: tree ?? '' });
  const facts: GateFacts = {
    ...unasked,
    participants: await readParticipants(root, request.base, request.head).catch(() => []),
    repository: { roots: await readRoots(root, tip ?? request.head, decisions.map(({ repository }) => repository.root)), urls },
    files: tree === undefined ? new Map() : await readSides(root, await readChanges(root, from, tree), tree, [request, ...decisions].flatMap(pathsOf)),
    records,
    contentOf,
    policyOf: await readPoliciesOf(root, decisions, [tip, usualTip], { targetRef: request.targetRef, ruleIds }),
    participantsOf: await readParticipantsOf(root, records),
  };
  const isWhole = decisions.every((decision) => contentOf(decision).replay !== 'missing') || tip === undefined;
  const claimed = coverageOf(facts, policy);
  const known = { ...knownOf(request, records, facts, policy), hasLanded };
  // What a request says of itself is nobody's signed word. It is asked only where something might pass: without an approval it waits, whatever is in it.
  const isOpen = tree !== undefined && !hasLanded && claimed.coverage !== 'rejected' && decisions.some(letsPass);
  const judged = isOpen ? await judgement.of(request, { from: before, tree, policy }) : 'as claimed';
  if (judged === 'as claimed' || tree === undefined) return { found: { ...claimed, ...known }, isWhole, isOfRequest: false };
  if ('why' in judged) return { found: { ...claimed, coverage: 'unverifiable', because: [judged.why], by: [], ...known }, isWhole: false, isOfRequest: true };
  const files = await readSides(root, await readChanges(root, before, tree), tree, [...judged.concerns, request, ...decisions].flatMap((each) => ('findings' in each ? pathsOf(each) : pathsOf({ findings: [each] }))));
  const landedBeside = await readLandedBeside(root, judged.concerns, { contentOf, files, approved: decisions, asked: [] });
  return { found: { ...coverageOf({ ...facts, concerns: judged.concerns, files, landedBeside }, policy), ...known }, isWhole, isOfRequest: judged.concerns.some((concern) => request.findings.some(({ fingerprint, path, rule }) => fingerprint === concern.fingerprint || (path === concern.path && rule === concern.rule))) };
}

/** What the records say of a request beside its coverage. */
function knownOf({ id }: ReviewRequest, records: readonly DecisionRecord[], facts: GateFacts, policy: Policy): Pick<FoundState, 'good' | 'takenBack' | 'followUp'> {
  const good = records.filter(({ decision, signature }) => decision.request.id === id && signature.isGood);
  const standing = standingOf(facts.records, facts.unreadable, folderOf);
  const revocations = standing.records.filter((each) => each.decision.kind === 'revoke' && good.includes(each));
  const takenBack = revocations.flatMap((revocation) => endedBy(revocation, good).map(({ decision: { reviewer, kind } }): TakenBack => ({ by: reviewer, kind, revocation: revocation.decision.id })));
  const owed = openEmergencies(standing, policy, facts).find(({ followUp }) => followUp.request === id);
  return { good: good.map(({ sha256 }) => sha256), takenBack, ...(owed !== undefined && { followUp: owed.followUp }) };
}

function pathsOf({ findings }: { readonly findings: readonly { readonly path: string; readonly evidence?: readonly string[] }[] }): string[] {
  return findings.flatMap(({ path, evidence = [] }) => [path, ...evidence]);
}
