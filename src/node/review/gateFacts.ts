import { policyPath } from '../../core/policy/policy.ts';
import { newestRequests } from '../../core/review/coverage.ts';
import type { Concern } from '../../core/review/concern.ts';
import type { GateFacts } from '../../core/review/facts.ts';
import { emptyTree } from '../changes.ts';
import { gitAnswer, gitText, RepositoryError } from '../git.ts';
import { headCommit, resolveCommit } from '../objects.ts';
import { readReviews } from '../requests.ts';
import { isAncestor, readContents } from './content.ts';
import { type Analyzer, findConcerns } from './findConcerns.ts';
import { readChanges, readFiles } from './manifest.ts';
import { readParticipants } from './participants.ts';
import { faultOfPolicy, readRules, type Rules, type RulesQuestion } from './policyFacts.ts';
import { folderOf, readDecisions, type StoredDecision, type StoredDecisions, toRecords } from './records.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { readRoots, readUrls } from './whereabouts.ts';

export interface GateQuestion extends RulesQuestion {
  /** The branch's tip, and where it would move: revisions, or zeros for none, as git tells its hooks. */
  readonly base: string;
  readonly head: string;
  /** Who pushes, as the server authenticated them. */
  readonly pusher: string | undefined;
  readonly now: Date;
}

/** Records are read that are so much older than what can still count: a revocation may have been made late. */
const marginMs = 30 * 24 * 3_600_000;

/** Reads everything that the gate looks at. What cannot be read is thrown, or stands in the facts as what it is; nothing is left out in silence. */
export async function readGateFacts(store: ReviewStore, question: GateQuestion, analyzer: Analyzer): Promise<GateFacts> {
  const [base, head] = [await commitOf(store, question.base, '--base'), await commitOf(store, question.head, '--head')];
  await holdToTip(store, question.targetRef, base);
  const urls = await readUrls(store.root);
  // A new branch is judged by the policy of the default branch, since it has none of its own.
  const ruling = base ?? (await headCommit(store.root).catch(() => undefined));
  return withPinnedStore(store, async (root) => {
    const rules = await readRules(root, ruling, question);
    const movement = await movementOf(root, base, head);
    const unjudged: GateFacts = {
      targetRef: question.targetRef, movement, policy: rules.policy, pusher: question.pusher, participants: [], repository: { roots: [], urls }, now: question.now.getTime(), tree: '', concerns: [], files: new Map(), records: [], unreadable: [],
      contentOf: () => ({ isBaseInTarget: false, replay: 'missing', isInTarget: false }), folderOf, requestOf: () => undefined,
    }; // prettier-ignore
    if (head === undefined || !('policy' in rules.policy) || movement === 'none' || movement === 'rewrite') return unjudged;
    return readJudged(unjudged, { store, root, rules, ruling, from: base ?? (await branchingOff(store, root, ruling, head)), head, analyzer, question });
  });
}

interface Reading {
  readonly store: ReviewStore;
  /** Of the pinned store. */
  readonly root: string;
  readonly rules: Rules;
  readonly ruling: string | undefined;
  readonly from: string;
  readonly head: string;
  readonly analyzer: Analyzer;
  readonly question: GateQuestion;
}

async function readJudged(facts: GateFacts, { store, root, rules, ruling, from, head, analyzer, question }: Reading): Promise<GateFacts> {
  if (!('policy' in facts.policy)) return facts;
  const { policy } = facts.policy;
  const tree = await gitText(root, ['rev-parse', `${head}^{tree}`]);
  const concerns = await findConcerns({ root, objectFormat: store.objectFormat }, { from, to: head, policy, analyzer });
  const changed = await readChanges(root, from, head);
  const fault = changed.some(({ path }) => path === policyPath) ? await faultOfPolicy(root, head, question.ruleIds) : undefined;
  const since = facts.now - Math.max(policy.keys.maxAgeMs, policy.emergency.followUpWithinMs) - marginMs;
  const stored = await readDecisions(store.root, { since });
  const relevant = relevantTo(concerns, stored);
  const contentOf = await readContents(root, relevant.map(({ decision }) => decision), { tip: ruling, head, tree });
  const paths = new Set(concerns.flatMap((concern) => [concern.path, ...concern.evidence]));
  for (const { decision } of relevant) for (const { fingerprint, evidence } of decision.findings) if (concerns.some((concern) => concern.fingerprint === fingerprint)) for (const path of evidence) paths.add(path);
  const requests = concerns.length === 0 ? new Map<string, never>() : newestRequests((await readReviews(store, since)).requests);
  return {
    ...facts,
    tree,
    concerns,
    ...(fault !== undefined && { policyAfter: { fault } }),
    participants: await readParticipants(root, ruling, head),
    repository: { ...facts.repository, roots: relevant.length === 0 ? [] : await readRoots(root, ruling ?? head, relevant.map(({ decision }) => decision.repository.root)) },
    files: await readFiles(root, head, [...paths]),
    records: await toRecords(stored, relevant, rules.signers, question.now),
    unreadable: stored.unreadable,
    contentOf,
    requestOf: (fingerprint) => requests.get(fingerprint),
  };
}

/** Decisions on requests that have to do with what is judged, and emergencies, which bind everybody. */
function relevantTo(concerns: readonly Concern[], { decisions }: StoredDecisions): readonly StoredDecision[] {
  const fingerprints = new Set(concerns.map(({ fingerprint }) => fingerprint));
  const places = new Set(concerns.map(({ path, rule }) => `${rule} ${path}`));
  const requests = new Set(decisions.flatMap(({ decision: { kind, findings, request } }) => (kind === 'emergency' || findings.some(({ fingerprint, path, rule }) => fingerprints.has(fingerprint) || places.has(`${rule} ${path}`)) ? [request.id] : [])));
  return decisions.filter(({ decision }) => requests.has(decision.request.id));
}

async function movementOf(root: string, base: string | undefined, head: string | undefined): Promise<GateFacts['movement']> {
  if (head === undefined) return base === undefined ? 'none' : 'delete';
  if (base === undefined) return 'create';
  if (base === head) return 'none';
  return (await isAncestor(root, base, head)) ? 'advance' : 'rewrite';
}

/** Where a new branch left the default one; the empty tree when the two have nothing in common. */
async function branchingOff({ objectFormat }: ReviewStore, root: string, tip: string | undefined, head: string): Promise<string> {
  if (tip === undefined) return emptyTree[objectFormat];
  const { stdout, exitCode } = await gitAnswer(root, ['merge-base', tip, head], { answers: [1] });
  return exitCode === 0 ? stdout.toString('utf8').trim() : emptyTree[objectFormat];
}

async function commitOf({ root }: ReviewStore, revision: string, option: string): Promise<string | undefined> {
  if (/^0+$/.test(revision)) return undefined;
  const commit = await resolveCommit(root, revision);
  if (commit === undefined) throw new RepositoryError(`there is no commit ${JSON.stringify(revision)} in ${root}; give ${option} one that is there, or fetch it`);
  return commit;
}

/** In a repository that is pushed to, the branch itself says what its tip is. */
async function holdToTip({ root, isBare }: ReviewStore, targetRef: string, base: string | undefined): Promise<void> {
  if (!isBare) return;
  const tip = await resolveCommit(root, targetRef);
  if (tip !== base) throw new RepositoryError(`the tip of ${targetRef} is ${tip ?? 'nothing: the branch is not there'}, and --base says ${base ?? 'that it is not there'}; give --base the tip`);
}
