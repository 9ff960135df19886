import type { Policy } from '../policy/policy.ts';
import type { Concern } from './concern.ts';
import type { Decision, ManifestEntry } from './decision.ts';
import type { CanSign } from './signing.ts';

/** A signature as it was checked with the signers and revocations of the target's tip. `isOwn`: the reviewer's own key made it, whose time is over, or which was revoked. */
export type SignatureFacts = { readonly isGood: true; readonly isTouched: boolean; readonly keyFingerprint: string } | { readonly isGood: false; readonly why: string; readonly isOwn?: true };

/** A stored decision, and what git and its signature say of it. */
export interface DecisionRecord {
  readonly ref: string;
  readonly decision: Decision;
  /** Of the stored bytes. */
  readonly sha256: string;
  readonly signature: SignatureFacts;
  /** Whether the decision it names as the one before is there; true of the first. */
  readonly isPreviousKnown: boolean;
}

/** A record that stands where a reviewer's decisions do, and says nothing. `folder` is the digest of the principal. */
export interface UnreadableRecord {
  readonly ref: string;
  readonly folder: string;
  readonly why: string;
}

/** What git says of the content that a decision is on, against the change that is judged. */
export interface Content {
  readonly isBaseInTarget: boolean;
  /** Whether the approved head, merged onto the tip without a conflict, gives the tree that is judged; `missing` when its objects are not here. */
  readonly replay: 'equal' | 'differs' | 'conflict' | 'missing';
  /** Whether merging the approved head would change nothing of the target's tip: what it brings is there. */
  readonly isInTarget: boolean;
}

/** Somebody whom a commit of the change names. */
export interface Participant {
  readonly name: string;
  readonly role: 'author' | 'committer' | 'co-author';
}

/** That somebody approved, at exactly the content that is judged, by a forge's word alone: nobody signed it and no key was touched. */
export interface ForgeWord {
  readonly principal: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** A request, as far as the gate tells of it. */
export interface AskedFor {
  readonly id: string;
  readonly reviewers: readonly string[];
  /** What it holds beyond the commit that it was asked at, by path. */
  readonly includes: readonly string[];
  /** Whether it is about just what is judged, so that an approval of it would count. */
  readonly isOnThis: boolean;
}

/** Everything that the gate looks at, read at one moment. It reads nothing else. */
export interface GateFacts {
  readonly targetRef: string;
  /** How the branch would move. */
  readonly movement: 'none' | 'create' | 'advance' | 'rewrite' | 'delete';
  readonly policy: PolicyFacts;
  /** The policy that the change would bring, when it would change it: what is wrong with it, or whether it watches the branch. */
  readonly policyAfter?: { readonly fault: string } | { readonly watches: boolean };
  /** What the rules that the change brings would cost: why they could not be met by those whom they name, and what would be watched no more. */
  readonly costs: readonly string[];
  /** Of a new branch that would have something over every known tip of the default branch `of` that needs an approval: where it leaves that one, which is not known to have been its tip, and what was, and has most of it. */
  readonly untold?: { readonly commit: string; readonly of: string; readonly tip: string };
  /** Who pushes, as the server authenticated them; undefined when nobody said. */
  readonly pusher: string | undefined;
  readonly participants: readonly Participant[];
  /** Which of the policy's seniors could approve at all, by the keys that count now. */
  readonly canSign: CanSign;
  readonly repository: { readonly roots: readonly string[]; readonly urls: readonly string[] };
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The tree that the branch would have. */
  readonly tree: string;
  readonly concerns: readonly Concern[];
  /** As they are at the tip and in that tree, the files of the concerns, their evidence and the files that decisions list for them; absent when not there. */
  readonly files: ReadonlyMap<string, Omit<ManifestEntry, 'path'>>;
  /** On this branch, young enough to count. */
  readonly records: readonly DecisionRecord[];
  readonly unreadable: readonly UnreadableRecord[];
  /** Of the change at a forge; none unless the policy counts them. */
  readonly forgeApprovals: readonly ForgeWord[];
  readonly contentOf: (decision: Pick<Decision, 'base' | 'head'>) => Content;
  /** A line that others landed in a concern's file, of which the bytes of that name were approved, and that it depends on; undefined when none is. */
  readonly landedBeside: (concern: Pick<Concern, 'path' | 'line'>, approvedBlob: string | undefined) => string | undefined;
  /** The policy that the branch had when an emergency was passed by it; undefined when what the record names as that was never the branch's. */
  readonly policyOf: (emergency: Pick<Decision, 'policy'>) => Policy | undefined;
  /** Whom the commits name that an emergency let pass; undefined when they are not here. */
  readonly participantsOf: (emergency: Pick<Decision, 'base' | 'head'>) => readonly Participant[] | undefined;
  readonly folderOf: (principal: string) => string;
  /** By fingerprint the newest request for this branch that lists it. */
  readonly requestOf: (fingerprint: string) => AskedFor | undefined;
  /** By fingerprint the id of the oldest request for this branch that lists it, asked only where records cannot be read or are missing: what is older than every request was about none. */
  readonly firstAskedOf: (fingerprint: string) => string | undefined;
}

/**
 * The policy at the tip of the target, or of the default branch where that one's holds. `bootstrap`: there is none, and the first one is judged by what the server names. `of`: the branch whose it is, where that is
 * not the target. `broken`: why the one that is there cannot be read. `usual`: the default branch, where its policy watches the target too, and can be taken over.
 */
export type PolicyFacts =
  | { readonly kind: 'at'; readonly commit: string; readonly policy: Policy; readonly of?: string }
  | { readonly kind: 'bootstrap'; readonly policy: Policy; readonly broken?: string; readonly of?: string }
  | { readonly kind: 'none'; readonly isOptional: boolean }
  | { readonly kind: 'broken'; readonly why: string; readonly of?: string; readonly usual?: string };
