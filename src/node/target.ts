import { isWatched } from '../core/policy/applyPolicy.ts';
import { type Policy, policyPath } from '../core/policy/policy.ts';
import { gitAnswer, gitFields, gitText, RepositoryError } from './git.ts';
import { resolveCommit, textAt } from './objects.ts';
import { askRemote } from './remote.ts';

/** The branch that a change is meant for. */
export interface Target {
  /** As its own repository calls it: refs/heads/main. */
  readonly ref: string;
  /** What this clone knows of it. */
  readonly tip: string;
}

/** The branch that is checked out, as a full ref name; undefined when HEAD is detached. */
export async function currentBranch(root: string): Promise<string | undefined> {
  const { stdout, exitCode } = await gitAnswer(root, ['symbolic-ref', '--quiet', 'HEAD'], { answers: [1] });
  return exitCode === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** The remote's default branch, else the branch's upstream or the one branch that the policy watches, else the remote's main branch or the one of the same name, else the local main branch, else the branch itself. */
export async function findTarget(root: string): Promise<Target> {
  const bearings = await takeBearings(root);
  return (await usualTarget(root, bearings)) ?? ownTarget(root, bearings);
}

/** The branch whose rules hold where others have none: the default one of the remote, as far as that is known here; in a repository without a remote its main branch, else what is checked out. */
export async function findUsual(root: string): Promise<Target | undefined> {
  const bearings = await takeBearings(root);
  const usual = await usualTarget(root, bearings);
  return usual !== undefined || bearings.remotes.length > 0 || bearings.branch === undefined ? usual : known(root, bearings.branch, bearings.branch);
}

/** Where a change stands before it is known what it is for. */
interface Bearings {
  /** Full name of the branch that is checked out. */
  readonly branch: string | undefined;
  readonly upstream: Upstream | undefined;
  readonly remotes: readonly string[];
  /** Which of them the change goes to; undefined where nothing says it. */
  readonly remote: string | undefined;
}

async function takeBearings(root: string): Promise<Bearings> {
  const branch = await currentBranch(root);
  const upstream = branch === undefined ? undefined : await upstreamOf(root, branch);
  const remotes = (await gitText(root, ['remote'])).split('\n').filter((name) => name !== '');
  const [configured] = await gitFields(root, ['config', '-z', '--get', 'remote.pushDefault'], { answers: [1] });
  const remote = [upstream?.remote, 'origin', remotes.length === 1 ? remotes[0] : configured].find((name) => name !== undefined && remotes.includes(name));
  return { branch, upstream, remotes, remote };
}

/** @param mayAsk whether the remote is asked for its default branch, where nothing here says it */
async function usualTarget(root: string, bearings: Bearings, mayAsk = false): Promise<Target | undefined> {
  const { branch, upstream, remotes, remote } = bearings;
  if (remote === undefined) return remotes.length > 0 ? undefined : mainOf(root, undefined, (name) => `refs/heads/${name}`);
  const told = await defaultOf(root, remote);
  if (told !== undefined) return told;
  // Of a remote that was added by hand, or was empty when it was cloned, git knows no default branch.
  const policy = await policyOfHead(root);
  const tracked = upstream === undefined ? undefined : await known(root, upstream.ref, upstream.tracking);
  if (policy !== undefined) {
    if (tracked !== undefined && isWatched(tracked.ref, policy)) return tracked;
    const [only, ...more] = (await branchesAt(root, remote)).filter((ref) => isWatched(ref, policy));
    if (only !== undefined && more.length === 0) return known(root, only, trackingOf(remote, only));
  }
  // To where a branch is pushed under its own name says nothing of what it is for.
  const isOpen = policy !== undefined || upstream?.ref === branch;
  return (
    (mayAsk && isOpen ? await defaultAt(root, remote) : undefined) ??
    (policy === undefined ? tracked : undefined) ??
    mainOf(root, policy === undefined ? branch : undefined, (name) => `refs/remotes/${remote}/${name}`)
  );
}

async function ownTarget(root: string, { branch }: Bearings): Promise<Target> {
  if (branch === undefined) throw new RepositoryError('no branch is checked out, and no remote says which one the change is for; check out a branch: git switch -c NAME');
  const own = await known(root, branch, branch);
  if (own === undefined) throw new RepositoryError('this repository has no commit yet; make the first one: git commit');
  return own;
}

interface Upstream {
  readonly remote: string;
  readonly ref: string;
  readonly tracking: string;
}

async function upstreamOf(root: string, branch: string): Promise<Upstream | undefined> {
  const format = '%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)';
  const [remote = '', ref = '', tracking = ''] = (await gitText(root, ['for-each-ref', `--format=${format}`, branch])).split('\0');
  return remote === '' || !ref.startsWith('refs/heads/') ? undefined : { remote, ref, tracking };
}

async function defaultOf(root: string, remote: string): Promise<Target | undefined> {
  const { stdout, exitCode } = await gitAnswer(root, ['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`], { answers: [1, 128] });
  const tracking = stdout.toString('utf8').trim();
  const prefix = `refs/remotes/${remote}/`;
  return exitCode === 0 && tracking.startsWith(prefix) ? known(root, `refs/heads/${tracking.slice(prefix.length)}`, tracking) : undefined;
}

/** As the remote itself says it; undefined where it does not answer, or that branch is not known here. */
async function defaultAt(root: string, remote: string): Promise<Target | undefined> {
  const { stdout, exitCode } = await askRemote(root, ['ls-remote', '--quiet', '--symref', remote, 'HEAD']);
  const ref = exitCode === 0 ? /^ref: (refs\/heads\/\S+)\tHEAD$/m.exec(stdout.toString('utf8'))?.[1] : undefined;
  return ref === undefined ? undefined : known(root, ref, trackingOf(remote, ref));
}

/** Full names of a remote's branches, as far as they are known here; without one, of those that are here. */
async function branchesAt(root: string, remote: string | undefined): Promise<readonly string[]> {
  const prefix = remote === undefined ? 'refs/heads/' : trackingOf(remote, '');
  return (await gitText(root, ['for-each-ref', '--format=%(refname)', prefix])).split('\n').flatMap((name) => (name.startsWith(prefix) && name !== `${prefix}HEAD` ? [`refs/heads/${name.slice(prefix.length)}`] : []));
}

/** The main branch by its usual names, as it is tracked here; else the one that is checked out. */
async function mainOf(root: string, branch: string | undefined, trackingOf: (name: string) => string): Promise<Target | undefined> {
  const configured = (await gitFields(root, ['config', '-z', '--get', 'init.defaultBranch'], { answers: [1] }))[0];
  for (const name of [configured, 'main', 'master', branch?.replace(/^refs\/heads\//, '')]) {
    const found = name === undefined ? undefined : await known(root, `refs/heads/${name}`, trackingOf(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function known(root: string, ref: string, tracking: string): Promise<Target | undefined> {
  const tip = await resolveCommit(root, tracking);
  return tip === undefined ? undefined : { ref, tip };
}

/** Where a commit left the target. */
export async function mergeBase(root: string, target: Target, head: string): Promise<string> {
  const { stdout, exitCode } = await gitAnswer(root, ['merge-base', target.tip, head], { answers: [1] });
  if (exitCode === 0) return stdout.toString('utf8').trim();
  const isShallow = (await gitText(root, ['rev-parse', '--is-shallow-repository'])) === 'true';
  throw new RepositoryError(
    isShallow
      ? `this clone is shallow and does not reach back to where the change left ${target.ref}; fetch the rest: git fetch --unshallow`
      : `the change and ${target.ref} have no commit in common, so there is no base to review it against; rebase it onto ${target.ref}`,
  );
}

/** The branch of the team that a review is asked for. `tip` is undefined where the remote has no branch yet that it could be compared with: then all of it is new. */
export interface ReviewTarget {
  readonly ref: string;
  readonly tip: string | undefined;
}

/**
 * The branch that is named, else the one whose pushes the policy holds of the upstream and the remote's branch of the same name, else the usual one. Whatever is not known here is asked of the remote, and
 * nothing is guessed: a request for another branch than the one that is pushed to is worth nothing.
 */
export async function findReviewTarget(root: string, wanted?: string): Promise<ReviewTarget> {
  const bearings = await takeBearings(root);
  const { branch, upstream, remotes, remote } = bearings;
  if (remotes.length > 0 && remote === undefined) throw new RepositoryError(`this clone has the remotes ${remotes.join(' and ')}, and nothing says which of them the change is for; say it, and ask again: git config remote.pushDefault ${remotes[0] ?? ''}`);
  const usual = await usualTarget(root, bearings, wanted === undefined);
  if (wanted !== undefined) return targetAt(root, remote, wanted, usual);
  if (usual === undefined) {
    const policy = await policyOfHead(root);
    if (remote !== undefined && policy !== undefined && (await branchesAt(root, remote)).length > 0 && ![upstream?.ref, branch].some((ref) => ref !== undefined && isWatched(ref, policy))) throw new RepositoryError(`nothing says which branch of ${remote} the change is for, and the policy watches none that it is pushed to; name it: --target refs/heads/NAME`);
    // Without a network, and where nothing was ever fetched, what is here can only be compared with itself.
    const found = remote === undefined || branch === undefined ? undefined : await targetAt(root, remote, upstream?.ref ?? branch, usual, true);
    return found ?? ownTarget(root, bearings);
  }
  if (remote === undefined) return usual;
  for (const ref of new Set([upstream?.ref, branch])) {
    if (ref === undefined || ref === usual.ref) continue;
    const tip = await resolveCommit(root, trackingOf(remote, ref));
    const policy = (tip === undefined ? undefined : await policyAt(root, tip)) ?? (await policyAt(root, usual.tip));
    if (policy !== undefined && isWatched(ref, policy)) return targetAt(root, remote, ref, usual);
  }
  return usual;
}

/** Where a clone keeps what it knows of a branch of a remote. */
export function trackingOf(remote: string, ref: string): string {
  return `refs/remotes/${remote}/${ref.replace(/^refs\/heads\//, '')}`;
}

/** @param mayBeAway whether a remote that does not answer gives undefined, and no error */
async function targetAt(root: string, remote: string | undefined, ref: string, usual: Target | undefined): Promise<ReviewTarget>;
async function targetAt(root: string, remote: string | undefined, ref: string, usual: Target | undefined, mayBeAway: true): Promise<ReviewTarget | undefined>;
async function targetAt(root: string, remote: string | undefined, ref: string, usual: Target | undefined, mayBeAway = false): Promise<ReviewTarget | undefined> {
  const tracking = remote === undefined ? ref : trackingOf(remote, ref);
  const tip = await resolveCommit(root, tracking);
  if (tip !== undefined) return { ref, tip };
  if (remote === undefined) throw new RepositoryError(`there is no ${ref} in this repository; name a branch that is: --target refs/heads/NAME`);
  const { stdout, stderr, exitCode } = await askRemote(root, ['ls-remote', '--quiet', remote, 'HEAD', ref]);
  if (exitCode !== 0 && mayBeAway) return undefined;
  if (exitCode !== 0) throw new RepositoryError(`${ref} is not known here, and ${remote} was not reached (${stderr.trim().split('\n').at(-1) ?? ''}); run this again when it can be`);
  const there = stdout.toString('utf8').split('\n').map((line) => line.slice(line.indexOf('\t') + 1));
  if (there.includes(ref)) throw new RepositoryError(`${ref} is not known here; fetch it, and ask again: git fetch ${remote} +${ref}:${tracking}`);
  if (!there.includes('HEAD')) return { ref, tip: undefined };
  if (usual === undefined) throw new RepositoryError(`what ${remote} has is not known here; fetch it, and ask again: git fetch ${remote}`);
  throw new RepositoryError(`${remote} has no ${ref} yet, and the policy holds what it would bring; begin it where the change starts from, and ask again: git push ${remote} ${await mergeBase(root, usual, 'HEAD')}:${ref}; or name the branch that the change is for: --target refs/heads/NAME`);
}

/** Full names of the team's branches that are known here: the usual one first, then those whose pushes its policy holds. */
export async function branchesOfTeam(root: string, remote: string | undefined): Promise<readonly string[]> {
  const usual = await findTarget(root);
  const known = await branchesAt(root, remote);
  const policy = await policyAt(root, usual.tip);
  return [...new Set([usual.ref, ...(policy === undefined ? [] : known.filter((ref) => isWatched(ref, policy)))])].filter((ref) => known.includes(ref));
}

/** As the change has it, which goes by the policy that it began with or brings one. */
async function policyOfHead(root: string): Promise<Policy | undefined> {
  const head = await resolveCommit(root, 'HEAD');
  return head === undefined ? undefined : policyAt(root, head);
}

async function policyAt(root: string, commit: string): Promise<Policy | undefined> {
  const text = await textAt(root, commit, policyPath);
  if (text === undefined || 'unread' in text) return undefined;
  const { parsePolicy } = await import('../core/policy/parsePolicy.ts');
  const parsed = parsePolicy(text.text);
  return 'policy' in parsed ? parsed.policy : undefined;
}

/** The commit that a change is compared with: where it left its target, or, where there is nothing yet, one that holds nothing. */
export async function baseOf(root: string, { ref, tip }: ReviewTarget, head: string): Promise<string> {
  if (tip !== undefined) return mergeBase(root, { ref, tip }, head);
  return gitText(root, ['commit-tree', await gitText(root, ['mktree'], { input: '' }), '-m', 'Nothing yet']);
}
