import type { Decision } from '../../core/review/decision.ts';
import { type Coverage, type Covered, coverageOf } from '../../core/review/coverage.ts';
import { concernOfRequest } from '../../core/review/concern.ts';
import type { GateFacts } from '../../core/review/facts.ts';
import { isSenior, personOf } from '../../core/review/identities.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { RepositoryError } from '../git.ts';
import { readReviews, type Reviews } from '../requests.ts';
import { ownAddresses } from '../reviewers.ts';
import { mergeOnto, readContents } from './content.ts';
import { readManifest } from './manifest.ts';
import { readParticipants } from './participants.ts';
import { readRules, type Rules } from './policyFacts.ts';
import { folderOf, readDecisions, type StoredDecisions, toRecords } from './records.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipOf } from './targetTip.ts';
import { readRoots, readUrls } from './whereabouts.ts';

/** A request, where it stands, and what it is to whoever looks. */
export interface RequestState extends Covered {
  readonly request: ReviewRequest;
  /** Of the request's stored bytes. */
  readonly digest: string;
  /** Those with a good signature, oldest first; whether they count is another question. */
  readonly decisions: readonly Decision[];
  readonly group: 'needs me' | 'waiting' | 'stale' | 'decided';
}

export interface ReviewStates extends Pick<Reviews, 'unreadable'> {
  /** The newest first. */
  readonly states: readonly RequestState[];
}

/** Where each request stands against the target as it is known here, and the decisions that are here. */
export async function readStates(store: ReviewStore, ruleIds: readonly string[], now: Date): Promise<ReviewStates> {
  const { requests, unreadable, digests } = await readReviews(store);
  if (requests.length === 0) return { states: [], unreadable };
  const stored = await readDecisions(store.root);
  const own = store.isBare ? [] : await ownAddresses(store.root);
  const urls = await readUrls(store.root);
  const tips = new Map(await Promise.all([...new Set(requests.map(({ targetRef }) => targetRef))].map(async (ref) => [ref, await tipOf(store, ref)] as const)));
  const states = await withPinnedStore(store, async (root) => {
    const read: RequestState[] = [];
    for (const request of requests) {
      const tip = tips.get(request.targetRef);
      const rules = await readRules(root, tip, { targetRef: request.targetRef, ruleIds });
      read.push(await stateOf({ request, digest: digests.get(request.id) ?? '' }, { root, tip, rules, stored, own, urls, now }));
    }
    return read;
  });
  return { states, unreadable: [...unreadable, ...stored.unreadable] };
}

interface Circumstances {
  readonly root: string;
  readonly tip: string | undefined;
  readonly rules: Rules;
  readonly stored: StoredDecisions;
  readonly own: readonly string[];
  readonly urls: readonly string[];
  readonly now: Date;
}

async function stateOf({ request, digest }: Pick<RequestState, 'request' | 'digest'>, { root, tip, rules, stored, own, urls, now }: Circumstances): Promise<RequestState> {
  if (rules.policy.kind === 'broken') throw new RepositoryError(`the policy of ${request.targetRef} is broken: ${rules.policy.why}; have it corrected there`);
  const on = stored.decisions.filter(({ decision }) => decision.request.id === request.id);
  const groupOf = (coverage: Coverage, needsMe: boolean) => (coverage === 'covered' || coverage === 'rejected' ? 'decided' : needsMe ? 'needs me' : coverage === 'stale' ? 'stale' : 'waiting');
  const known = { request, digest, decisions: [] };
  if (rules.policy.kind !== 'at' || tip === undefined) return { ...known, coverage: 'pending', because: [`${request.targetRef} has no policy that is known here`], by: [], group: 'waiting' };
  const { policy } = rules.policy;
  const isMine = own.some((name) => personOf(name, policy) === personOf(request.requester.email, policy));
  const isDecidedByMe = on.some(({ decision }) => own.some((name) => personOf(name, policy) === personOf(decision.reviewer, policy)));
  const isAsked = request.reviewers.length === 0 || request.reviewers.some((reviewer) => own.some((name) => personOf(name, policy) === personOf(reviewer, policy)));
  const needsMe = !isMine && !isDecidedByMe && isAsked && own.some((name) => isSenior(name, policy));
  if (on.length === 0) return { ...known, coverage: 'pending', because: [], by: [], group: groupOf('pending', needsMe) };
  const merged = await mergeOnto(root, tip, request.head);
  const tree = typeof merged === 'string' ? undefined : merged.tree;
  const concerns = request.findings.map(concernOfRequest);
  const records = await toRecords(stored, on, rules.signers, now);
  const facts: GateFacts = {
    targetRef: request.targetRef, movement: 'advance', policy: rules.policy, pusher: undefined, now: now.getTime(), tree: tree ?? '',
    participants: await readParticipants(root, request.base, request.head).catch(() => []),
    repository: { roots: await readRoots(root, tip, on.map(({ decision }) => decision.repository.root)), urls },
    concerns,
    files: tree === undefined ? new Map() : new Map((await readManifest(root, tip, tree, [])).map((entry) => [entry.path, entry])),
    records,
    unreadable: stored.unreadable,
    forgeApprovals: [],
    contentOf: await readContents(root, on.map(({ decision }) => decision), { tip, head: request.head, tree: tree ?? '' }),
    folderOf,
    requestOf: () => request,
  }; // prettier-ignore
  const covered = coverageOf(facts, policy);
  const decisions = records.flatMap(({ decision, signature }) => (decision.request.id === request.id && signature.isGood ? [decision] : []));
  return { ...known, decisions, ...covered, group: groupOf(covered.coverage, needsMe) };
}
