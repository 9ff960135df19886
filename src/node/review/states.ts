import { type Decision, letsPass } from '../../core/review/decision.ts';
import { type Covered, coverageOf } from '../../core/review/coverage.ts';
import { concernOfRequest } from '../../core/review/concern.ts';
import type { GateFacts } from '../../core/review/facts.ts';
import { isSenior, personOf } from '../../core/review/identities.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { clockSkewMs, endOf } from '../../core/review/weigh.ts';
import { sha256Hex } from '../digest.ts';
import { gitText, RepositoryError } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { listedMs, readReviews, type Reviews } from '../requests.ts';
import { ownAddresses } from '../reviewers.ts';
import { mergeAllOnto, type Merged, readContents } from './content.ts';
import { Judgement, type LendAnalyzer } from './judgement.ts';
import { type FoundState, KeptStates } from './keptStates.ts';
import { readLandedBeside } from './landedBeside.ts';
import { readChanges, readSides } from './manifest.ts';
import { readParticipants } from './participants.ts';
import { readPoliciesOf, readRules, type Rules } from './policyFacts.ts';
import { folderOf, readDecisions, type StoredDecision, type StoredDecisions, toRecords } from './records.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipsOf } from './targetTip.ts';
import { readRoots, readUrls } from './whereabouts.ts';

/** A request, where it stands, and what it is to whoever looks. */
export interface RequestState extends Covered, Pick<FoundState, 'hasLanded'> {
  readonly request: ReviewRequest;
  /** Of the request's stored bytes. */
  readonly digest: string;
  /** Those with a good signature, oldest first; whether they count is another question. */
  readonly decisions: readonly Decision[];
  /** Who took back what they had decided, where the change is not covered without it. */
  readonly takenBackBy: readonly string[];
  readonly group: 'needs me' | 'waiting' | 'stale' | 'decided';
}

export interface ReviewStates extends Pick<Reviews, 'unreadable' | 'olderCount'> {
  /** The newest first. */
  readonly states: readonly RequestState[];
}

export interface StatesQuestion {
  readonly ruleIds: readonly string[];
  /** Lends what finds concerns in a commit: a change that seems to be approved is judged as the gate will judge it. */
  readonly withAnalyzer: LendAnalyzer;
  readonly now: Date;
  /** Also those that are older than `listedMs`. */
  readonly isAll?: boolean;
  /** Of one request alone, however old it is. */
  readonly only?: string;
}

/**
 * Where each request stands against the target as it is known here, and the decisions that are here. What is asked of git goes by the requests that are open: where one stood whose change has landed, and of others
 * as long as nothing of what that was found out from is another one, is kept.
 */
export async function readStates(store: ReviewStore, { ruleIds, now, isAll = false, only, withAnalyzer }: StatesQuestion): Promise<ReviewStates> {
  const since = isAll || only !== undefined ? 0 : now.getTime() - listedMs;
  const { requests: all, unreadable, digests, olderCount } = await readReviews(store, { since, named: only ?? '' });
  const requests = only === undefined ? all : all.filter(({ id }) => id === only);
  if (requests.length === 0) return { states: [], unreadable, olderCount };
  const stored = await readDecisions(store.root, { since: since - clockSkewMs });
  const own = store.isBare ? [] : await ownAddresses(store.root);
  const urls = await readUrls(store.root);
  const tips = await tipsOf(store, new Set(requests.map(({ targetRef }) => targetRef)));
  const akinTo = indexOf(stored);
  const states = await withPinnedStore(store, async (root) => {
    const kept = new KeptStates(store.commonDir);
    const read = new Map<string, RequestState>();
    for (const [targetRef, tip] of tips) {
      const rules = await readRules(root, tip, { targetRef, ruleIds });
      const asked = requests.filter((request) => request.targetRef === targetRef).map((request) => ({ request, digest: digests.get(request.id) ?? '' }));
      for (const state of await statesAt(asked, { root, tip, rules, stored, akinTo, own, urls, now, kept, ruleIds, judgement: new Judgement({ root, objectFormat: store.objectFormat }, withAnalyzer) })) read.set(state.request.id, state);
    }
    return requests.flatMap(({ id }) => read.get(id) ?? []);
  });
  return { states, unreadable: [...unreadable, ...stored.unreadable], olderCount };
}

interface Circumstances {
  readonly root: string;
  readonly tip: string | undefined;
  readonly rules: Rules;
  readonly stored: StoredDecisions;
  readonly akinTo: ReturnType<typeof indexOf>;
  readonly own: readonly string[];
  readonly urls: readonly string[];
  readonly now: Date;
  readonly kept: KeptStates;
  readonly ruleIds: readonly string[];
  readonly judgement: Judgement;
}

/** Decisions by what they are on: every request asks for those that are about it. */
function indexOf({ decisions }: StoredDecisions) {
  const [byRequest, byConcern] = [new Map<string, StoredDecision[]>(), new Map<string, Set<string>>()];
  for (const each of decisions) {
    const { request, findings } = each.decision;
    byRequest.set(request.id, [...(byRequest.get(request.id) ?? []), each]);
    for (const { fingerprint, rule, path } of findings) for (const key of [fingerprint, `${rule} ${path}`]) byConcern.set(key, (byConcern.get(key) ?? new Set()).add(request.id));
  }
  return {
    on: (id: string): readonly StoredDecision[] => byRequest.get(id) ?? [],
    /** All on requests of which one is about the same, as `decisionsOn` has it. */
    akin: ({ findings }: ReviewRequest): readonly StoredDecision[] => {
      const ids = new Set(findings.flatMap(({ fingerprint, rule, path }) => [...(byConcern.get(fingerprint) ?? []), ...(byConcern.get(`${rule} ${path}`) ?? [])]));
      return [...ids].flatMap((id) => byRequest.get(id) ?? []).sort((one, other) => (one.decision.id < other.decision.id ? -1 : 1));
    },
  };
}

/** Of the requests for one branch. What is merged is merged by one process of git's: it is the most of what a list costs. */
async function statesAt(asked: readonly Pick<RequestState, 'request' | 'digest'>[], circumstances: Circumstances): Promise<readonly RequestState[]> {
  const { root, tip, rules, akinTo } = circumstances;
  const [first] = asked;
  if (rules.policy.kind === 'broken' && first !== undefined) throw new RepositoryError(`the policy of ${first.request.targetRef} is broken: ${rules.policy.why}; have it corrected there`);
  if (rules.policy.kind !== 'at' || tip === undefined) return asked.map((each) => ({ ...each, decisions: [], hasLanded: false, coverage: 'pending', because: [`${each.request.targetRef} has no policy that is known here`], by: [], takenBackBy: [], group: 'waiting' }));
  const { policy } = rules.policy;
  const decided = await Promise.all(asked.map(async ({ request, digest }) => {
    const each = { request, digest, on: akinTo.on(request.id), akin: akinTo.akin(request), tip, policy };
    return { each, ...(await keptState(each, circumstances)) };
  })); // prettier-ignore
  const merged = await mergeAllOnto(root, tip, decided.flatMap(({ each, found }) => (found === undefined ? [each.request.head] : [])));
  const tipTree = await gitText(root, ['rev-parse', `${tip}^{tree}`]);
  const states: RequestState[] = [];
  for (const { each, keys, found } of decided) states.push(stateOf(each, found ?? (await foundState(each, keys, { merged, tipTree }, circumstances)), circumstances));
  return states;
}

function stateOf({ request, digest, on, policy }: Decided, { good, ...found }: FoundState, { own }: Circumstances): RequestState {
  const isMine = own.some((name) => personOf(name, policy) === personOf(request.requester.email, policy));
  const isDecidedByMe = on.some(({ decision }) => own.some((name) => personOf(name, policy) === personOf(decision.reviewer, policy)));
  const isAsked = request.reviewers.length === 0 || request.reviewers.some((reviewer) => own.some((name) => personOf(name, policy) === personOf(reviewer, policy)));
  const needsMe = !isMine && !isDecidedByMe && isAsked && own.some((name) => isSenior(name, policy));
  const decisions = on.flatMap(({ decision, sha256 }) => (good.includes(sha256) ? [decision] : []));
  const takenBackBy = found.coverage === 'covered' ? [] : [...new Set(decisions.flatMap(({ kind, reviewer }) => (kind === 'revoke' ? [reviewer] : [])))];
  const isOwed = takenBackBy.length > 0 || on.some(({ decision }) => decision.kind === 'emergency');
  return { request, digest, decisions, ...found, takenBackBy, group: groupOf(found, { needsMe, isOwed }) };
}

/** @param isOwed whether the change was let pass in an emergency, or its approval was taken back: then it is waited for although it landed. */
function groupOf({ coverage, hasLanded }: Pick<FoundState, 'coverage' | 'hasLanded'>, { needsMe, isOwed }: { readonly needsMe: boolean; readonly isOwed: boolean }): RequestState['group'] {
  if (coverage === 'covered' || coverage === 'rejected' || (hasLanded && !isOwed)) return 'decided';
  return needsMe ? 'needs me' : coverage === 'stale' ? 'stale' : 'waiting';
}

interface Decided {
  readonly request: ReviewRequest;
  readonly digest: string;
  readonly on: readonly StoredDecision[];
  /** These and decisions on other requests that are about the same. */
  readonly akin: readonly StoredDecision[];
  readonly tip: string;
  readonly policy: Policy;
}

interface StateKeys {
  /** What a state is kept by where the change has landed, and where it has not. */
  readonly landed: string;
  readonly open: string;
}

async function keptState({ request, digest, akin, tip }: Decided, { stored, urls, ruleIds, kept, now }: Circumstances): Promise<{ readonly keys: StateKeys; readonly found: FoundState | undefined }> {
  const folders = new Set(akin.map(({ decision }) => folderOf(decision.reviewer)));
  const chains = chainsOf(akin, stored).map(({ each: { ref, sha256, signature, isPreviousKnown }, follows }) => [ref, sha256, sha256Hex(signature), isPreviousKnown, follows]);
  const broken = stored.unreadable.flatMap(({ ref, folder, why }) => (folders.has(folder) ? [[ref, why]] : []));
  const keys = { landed: sha256Hex(JSON.stringify(['landed', digest, chains, broken])), open: sha256Hex(JSON.stringify(['open', digest, chains, broken, tip, urls, ruleIds])) };
  return { keys, found: await kept.get(request.id, [keys.landed, keys.open], now.getTime()) };
}

/** With each decision the one of them that it follows, over whatever stands between. */
function chainsOf(akin: readonly StoredDecision[], { decisions }: StoredDecisions): readonly { readonly each: StoredDecision; readonly follows: string }[] {
  if (akin.length < 2) return akin.map((each) => ({ each, follows: '' }));
  const [byDigest, wanted] = [new Map(decisions.map((each) => [each.sha256, each])), new Set(akin.map(({ sha256 }) => sha256))];
  return akin.map((each) => {
    let at = each.decision.previous?.sha256;
    for (const seen = new Set<string>(); at !== undefined && !wanted.has(at) && !seen.has(at); at = byDigest.get(at)?.decision.previous?.sha256) seen.add(at);
    return { each, follows: at ?? '' };
  });
}

interface Merges {
  /** By head, merged onto the tip. */
  readonly merged: ReadonlyMap<string, Merged>;
  readonly tipTree: string;
}

async function foundState(decided: Decided, keys: StateKeys, merges: Merges, circumstances: Circumstances): Promise<FoundState> {
  const { request, akin, policy } = decided;
  const { kept, now, rules } = circumstances;
  const { found, isWhole } = await findState(decided, merges, circumstances);
  // An emergency asks for an approval after it landed.
  const isOver = found.hasLanded && found.coverage === 'covered' && akin.every(({ decision }) => decision.kind === 'approve');
  if (isOver) await kept.put(request.id, keys.landed, found, Infinity);
  else if (isWhole) await kept.put(request.id, keys.open, found, endOfState(akin, policy, rules.signers.allowedSigners, now.getTime()));
  return found;
}

async function findState({ request, akin, tip, policy }: Decided, { merged, tipTree }: Merges, { root, rules, stored, urls, now, ruleIds, judgement }: Circumstances): Promise<{ readonly found: FoundState; readonly isWhole: boolean }> {
  const onTip = merged.get(request.head) ?? 'missing';
  const tree = typeof onTip === 'string' ? undefined : onTip.tree;
  const hasLanded = tree === tipTree;
  const unasked: GateFacts = {
    targetRef: request.targetRef, movement: 'advance', policy: rules.policy, pusher: undefined, now: now.getTime(), tree: tree ?? '', participants: [], repository: { roots: [], urls },
    concerns: request.findings.map(concernOfRequest), files: new Map(), records: [], unreadable: stored.unreadable, forgeApprovals: [], policyOf: () => undefined, folderOf,
    contentOf: () => ({ isBaseInTarget: false, replay: 'missing', isInTarget: false }), landedBeside: () => undefined, requestOf: () => ({ ...request, includes: [], isOnThis: true }),
  }; // prettier-ignore
  // What nobody decided on waits, whatever git would say of it.
  if (akin.length === 0) return { found: { ...coverageOf(unasked, policy), good: [], hasLanded }, isWhole: onTip !== 'missing' };
  // What has landed is compared with what it was asked against: the tip has it already.
  const from = hasLanded && (await resolveCommit(root, request.base)) !== undefined ? request.base : tip;
  const records = await toRecords(stored, akin, rules.signers, now);
  const contentOf = await readContents(root, akin.map(({ decision }) => decision), { tip, head: request.head, tree: tree ?? '' });
  const facts: GateFacts = {
    ...unasked,
    participants: await readParticipants(root, request.base, request.head).catch(() => []),
    repository: { roots: await readRoots(root, tip, akin.map(({ decision }) => decision.repository.root)), urls },
    files: tree === undefined ? new Map() : await readSides(root, await readChanges(root, from, tree), tree, [request, ...akin.map(({ decision }) => decision)].flatMap(pathsOf)),
    records,
    contentOf,
    policyOf: await readPoliciesOf(root, akin.map(({ decision }) => decision), tip, { targetRef: request.targetRef, ruleIds }),
  };
  const good = records.flatMap(({ decision, sha256, signature }) => (decision.request.id === request.id && signature.isGood ? [sha256] : []));
  const isWhole = akin.every(({ decision }) => contentOf(decision).replay !== 'missing');
  const claimed = coverageOf(facts, policy);
  // What a request says of itself is nobody's signed word. It is asked only where something might pass: without an approval it waits, whatever is in it.
  const isOpen = tree !== undefined && !hasLanded && claimed.coverage !== 'rejected' && akin.some(({ decision }) => letsPass(decision));
  const judged = isOpen ? await judgement.of(request, { tip, tree, policy }) : 'as claimed';
  if (judged === 'as claimed' || tree === undefined) return { found: { ...claimed, good, hasLanded }, isWhole };
  if ('why' in judged) return { found: { ...claimed, coverage: 'unverifiable', because: [judged.why], by: [], good, hasLanded }, isWhole: false };
  const files = await readSides(root, await readChanges(root, tip, tree), tree, [...judged.concerns, request, ...akin.map(({ decision }) => decision)].flatMap((each) => ('findings' in each ? pathsOf(each) : pathsOf({ findings: [each] }))));
  const landedBeside = await readLandedBeside(root, judged.concerns, { contentOf, files, approved: akin.map(({ decision }) => decision), asked: [] });
  return { found: { ...coverageOf({ ...facts, concerns: judged.concerns, files, landedBeside }, policy), good, hasLanded }, isWhole };
}

function pathsOf({ findings }: { readonly findings: readonly { readonly path: string; readonly evidence?: readonly string[] }[] }): string[] {
  return findings.flatMap(({ path, evidence = [] }) => [path, ...evidence]);
}

const hourMs = 3_600_000;

/** The next moment at which the same records may say something else. Milliseconds since 1970. */
function endOfState(on: readonly StoredDecision[], policy: Policy, allowedSigners: string | undefined, now: number): number {
  const moments = on.flatMap(({ decision }) => [endOf(decision, policy), Date.parse(decision.created) - clockSkewMs]).filter((moment) => moment > now);
  const isTimed = allowedSigners !== undefined && /valid-(?:before|after)/i.test(allowedSigners);
  return Math.min(...moments, ...(isTimed ? [now + hourMs] : []), Infinity);
}
