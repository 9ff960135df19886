import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { AiRegion } from '../core/attribution/region.ts';
import type { Project } from '../core/language/project.ts';
import { noPolicy, type Policy, policyPath } from '../core/policy/policy.ts';
import type { RequestDraft, ReviewRequest } from '../core/review/request.ts';
import type { Decoded } from '../core/text/decode.ts';
import { type AttributedFile, type Attribution, KnownFiles } from './attribution.ts';
import { Commits } from './commits.ts';
import { workTreeChanges } from './changes.ts';
import { gitFields } from './git.ts';
import { watchHead } from './headWatch.ts';
import { pathsTold, pathTold } from './journal.ts';
import { newId } from './newId.ts';
import { headCommit, textAt } from './objects.ts';
import { findPlace, type Place } from './place.ts';
import { projectAt } from './project.ts';
import { type Loaded, RegionStore } from './regionStore.ts';
import { listedMs, readReviews, type Reviews, writeRequest } from './requests.ts';
import { suggestReviewers } from './reviewers.ts';
import { isInside } from './workFile.ts';

/** A git repository with a work tree. Paths are from its root, with forward slashes, unless they are called `fsPath`. */
export interface GitRepository {
  readonly place: Place;
  readonly root: string;
  /** The path of a file that lies in the work tree, also when the way to it leads over links; undefined for others. */
  readonly pathOf: (fsPath: string) => Promise<string | undefined>;
  readonly project: () => Project;
  readonly textAtHead: (path: string) => Promise<Decoded | undefined>;
  readonly watchHead: (changed: () => void) => { dispose: () => void };
  readonly head: () => Promise<string | undefined>;
  /** What git has of the work tree, or would add: nothing that is ignored. In no order. */
  readonly files: () => Promise<readonly string[]>;
  /** What the work tree has otherwise than the last commit, or not at all in it. */
  readonly changedFiles: () => Promise<readonly string[]>;
  /** What a commit says, never the work tree: a change does not judge itself. Throws when it is broken, with the place. */
  readonly policyAt: (commit: string | undefined, ruleIds?: readonly string[]) => Promise<Policy>;
  readonly policyAtHead: () => Promise<Policy>;
  readonly suggestReviewers: () => Promise<readonly string[]>;
  readonly requestReview: (draft: RequestDraft) => Promise<ReviewRequest>;
  readonly reviews: () => Promise<Reviews>;
  /** Who wrote what in a text, by all that is known here. */
  readonly attribute: (file: AttributedFile) => Promise<Attribution>;
  readonly loadRegions: (path: string) => Promise<Loaded>;
  /** Who wrote what in a text that agents told to have written; undefined when what they told does not lead to it. @param known what is known of it already */
  readonly regionsTold: (path: string, text: string, known: readonly AiRegion[]) => Promise<readonly AiRegion[] | undefined>;
  /** Who wrote what in a text of a file, by the notes of the last commit's history; undefined when there are none. */
  readonly regionsNoted: (path: string, text: string, known: readonly AiRegion[]) => Promise<readonly AiRegion[] | undefined>;
  /** Notes on the last commit what is known of who wrote its lines. */
  readonly noteHead: () => Promise<void>;
  readonly pathsWithRegions: RegionStore['paths'];
  /** The paths that agents told of, in no order. */
  readonly pathsTold: () => Promise<readonly string[]>;
  /** The path that a journal is about, by the journal's own file name. */
  readonly pathTold: (name: string) => Promise<string | undefined>;
  readonly saveRegions: RegionStore['save'];
  readonly keepUnsaved: RegionStore['keepUnsaved'];
}

/** The repository that holds a file or folder; undefined outside of one. */
export async function openRepository(fsPath: string): Promise<GitRepository | undefined> {
  const place = await findPlace(fsPath);
  if (place === undefined) return undefined;
  const { root } = place;
  const regions = new RegionStore(place.gitDir);
  const known = new KnownFiles(place, regions, new Commits(place), async (file) => (await import('./notes/notedFile.ts')).notedAtHead(place, file));
  const head = () => headCommit(root);
  const textIn = async (commit: string | undefined, file: string) => (commit === undefined ? undefined : textAt(root, commit, file));
  const policyAt = async (commit: string | undefined, ruleIds?: readonly string[]) => {
    const text = await textIn(commit, policyPath);
    // What reads one is loaded where there is one.
    return text === undefined ? noPolicy : (await import('./readPolicy.ts')).policyFrom(text, ruleIds);
  };
  return {
    place,
    root,
    pathOf: (file) => pathFrom(root, file),
    head,
    files: () => gitFields(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']),
    changedFiles: async () => (await workTreeChanges(place, await head())).filter(({ after }) => after !== 'absent').map((change) => change.path),
    project: () => projectAt({ root, at: 'disk' }),
    textAtHead: async (file) => textIn(await head(), file),
    watchHead: (changed) => watchHead(place, changed),
    policyAt,
    policyAtHead: async () => policyAt(await head()),
    suggestReviewers: async () => {
      const commit = await head();
      // A broken policy is told where findings are; it names nobody.
      return suggestReviewers(root, await policyAt(commit).catch(() => noPolicy), commit);
    },
    requestReview: (draft) => writeRequest(place, draft, newId(), new Date()),
    reviews: () => readReviews(place, { since: Date.now() - listedMs }),
    attribute: (file) => known.attribute(file),
    loadRegions: (file) => regions.load(file),
    regionsTold: (file, text, regionsNow) => known.regionsTold(file, text, regionsNow),
    regionsNoted: async (file, text, known) => (await import('./notes/notedFile.ts')).regionsNoted(place, file, text, known),
    noteHead: async () => {
      await (await import('./notes/committedByCommand.ts')).leaveHead(place);
      await (await import('./notes/gitEvents.ts')).noteCommit(place);
    },
    pathsWithRegions: () => regions.paths(),
    pathsTold: () => pathsTold(place.gitDir),
    pathTold: (name) => pathTold(place.gitDir, name),
    saveRegions: (file, update) => regions.save(file, update),
    keepUnsaved: (file, window, text) => regions.keepUnsaved(file, window, text),
  };
}

async function pathFrom(root: string, fsPath: string): Promise<string | undefined> {
  const named = path.resolve(fsPath);
  const [from, to] = isInside(root, named) ? [root, named] : [await realpath(root), await realpath(named).catch(() => named)];
  return isInside(from, to) ? path.relative(from, to).split(path.sep).join('/') : undefined;
}
