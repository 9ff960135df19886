import type { ChangedFile } from '../../core/check/changeSet.ts';
import type { Checker } from '../../core/check/checker.ts';
import type { Announced } from '../../core/forge/announcement.ts';
import type { CheckedRecord } from '../../core/review/checkedRecord.ts';
import type { Concern } from '../../core/review/concern.ts';
import type { Declined } from '../../core/review/declined.ts';
import type { Decision, DecisionKind } from '../../core/review/decision.ts';
import type { RequestedFinding, ReviewRequest } from '../../core/review/request.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import type { Decoded } from '../../core/text/decode.ts';

/** A record that cannot be read: it is told, and never left out in silence. */
export interface UnreadableRecord {
  readonly ref: string;
  readonly why: string;
}

/** What finds concerns in a change, and says that it did. */
export interface DeskEngine {
  readonly checker: Checker;
  readonly ruleIds: readonly string[];
  readonly version: string;
}

/** A key that can sign; `principals` are those that allowed_signers lets it speak for. */
export interface FoundKey {
  readonly key: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'agent'; readonly publicKey: string };
  readonly fingerprint: string;
  readonly source: string;
  readonly principals: readonly string[];
}

/** A decision as it is shown, which waits for its signature. */
export interface Unsigned {
  readonly request: ReviewRequest;
  readonly decision: Decision;
  /** SHA-256 of what is signed. */
  readonly digest: string;
  readonly concerns: readonly Concern[];
  /** What the change also holds, and the request does not name. */
  readonly unasked: readonly Concern[];
  /** What the request names, and the change does not hold. */
  readonly missing: readonly RequestedFinding[];
  /** Signs exactly what was shown, and stores it. Fails when that, or the request, is another by now. Gives the ref. */
  readonly sign: (shownDigest: string, key: FoundKey['key'], options: { readonly onTouchNeeded: () => void; readonly signal: AbortSignal }) => Promise<string>;
  /** Of a taking back, what it takes back. */
  readonly takesBack: readonly Decision[];
  /** Of what would let it pass, what rejections hold whatever is approved, and what ends that; each a sentence without its end. */
  readonly rejections: readonly string[];
  /** What lets the request pass, or holds it, by the records that are here. */
  readonly stillStands: () => Promise<readonly Decision[]>;
}

/** What differs between an approval with a good signature and what there is now. */
export interface Rest {
  readonly approved: Decision;
  readonly files: readonly ChangedFile[];
  /** Files in which others landed something since, that the approver was not shown. */
  readonly movedOn: readonly string[];
}

/** Where the pull request of the branch that is checked out would be. */
export interface AnnouncePlace {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
  readonly branch: string;
}

/** A token, where it goes, and what to do where it is not accepted. */
export interface GithubToken {
  readonly baseUrl: string;
  readonly token: string;
  readonly remedy: string;
}

/** A repository's reviews. What fails says in its message what to do next. */
export interface ReviewDesk {
  /** The newest first, those of the last months; `only` one of them, however old it is. */
  readonly states: (engine: Pick<DeskEngine, 'checker' | 'ruleIds'>, only?: string) => Promise<{ readonly states: readonly RequestState[]; readonly unreadable: readonly UnreadableRecord[]; readonly olderCount: number }>;
  readonly changedPaths: (from: string, to: string) => Promise<readonly { readonly path: string; readonly isAdded: boolean; readonly isRemoved: boolean }[]>;
  readonly textIn: (commit: string, path: string) => Promise<Decoded | undefined>;
  /** Without an approval that counts, why there is none. */
  readonly rest: (requestId: string, ruleIds: readonly string[]) => Promise<Rest | { readonly because: readonly string[] }>;
  readonly signingKey: () => Promise<FoundKey | { readonly why: string; readonly isConfigured: boolean }>;
  readonly ownAddresses: () => Promise<readonly string[]>;
  readonly prepare: (draft: { readonly requestId: string; readonly kind: DecisionKind; readonly reviewer: string; readonly reason: string }, engine: DeskEngine) => Promise<Unsigned>;
  /** What the gate will ask about of the change that is worked on here: of what is committed, and with the texts that nobody saved, of the work tree too. */
  readonly changeToRequest: (engine: DeskEngine, change?: { readonly buffers?: ReadonlyMap<string, string>; readonly targetRef?: string | undefined }) => Promise<readonly RequestedFinding[]>;
  /** Full names of the branches that the policy watches, the one first that the change here is for. */
  readonly watchedBranches: () => Promise<readonly string[]>;
  readonly fetch: (options?: { readonly asksNobody: boolean }) => Promise<Declined | 'no remote' | undefined>;
  /** Whether the remote has records that are not here: one question over the network, which opens no window, and none where this machine has no network. */
  readonly lookForReviews: () => Promise<Declined | 'no remote' | 'not set up' | 'offline' | 'news' | undefined>;
  /** Checks everything again that was asked and decided, as far as it is here. */
  readonly verify: (ruleIds: readonly string[]) => Promise<readonly CheckedRecord[]>;
  readonly push: (refs: readonly string[]) => Promise<Declined | 'no remote' | undefined>;
  /** The ref that holds a request. */
  readonly refOf: (id: string) => string;
  readonly placeToAnnounce: () => Promise<AnnouncePlace>;
  readonly announce: (requestId: string, place: AnnouncePlace, access: GithubToken, ruleIds: readonly string[]) => Promise<Announced | { readonly why: string; readonly isTokenRefused: boolean }>;
}
