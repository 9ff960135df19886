import type { Decision } from '../../core/review/decision.ts';
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
import { mergeOnto, readContents } from './content.ts';
import { type FoundState, KeptStates } from './keptStates.ts';
import { readChanges, readSides } from './manifest.ts';
import { readParticipants } from './participants.ts';
import { readPoliciesOf, readRules, type Rules } from './policyFacts.ts';
import { decisionsOn, folderOf, readDecisions, type StoredDecision, type StoredDecisions, toRecords } from './records.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipOf } from './targetTip.ts';
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
export async function readStates(store: ReviewStore, { ruleIds, now, isAll = false, only }: StatesQuestion): Promise<ReviewStates> {
  const since = isAll || only !== undefined ? 0 : now.getTime() - listedMs;
  const { requests: all, unreadable, digests, olderCount } = await readReviews(store, { since, named: only ?? '' });
  const requests = only === undefined ? all : all.filter(({ id }) => id === only);
  if (requests.length === 0) return { states: [], unreadable, olderCount };
  const stored = await readDecisions(store.root, { since: since - clockSkewMs });
  const own = store.isBare ? [] : await ownAddresses(store.root);
  const urls = await readUrls(store.root);
  const tips = new Map(await Promise.all([...new Set(requests.map(({ targetRef }) => targetRef))].map(async (ref) => [ref, await tipOf(store, ref)] as const)));
  const states = await withPinnedStore(store, async (root) => {
    const targets = new Map(await Promise.all([...tips].map(async ([targetRef, tip]) => [targetRef, { tip, rules: await readRules(root, tip, { targetRef, ruleIds }) }] as const)));
    const kept = new KeptStates(store.commonDir);
    const read: RequestState[] = [];
    for (const request of requests) {
      const { tip, rules } = targets.get(request.targetRef) ?? { tip: undefined, rules: await readRules(root, undefined, { targetRef: request.targetRef, ruleIds }) };
      read.push(await stateOf({ request, digest: digests.get(request.id) ?? '' }, { root, tip, rules, stored, own, urls, now, kept, ruleIds }));
    }
    return read;
  });
  return { states, unreadable: [...unreadable, ...stored.unreadable], olderCount };
}

interface Circumstances {
  readonly root: string;
  readonly tip: string | undefined;
  readonly rules: Rules;
  readonly stored: StoredDecisions;
  readonly own: readonly string[];
  readonly urls: readonly string[];
  readonly now: Date;
  readonly kept: KeptStates;
  readonly ruleIds: readonly string[];
}

async function stateOf({ request, digest }: Pick<RequestState, 'request' | 'digest'>, circumstances: Circumstances): Promise<RequestState> {
  const { tip, rules, stored, own } = circumstances;
  if (rules.policy.kind === 'broken') throw new RepositoryError(`the policy of ${request.targetRef} is broken: ${rules.policy.why}; have it corrected there`);
  const on = stored.decisions.filter(({ decision }) => decision.request.id === request.id);
  const known = { request, digest, decisions: [], hasLanded: false };
  if (rules.policy.kind !== 'at' || tip === undefined) return { ...known, coverage: 'pending', because: [`${request.targetRef} has no policy that is known here`], by: [], takenBackBy: [], group: 'waiting' };
  const { policy } = rules.policy;
  const isMine = own.some((name) => personOf(name, policy) === personOf(request.requester.email, policy));
  const isDecidedByMe = on.some(({ decision }) => own.some((name) => personOf(name, policy) === personOf(decision.reviewer, policy)));
  const isAsked = request.reviewers.length === 0 || request.reviewers.some((reviewer) => own.some((name) => personOf(name, policy) === personOf(reviewer, policy)));
  const needsMe = !isMine && !isDecidedByMe && isAsked && own.some((name) => isSenior(name, policy));
  const { good, ...found } = await foundState({ request, digest, on, akin: decisionsOn(request.findings, stored), tip, policy }, circumstances);
  const decisions = on.flatMap(({ decision, sha256 }) => (good.includes(sha256) ? [decision] : []));
  const takenBackBy = found.coverage === 'covered' ? [] : [...new Set(decisions.flatMap(({ kind, reviewer }) => (kind === 'revoke' ? [reviewer] : [])))];
  const isOwed = takenBackBy.length > 0 || on.some(({ decision }) => decision.kind === 'emergency');
  return { ...known, decisions, ...found, takenBackBy, group: groupOf(found, { needsMe, isOwed }) };
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

/** As it was kept, or found out now. */
async function foundState(decided: Decided, circumstances: Circumstances): Promise<FoundState> {
  const { request, digest, akin, tip, policy } = decided;
  const { stored, urls, ruleIds, kept, now, rules } = circumstances;
  const folders = new Set(akin.map(({ decision }) => folderOf(decision.reviewer)));
  const chains = stored.decisions.flatMap(({ ref, decision, sha256, signature, isPreviousKnown }) => (folders.has(folderOf(decision.reviewer)) ? [[ref, sha256, sha256Hex(signature), isPreviousKnown]] : []));
  const broken = stored.unreadable.flatMap(({ ref, folder, why }) => (folders.has(folder) ? [[ref, why]] : []));
  const landed = sha256Hex(JSON.stringify(['landed', digest, chains, broken]));
  const open = sha256Hex(JSON.stringify(['open', digest, chains, broken, tip, urls, ruleIds]));
  const before = await kept.get(request.id, [landed, open], now.getTime());
  if (before !== undefined) return before;
  const { found, isWhole } = await findState(decided, circumstances);
  // An emergency asks for an approval after it landed.
  const isOver = found.hasLanded && found.coverage === 'covered' && akin.every(({ decision }) => decision.kind === 'approve');
  if (isOver) await kept.put(request.id, landed, found, Infinity);
  else if (isWhole) await kept.put(request.id, open, found, endOfState(akin, policy, rules.signers.allowedSigners, now.getTime()));
  return found;
}

async function findState({ request, akin, tip, policy }: Decided, { root, rules, stored, urls, now, ruleIds }: Circumstances): Promise<{ readonly found: FoundState; readonly isWhole: boolean }> {
  const merged = await mergeOnto(root, tip, request.head);
  const tree = typeof merged === 'string' ? undefined : merged.tree;
  const hasLanded = tree !== undefined && tree === (await gitText(root, ['rev-parse', `${tip}^{tree}`]));
  // What has landed is compared with what it was asked against: the tip has it already.
  const from = hasLanded && (await resolveCommit(root, request.base)) !== undefined ? request.base : tip;
  const records = await toRecords(stored, akin, rules.signers, now);
  const contentOf = await readContents(root, akin.map(({ decision }) => decision), { tip, head: request.head, tree: tree ?? '' });
  const facts: GateFacts = {
    targetRef: request.targetRef, movement: 'advance', policy: rules.policy, pusher: undefined, now: now.getTime(), tree: tree ?? '',
    participants: await readParticipants(root, request.base, request.head).catch(() => []),
    repository: { roots: await readRoots(root, tip, akin.map(({ decision }) => decision.repository.root)), urls },
    concerns: request.findings.map(concernOfRequest),
    files: tree === undefined ? new Map() : await readSides(root, await readChanges(root, from, tree), tree, [request, ...akin.map(({ decision }) => decision)].flatMap(pathsOf)),
    records,
    unreadable: stored.unreadable,
    forgeApprovals: [],
    contentOf,
    policyOf: await readPoliciesOf(root, akin.map(({ decision }) => decision), tip, { targetRef: request.targetRef, ruleIds }),
    folderOf,
    requestOf: () => ({ ...request, isOnThis: true }),
  }; // prettier-ignore
  const good = records.flatMap(({ decision, sha256, signature }) => (decision.request.id === request.id && signature.isGood ? [sha256] : []));
  return {
    found: { ...coverageOf(facts, policy), good, hasLanded },
    // What is missing may be fetched.
    isWhole: akin.every(({ decision }) => contentOf(decision).replay !== 'missing'),
  };
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
