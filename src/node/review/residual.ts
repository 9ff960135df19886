import type { Decision } from '../../core/review/decision.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import type { ChangedFile } from '../../core/check/changeSet.ts';
import { commitChanges, readChanges as readTexts } from '../changes.ts';
import { gitText, RepositoryError } from '../git.ts';
import { mergeOnto } from './content.ts';
import { readChanges } from './manifest.ts';
import { readRules } from './policyFacts.ts';
import { readDecisions, toRecord } from './records.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { howToFetch, tipOf } from './targetTip.ts';

export interface Residual {
  /** The last approval; undefined when there is none. */
  readonly approved: Decision | undefined;
  /** A unified diff from what was approved to what there is; empty when there is no difference. */
  readonly differences: string;
}

/** What a commit holds beyond what was last approved of a request. */
export async function readResidual(store: ReviewStore, request: ReviewRequest, commit: string, ruleIds: readonly string[]): Promise<Residual> {
  const approved = await lastApproval(store, [request], ruleIds);
  return withSides(store, { approved, targetRef: request.targetRef, commit }, async (root, { from, to, paths }) => {
    const differences = await gitText(root, ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--full-index', from, to, '--', ...paths]);
    return { approved, differences: differences === '' ? '' : `${differences}\n` };
  });
}

/** The same file by file, each as it was approved and as it is. */
export async function readResidualFiles(store: ReviewStore, approved: Decision, commit: string): Promise<readonly ChangedFile[]> {
  return withSides(store, { approved, targetRef: approved.targetRef, commit }, async (root, { from, to, paths }) => {
    const changes = await commitChanges({ root, objectFormat: store.objectFormat }, from, to);
    return readTexts({ root }, changes.filter(({ path }) => paths.length === 0 || paths.includes(path)));
  });
}

/** The last approval, or passing in an emergency, with a good signature, of the first of some requests for one branch that has any: a forged one must not hide code. */
export async function lastApproval(store: ReviewStore, requests: readonly ReviewRequest[], ruleIds: readonly string[]): Promise<Decision | undefined> {
  const [first] = requests;
  if (first === undefined) return undefined;
  const { targetRef } = first;
  const { decisions } = await readDecisions(store.root);
  const tip = await tipOf(store, targetRef);
  const { signers } = await withPinnedStore(store, (root) => readRules(root, tip, { targetRef, ruleIds }));
  for (const { id } of requests) {
    for (const each of decisions.filter(({ decision }) => decision.request.id === id && (decision.kind === 'approve' || decision.kind === 'emergency')).reverse()) {
      if ((await toRecord(each, signers, new Date())).signature.isGood) return each.decision;
    }
  }
  return undefined;
}

interface Sides {
  /** Commits or trees. */
  readonly from: string;
  readonly to: string;
  /** All when there are none. */
  readonly paths: readonly string[];
}

/**
 * Lends what is to be compared. What was approved is merged onto the target as it is known here, so that what others brought there is not shown; where
 * that does not go, the files that the commit changes are compared with what was approved.
 */
async function withSides<T>(store: ReviewStore, { approved, targetRef, commit }: { readonly approved: Decision | undefined; readonly targetRef: string; readonly commit: string }, use: (root: string, sides: Sides) => Promise<T>): Promise<T> {
  const tip = await tipOf(store, targetRef);
  if (tip === undefined) throw new RepositoryError(`${targetRef}, which the request is for, is not known here; ${await howToFetch(store, targetRef)}`);
  return withPinnedStore(store, async (root) => {
    if (approved === undefined) return use(root, { from: await gitText(root, ['merge-base', tip, commit]), to: commit, paths: [] });
    const [left, right] = [await mergeOnto(root, tip, approved.head), await mergeOnto(root, tip, commit)];
    if (typeof left !== 'string' && typeof right !== 'string') return use(root, { from: left.tree, to: right.tree, paths: [] });
    if (left === 'missing') throw new RepositoryError(`what was approved, ${approved.head}, is not here to compare with; fetch it: git fetch origin 'refs/firebreak/*:refs/firebreak/*'`);
    const changed = new Set([...(await readChanges(root, tip, commit)), ...approved.manifest].map(({ path }) => path));
    return use(root, { from: approved.head, to: commit, paths: [...changed] });
  });
}
