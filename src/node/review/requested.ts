import type { Policy } from '../../core/policy/policy.ts';
import type { Concern } from '../../core/review/concern.ts';
import type { RequestedFinding, ReviewRequest } from '../../core/review/request.ts';
import { RepositoryError } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { isAncestor, isBeginning, isNothing } from './content.ts';
import { type Analyzer, findConcernsByEach } from './findConcerns.ts';
import { policiesOf, rulesOnto, usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { howToFetch, tipThatHolds } from './targetTip.ts';

/** What the change of a request holds, as found here: the record's own words are nobody's signed ones. */
export interface Requested {
  /** What the request names and its change holds, as it is. */
  readonly concerns: readonly Concern[];
  /** What the change also holds, and the request does not name. */
  readonly unasked: readonly Concern[];
  /** What the request names, and the change does not hold. */
  readonly missing: readonly RequestedFinding[];
}

/** Judges the change of a request again. Throws when it cannot be looked at, with what to do. */
export async function judgeRequested(store: ReviewStore, request: ReviewRequest, { analyzer, ruleIds }: { readonly analyzer: Analyzer; readonly ruleIds: readonly string[] }): Promise<Requested> {
  const [tip, usual] = [await tipFor(store, request), await usualBranch(store)];
  return withPinnedStore(store, async (root) => {
    await holdToContent(root, request, tip);
    const rules = await rulesOnto(root, tip, { head: request.head, usual }, { targetRef: request.targetRef, ruleIds });
    return findRequested(root, request, { objectFormat: store.objectFormat, policies: policiesOf(rules), analyzer });
  });
}

/** The tip of the branch that a request is for; undefined where that is begun by the request's change. Throws where it is not known here, with how to fetch it. */
export async function tipFor(store: ReviewStore, { targetRef, base }: ReviewRequest): Promise<string | undefined> {
  const tip = await tipThatHolds(store, targetRef, base);
  // A remote without a branch is begun by its first policy, which is compared with nothing.
  if (tip === undefined && !(await isNothing(store.root, base))) throw new RepositoryError(`${targetRef}, which the request is for, is not known here; ${await howToFetch(store, targetRef)}`);
  return tip;
}

/** @param root of the pinned store */
export async function findRequested(root: string, request: ReviewRequest, { objectFormat, policies, analyzer }: Pick<ReviewStore, 'objectFormat'> & { readonly policies: readonly [Policy, ...Policy[]]; readonly analyzer: Analyzer }): Promise<Requested> {
  const all = await findConcernsByEach({ root, objectFormat }, { from: request.base, to: request.head, policies, analyzer });
  const [asked, found] = [request.findings, all].map((some) => new Set(some.map(({ fingerprint }) => fingerprint)));
  return {
    concerns: all.filter(({ fingerprint }) => asked?.has(fingerprint)),
    unasked: all.filter(({ fingerprint }) => asked?.has(fingerprint) !== true),
    missing: request.findings.filter(({ fingerprint }) => found?.has(fingerprint) !== true),
  };
}

/** Throws when the request's commits are not here, or compare with nothing that the team has. */
export async function holdToContent(root: string, { base, head, targetRef }: ReviewRequest, tip: string | undefined): Promise<void> {
  for (const commit of [base, head]) if ((await resolveCommit(root, commit)) === undefined) throw new RepositoryError(`the request's commit ${commit} is not here; fetch it: git fetch origin 'refs/firebreak/*:refs/firebreak/*'`);
  if (tip === undefined || (await isBeginning(root, { base, head }, tip))) return;
  if (!(await isAncestor(root, base, tip))) throw new RepositoryError(`the request's base ${base} is no part of ${targetRef}, so what it compares with is nothing that the team has; ask for a new request`);
  if (!(await isAncestor(root, base, head))) throw new RepositoryError(`the request's head ${head} does not come from its base ${base}; ask for a new request`);
}
