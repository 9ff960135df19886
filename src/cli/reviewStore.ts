import { readFile } from 'node:fs/promises';
import { withUnseen } from '../core/attribution/notes/notedRegions.ts';
import { rules } from '../core/rules/index.ts';
import { showInert } from '../core/review/inert.ts';
import type { ReviewRequest } from '../core/review/request.ts';
import { messageOf } from '../core/text/messageOf.ts';
import type { Analyzer } from '../node/review/findConcerns.ts';
import type { LendAnalyzer } from '../node/review/judgement.ts';
import { findStore, type ReviewStore } from '../node/review/store.ts';
import { openRepository } from '../node/repository.ts';
import { readReviews } from '../node/requests.ts';
import { Attribution, NotedAttribution } from './attribution.ts';
import { createChecker } from './lookHere.ts';
import { startFile } from './lookWith.ts';
import { UsageError } from './usageError.ts';

export const ruleIds = rules.map(({ id }) => id);

/** The repository of the current folder, which may be bare. */
export async function storeHere(): Promise<ReviewStore> {
  const store = await findStore(process.cwd());
  if (store === undefined) throw new UsageError(`${process.cwd()} is in no git repository; go to one, or make one: git init`);
  return store;
}

/** Lends what finds concerns in a commit. Who wrote what is known by the notes of its history, and in a clone by what was seen there. */
export async function withAnalyzer<T>(store: ReviewStore, commit: string, use: (analyzer: Analyzer) => Promise<T>): Promise<T> {
  const repository = store.isBare ? undefined : await openRepository(store.root);
  return lend(repository === undefined ? notesOf(store, commit) : new Attribution(repository, commit), createChecker(), use);
}

/** Lends the same for many commits, by notes alone: what was seen in one clone says nothing of what the gate knew. */
export function lendAnalyzer(store: ReviewStore): LendAnalyzer {
  const checker = createChecker();
  return (commit, use) => lend(notesOf(store, commit), checker, use);
}

function notesOf(store: ReviewStore, commit: string): NotedAttribution {
  return new NotedAttribution({ ...store, gitDir: store.commonDir }, commit);
}

async function lend<T>(attribution: Attribution | NotedAttribution, checker: Analyzer['checker'], use: (analyzer: Analyzer) => Promise<T>): Promise<T> {
  try {
    return await use({
      checker,
      startFile,
      regionsOf: async (path, text) => {
        const known = await attribution.of(path, text);
        return known && withUnseen(text, known);
      },
    });
  } finally {
    await attribution.close();
  }
}

/** `named` is a request's id, or enough of its beginning. */
export async function requestNamed(store: ReviewStore, named: string): Promise<{ readonly request: ReviewRequest; readonly digest: string }> {
  if (named.trim() === '') throw new UsageError('the id of the request is empty; see what there is: firebreak reviews');
  const wanted = named.toUpperCase();
  const { requests, unreadable, digests } = await readReviews(store, { named: wanted });
  const matching = requests.filter(({ id }) => id.startsWith(wanted));
  const [request] = matching;
  if (request === undefined) {
    const broken = unreadable.find(({ ref }) => ref.slice(ref.lastIndexOf('/') + 1).startsWith(wanted));
    throw new UsageError(broken === undefined ? `there is no request ${JSON.stringify(named)}; see what there is: firebreak reviews` : `${showInert(broken.ref)} cannot be read: ${showInert(broken.why)}`);
  }
  if (matching.length > 1) throw new UsageError(`${JSON.stringify(named)} names ${matching.length} requests; give more of the id: ${matching.map(({ id }) => id).join(', ')}`);
  return { request, digest: digests.get(request.id) ?? '' };
}

/** What a file of `--bootstrap-signers` says. */
export async function signersIn(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`the signers of --bootstrap-signers could not be read: ${messageOf(error)}`);
  });
}
