import { showInert } from '../core/review/inert.ts';
import { announceRequest, branchToAnnounce } from '../node/github/announceRequest.ts';
import { atForge, baseUrlFor } from './forgePlace.ts';
import { requestNamed, ruleIds, storeHere } from './reviewStore.ts';
import { print, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface AnnounceOptions {
  readonly remote: string;
  readonly apiUrl?: string;
}

/** Says on the branch's pull request at GitHub that a review is requested. @param named the request's id, or enough of its beginning */
export async function announce(named: string, { remote, apiUrl }: AnnounceOptions): Promise<number> {
  const store = await storeHere();
  const { request } = await requestNamed(store, named);
  const token = process.env.GITHUB_TOKEN ?? '';
  if (token === '') throw new UsageError('GITHUB_TOKEN is not set; put a token in it that may read and write pull requests');
  const place = await atForge(store, remote);
  const access = { baseUrl: baseUrlFor(place.host, apiUrl), token, fetch };
  const told = await announceRequest(store, request, { ...place, branch: await branchToAnnounce(store.root) }, access, ruleIds);
  print(`${told.isNewComment ? 'Announced' : 'Announced again'}: ${showInert(told.commentUrl)}`);
  if (told.askedLogins.length > 0) print(`  asked: ${showInert(told.askedLogins.join(', '))}`);
  for (const shortfall of told.shortfalls) warn(showInert(shortfall));
  return told.shortfalls.length === 0 ? 0 : 1;
}
