import type { Decision } from '../../core/review/decision.ts';
import type { Content } from '../../core/review/facts.ts';
import { emptyTree } from '../changes.ts';
import { GitError, gitAnswer, gitText, RepositoryError } from '../git.ts';

/**
 * What git says of the content of decisions. `root` is a pinned store.
 * @param tip of the target; without one, and of what the target was begun with, a decision's base may hold nothing at all
 */
export async function readContents(root: string, decisions: readonly Pick<Decision, 'base' | 'head'>[], { tip, head, tree }: { readonly tip: string | undefined; readonly head: string; readonly tree: string }): Promise<(decision: Pick<Decision, 'base' | 'head'>) => Content> {
  const tipTree = tip === undefined ? undefined : await gitText(root, ['rev-parse', `${tip}^{tree}`]);
  const bases = await answers(decisions.map(({ base, head: approved }) => `${base} ${approved}`), async (pair) => {
    const [base = '', approved = ''] = pair.split(' ');
    return (await isAncestor(root, base, tip ?? head)) || (tip === undefined ? isNothing(root, base) : isBeginning(root, { base, head: approved }, tip));
  });
  const merged = await answers(decisions.map((decision) => decision.head), async (approved) => (tip === undefined ? ('missing' as const) : mergeOnto(root, tip, approved)));
  return ({ base, head: approved }) => {
    const result = merged.get(approved) ?? 'missing';
    const replay = typeof result === 'string' ? result : result.tree === tree ? 'equal' : 'differs';
    return { isBaseInTarget: bases.get(`${base} ${approved}`) ?? false, replay, isInTarget: typeof result !== 'string' && result.tree === tipTree };
  };
}

export type Merged = { readonly tree: string } | 'conflict' | 'missing';

/** The tree that merging a commit onto another gives, as a rebase, a squash or a merge would. */
export async function mergeOnto(root: string, onto: string, commit: string): Promise<Merged> {
  try {
    const { stdout, exitCode } = await gitAnswer(root, ['merge-tree', '--write-tree', '--no-messages', onto, commit], { answers: [1] });
    return exitCode === 1 ? 'conflict' : { tree: stdout.toString('utf8').split('\n')[0] ?? '' };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (error.exitCode === 129) throw new RepositoryError('git is too old to compare with what was approved; the gate takes 2.38 or newer');
    return 'missing';
  }
}

/** As `mergeOnto`, of many commits by one process; what that does not answer, as where one is not here, is asked for by itself. */
export async function mergeAllOnto(root: string, onto: string, commits: readonly string[]): Promise<ReadonlyMap<string, Merged>> {
  const asked = [...new Set(commits)];
  const known = new Map<string, Merged>();
  if (asked.length > 1) {
    const here = new Set((await gitText(root, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input: asked.map((commit) => `${commit}\n`).join('') })).split('\n').flatMap((line) => (line.endsWith(' commit') ? [line.slice(0, -' commit'.length)] : [])));
    const answerable = asked.filter((commit) => here.has(commit));
    const { stdout } = await gitAnswer(root, ['merge-tree', '--stdin', '--no-messages'], { input: answerable.map((commit) => `${onto} ${commit}\n`).join(''), answers: [1, 128, 129] });
    // For each: whether it is clean, the tree, what is in conflict, and an empty field.
    const fields = stdout.toString('latin1').split('\0');
    for (let [at, next] = [0, 0]; at + 2 < fields.length; next++) {
      const [isClean, tree = ''] = [fields[at] === '1', fields[at + 1]];
      const end = fields.indexOf('', at + 2);
      if (end === -1) break;
      known.set(answerable[next] ?? '', isClean ? { tree } : 'conflict');
      at = end + 1;
    }
  }
  const rest = await answers(asked.filter((commit) => !known.has(commit)), (commit) => mergeOnto(root, onto, commit));
  return new Map([...known, ...rest]);
}

/** False also when one of them is not here. */
export async function isAncestor(root: string, commit: string, of: string): Promise<boolean> {
  return (await gitAnswer(root, ['merge-base', '--is-ancestor', commit, of], { answers: [1, 128] })).exitCode === 0;
}

/** Whether a commit has no files and no history: what the first change of a branch is compared with. False also when it is not here. */
export async function isNothing(root: string, commit: string): Promise<boolean> {
  const { stdout, exitCode } = await gitAnswer(root, ['show', '--no-patch', '--no-show-signature', '--format=%P%T', commit, '--'], { answers: [128] });
  return exitCode === 0 && Object.values(emptyTree).includes(stdout.toString('utf8').trim());
}

/** Whether a branch was begun with a change: compared with nothing, all of it was shown. */
export async function isBeginning(root: string, { base, head }: { readonly base: string; readonly head: string }, tip: string): Promise<boolean> {
  return (await isNothing(root, base)) && (await isAncestor(root, head, tip));
}

async function answers<T>(questions: readonly string[], ask: (question: string) => Promise<T>): Promise<ReadonlyMap<string, T>> {
  const known = new Map<string, T>();
  const left = [...new Set(questions)];
  // Two at a time: more processes than cores only wait for each other.
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) known.set(next, await ask(next));
  };
  await Promise.all([work(), work()]);
  return known;
}
