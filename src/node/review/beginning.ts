import type { Pass } from '../../core/report/audit.ts';
import { emptyTree } from '../changes.ts';
import { gitAnswer } from '../git.ts';
import { trackingOf } from '../target.ts';
import { readGateLog } from './gateLog.ts';
import type { UsualBranch } from './rulesOver.ts';
import type { ReviewStore } from './store.ts';
import { remoteOf } from './targetTip.ts';

/** What a new branch can be compared with. */
export interface Beginning {
  /** Commits that the gate let the default branch have as its tip, or the empty tree: what none of them has over one of these is judged as a push onto it would be. The one first that has most of the new branch. */
  readonly from: readonly [string, ...string[]];
  /** Where it leaves the default branch, where it is not known that this ever was its tip: a push may have brought it there along with what took it back. */
  readonly untold?: string;
}

/** @param root of the pinned store */
export async function readBeginning(store: ReviewStore, root: string, usual: UsualBranch | undefined, head: string): Promise<Beginning> {
  const nothing: Beginning = { from: [emptyTree[store.objectFormat]] };
  if (usual?.tip === undefined) return nothing;
  const { stdout, exitCode } = await gitAnswer(root, ['merge-base', usual.tip, head], { answers: [1] });
  if (exitCode !== 0) return nothing;
  const left = stdout.toString('utf8').trim();
  const tips = left === usual.tip ? [left] : await knownTips(store, usual, (await readGateLog(store.commonDir)).passes);
  if (tips.includes(left)) return { from: [left] };
  const known = new Set(tips);
  const nearest = (await gitAnswer(root, ['rev-list', left, '--'])).stdout.toString('utf8').split('\n').find((commit) => known.has(commit));
  return { from: nearest === undefined ? [usual.tip] : [nearest, usual.tip], untold: left };
}

/** What the default branch is known to have had as its tip, by the log of the gate and by what git itself took down of it: not all, and where neither was kept only the tip that it has now. */
export async function knownTips(store: ReviewStore, { ref, tip }: UsualBranch, passes: readonly Pass[]): Promise<readonly string[]> {
  const own = passes.filter(({ targetRef }) => targetRef === ref);
  const remote = store.isBare ? undefined : await remoteOf(store);
  // Without a remote, a branch of a clone's own takes down each commit that was made on it.
  const kept = store.isBare ? ref : remote === undefined ? undefined : trackingOf(remote, ref);
  const moved = kept === undefined ? '' : (await gitAnswer(store.root, ['rev-list', '--walk-reflogs', kept, '--'], { answers: [128, 129] })).stdout.toString('utf8');
  return [...(tip === undefined ? [] : [tip]), ...own.slice(0, 1).map(({ base }) => base), ...own.map(({ head }) => head), ...moved.split('\n').filter((commit) => commit !== '')];
}
