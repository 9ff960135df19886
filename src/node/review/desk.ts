import type { Checker } from '../../core/check/checker.ts';
import type { ChangedFile } from '../../core/check/changeSet.ts';
import { toRequestedConcern } from '../../core/review/concern.ts';
import type { CheckedRecord } from '../../core/review/checkedRecord.ts';
import type { Declined } from '../../core/review/declined.ts';
import { type Decision, type DecisionKind, letsPass } from '../../core/review/decision.ts';
import { isPathInside } from '../../core/review/recordFields.ts';
import type { RequestedFinding, ReviewRequest } from '../../core/review/request.ts';
import type { Decoded } from '../../core/text/decode.ts';
import { sha256Hex } from '../digest.ts';
import { RepositoryError } from '../git.ts';
import type { Announced } from '../../core/forge/announcement.ts';
import { announceRequest, type AnnouncePlace, branchToAnnounce, readForgePlace } from '../github/announceRequest.ts';
import { type GithubAccess, GithubError } from '../github/githubClient.ts';
import { headCommit, textAt } from '../objects.ts';
import { readReviews, refOf } from '../requests.ts';
import { ownAddresses } from '../reviewers.ts';
import { findSigningKey, type FoundKey, type NoKey } from '../signatures/findKey.ts';
import { findPlace } from '../place.ts';
import { changeToRequest } from './changeToRequest.ts';
import { type PreparedDecision, prepareDecision, readStanding, signDecision } from './decide.ts';
import type { Analyzer } from './findConcerns.ts';
import { readChanges } from './manifest.ts';
import { readRejections } from './rejections.ts';
import { lastApproval, movedOn, readResidualFiles } from './residual.ts';
import { readStates, type ReviewStates } from './states.ts';
import { findStore, type ReviewStore } from './store.ts';
import { fetchReviews, lookForReviews, pushRefs, remoteOf, tipOf } from './targetTip.ts';
import { verifyRecords } from './verifyRecords.ts';
import { watchedBranches } from './watchedBranches.ts';

/** What finds concerns, and says that it did. */
export interface DeskEngine {
  readonly checker: Checker;
  readonly ruleIds: readonly string[];
  readonly version: string;
}

export interface DeskDraft {
  readonly requestId: string;
  readonly kind: DecisionKind;
  readonly reviewer: string;
  readonly reason: string;
}

/** Which change: without texts that nobody saved, only what is committed; without a branch, for the one that is found. */
export interface DeskChange {
  readonly buffers?: ReadonlyMap<string, string>;
  readonly targetRef?: string | undefined;
}

/** A decision that waits for its signature. */
export interface Unsigned extends Pick<PreparedDecision, 'decision' | 'digest' | 'concerns' | 'unasked' | 'missing' | 'takesBack'> {
  readonly request: ReviewRequest;
  /** Signs exactly the bytes of the digest that was shown, and stores them. Throws when they, or the request, are others by now. @returns the ref */
  readonly sign: (shownDigest: string, key: FoundKey['key'], options: { readonly onTouchNeeded: () => void; readonly signal: AbortSignal }) => Promise<string>;
  /** Of what would let it pass, what rejections hold whatever is approved, and what ends that; each a sentence without its end. */
  readonly rejections: readonly string[];
  /** What lets the request pass, or holds it, by the records that are here. */
  readonly stillStands: () => Promise<readonly Decision[]>;
}

/** What differs between the last approval that counts and what there is now. */
export interface Rest {
  readonly approved: Decision;
  readonly files: readonly ChangedFile[];
  /** Files in which others landed something since, that the approver was not shown. */
  readonly movedOn: readonly string[];
}

/** How long a file may take; one that takes longer counts as unread. */
const fileLimitMs = 10_000;

/** A repository's reviews as a person works on them in an editor. Throws outside of a repository. */
export async function openDesk(folder: string) {
  const store = await findStore(folder);
  if (store === undefined) throw new RepositoryError(`${folder} is in no git repository; go to one, or make one: git init`);
  const { root } = store;
  return {
    states: (engine: Pick<DeskEngine, 'checker' | 'ruleIds'>, only?: string): Promise<ReviewStates> => readStates(store, { ruleIds: engine.ruleIds, now: new Date(), withAnalyzer: (_, use) => use(analyzerOf(engine)), ...(only !== undefined && { only }) }),
    changedPaths: async (from: string, to: string): Promise<readonly { readonly path: string; readonly isAdded: boolean; readonly isRemoved: boolean }[]> =>
      (await readChanges(root, from, to)).map(({ path, oldBlob, blob }) => ({ path, isAdded: oldBlob === undefined, isRemoved: blob === undefined })),
    textIn: (commit: string, path: string): Promise<Decoded | undefined> => textAt(root, commit, path),
    rest: (requestId: string, ruleIds: readonly string[]): Promise<Rest | { readonly because: readonly string[] }> => readRest(store, requestId, ruleIds),
    signingKey: (): Promise<FoundKey | NoKey> => findSigningKey(root),
    ownAddresses: (): Promise<readonly string[]> => ownAddresses(root),
    prepare: (draft: DeskDraft, engine: DeskEngine): Promise<Unsigned> => prepare(store, draft, engine),
    changeToRequest: (engine: DeskEngine, change?: DeskChange): Promise<readonly RequestedFinding[]> => changeOf(store, engine, change),
    watchedBranches: (): Promise<readonly string[]> => watchedBranches(store),
    fetch: (options?: { readonly asksNobody: boolean }): Promise<Declined | 'no remote' | undefined> => fetchReviews(store, { ...options, withBranches: true }),
    lookForReviews: (): Promise<Declined | 'no remote' | 'not set up' | 'offline' | 'news' | undefined> => lookForReviews(store),
    verify: (ruleIds: readonly string[]): Promise<readonly CheckedRecord[]> => verifyRecords(store, undefined, { ruleIds }),
    push: (refs: readonly string[]): Promise<Declined | 'no remote' | undefined> => pushRefs(store, refs),
    refOf,
    placeToAnnounce: (): Promise<AnnouncePlace> => placeToAnnounce(store),
    announce: (requestId: string, place: AnnouncePlace, access: Pick<GithubAccess, 'baseUrl' | 'token' | 'remedy'>, ruleIds: readonly string[]): Promise<Announced | Unannounced> => announce(store, { requestId, place, access, ruleIds }),
  };
}

export interface Unannounced {
  readonly why: string;
  readonly isTokenRefused: boolean;
}

async function placeToAnnounce(store: ReviewStore): Promise<AnnouncePlace> {
  const remote = await remoteOf(store);
  const place = remote === undefined ? 'no remote' : await readForgePlace(store.root, remote);
  if (remote === undefined || place === 'no remote') throw new RepositoryError('this repository has no remote, so there is no pull request; add one: git remote add origin URL');
  if (place === 'elsewhere') throw new RepositoryError(`the remote ${remote} is no repository at GitHub, which alone has pull requests that a review can be announced on`);
  return { ...place, branch: await branchToAnnounce(store.root) };
}

async function announce(store: ReviewStore, { requestId, place, access, ruleIds }: { readonly requestId: string; readonly place: AnnouncePlace; readonly access: Pick<GithubAccess, 'baseUrl' | 'token' | 'remedy'>; readonly ruleIds: readonly string[] }): Promise<Announced | Unannounced> {
  const { request } = await requestOf(store, requestId);
  try {
    return await announceRequest(store, request, place, { ...access, fetch }, ruleIds);
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    return { why: error.message, isTokenRefused: error.status === 401 };
  }
}

async function prepare(store: ReviewStore, { requestId, kind, reviewer, reason }: DeskDraft, engine: DeskEngine): Promise<Unsigned> {
  const { request, digest: requestDigest } = await requestOf(store, requestId);
  const draft = { request, requestDigest, kind, reviewer, reason, now: new Date() };
  const prepared = await prepareDecision(store, draft, { analyzer: analyzerOf(engine), version: engine.version, ruleIds: engine.ruleIds });
  return {
    ...prepared,
    request,
    rejections: letsPass({ kind }) ? await readRejections(store, request, { ruleIds: engine.ruleIds, now: draft.now, withAnalyzer: (_, use) => use(analyzerOf(engine)) }, 'you', prepared.replaces) : [],
    sign: async (shownDigest, key, options) => {
      if (sha256Hex(prepared.bytes) !== shownDigest) throw new RepositoryError('what was to be signed is not what was shown, so nothing was signed; open the request again');
      // Between showing and signing anybody may have replaced the request.
      if ((await requestOf(store, requestId)).digest !== requestDigest) throw new RepositoryError(`request ${requestId} changed while it was shown, so nothing was signed; open it again`);
      return signDecision(store, prepared, key, { ...options, ask: 'askpass' });
    },
    stillStands: () => readStanding(store, request, prepared.rules),
  };
}

async function requestOf({ root }: ReviewStore, id: string): Promise<{ readonly request: ReviewRequest; readonly digest: string }> {
  const { requests, digests, unreadable } = await readReviews({ root }, { named: id });
  const request = requests.find((each) => each.id === id);
  if (request !== undefined) return { request, digest: digests.get(id) ?? '' };
  const broken = unreadable.find(({ ref }) => ref === refOf(id));
  throw new RepositoryError(broken === undefined ? `request ${id} is not here; refresh the reviews` : `request ${id} cannot be read: ${broken.why}; have it asked for again`);
}

/** Who wrote what is nothing that a decision is on. */
function analyzerOf({ checker }: Pick<DeskEngine, 'checker'>): Analyzer {
  const startFile = () => {
    const end = performance.now() + fileLimitMs;
    return { isOver: () => performance.now() > end };
  };
  return { checker, startFile, regionsOf: () => Promise.resolve(undefined) };
}

/** A request can name only some paths: what stands at others is not in it. */
async function changeOf({ root }: ReviewStore, engine: DeskEngine, { buffers, targetRef }: DeskChange = {}): Promise<readonly RequestedFinding[]> {
  const place = await findPlace(root);
  if (place === undefined) throw new RepositoryError(`${root} is in no git repository any more`);
  const concerns = await changeToRequest(place, { ruleIds: engine.ruleIds, targetRef, ...(buffers !== undefined && { open: { buffers } }) }, analyzerOf(engine));
  return concerns.filter(({ path }) => isPathInside(path)).map(toRequestedConcern);
}

/**
 * What a request has beyond the last approval with a good signature: of itself, else of an earlier request of the same person about some of the same files. What it has now is
 * the newest request of that kind, and for who asked, what they committed last. Without an approval only why none counts: a forged one must not hide code.
 */
async function readRest(store: ReviewStore, requestId: string, ruleIds: readonly string[]): Promise<Rest | { readonly because: readonly string[] }> {
  const { request } = await requestOf(store, requestId);
  const { requests } = await readReviews(store);
  const paths = new Set(request.findings.map(({ path }) => path));
  const akin = requests.filter(({ targetRef, requester, findings }) => targetRef === request.targetRef && requester.email === request.requester.email && findings.some(({ path }) => paths.has(path)));
  const { approved, because } = await lastApproval(store, akin.filter(({ id }) => id <= request.id), request.head, { ruleIds });
  if (approved === undefined) return { because };
  const [newest] = akin;
  const isMine = (await ownAddresses(store.root)).includes(request.requester.email);
  const own = isMine ? await headCommit(store.root) : undefined;
  const commit = approved.request.id !== request.id ? request.head : newest !== undefined && newest.id > request.id ? newest.head : (own ?? request.head);
  const tip = (await tipOf(store, approved.targetRef)) ?? commit;
  return { approved, files: await readResidualFiles(store, request, approved, commit), movedOn: await movedOn(store.root, approved, tip) };
}
