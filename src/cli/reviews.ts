import { isAsClaimed } from '../core/review/concern.ts';
import type { Coverage } from '../core/review/coverage.ts';
import { type Decision, letsPass } from '../core/review/decision.ts';
import { showInert } from '../core/review/inert.ts';
import type { RequestedFinding, ReviewRequest } from '../core/review/request.ts';
import type { RequestState } from '../core/review/requestState.ts';
import { landedAlthough, nounOf, remarksOn } from '../core/review/standingWords.ts';
import { RepositoryError } from '../node/git.ts';
import { readDecisions } from '../node/review/records.ts';
import { judgeRequested } from '../node/review/requested.ts';
import { readStates } from '../node/review/states.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { firstLine } from './findingsReport.ts';
import { lendAnalyzer, requestNamed, ruleIds, signersIn, storeHere, withAnalyzer } from './reviewStore.ts';
import { refresh } from './share.ts';
import { tellCosts } from './tellCosts.ts';
import { counted, paint, print, printJson, warn } from './terminal.ts';

export interface ReviewsOptions {
  readonly format: 'text' | 'json';
  readonly fetch: boolean;
  readonly all?: boolean;
  readonly bootstrapSigners?: string;
}

const headings = [['needs me', 'Needs you:'], ['waiting', 'Waits for others:'], ['stale', 'Stale, to be asked for again:'], ['decided', 'Decided:']] as const;

export async function reviews({ format, fetch, all = false, bootstrapSigners }: ReviewsOptions): Promise<number> {
  const store = await storeHere();
  await refresh(store, fetch);
  const { states, unreadable, olderCount } = await readStates(store, { ruleIds, now: new Date(), isAll: all, bootstrapSigners: await signersIn(bootstrapSigners), withAnalyzer: lendAnalyzer(store) });
  if (format === 'json') {
    printJson({
      version: 1,
      reviews: states.map(({ request: { id, requester, reviewers, findings, reason }, coverage, hasLanded, takenBack, followUp, atHead, unsent, group, because }) => ({ id, state: coverage, landed: hasLanded, takenBack, ...(followUp !== undefined && { followUp }), ...(atHead !== undefined && { atHead }), ...(unsent !== undefined && { unsent: unsent.refs }), group, because, requester, reviewers, findings, reason })),
      unreadable: unreadable.map(({ ref, why }) => ({ ref, why })),
      olderCount,
    });
    return 0;
  }
  for (const [group, heading] of headings) {
    const some = states.filter((state) => state.group === group);
    if (some.length > 0) print(paint('bold', heading));
    for (const state of some) printState(state);
  }
  // Once, and not with each of them.
  for (const why of new Set(states.flatMap(({ isUnjudged, because }) => (isUnjudged === true ? because : [])))) warn(showInert(why));
  for (const { ref, why } of unreadable) print(`${showInert(ref)}: ${paint('yellow', 'not read')}: ${showInert(why)}`);
  if (olderCount > 0) print(`${counted(olderCount, 'older request')} not listed: firebreak reviews --all`);
  else if (states.length + unreadable.length === 0) print('No review was requested here. To request one: firebreak request --all --reason "…"');
  return 0;
}

function printState(state: RequestState): void {
  const { request } = state;
  print(`${paint('bold', request.id)} ${standing(state)}  ${counted(request.findings.length, 'finding')}, ${personOf(request)} asks ${reviewersOf(request)}: ${firstLine(request.reason)}`);
  const isBegun = state.coverage === 'pending' && !state.hasLanded && state.isUnjudged !== true && state.decisions.some(letsPass);
  for (const remark of [...(isBegun ? state.because : []), ...remarksOn(state, Date.now())]) print(`  ${showInert(remark)}`);
}

function standing(state: RequestState): string {
  const although = landedAlthough(state);
  return `${paint(colours[state.coverage], state.coverage)}${state.hasLanded ? ', landed' : ''}${although === undefined ? '' : ` ${showInert(although)}`}`;
}

const colours: Readonly<Record<Coverage, 'cyan' | 'yellow' | 'red'>> = { covered: 'cyan', pending: 'yellow', stale: 'yellow', rejected: 'red', unverifiable: 'red' };

/** `named` is the request's id, or enough of its beginning. */
export async function show(named: string, { fetch, bootstrapSigners }: Pick<ReviewsOptions, 'fetch' | 'bootstrapSigners'>): Promise<number> {
  const store = await storeHere();
  await refresh(store, fetch);
  const { request } = await requestNamed(store, named);
  const [state] = (await readStates(store, { ruleIds, now: new Date(), only: request.id, bootstrapSigners: await signersIn(bootstrapSigners), withAnalyzer: lendAnalyzer(store) })).states;
  print(`${paint('bold', request.id)} ${state === undefined ? '' : standing(state)}`);
  print(`  asked by   ${personOf(request)} <${showInert(request.requester.email)}>, ${request.createdAt}`);
  print(`  reviewers  ${reviewersOf(request)}`);
  print(`  for        ${showInert(request.targetRef)}`);
  for (const [index, line] of request.reason.split(/\r?\n/).entries()) print(`  ${index === 0 ? 'reason     ' : '           '}${showInert(line)}`);
  await printRequested(store, request);
  if (request.includes.length > 0) {
    print(`\nNot committed when it was asked:`);
    for (const { path, from } of request.includes) print(`  ${showInert(path)}${from === 'buffer' ? ' (not saved)' : ''}`);
  }
  const { decisions } = await readDecisions(store.root);
  for (const { decision } of decisions) if (decision.request.id === request.id) print(`\n${wordDecision(decision, state)}: ${firstLine(decision.reason)}`);
  for (const line of [...(state?.because ?? []), ...(state === undefined ? [] : remarksOn(state, Date.now()))]) print(`  ${showInert(line)}`);
  print(`\nThe code: git diff ${request.base} ${request.head}`);
  return 0;
}

/** `state` tells what a taking back took back. */
function wordDecision(decision: Decision, state: RequestState | undefined): string {
  const { id, kind, reviewer, created, expires } = decision;
  const taken = new Set(state?.takenBack.filter(({ revocation }) => revocation === id).map((each) => `their ${nounOf(each.kind)}`));
  return `${kind}${taken.size === 0 ? '' : ` of ${[...taken].join(' and ')}`} by ${showInert(reviewer)}, ${created}${letsPass(decision) ? `, until ${expires}` : ''}`;
}

/** What is found in the change here, and not what its author wrote of it: nobody signed that. */
async function printRequested(store: ReviewStore, request: ReviewRequest): Promise<void> {
  const found = await withAnalyzer(store, request.head, (analyzer) => judgeRequested(store, request, { analyzer, ruleIds })).catch((error: unknown) => {
    if (error instanceof RepositoryError) return error.message;
    throw error;
  });
  if (typeof found === 'string') {
    warn(`what follows is what the request says, and nobody signed it; the change could not be looked at: ${showInert(found)}`);
    for (const finding of request.findings) printFinding(finding);
    return;
  }
  const claims = new Map(request.findings.map((finding) => [finding.fingerprint, finding]));
  for (const concern of found.concerns) {
    printFinding(concern);
    const claim = claims.get(concern.fingerprint);
    if (claim !== undefined && !isAsClaimed(concern, claim)) print(`  ${paint('yellow', 'The request says otherwise')}: ${claim.severity}, ${firstLine(claim.matched)}: ${firstLine(claim.blastRadius.description)}`);
  }
  for (const concern of found.unasked) {
    printFinding(concern);
    print(`  ${paint('yellow', 'The request does not name it')}; an approval of the request is not on it`);
  }
  for (const claim of found.missing) {
    printFinding(claim);
    print(`  ${paint('yellow', 'Only the request says so')}: its change does not hold it`);
  }
  await tellCosts(store.root, request);
}

function printFinding(finding: RequestedFinding): void {
  print(`\n${showInert(finding.path)}:${finding.line} ${finding.severity} (${finding.confidence} confidence) ${showInert(finding.rule)}`);
  for (const line of finding.matched.split(/\r?\n/)) print(`  ${showInert(line)}`);
  print(`  ${showInert(finding.blastRadius.description)}`);
  print(`  ${paint('dim', finding.fingerprint)}`);
}

function personOf({ requester }: ReviewRequest): string {
  return showInert(requester.name);
}

function reviewersOf({ reviewers }: ReviewRequest): string {
  return reviewers.length === 0 ? 'any senior' : showInert(reviewers.join(', '));
}
