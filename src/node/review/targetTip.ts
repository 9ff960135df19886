import { networkInterfaces } from 'node:os';
import { needsNetwork } from '../../core/forge/reach.ts';
import { policyPath } from '../../core/policy/policy.ts';
import type { Declined } from '../../core/review/declined.ts';
import type { Unsent } from '../../core/review/requestState.ts';
import { gitFields, gitText, RepositoryError } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { listedMs, readReviews } from '../requests.ts';
import { askRemote } from '../remote.ts';
import { branchesOfTeam, currentBranch, trackingOf } from '../target.ts';
import { isAncestor } from './content.ts';
import { withEarlier } from './records.ts';
import type { ReviewStore } from './store.ts';
import { markSent, readUnsent } from './unsent.ts';

/** The remote that the branch that is checked out is pushed to, else origin, else the only one; undefined when there is none to choose. */
export async function remoteOf({ root, isBare }: Pick<ReviewStore, 'root' | 'isBare'>): Promise<string | undefined> {
  const remotes = (await gitText(root, ['remote'])).split('\n').filter((name) => name !== '');
  const branch = isBare ? undefined : (await currentBranch(root))?.replace(/^refs\/heads\//, '');
  const named = await Promise.all([...(branch === undefined ? [] : [`branch.${branch}.pushRemote`]), 'remote.pushDefault', ...(branch === undefined ? [] : [`branch.${branch}.remote`])].map(async (key) => (await gitFields(root, ['config', '-z', '--get', key], { answers: [1] }))[0]));
  return [...named, 'origin', remotes.length === 1 ? remotes[0] : undefined].find((name) => name !== undefined && remotes.includes(name));
}

/**
 * What is known here of the tip of a branch of the team: as the remote had it at the last fetch, or the branch itself where there is no remote. Where there is one, a local branch of that name says nothing: anybody's
 * code may have been checked out under it, with signers of its own.
 */
export async function tipOf(store: ReviewStore, ref: string): Promise<string | undefined> {
  const remote = await fetchedFrom(store);
  return resolveCommit(store.root, remote === undefined ? ref : trackingOf(remote, ref));
}

/** As `tipOf`, of many branches by one question: requests may name any. */
export async function tipsOf(store: ReviewStore, refs: ReadonlySet<string>): Promise<ReadonlyMap<string, string | undefined>> {
  const remote = await fetchedFrom(store);
  const names = [...refs].map((ref) => (remote === undefined ? ref : trackingOf(remote, ref)));
  const answers = (await gitText(store.root, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input: names.map((name) => `${name}^{commit}\n`).join('') })).split('\n');
  return new Map([...refs].map((ref, index) => {
    const [commit = '', type] = (answers[index] ?? '').split(' ');
    return [ref, type === 'commit' ? commit : undefined];
  })); // prettier-ignore
}

/** What is pushed to may have a remote of its own, and anybody can push what that seems to have. */
async function fetchedFrom(store: ReviewStore): Promise<string | undefined> {
  return store.isBare ? undefined : remoteOf(store);
}

/** As `tipOf`, asked of the remote first where what is known here does not hold a commit that it should: the branch may have moved on. What the remote does not answer, what is known here says. */
export async function tipThatHolds(store: ReviewStore, ref: string, commit: string): Promise<string | undefined> {
  const known = await tipOf(store, ref);
  const remote = await fetchedFrom(store);
  if (remote === undefined || (known !== undefined && (await isAncestor(store.root, commit, known)))) return known;
  await askRemote(store.root, ['fetch', '--progress', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', remote, `+${ref}:${trackingOf(remote, ref)}`]);
  return tipOf(store, ref);
}

/**
 * Throws where a branch that is said to have a tip is nowhere: a name that is mistyped, or a remote that is not looked at, would be one that nobody watches. What is pushed to says for itself what it has.
 * @param isOnline whether the remote is asked for what is not known here
 */
export async function holdToKnown(store: ReviewStore, ref: string, isOnline: boolean): Promise<void> {
  if (store.isBare || (await tipOf(store, ref)) !== undefined) return;
  const remote = await remoteOf(store);
  if (remote === undefined) throw new RepositoryError(`there is no ${ref} in ${store.root}; ${(await nameRemotes(store)) ?? 'give --target the branch that --base is the tip of'}`);
  const answer = isOnline ? await askRemote(store.root, ['ls-remote', '--quiet', '--refs', remote, ref]) : undefined;
  if (answer?.exitCode !== 0) throw new RepositoryError(`${ref} is not known here; ${await howToFetch(store, ref)}`);
  if (answer.stdout.length === 0) throw new RepositoryError(`${remote} has no ${ref}, and --base says where that is; give --target the branch that --base is the tip of, or --base zeros for a new one`);
}

/** What to do where there are remotes, and none to choose; undefined where there are none. */
export async function nameRemotes({ root }: Pick<ReviewStore, 'root'>): Promise<string | undefined> {
  const [first = ''] = (await gitText(root, ['remote'])).split('\n');
  return first === '' ? undefined : `say which remote the branch is of: git config remote.pushDefault ${first}`;
}

/** What to do where a branch of the team is not known here. */
export async function howToFetch(store: ReviewStore, ref: string): Promise<string> {
  const remote = await fetchedFrom(store);
  return remote === undefined ? `there is no remote to fetch it from; add one: git remote add origin URL` : `fetch it: git fetch ${remote} +${ref}:${trackingOf(remote, ref)}`;
}

/** Sends refs of reviews, which are only ever added, and the decisions that those among them follow. @returns undefined when that worked, or there is no remote */
export async function pushRefs(store: ReviewStore, refs: readonly string[]): Promise<Declined | 'no remote' | undefined> {
  const remote = await remoteOf(store);
  if (remote === undefined) return 'no remote';
  const all = await withEarlier(store.root, refs);
  const failure = declined(remote, await askRemote(store.root, ['push', '--quiet', '--no-verify', '--porcelain', remote, ...all.map((ref) => `${ref}:${ref}`)]));
  if (failure === undefined) await markSent(store.commonDir, all);
  return failure;
}

/** Undefined where everything was sent, or nobody is there to have it. */
export async function unsentOf(store: ReviewStore): Promise<Unsent | undefined> {
  const refs = store.isBare ? [] : await readUnsent(store);
  const remote = refs.length === 0 ? undefined : await remoteOf(store);
  return remote === undefined ? undefined : { remote, refs };
}

/** Somebody may have sent it by hand, as they were told. So many are asked about at once. */
async function settleUnsent(store: ReviewStore, remote: string, asksNobody: boolean): Promise<void> {
  const unsent = (await unsentOf(store))?.refs.slice(0, mostTargets) ?? [];
  if (unsent.length === 0) return;
  const listed = await askRemote(store.root, ['ls-remote', '--quiet', '--refs', remote, ...unsent], { asksNobody });
  if (listed.exitCode === 0) await markSent(store.commonDir, namesIn(listed.stdout));
}

/** Whether the remote has a ref of reviews. */
export async function isAtRemote(store: ReviewStore, ref: string): Promise<boolean | Declined | 'no remote'> {
  const remote = await remoteOf(store);
  if (remote === undefined) return 'no remote';
  const answer = await askRemote(store.root, ['ls-remote', '--quiet', '--refs', remote, ref]);
  return declined(remote, answer) ?? answer.stdout.length > 0;
}

/** Fetches requests and decisions; what is here already is never replaced. @param options.withBranches also the team's branches, by whose policy and signers they are judged: those that are known here, and those that requests are for */
export async function fetchReviews(store: ReviewStore, { asksNobody = false, withBranches = false } = {}): Promise<Declined | 'no remote' | undefined> {
  const remote = await remoteOf(store);
  if (remote === undefined) return 'no remote';
  const branches = withBranches && !store.isBare ? await branchesOfTeam(store.root, remote).catch(() => []) : [];
  const fetched = (refspecs: readonly string[]) => askRemote(store.root, ['fetch', '--progress', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', remote, 'refs/firebreak/*:refs/firebreak/*', ...refspecs], { asksNobody });
  const answer = await fetched(branches.map((ref) => `+${ref}:${trackingOf(remote, ref)}`));
  // A branch that is gone there keeps git from fetching anything.
  const isBranchGone = branches.length > 0 && answer.exitCode !== 0 && /couldn't find remote ref/i.test(answer.stderr);
  const failure = declined(remote, isBranchGone ? await fetched([]) : answer);
  if (failure === undefined) await settleUnsent(store, remote, asksNobody);
  return failure !== undefined || !withBranches || store.isBare ? failure : fetchTargets(store, remote, asksNobody);
}

/** So many are asked about at once: anybody can push requests, and each may be for another branch. */
const mostTargets = 100;

/** The branches that requests are for and that are not known here, so that nobody could say of them whom they wait for. */
async function unknownTargets(store: ReviewStore): Promise<readonly string[]> {
  const { requests } = await readReviews(store, { since: Date.now() - listedMs });
  const tips = await tipsOf(store, new Set(requests.map(({ targetRef }) => targetRef)));
  return [...tips].flatMap(([ref, tip]) => (tip === undefined ? [ref] : [])).slice(0, mostTargets);
}

/** Those of them that the remote has, at once. A branch that is yet to be begun is nowhere. */
async function fetchTargets(store: ReviewStore, remote: string, asksNobody: boolean): Promise<Declined | undefined> {
  const unknown = await unknownTargets(store);
  if (unknown.length === 0) return undefined;
  const listed = await askRemote(store.root, ['ls-remote', '--quiet', '--refs', remote, ...unknown], { asksNobody });
  const there = namesIn(listed.stdout).filter((ref) => unknown.includes(ref));
  if (listed.exitCode !== 0 || there.length === 0) return declined(remote, listed);
  return declined(remote, await askRemote(store.root, ['fetch', '--progress', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', remote, ...there.map((ref) => `+${ref}:${trackingOf(remote, ref)}`)], { asksNobody }));
}

/** The refs that `ls-remote` tells of. */
function namesIn(stdout: Buffer): readonly string[] {
  return stdout.toString('utf8').split('\n').flatMap((line) => /\t(.+)$/.exec(line)?.[1] ?? []);
}

/** Whether the remote has requests or decisions that are not here, or a branch that one here is for and that is not, by one question that asks nobody for a passphrase; none where nobody set up reviews, or this machine has no network that would lead there. */
export async function lookForReviews(store: ReviewStore, interfaces = networkInterfaces()): Promise<Declined | 'no remote' | 'not set up' | 'offline' | 'news' | undefined> {
  const remote = await remoteOf(store);
  if (remote === undefined) return 'no remote';
  if (!(await areReviewsSetUp(store, remote))) return 'not set up';
  const isAlone = Object.values(interfaces).every((addresses = []) => addresses.every(({ internal }) => internal));
  if (isAlone && needsNetwork((await gitText(store.root, ['remote', 'get-url', '--', remote])).trim())) return 'offline';
  const unknown = store.isBare ? [] : await unknownTargets(store);
  const answer = await askRemote(store.root, ['ls-remote', '--quiet', '--refs', remote, 'refs/firebreak/*', ...unknown], { asksNobody: true });
  const failure = declined(remote, answer);
  if (failure !== undefined) return failure;
  const here = new Set((await gitText(store.root, ['for-each-ref', '--format=%(refname)', 'refs/firebreak/'])).split('\n'));
  return namesIn(answer.stdout).some((ref) => (ref.startsWith('refs/firebreak/') ? !here.has(ref) : unknown.includes(ref))) ? 'news' : undefined;
}

/** Whether a record is here, or a policy in the last commit or in what is known of a branch of the remote: by itself Firebreak asks no other remote for anything. */
async function areReviewsSetUp({ root }: ReviewStore, remote: string): Promise<boolean> {
  const refs = (await gitText(root, ['for-each-ref', '--format=%(refname)', 'refs/firebreak/', `refs/remotes/${remote}/`])).split('\n');
  if (refs.some((ref) => ref.startsWith('refs/firebreak/'))) return true;
  const policies = ['HEAD', ...refs].map((commit) => `${commit}:${policyPath}\n`).join('');
  return (await gitText(root, ['cat-file', '--batch-check=%(objecttype)'], { input: policies })).split('\n').includes('blob');
}

/** How far git and the other side are. */
const isProgress = /\d+% \(\d+\/\d+\)|^(?:remote: )?[^:]+: +\d+(?:, \S+)?$|^remote: Total \d/;

function declined(remote: string, { stdout, stderr, exitCode }: { readonly stdout: Buffer; readonly stderr: string; readonly exitCode: number }): Declined | undefined {
  if (exitCode === 0) return undefined;
  const lines = `${stdout.toString('utf8')}\n${stderr}`.split(/[\r\n]/).map((line) => line.trim()).filter((line) => line !== '' && !isProgress.test(line));
  // Records are only added: one that differs was changed, here or there.
  const differing = lines.map((line) => /^! \[rejected\]\s.*-> (refs\/firebreak\/\S+)/.exec(line)?.[1]).find((ref) => ref !== undefined);
  const why = lines.find((line) => /^!|^remote: |rejected|^fatal: /.test(line) && !/^remote: *$/.test(line)) ?? lines.at(-1) ?? 'nothing was said';
  // What a hook there says of it says more than that it declined.
  const told = lines.findLast((line) => /^remote: \s*\S/.test(line))?.replace(/^remote: \s*/, '');
  const words = told === undefined || why.includes(told) ? why : `${told}; ${why}`;
  return { remote, why: words.replaceAll('\t', ' '), ...(differing !== undefined && { differing }) };
}
