import { createHash } from 'node:crypto';
import { largestRequestBytes, parseRequest, serializeRequest } from '../core/review/parseRequest.ts';
import { letsPass } from '../core/review/decision.ts';
import { isPathInside } from '../core/review/recordFields.ts';
import { isUlid, timeOf } from '../core/review/ulid.ts';
import type { RequestDraft, ReviewRequest } from '../core/review/request.ts';
import { makeCandidate } from './candidate.ts';
import { git, GitError, gitText, RepositoryError } from './git.ts';
import { readObjects, sizesOf } from './objects.ts';
import type { Place } from './place.ts';
import { readDecisions } from './review/records.ts';
import { readChanges } from './review/manifest.ts';
import { markUnsent } from './review/unsent.ts';
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
 * ref is made last, so a failure leaves nothing but objects that git clears away. Who asks for the same again is given what they asked for before, of another id: it has one place where it is decided on.
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
    await holdToNames(root, base, head);
    const { findings, reviewers, reason } = draft;
    const requester = await requesterOf(root);
    const same = await findSame(root, { head, base, targetRef: target.ref, findings, reviewers, requester, reason, includes }, now);
    if (same !== undefined) return same;
    const request: ReviewRequest = { id, base, head, targetRef: target.ref, findings, requester, reviewers, reason, createdAt: now.toISOString(), includes };
    const record = serializeRequest(request);
    const read = record.length > largestRequestBytes ? { why: 'it is too long' } : parseRequest(JSON.parse(record));
    if ('why' in read) throw new RepositoryError(`no reader would accept the request: ${read.why}`);
    const blob = await gitText(root, ['hash-object', '-w', '--stdin'], { input: record });
    const tree = await gitText(root, ['mktree', '-z'], { input: `100644 blob ${blob}\t${recordName}\0` });
    const parents = [...new Set([head, base])].flatMap((parent) => ['-p', parent]);
    const commit = await gitText(root, ['commit-tree', tree, ...parents, '-m', `Review request ${id}`]);
    await markUnsent(place.commonDir, refOf(id));
    await git(root, ['update-ref', refOf(id), commit, '0'.repeat(commit.length)]);
    return read;
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new RepositoryError(`the request was not written to ${place.commonDir}, and nothing was changed: git ${error.command} said: ${error.lastLine}`);
  }
}

/** An approval names every file of the change. Throws where one has a name that no approval can hold: nobody could ever give it. */
async function holdToNames(root: string, base: string, head: string): Promise<void> {
  const odd = (await readChanges(root, base, head)).find(({ path }) => !isPathInside(path));
  if (odd === undefined) return;
  const [what, how] = odd.blob === undefined ? ['takes away', 'take it away in a change of its own'] : ['holds', 'rename it (git mv), commit that'];
  throw new RepositoryError(`the change ${what} the file ${JSON.stringify(odd.path)}, which no approval can name, so nobody could approve it; ${how}, and ask again`);
}

/** A request of the same person for the same commit, or the same texts on top of it, and reason, about the same and of the same people, that nobody held or took back: then asking again, as with another reason, asks for another look. Who takes part in a commit can change with its message. */
async function findSame(root: string, { head, base, targetRef, findings, reviewers, requester, reason, includes }: Omit<ReviewRequest, 'id' | 'createdAt'>, now: Date): Promise<ReviewRequest | undefined> {
  const namesOf = (request: Pick<ReviewRequest, 'findings' | 'reviewers'>) => JSON.stringify([request.findings.map(({ fingerprint }) => fingerprint).sort(), [...request.reviewers].sort()]);
  const { requests } = await readReviews({ root }, { since: now.getTime() - listedMs });
  const alike = requests.filter((each) => each.base === base && each.targetRef === targetRef && each.requester.email === requester.email && each.reason === reason && (includes.length > 0 ? each.includes.length > 0 : each.head === head) && namesOf(each) === namesOf({ findings, reviewers }));
  if (alike.length === 0) return undefined;
  // What was not committed is in a commit that was made for the request.
  const names = [head, ...alike.map((each) => each.head)].flatMap((commit) => [`${commit}^{tree}\n`, `${commit}^\n`]);
  const found = (await gitText(root, ['cat-file', '--batch-check=%(objectname)'], { input: names.join('') })).split('\n');
  const contentOf = (index: number) => found.slice(2 * index, 2 * index + 2).join();
  const { decisions } = await readDecisions(root);
  const isOver = ({ id }: ReviewRequest) => decisions.some(({ decision }) => decision.request.id === id && !letsPass(decision));
  return alike.find((each, index) => contentOf(index + 1) === contentOf(0) && !isOver(each));
}

/**
 * What is here, the newest first. Anybody who can push can write requests, so no more is read than memory has room for; that the rest was not is told among what is unreadable.
 * @param since milliseconds since 1970: requests made before, by their names, are counted and not read
 * @param named only those whose id begins like that
 */
export async function readReviews(place: Pick<Place, 'root'>, { since = 0, named = '' }: { readonly since?: number; readonly named?: string } = {}): Promise<Reviews> {
  const refs = (await listRequests(place.root)).filter(({ ref }) => ref.slice(refPrefix.length).startsWith(named));
  const recent = refs.filter(({ ref }) => isRecent(ref, since));
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
  const requests: ReviewRequest[] = [];
  const digests = new Map<string, string>();
  const unreadable: { ref: string; why: string }[] = [];
  for await (const { ref, parents, size, bytes } of recordsOf(root, at, mostListedBytes)) {
    const read = size === undefined ? { why: `it has no ${recordName}` } : size > largestRequestBytes ? { why: `its ${recordName} has ${size} bytes, which no honest request has` } : bytes === 'unread' ? { why: `the newer ones hold over ${mostListedBytes / 1024 / 1024} MB, so this one was not read; name it to read it: firebreak show ${ref.slice(refPrefix.length)}` } : readRecord(bytes, ref, parents);
    if ('why' in read) {
      unreadable.push({ ref, why: read.why });
      continue;
    }
    requests.push(read);
    digests.set(read.id, createHash('sha256').update(typeof bytes === 'string' || bytes === undefined ? '' : bytes).digest('hex'));
  }
  return { digests, requests: requests.sort((one, other) => (one.id < other.id ? 1 : -1)), unreadable };
}

/**
 * For each of the fingerprints the newest request for a branch that lists it. Only records that hold one of them are parsed, and no more are looked at than memory has room for: what is told of
 * requests helps whoever was refused, and lets nothing pass.
 */
export async function findNewestRequests(root: string, fingerprints: Iterable<string>, { targetRef, since }: { readonly targetRef: string; readonly since: number }): Promise<ReadonlyMap<string, ReviewRequest>> {
  const left = new Set(fingerprints);
  const newest = new Map<string, ReviewRequest>();
  if (left.size === 0) return newest;
  for await (const { ref, parents, bytes } of recordsOf(root, (await listRequests(root)).filter(({ ref: name }) => isRecent(name, since)), mostJudgedBytes)) {
    if (bytes === undefined || bytes === 'unread') continue;
    const listed = bytes.toString('latin1').match(/[0-9a-f]{64}/g) ?? [];
    const request = listed.some((fingerprint) => left.has(fingerprint)) ? readRecord(bytes, ref, parents) : undefined;
    if (request === undefined || 'why' in request || request.targetRef !== targetRef) continue;
    for (const { fingerprint } of request.findings) if (left.delete(fingerprint)) newest.set(fingerprint, request);
    if (left.size === 0) break;
  }
  return newest;
}

/** For each of the fingerprints the id of the oldest request for a branch that may list it. What there is no room to look at may list each of them. */
export async function findOldestRequests(root: string, fingerprints: readonly string[], { targetRef }: { readonly targetRef: string }): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(fingerprints);
  const oldest = new Map<string, string>();
  if (wanted.size === 0) return oldest;
  for await (const { ref, parents, bytes } of recordsOf(root, await listRequests(root), mostJudgedBytes)) {
    const read = bytes === undefined || bytes === 'unread' ? undefined : readRecord(bytes, ref, parents);
    const listed = bytes === 'unread' ? wanted : read === undefined || 'why' in read || read.targetRef !== targetRef ? [] : read.findings.map(({ fingerprint }) => fingerprint);
    for (const fingerprint of listed) if (wanted.has(fingerprint)) oldest.set(fingerprint, ref.slice(refPrefix.length));
  }
  return oldest;
}

async function listRequests(root: string): Promise<readonly RequestRef[]> {
  const listed = await gitText(root, ['for-each-ref', '--format=%(objectname) %(refname) %(parent)', refPrefix]);
  return listed.split('\n').filter((line) => line !== '').map((line) => {
    const [commit = '', ref = '', ...parents] = line.split(' ');
    return { commit, ref, parents: parents.filter((parent) => parent !== '') };
  });
}

function isRecent(ref: string, since: number): boolean {
  const id = ref.slice(refPrefix.length);
  return !isUlid(id) || timeOf(id) >= since;
}

/** So much of records is read at once, and in all, for lists and by the gate. */
const batchBytes = 8 * 1024 * 1024;
const mostListedBytes = 256 * 1024 * 1024;
const mostJudgedBytes = 32 * 1024 * 1024;

/** The newest first, by the times in their names. `bytes` are undefined where there is no record, or one that no honest request has the size of. */
async function* recordsOf(root: string, at: readonly RequestRef[], mostBytes: number): AsyncGenerator<RequestRef & { readonly size: number | undefined; readonly bytes: Buffer | 'unread' | undefined }> {
  const refs = at.map((each) => ({ ...each, name: `${each.commit}:${recordName}` })).sort((one, other) => (one.ref < other.ref ? 1 : -1));
  const sizes = await sizesOf(root, refs.map(({ name }) => name));
  const weigh = ({ name }: { readonly name: string }) => ((sizes.get(name) ?? Infinity) <= largestRequestBytes ? (sizes.get(name) ?? 0) : 0);
  for (let [from, total] = [0, 0]; from < refs.length; ) {
    let [to, bytes] = [from, 0];
    while (to < refs.length && (to === from || bytes + weigh(refs[to] ?? { name: '' }) <= batchBytes)) bytes += weigh(refs[to++] ?? { name: '' });
    const batch = refs.slice(from, to);
    total += bytes;
    const read = total > mostBytes ? undefined : new Map((await readObjects(root, batch.filter(({ name }) => (sizes.get(name) ?? Infinity) <= largestRequestBytes).map(({ name }) => name))).map((object) => [object.name, object.bytes]));
    for (const each of batch) yield { ...each, size: sizes.get(each.name), bytes: read === undefined && weigh(each) > 0 ? 'unread' : read?.get(each.name) };
    from = to;
  }
}

function readRecord(bytes: Buffer | undefined, ref: string, parents: readonly string[]): ReviewRequest | { readonly why: string } {
  if (bytes === undefined) return { why: `its ${recordName} is no file` };
  let [text, value]: [string, unknown] = ['', undefined];
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return { why: `its ${recordName} is not JSON in UTF-8` };
  }
  const request = parseRequest(value);
  if ('why' in request) return request;
  if (refOf(request.id) !== ref) return { why: `it says that it is ${request.id}` };
  if (parents.join(' ') !== [...new Set([request.head, request.base])].join(' ')) return { why: 'its head and base are not the commits that the record names' };
  // A key that stands there twice, say, another reader may take for another one.
  if (serializeRequest(request).trimEnd() !== text.trimEnd()) return { why: `its ${recordName} is not written as Firebreak writes a request` };
  return request;
}

async function requesterOf(root: string): Promise<{ name: string; email: string }> {
  const ident = await gitText(root, ['var', 'GIT_AUTHOR_IDENT']);
  const [, name = '', email = ''] = /^(.*) <(.*)> \d+ [+-]\d{4}$/.exec(ident) ?? [];
  return { name, email };
}
