import { isPathInside, refName } from '../core/review/recordFields.ts';
import { concernOfRequest, toRequestedConcern } from '../core/review/concern.ts';
import { wordDemands } from '../core/review/demands.ts';
import { howToApproveFirst } from '../core/review/nextStep.ts';
import { type RequestedFinding, type ReviewRequest, toRequested } from '../core/review/request.ts';
import { showInert } from '../core/review/inert.ts';
import { personOf } from '../core/review/identities.ts';
import { shortageOf } from '../core/review/shortage.ts';
import { refOf } from '../node/requests.ts';
import { share } from './share.ts';
import { changeToRequest, holdToPolicy, rulesAtTarget } from '../node/review/changeToRequest.ts';
import { readSigning } from '../node/review/lockOut.ts';
import { readParticipants } from '../node/review/participants.ts';
import { readRejections } from '../node/review/rejections.ts';
import { policiesOf } from '../node/review/rulesOver.ts';
import { lendAnalyzer, ruleIds, storeHere, withAnalyzer } from './reviewStore.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { fetchReviews } from '../node/review/targetTip.ts';
import type { GitRepository } from '../node/repository.ts';
import { baseOf, findReviewTarget } from '../node/target.ts';
import { firstLine } from './findingsReport.ts';
import { inspect, type Inspection, type Located } from './inspect.ts';
import { repositoryAt, selectInRepository, selectWorkTree } from './selection.ts';
import { tellCosts } from './tellCosts.ts';
import { counted, print, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';

export interface RequestOptions {
  readonly all?: boolean;
  readonly reason: string;
  readonly reviewer: readonly string[];
  readonly push: boolean;
  readonly target?: string;
}

const fewestDigits = 6;

export async function request(prefixes: readonly string[], { all = false, reason, reviewer, push, target }: RequestOptions): Promise<number> {
  if (all === prefixes.length > 0) throw new UsageError('name findings by their digits from "firebreak check", or give --all for every finding of the change');
  if (reason.trim() === '') throw new UsageError('the reason is empty; say in --reason why this is needed');
  if (reviewer.some((name) => name.trim() === '')) throw new UsageError('--reviewer is empty; name a senior, or leave it out');
  if (target !== undefined) holdToBranch(target);
  const repository = await repositoryAt(process.cwd());
  await holdToSeniors(repository, reviewer, target);
  const findings = all ? await allOfChange(repository, target) : requestedOf(await named(repository, prefixes, target));
  const startedAt = new Date().toISOString();
  const made = await repository.requestReview({
    findings,
    reviewers: [...new Set(reviewer)],
    reason,
    buffers: new Map(),
    targetRef: target,
  });
  print(made.createdAt < startedAt ? `Review requested already, for the same code: ${made.id}` : `Review requested: ${made.id}`);
  print(`  ${counted(made.findings.length, 'finding')}, for ${made.reviewers.length > 0 ? showInert(made.reviewers.join(', ')) : 'any senior'}, to go onto ${showInert(made.targetRef)}`);
  await printDemands(repository, made, target);
  print(`  the code: git diff ${made.base} ${made.head}`);
  if (made.includes.length > 0) print(`  not committed yet: ${cutList(made.includes.map(({ path }) => showInert(path)))}; an approval is on that too, so commit it before you push`);
  await tellCosts(repository.root, made);
  const store = await storeHere();
  if (store.isShallow) warn('this clone is shallow, so it cannot list or judge reviews; fetch the rest: git fetch --unshallow');
  const isShared = await share(store, [refOf(made.id)], push);
  if (!store.isShallow) await warnOfRejections(store, made, push);
  return isShared ? 0 : 1;
}

function holdToBranch(target: string): void {
  if (refName.safeParse(target).success) return;
  throw new UsageError(`--target takes the full name of a branch, and ${JSON.stringify(target)} is none; ${refName.safeParse(`refs/heads/${target}`).success && !target.startsWith('refs/') ? `write refs/heads/${target}` : 'write refs/heads/NAME'}`);
}

/** Who asks again for what was rejected waits for nothing. */
async function warnOfRejections(store: ReviewStore, made: ReviewRequest, isOnline: boolean): Promise<void> {
  // What was not reached was told of when the request was sent.
  if (isOnline) await fetchReviews(store);
  for (const line of await readRejections(store, made, { ruleIds, now: new Date(), withAnalyzer: lendAnalyzer(store) }, 'others')) warn(showInert(line));
}

async function printDemands(repository: GitRepository, { id, findings, requester, targetRef, base, head }: ReviewRequest, target: string | undefined): Promise<void> {
  const { tip } = await findReviewTarget(repository.root, target);
  const rules = await rulesAtTarget(repository.root, { ref: targetRef, tip }, head, { ruleIds });
  const policies = policiesOf(rules);
  if (policies.every(({ seniors }) => seniors.length === 0)) {
    print(`  to approve: a signer whom the gate was told with --bootstrap-signers, because ${showInert(targetRef)} has no policy ${rules.some(({ policy }) => policy.kind === 'broken') ? 'that can be read' : 'that names seniors'}: ${howToApproveFirst(id)}`);
    return;
  }
  const concerns = findings.map(concernOfRequest);
  const demands = [...new Set(policies.flatMap((policy) => wordDemands(concerns, policy, requester.email)))];
  print(demands.length === 0 ? `  to approve: nobody has to, by the policy of ${showInert(targetRef)}` : `  to approve: ${showInert(demands.join('; and '))}`);
  const participants = await readParticipants(repository.root, base, head);
  const shortages = await Promise.all(rules.map(async ({ policy: found, signers }) => ('policy' in found ? shortageOf(concerns, found.policy, { pusher: requester.email, participants, canSign: await readSigning(found.policy, signers, new Date()) }) : undefined)));
  for (const { why, way } of shortages.flatMap((each) => each ?? []).slice(0, 1)) warn(showInert(`this can never get the approvals that it needs: ${why}; have ${way}`));
}

function cutList(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

/** Whoever is no senior at the target decides nothing, and a request to them alone would wait for nobody. */
async function holdToSeniors(repository: GitRepository, reviewers: readonly string[], target: string | undefined): Promise<void> {
  if (reviewers.length === 0) return;
  const { ref, tip } = await findReviewTarget(repository.root, target);
  const policies = policiesOf(await rulesAtTarget(repository.root, { ref, tip }, undefined, { ruleIds }));
  const seniors = [...new Set(policies.flatMap((policy) => policy.seniors))];
  const isSenior = (name: string) => policies.some((policy) => policy.seniors.some((senior) => personOf(senior, policy) === personOf(name, policy)));
  const stranger = seniors.length === 0 ? undefined : reviewers.find((reviewer) => !isSenior(reviewer));
  if (stranger !== undefined) throw new UsageError(`${showInert(stranger)} is none of the seniors whom the policy of ${showInert(ref)} names, and could not decide; ask one of them, or leave --reviewer out: ${showInert(seniors.join(', '))}`);
}

async function sinceTarget(repository: GitRepository, target: string | undefined): Promise<string | undefined> {
  const head = await repository.head();
  if (head === undefined) return undefined;
  const base = await baseOf(repository.root, await findReviewTarget(repository.root, target), head);
  await holdToPolicy(repository.root, { from: base, to: head, ruleIds });
  return base;
}

/** What the gate will ask for: findings, and files as a whole. */
async function allOfChange(repository: GitRepository, target: string | undefined): Promise<readonly RequestedFinding[]> {
  const concerns = await withAnalyzer(await storeHere(), 'HEAD', (analyzer) => changeToRequest(repository.place, { ruleIds, open: { buffers: new Map() }, targetRef: target }, analyzer));
  for (const { kind, path, blastRadius } of concerns) if (kind === 'unread') warn(`${showInert(path)} ${showInert(blastRadius.description)}, so the request asks for it as a whole; look at it yourself, and say so to the reviewer`);
  const requestable = concerns.filter(({ path }) => isPathInside(path));
  for (const path of new Set(concerns.filter((each) => !requestable.includes(each)).map((each) => each.path))) {
    warn(`${JSON.stringify(path)} has findings that are not in the request, because a request cannot name such a file, and nothing of it can be approved; rename it (git mv), and ask again`);
  }
  if (requestable.length === 0 && concerns.length > 0) throw new UsageError('all that needs an approval is in files that no request can name; rename them (git mv), commit, and ask again');
  if (requestable.length === 0) throw new UsageError(`the change has no findings against ${showInert((await findReviewTarget(repository.root, target)).ref)}, so there is nothing to ask a review for; see firebreak check, or name the branch that it is for: --target refs/heads/NAME`);
  return requestable.map(toRequestedConcern);
}

function requestedOf(located: readonly Located[]): readonly RequestedFinding[] {
  return located.map(({ finding, start }) => toRequested(finding, start.line + 1));
}

/** Findings of the files that changed; when a prefix is not among them, of all files. */
async function named(repository: GitRepository, prefixes: readonly string[], target: string | undefined): Promise<readonly Located[]> {
  const wanted = prefixes.map((prefix) => prefix.toLowerCase());
  for (const prefix of wanted) {
    if (!/^[0-9a-f]+$/.test(prefix) || prefix.length < fewestDigits) throw new UsageError(`${JSON.stringify(prefix)} names no finding; give ${fewestDigits} or more of the hexadecimal digits that "firebreak check" prints`);
  }
  const inChange = allOf(await inspect(await selectWorkTree(repository, await sinceTarget(repository, target)), 'all'));
  const isKnown = (prefix: string) => inChange.some(({ finding }) => finding.fingerprint.startsWith(prefix));
  const located = wanted.every(isKnown) ? inChange : allOf(await inspect(await selectInRepository(repository, [repository.root]), 'all'));
  const chosen = new Map(wanted.map((prefix) => theOne(prefix, located)).map((each) => [each.finding.fingerprint, each]));
  return [...chosen.values()];
}

function allOf({ located, suppressed }: Inspection): readonly Located[] {
  return [...located, ...suppressed];
}

function theOne(prefix: string, located: readonly Located[]): Located {
  const [only, ...more] = located.filter(({ finding }) => finding.fingerprint.startsWith(prefix));
  if (only === undefined) throw new UsageError(`no finding has the fingerprint ${prefix}…; see what there is: firebreak check`);
  if (more.length > 0) {
    const choices = [only, ...more].map(({ finding }) => `${finding.fingerprint.slice(0, prefix.length + 6)} (${showInert(finding.path)}: ${firstLine(finding.matched)})`);
    throw new UsageError(`${prefix} names ${more.length + 1} findings; give more digits: ${choices.join(', ')}`);
  }
  return only;
}
