import { rules } from '../core/rules/index.ts';
import { showInert } from '../core/review/inert.ts';
import type { ReviewRequest } from '../core/review/request.ts';
import type { Analyzer } from '../node/review/findConcerns.ts';
import { findStore, type ReviewStore } from '../node/review/store.ts';
import { openRepository } from '../node/repository.ts';
import { readReviews, type Reviews } from '../node/requests.ts';
import { regionsOf } from './attribution.ts';
import { createChecker, startFile } from './lookers.ts';
import { UsageError } from './usageError.ts';

export const ruleIds = rules.map(({ id }) => id);

/** The repository of the current folder, which may be bare. */
export async function storeHere(): Promise<ReviewStore> {
  const store = await findStore(process.cwd());
  if (store === undefined) throw new UsageError(`${process.cwd()} is in no git repository; go to one, or make one: git init`);
  return store;
}

/** What finds concerns; who wrote what is known in a clone alone. */
export async function analyzerFor({ root, isBare }: ReviewStore): Promise<Analyzer> {
  const repository = isBare ? undefined : await openRepository(root);
  return { checker: createChecker(), startFile, regionsOf: async (path, text) => (repository === undefined ? undefined : regionsOf(repository, path, text)) };
}

/** `named` is a request's id, or enough of its beginning. */
export async function requestNamed(store: ReviewStore, named: string): Promise<{ readonly request: ReviewRequest; readonly digest: string; readonly reviews: Reviews }> {
  const reviews = await readReviews(store);
  const { requests, unreadable, digests } = reviews;
  const wanted = named.toUpperCase();
  const matching = requests.filter(({ id }) => id.startsWith(wanted));
  const [request] = matching;
  if (request === undefined) {
    const broken = unreadable.find(({ ref }) => wanted !== '' && ref.slice(ref.lastIndexOf('/') + 1).startsWith(wanted));
    throw new UsageError(broken === undefined ? `there is no request ${JSON.stringify(named)}; see what there is: firebreak reviews` : `${showInert(broken.ref)} cannot be read: ${showInert(broken.why)}`);
  }
  if (matching.length > 1) throw new UsageError(`${JSON.stringify(named)} names ${matching.length} requests; give more of the id: ${matching.map(({ id }) => id).join(', ')}`);
  return { request, digest: digests.get(request.id) ?? '', reviews };
}
