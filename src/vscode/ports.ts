import type { AiRegion } from '../core/attribution/region.ts';
import type { StoredRegions, StoredText } from '../core/attribution/storedRegions.ts';
import type { Digest } from '../core/check/fingerprint.ts';
import type { MadeWords } from '../core/check/ruleSet.ts';
import type { ReadGrammar } from '../core/language/grammars.ts';
import type { Project } from '../core/language/project.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { RequestDraft, ReviewRequest } from '../core/review/request.ts';
import type { Decoded } from '../core/text/decode.ts';
import type { ReviewDesk } from './review/reviewDesk.ts';

/** What the editor's features need of the platform. `extension.ts` hands in the real ones. */
export interface Ports {
  readonly readGrammar: ReadGrammar;
  readonly madeWords: MadeWords;
  readonly digest: Digest;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A fresh identifier that sorts by time. */
  readonly newId: () => string;
  /** The repository that holds a file or folder; undefined outside of one. Starts git, so ask only when needed. */
  readonly repositoryOf: (fsPath: string) => Promise<Repository | undefined>;
  /** The reviews of a repository, by its work tree. Opened anew for each thing that is done: git may have changed meanwhile. */
  /** Our own command line in a folder. */
  readonly runCli: (args: readonly string[], folder: string) => Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
  /** A new repository in `folder`, with one commit of the files of another folder. */
  readonly makeSample: (files: string, folder: string) => Promise<void>;
  readonly deskOf: (root: string) => Promise<ReviewDesk>;
}

export interface Repository {
  /** The work tree's absolute path. */
  readonly root: string;
  /** The files of the work tree as they are now; each is read once, when it is asked for. */
  readonly project: () => Project;
  /** What the last commit holds at a path (from the root, with forward slashes); undefined when it holds none, or there is no commit. */
  readonly textAtHead: (path: string) => Promise<Decoded | undefined>;
  /** The team's policy in the last commit. Fails, saying where, when it is broken. */
  readonly policyAtHead: () => Promise<Policy>;
  /** What git has of the work tree, or would add: nothing that is ignored. In no order. */
  readonly files: () => Promise<readonly string[]>;
  /** What the work tree has otherwise than the last commit, or not at all in it. */
  readonly changedFiles: () => Promise<readonly string[]>;
  /** Calls back when the last commit may be another one. */
  readonly watchHead: (changed: () => void) => { dispose: () => void };
  /** People to suggest as reviewers, the policy's seniors first. */
  readonly suggestReviewers: () => Promise<readonly string[]>;
  readonly requestReview: (draft: RequestDraft) => Promise<ReviewRequest>;
  /** The requests of the last months, the newest first; those that cannot be read are told with the reason and older ones by their number, never left out in silence. */
  readonly reviews: () => Promise<{ readonly requests: readonly ReviewRequest[]; readonly unreadable: readonly { readonly ref: string; readonly why: string }[]; readonly olderCount: number }>;
  /** Saved regions of a path; an error value says why a file that is there was set aside. */
  readonly loadRegions: (path: string) => Promise<{ readonly stored?: StoredRegions; readonly unsaved?: readonly StoredText[]; readonly setAside?: string }>;
  /** Who wrote what in a text that agents told to have written; undefined when what they told does not lead to it. `known` is what is known of it already. */
  readonly regionsTold: (path: string, text: string, known: readonly AiRegion[]) => Promise<readonly AiRegion[] | undefined>;
  /** Who wrote what in a text of a file, by the notes of the last commit's history; undefined when there are none. */
  readonly regionsNoted: (path: string, text: string, known: readonly AiRegion[]) => Promise<readonly AiRegion[] | undefined>;
  /** Notes on the last commit what is known of who wrote its lines, beside what hooks of git noted. */
  readonly noteHead: () => Promise<void>;
  /** Who wrote what in a text of a file, by all that was kept and told; no regions when nothing is known. `told` says what could not be read. */
  readonly attribute: (file: { readonly path: string; readonly text: string; readonly isUnsaved?: boolean }) => Promise<{ readonly regions?: readonly AiRegion[]; readonly isSaved: boolean; readonly told: readonly string[] }>;
  /** The paths that regions are saved of, in no order, and why others are not known. */
  readonly pathsWithRegions: () => Promise<{ readonly paths: readonly string[]; readonly unread: readonly string[] }>;
  /** The paths that agents told of, in no order. */
  readonly pathsTold: () => Promise<readonly string[]>;
  /** The path that a journal is about, by the journal's own file name. */
  readonly pathTold: (name: string) => Promise<string | undefined>;
  /** Merges into what is saved, whoever else saves at the time; `update` may give back what it got. */
  readonly saveRegions: (path: string, update: (stored: StoredRegions | undefined) => StoredRegions) => Promise<{ readonly setAside?: string }>;
  /** What a window holds and nobody has saved; undefined when it holds nothing any more. */
  readonly keepUnsaved: (path: string, window: string, text: StoredText | undefined) => Promise<void>;
}
