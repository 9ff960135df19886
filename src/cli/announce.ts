import { showInert } from '../core/review/inert.ts';
import { announce as announceAtGithub } from '../node/github/announce.ts';
import type { GitRepository } from '../node/repository.ts';
import { currentBranch } from '../node/target.ts';
import { atForge, baseUrlFor } from './forgePlace.ts';
import { requestNamed, storeHere } from './reviewStore.ts';
import { repositoryAt } from './selection.ts';
import { print, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface AnnounceOptions {
  readonly remote: string;
  readonly apiUrl?: string;
}

/** Says on the branch's pull request at GitHub that a review is requested. @param named the request's id, or enough of its beginning */
export async function announce(named: string, { remote, apiUrl }: AnnounceOptions): Promise<number> {
  const repository = await repositoryAt(process.cwd());
  const { request } = await requestNamed(await storeHere(), named);
  const token = process.env.GITHUB_TOKEN ?? '';
  if (token === '') throw new UsageError('GITHUB_TOKEN is not set; put a token in it that may read and write pull requests');
  const { host, owner, name } = await atForge(repository, remote);
  const branch = await branchToAnnounce(repository);
  const policy = await repository.policyAt(request.base);
  const told = await announceAtGithub(request, { baseUrl: baseUrlFor(host, apiUrl), token, fetch, repository: { owner, name }, branch, policy });
  print(`${told.isNewComment ? 'Announced' : 'Announced again'}: ${showInert(told.commentUrl)}`);
  if (told.askedLogins.length > 0) print(`  asked: ${showInert(told.askedLogins.join(', '))}`);
  for (const shortfall of told.shortfalls) warn(showInert(shortfall));
  return told.shortfalls.length === 0 ? 0 : 1;
}

async function branchToAnnounce({ root }: GitRepository): Promise<string> {
  const branch = await currentBranch(root);
  if (branch === undefined) throw new UsageError('no branch is checked out, so nobody knows which pull request is meant; check it out: git switch BRANCH');
  return branch.replace(/^refs\/heads\//, '');
}
