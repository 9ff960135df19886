import { undecided } from '../core/review/coverage.ts';
import { showInert } from '../core/review/inert.ts';
import type { ReviewRequest } from '../core/review/request.ts';
import type { GitRepository } from '../node/repository.ts';
import { firstLine } from './findingsReport.ts';
import { repositoryAt } from './selection.ts';
import { counted, paint, print, printJson } from './terminal.ts';
import { UsageError } from './usageError.ts';

export async function reviews({ format }: { readonly format: 'text' | 'json' }): Promise<number> {
  const { requests, unreadable } = await (await repositoryAt(process.cwd())).reviews();
  if (format === 'json') {
    printJson({
      version: 1,
      reviews: requests.map(({ id, requester, reviewers, findings, reason }) => ({ id, state: undecided, requester, reviewers, findings, reason })),
      unreadable,
    });
    return 0;
  }
  for (const request of requests) {
    print(`${paint('bold', request.id)} ${paint('yellow', undecided)}  ${counted(request.findings.length, 'finding')}, ${personOf(request)} asks ${reviewersOf(request)}: ${firstLine(request.reason)}`);
  }
  for (const { ref, why } of unreadable) print(`${showInert(ref)}: ${paint('yellow', 'not read')}: ${showInert(why)}`);
  if (requests.length + unreadable.length === 0) print('No review was requested here. To request one: firebreak request');
  return 0;
}

/** @param named the request's id, or enough of its beginning */
export async function requestNamed(repository: GitRepository, named: string): Promise<ReviewRequest> {
  const { requests, unreadable } = await repository.reviews();
  const wanted = named.toUpperCase();
  const matching = requests.filter(({ id }) => id.startsWith(wanted));
  const [request] = matching;
  if (request === undefined) {
    const broken = unreadable.find(({ ref }) => wanted !== '' && ref.slice(ref.lastIndexOf('/') + 1).startsWith(wanted));
    throw new UsageError(broken === undefined ? `there is no request ${JSON.stringify(named)}; see what there is: firebreak reviews` : `${showInert(broken.ref)} cannot be read: ${showInert(broken.why)}`);
  }
  if (matching.length > 1) throw new UsageError(`${JSON.stringify(named)} names ${matching.length} requests; give more of the id: ${matching.map(({ id }) => id).join(', ')}`);
  return request;
}

/** `named` is the request's id, or enough of its beginning. */
export async function show(named: string): Promise<number> {
  const request = await requestNamed(await repositoryAt(process.cwd()), named);
  print(`${paint('bold', request.id)} ${paint('yellow', undecided)}`);
  print(`  asked by   ${personOf(request)} <${showInert(request.requester.email)}>, ${request.createdAt}`);
  print(`  reviewers  ${reviewersOf(request)}`);
  print(`  for        ${showInert(request.targetRef)}`);
  for (const [index, line] of request.reason.split(/\r?\n/).entries()) print(`  ${index === 0 ? 'reason     ' : '           '}${showInert(line)}`);
  for (const finding of request.findings) {
    print(`\n${showInert(finding.path)}:${finding.line} ${finding.severity} (${finding.confidence} confidence) ${showInert(finding.rule)}`);
    for (const line of finding.matched.split(/\r?\n/)) print(`  ${showInert(line)}`);
    print(`  ${showInert(finding.blastRadius.description)}`);
    print(`  ${paint('dim', finding.fingerprint)}`);
  }
  if (request.includes.length > 0) {
    print(`\nNot committed when it was asked:`);
    for (const { path, from } of request.includes) print(`  ${showInert(path)}${from === 'buffer' ? ' (not saved)' : ''}`);
  }
  print(`\nThe code: git diff ${request.base} ${request.head}`);
  return 0;
}

function personOf({ requester }: ReviewRequest): string {
  return showInert(requester.name);
}

function reviewersOf({ reviewers }: ReviewRequest): string {
  return reviewers.length === 0 ? 'any senior' : showInert(reviewers.join(', '));
}
