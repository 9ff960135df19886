import type { Decision } from '../../core/review/decision.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { gitText, RepositoryError } from '../git.ts';
import { mergeOnto } from './content.ts';
import { readChanges } from './manifest.ts';
import { readDecisions } from './records.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { tipOf } from './targetTip.ts';

export interface Residual {
  /** The last approval; undefined when there is none. */
  readonly approved: Decision | undefined;
  /** A unified diff from what was approved to what there is; empty when there is no difference. */
  readonly differences: string;
}

/**
 * What a commit holds beyond what was approved. What was approved is merged onto the target as it is known here, so that what others brought there is not shown; where
 * that does not go, the files that the commit changes are compared with what was approved.
 */
export async function readResidual(store: ReviewStore, request: ReviewRequest, commit: string): Promise<Residual> {
  const tip = await tipOf(store, request.targetRef);
  if (tip === undefined) throw new RepositoryError(`${request.targetRef}, which the request is for, is not known here; fetch it: git fetch`);
  const { decisions } = await readDecisions(store.root);
  const approved = decisions.findLast(({ decision }) => decision.request.id === request.id && (decision.kind === 'approve' || decision.kind === 'emergency'))?.decision;
  return withPinnedStore(store, async (root) => {
    const diff = (from: string, paths: readonly string[] = []) => gitText(root, ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--full-index', from, commit, '--', ...paths]);
    if (approved === undefined) return { approved, differences: withEnd(await diff(await gitText(root, ['merge-base', tip, commit]))) };
    const [left, right] = [await mergeOnto(root, tip, approved.head), await mergeOnto(root, tip, commit)];
    if (typeof left !== 'string' && typeof right !== 'string') return { approved, differences: withEnd(await gitText(root, ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', left.tree, right.tree])) };
    if (left === 'missing') throw new RepositoryError(`what was approved, ${approved.head}, is not here to compare with; fetch it: git fetch origin 'refs/firebreak/*:refs/firebreak/*'`);
    const changed = new Set([...(await readChanges(root, tip, commit)), ...approved.manifest].map(({ path }) => path));
    return { approved, differences: withEnd(await diff(approved.head, [...changed])) };
  });
}

function withEnd(text: string): string {
  return text === '' ? '' : `${text}\n`;
}
