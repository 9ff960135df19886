import { type Decision, letsPass } from '../../core/review/decision.ts';
import type { DecisionRecord } from '../../core/review/facts.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import type { ChangedFile } from '../../core/check/changeSet.ts';
import { commitChanges, readChanges as readTexts } from '../changes.ts';
import { gitText, RepositoryError } from '../git.ts';
import { resolveCommit } from '../objects.ts';
import { endedBy, standingOf } from '../../core/review/standing.ts';
import { rejectionWords, takenBackWords } from '../../core/review/standingWords.ts';
import { refusalOf } from '../../core/review/weigh.ts';
import { isAncestor, mergeOnto, readContents } from './content.ts';
import { readChanges, readSides } from './manifest.ts';
import { type RulesQuestion, signersThenAt } from './policyFacts.ts';
import { readParticipants } from './participants.ts';
import { folderOf, readDecisions, toRecords } from './records.ts';
import { rulesOnto, usualBranch } from './rulesOver.ts';
import { type ReviewStore, withPinnedStore } from './store.ts';
import { howToFetch, tipOf } from './targetTip.ts';
import { readRoots, readUrls } from './whereabouts.ts';

/** What somebody approved that counts here, whatever is there by now; undefined when nothing does. */
export interface Approval {
  readonly approved: Decision | undefined;
  /** Why what was decided does not count. */
  readonly because: readonly string[];
}

export interface Residual extends Approval {
  /** A unified diff from what was approved, or without an approval from where the change left its target, to what there is; empty when there is no difference. */
  readonly differences: string;
  /** Files that what was approved is about, and in which others landed something since, that the approver was not shown. */
  readonly movedOn: readonly string[];
  readonly landed?: Landed;
}

/**
 * Where the target has all of a commit by now. `as`: the step of it that brought just what was approved, and what others did since is theirs. `onto`: no step did, and both were put onto what the target was before a file of
 * the change was touched.
 */
export type Landed = { readonly as: string } | { readonly onto: string };

type Grounds = Pick<RulesQuestion, 'ruleIds' | 'bootstrapSigners'>;

/** What a commit holds beyond what was last approved of a request. */
export async function readResidual(store: ReviewStore, request: ReviewRequest, commit: string, question: Grounds): Promise<Residual> {
  const approval = await lastApproval(store, [request], commit, question);
  return withSides(store, { request, approved: approval.approved, commit }, async (root, { from, to, paths, landed }) => {
    const differences = await gitText(root, ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--full-index', from, to, '--', ...paths]);
    const hasMovedOn = approval.approved !== undefined && landed === undefined;
    return { ...approval, differences: differences === '' ? '' : `${differences}\n`, movedOn: hasMovedOn ? await movedOn(root, approval.approved, (await tipOf(store, request.targetRef)) ?? commit) : [], ...(landed !== undefined && { landed }) };
  });
}

/** Files that a decision is about, and that are neither as it was asked against nor as it was on. */
export async function movedOn(root: string, { manifest, findings }: Decision, tip: string): Promise<readonly string[]> {
  const paths = new Set(findings.flatMap(({ path, evidence }) => [path, ...evidence]));
  const there = await readSides(root, [], tip, [...paths]);
  return manifest.flatMap(({ path, oldBlob, blob }) => (paths.has(path) && ![oldBlob, blob].includes(there.get(path)?.blob) ? [path] : []));
}

/** The same file by file, each as it was approved and as it is. */
export async function readResidualFiles(store: ReviewStore, request: ReviewRequest, approved: Decision, commit: string): Promise<readonly ChangedFile[]> {
  return withSides(store, { request, approved, commit }, async (root, { from, to, paths }) => {
    const changes = await commitChanges({ root, objectFormat: store.objectFormat }, from, to);
    return readTexts({ root }, changes.filter(({ path }) => paths.length === 0 || paths.includes(path)));
  });
}

/**
 * The last approval, or passing in an emergency, that counts here, of the first of some requests for one branch that has one. What is forged, taken back, over, or for another repository
 * must not hide code, nor what a rejection stands beside.
 */
export async function lastApproval(store: ReviewStore, requests: readonly ReviewRequest[], commit: string, question: Grounds): Promise<Approval> {
  const [first] = requests;
  if (first === undefined) return { approved: undefined, because: [] };
  const { targetRef } = first;
  const tip = await tipOf(store, targetRef);
  if (tip === undefined) throw new RepositoryError(`${targetRef}, which the request is for, is not known here; ${await howToFetch(store, targetRef)}`);
  const [stored, urls, usual, now] = [await readDecisions(store.root), await readUrls(store.root), await usualBranch(store), new Date()];
  return withPinnedStore(store, async (root) => {
    // Where two policies hold, what counts by the default branch's: by its own a branch may let anybody decide.
    const [rules] = await rulesOnto(root, tip, { head: commit, usual }, { targetRef, ...question });
    if (!('policy' in rules.policy)) return { approved: undefined, because: [`${targetRef} has no policy that can be read, so nobody's decision counts`] };
    const { policy } = rules.policy;
    const on = stored.decisions.filter(({ decision }) => requests.some(({ id }) => id === decision.request.id));
    const decisions = on.map(({ decision }) => decision);
    const records = await toRecords(stored, on, rules.signers, now, signersThenAt(root, [tip, usual?.tip], { targetRef, ...question }));
    const standing = standingOf(records, stored.unreadable, folderOf);
    const facts = {
      targetRef, folderOf, pusher: undefined, now: now.getTime(),
      participants: await readParticipants(root, tip, commit),
      repository: { roots: decisions.length === 0 ? [] : await readRoots(root, tip, decisions.map(({ repository }) => repository.root)), urls },
      contentOf: await readContents(root, decisions, { tip, head: commit, tree: '' }),
    }; // prettier-ignore
    const because: string[] = [];
    for (const { id } of requests) {
      // What is in the target is there by an earlier request, and this one is on what comes after it.
      const isSpent = ({ decision }: DecisionRecord) => id !== first.id && letsPass(decision) && facts.contentOf(decision).isInTarget;
      const own = standing.records.filter((each) => each.decision.request.id === id && !isSpent(each)).reverse().map((record) => ({ ...record.decision, record }));
      const refused = own.map((each) => ({ each, why: refusalOf(each.record, policy, standing, facts) }));
      const rejections = refused.filter(({ each, why }) => each.kind === 'reject' && why === undefined);
      const approvals = refused.filter(({ each }) => letsPass(each));
      const counting = approvals.find(({ why }) => why === undefined);
      if (counting !== undefined && rejections.length === 0) return { approved: counting.each.record.decision, because: [] };
      for (const { each } of rejections) because.push(rejectionWords(each));
      for (const { each, why } of approvals) if (why !== undefined) because.push(`what ${each.reviewer} approved does not count: ${why}`);
      for (const { each } of refused) if (each.kind === 'revoke' && each.record.signature.isGood) because.push(`${takenBackWords(endedBy(each.record, records).map(({ decision: { reviewer, kind } }) => ({ by: reviewer, kind })))}: ${each.reason}`);
    }
    return { approved: undefined, because };
  });
}

interface Sides {
  /** Commits or trees. */
  readonly from: string;
  readonly to: string;
  /** All when there are none. */
  readonly paths: readonly string[];
  readonly landed?: Landed;
}

/**
 * Lends what is to be compared. What was approved is merged onto the target as it is known here, so that what others brought there is not shown; where
 * that does not go, the files that the commit changes are compared with what was approved. A target that has the commit already would give back itself, whatever was approved.
 */
async function withSides<T>(store: ReviewStore, { request, approved, commit }: { readonly request: ReviewRequest; readonly approved: Decision | undefined; readonly commit: string }, use: (root: string, sides: Sides) => Promise<T>): Promise<T> {
  const { targetRef } = request;
  const tip = await tipOf(store, targetRef);
  if (tip === undefined) throw new RepositoryError(`${targetRef}, which the request is for, is not known here; ${await howToFetch(store, targetRef)}`);
  return withPinnedStore(store, async (root) => {
    const whole = await mergeOnto(root, tip, commit);
    const isInTarget = typeof whole !== 'string' && whole.tree === (await treeOf(root, tip));
    const landed = isInTarget ? await findLanding(root, { request, approved, tip, commit }) : undefined;
    if (landed !== undefined && 'as' in landed) return use(root, { from: landed.as, to: landed.as, paths: [], landed });
    const onto = landed?.onto ?? tip;
    const told = landed === undefined ? {} : { landed };
    if (approved === undefined) return use(root, { from: landed?.onto ?? (await gitText(root, ['merge-base', tip, commit])), to: commit, paths: [], ...told });
    const [left, right] = [await mergeOnto(root, onto, approved.head), onto === tip ? whole : await mergeOnto(root, onto, commit)];
    if (typeof left !== 'string' && typeof right !== 'string') return use(root, { from: left.tree, to: right.tree, paths: [], ...told });
    if (left === 'missing') throw new RepositoryError(`what was approved, ${approved.head}, is not here to compare with; fetch it: git fetch origin 'refs/firebreak/*:refs/firebreak/*'`);
    const changed = new Set([...(await readChanges(root, onto, commit)), ...approved.manifest].map(({ path }) => path));
    return use(root, { from: approved.head, to: commit, paths: [...changed], ...told });
  });
}

/** So many bytes of paths are handed to git at once; with more every step counts as one that touched them. */
const mostPathBytes = 20_000;
/** So many steps are tried as the one before a landing. */
const mostTried = 50;

/** How a change came onto its target: by the steps of that which touched a file of it since it was asked. Undefined where none did. */
async function findLanding(root: string, { request, approved, tip, commit }: { readonly request: ReviewRequest; readonly approved: Decision | undefined; readonly tip: string; readonly commit: string }): Promise<Landed | undefined> {
  const { base } = approved ?? request;
  if (!(await isAncestor(root, base, tip))) return undefined;
  const paths = (approved?.manifest ?? request.findings).map(({ path }) => path);
  const stepsTouching = async (some: readonly string[]) => (await gitText(root, ['rev-list', '--first-parent', '--full-history', '--reverse', tip, '--not', base, '--', ...some])).split('\n').filter((step) => step !== '');
  const touching = await stepsTouching(paths.join('').length > mostPathBytes ? [] : paths);
  const [first] = touching;
  const onto = first === undefined ? undefined : await resolveCommit(root, `${first}^1`);
  if (onto === undefined) return undefined;
  // Of a commit beside the target, what it holds itself is asked about, however it came in.
  if (approved !== undefined && (await isAncestor(root, commit, tip))) {
    const steps = await stepsTouching([]);
    const trees = (await gitText(root, ['rev-list', '--no-commit-header', '--no-walk=unsorted', '--format=%T', '--stdin'], { input: steps.join('\n') })).split('\n');
    for (const step of touching.slice(0, mostTried)) {
      const merged = await mergeOnto(root, `${step}^1`, approved.head);
      const at = typeof merged === 'string' ? -1 : trees.indexOf(merged.tree, steps.indexOf(step));
      const as = steps[at];
      if (as !== undefined && (await isAncestor(root, as, commit))) return { as };
    }
  }
  return { onto };
}

function treeOf(root: string, commit: string): Promise<string> {
  return gitText(root, ['rev-parse', `${commit}^{tree}`]);
}
