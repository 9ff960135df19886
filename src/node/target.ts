import { gitAnswer, gitFields, gitText, RepositoryError } from './git.ts';
import { resolveCommit } from './objects.ts';

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

/** The remote's default branch, else the branch's upstream, else the remote's main branch or the one of the same name, else the local main branch, else the branch itself. */
export async function findTarget(root: string): Promise<Target> {
  const branch = await currentBranch(root);
  const upstream = branch === undefined ? undefined : await upstreamOf(root, branch);
  const remotes = (await gitText(root, ['remote'])).split('\n').filter((name) => name !== '');
  const remote = [upstream?.remote, 'origin', remotes.length === 1 ? remotes[0] : undefined].find((name) => name !== undefined && remotes.includes(name));
  const found =
    (remote === undefined ? undefined : await defaultOf(root, remote)) ??
    (upstream === undefined ? undefined : await known(root, upstream.ref, upstream.tracking)) ??
    // Of a remote that was added by hand, git knows neither.
    (remote === undefined ? undefined : await mainOf(root, branch, (name) => `refs/remotes/${remote}/${name}`)) ??
    (remotes.length > 0 ? undefined : await mainOf(root, undefined, (name) => `refs/heads/${name}`));
  if (found !== undefined) return found;
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
