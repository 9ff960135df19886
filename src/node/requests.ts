import { createHash } from 'node:crypto';
import { largestRequestBytes, parseRequest, serializeRequest } from '../core/review/parseRequest.ts';
import { isPathInside } from '../core/review/recordFields.ts';
import { isUlid, timeOf } from '../core/review/ulid.ts';
import type { RequestDraft, ReviewRequest } from '../core/review/request.ts';
import { makeCandidate } from './candidate.ts';
import { git, GitError, gitText, RepositoryError } from './git.ts';
import { readObjects, sizesOf } from './objects.ts';
import type { Place } from './place.ts';
import { baseOf, findReviewTarget } from './target.ts';

const refPrefix = 'refs/firebreak/requests/';
const recordName = 'request.json';

/** What stands under the requests' refs: those that cannot be read are told with the reason. */
export interface Reviews {
  /** The newest first. */
  readonly requests: readonly ReviewRequest[];
  /** By id the SHA-256 of a request's stored bytes. */
  readonly digests: ReadonlyMap<string, string>;
  readonly unreadable: readonly { readonly ref: string; readonly why: string }[];
  /** So many were left out because they are older than was asked for. */
  readonly olderCount: number;
}

/** Lists go back so far: what nobody decided on in that time is asked for again. */
export const listedMs = 90 * 24 * 3_600_000;

/** The ref that holds a request. */
export function refOf(id: string): string {
  return `${refPrefix}${id}`;
}

/**
 * Writes a request: a commit with the record, whose parents are the candidate head and the base, so that both can be fetched with it. The
 * ref is made last, so a failure leaves nothing but objects that git clears away.
 */
export async function writeRequest(place: Place, draft: RequestDraft, id: string, now: Date): Promise<ReviewRequest> {
  const { root } = place;
  try {
    const target = await findReviewTarget(root, draft.targetRef);
    const paths = [...new Set(draft.findings.map(({ path }) => path))];
    const odd = paths.find((path) => !isPathInside(path));
    if (odd !== undefined) throw new RepositoryError(`a request cannot name the file ${JSON.stringify(odd)}; rename it, and ask again`);
    const { head, lastCommit, includes } = await makeCandidate(place, paths, draft.buffers, `Candidate of review request ${id}`);
    const base = await baseOf(root, target, lastCommit);
    const { findings, reviewers, reason } = draft;
    const request: ReviewRequest = { id, base, head, targetRef: target.ref, findings, requester: await requesterOf(root), reviewers, reason, createdAt: now.toISOString(), includes };
    const record = serializeRequest(request);
    const read = record.length > largestRequestBytes ? { why: 'it is too long' } : parseRequest(JSON.parse(record));
    if ('why' in read) throw new RepositoryError(`no reader would accept the request: ${read.why}`);
    const blob = await gitText(root, ['hash-object', '-w', '--stdin'], { input: record });
    const tree = await gitText(root, ['mktree', '-z'], { input: `100644 blob ${blob}\t${recordName}\0` });
    const parents = [...new Set([head, base])].flatMap((parent) => ['-p', parent]);
    const commit = await gitText(root, ['commit-tree', tree, ...parents, '-m', `Review request ${id}`]);
    await git(root, ['update-ref', refOf(id), commit, '0'.repeat(commit.length)]);
    return read;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new RepositoryError(`the request was not written to ${place.commonDir}, and nothing was changed: git ${error.command} said: ${error.lastLine}`);
  }
}

/** @param since milliseconds since 1970: requests made before, by their names, are counted and not read */
export async function readReviews(place: Pick<Place, 'root'>, since = 0): Promise<Reviews> {
  const listed = await gitText(place.root, ['for-each-ref', '--format=%(objectname) %(refname) %(parent)', refPrefix]);
  const refs = listed.split('\n').filter((line) => line !== '').map((line) => {
    const [commit = '', ref = '', ...parents] = line.split(' ');
    return { commit, ref, parents: parents.filter((parent) => parent !== '') };
  });
  const recent = refs.filter(({ ref }) => !isUlid(ref.slice(refPrefix.length)) || timeOf(ref.slice(refPrefix.length)) >= since);
  return { ...(await readRequestsAt(place.root, recent)), olderCount: refs.length - recent.length };
}

/** A ref that a request would lie under, with its commit and that commit's parents. */
export interface RequestRef {
  readonly commit: string;
  readonly ref: string;
  readonly parents: readonly string[];
}

/** As `readReviews`, of refs that need not be there yet. */
export async function readRequestsAt(root: string, at: readonly RequestRef[]): Promise<Omit<Reviews, 'olderCount'>> {
  const refs = at.map((each) => ({ ...each, name: `${each.commit}:${recordName}` }));
  const sizes = await sizesOf(root, refs.map(({ name }) => name));
  const bytes = new Map((await readObjects(root, refs.map(({ name }) => name).filter((name) => (sizes.get(name) ?? Infinity) <= largestRequestBytes))).map((object) => [object.name, object.bytes]));
  const requests: ReviewRequest[] = [];
  const digests = new Map<string, string>();
  const unreadable: { ref: string; why: string }[] = [];
  for (const { name, ref, parents } of refs) {
    const size = sizes.get(name);
    const read = size === undefined ? { why: `it has no ${recordName}` } : size > largestRequestBytes ? { why: `its ${recordName} has ${size} bytes, which no honest request has` } : readRecord(bytes.get(name), ref, parents);
    if ('why' in read) {
      unreadable.push({ ref, why: read.why });
      continue;
    }
    requests.push(read);
    digests.set(read.id, createHash('sha256').update(bytes.get(name) ?? '').digest('hex'));
  }
  return { digests, requests: requests.sort((one, other) => (one.id < other.id ? 1 : -1)), unreadable };
}

function readRecord(bytes: Buffer | undefined, ref: string, parents: readonly string[]): ReviewRequest | { readonly why: string } {
  if (bytes === undefined) return { why: `its ${recordName} is no file` };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { why: `its ${recordName} is not JSON in UTF-8` };
  }
  const request = parseRequest(value);
  if ('why' in request) return request;
  if (refOf(request.id) !== ref) return { why: `it says that it is ${request.id}` };
  if (parents.join(' ') !== [...new Set([request.head, request.base])].join(' ')) return { why: 'its head and base are not the commits that the record names' };
  return request;
}

async function requesterOf(root: string): Promise<{ name: string; email: string }> {
  const ident = await gitText(root, ['var', 'GIT_AUTHOR_IDENT']);
  const [, name = '', email = ''] = /^(.*) <(.*)> \d+ [+-]\d{4}$/.exec(ident) ?? [];
  return { name, email };
}
