import type { Scope, Undo } from '../check/blastRadius.ts';
import type { Severity } from '../check/severity.ts';

export const decisionKinds = ['approve', 'reject', 'revoke', 'emergency'] as const;
/** `revoke` takes back what the same reviewer decided before; `emergency` passes without an approval that has to follow. */
export type DecisionKind = (typeof decisionKinds)[number];

/** Whether a decision lets something pass, for as long as it holds. */
export function letsPass({ kind }: { readonly kind: DecisionKind }): boolean {
  return kind === 'approve' || kind === 'emergency';
}

/** The file on one side of a change. */
export interface ManifestEntry {
  readonly path: string;
  /** Octal, as git writes it. Absent, like `oldBlob`, of a file that the base does not have. */
  readonly oldMode?: string;
  /** Absent, like `blob` and `sha256`, of a file that the head does not have. */
  readonly mode?: string;
  /** git's object names; of a submodule, the commit's. */
  readonly oldBlob?: string;
  readonly blob?: string;
  /** Of the bytes at the head: git's own digest may be SHA-1. Absent of submodules. */
  readonly sha256?: string;
}

/** A finding as it was decided on. */
export interface DecidedFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  /** `effect` and `target` as they were shown, cut at the length of `longest`. */
  readonly blastRadius: { readonly scope: Scope; readonly undo: Undo; readonly effect: string; readonly target?: string };
  /** Other files that the judgement was made from, by path; each stands in the manifest, also one that is not there. */
  readonly evidence: readonly string[];
}

/** What somebody decided on a request, and on exactly which content. It is signed as it is stored, as an in-toto Statement. */
export interface Decision {
  /** A ULID of the time in `created`. */
  readonly id: string;
  readonly kind: DecisionKind;
  /** The repository's first commit by first parents, and where the reviewer has it from, without what is secret in it. */
  readonly repository: { readonly root: string; readonly url?: string };
  /** Full name of the branch that the change is meant for. */
  readonly targetRef: string;
  readonly request: { readonly id: string; readonly sha256: string; readonly requester: { readonly name: string; readonly email: string } };
  /** Full object names of commits, and of the head's tree. */
  readonly base: string;
  readonly head: string;
  readonly tree: string;
  /** Every file in which base and head differ, and every file of `evidence`, in the order of their paths. */
  readonly manifest: readonly ManifestEntry[];
  readonly findings: readonly DecidedFinding[];
  /** What found them: Firebreak's version, and a digest of its rules. */
  readonly analyzer: { readonly version: string; readonly rules: string };
  /** The commit whose policy held; absent when there was none. */
  readonly policy?: string;
  /** A principal of allowed_signers. */
  readonly reviewer: string;
  readonly reason: string;
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly expires: string;
  /** 128 random bits in hexadecimal: no two decisions have the same bytes. */
  readonly nonce: string;
  /** The reviewer's decision before this one, on whatever request; absent of the first. The digest is of its stored bytes. */
  readonly previous?: { readonly id: string; readonly sha256: string };
}

/** The namespace of decisions' signatures: a signature that was made for something else counts for nothing here. */
export const decisionNamespace = 'firebreak-decision-v1';

/** A record of more bytes is not read. */
export const largestDecisionBytes = 8 * 1024 * 1024;

/** Files of a manifest, at most. */
export const largestManifest = 20_000;
