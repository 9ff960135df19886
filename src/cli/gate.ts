import type { Pass, Refusal } from '../core/report/audit.ts';
import { refusalOf } from '../core/report/gateLog.ts';
import { atGithub } from '../core/review/identities.ts';
import { judgeByEach } from '../core/review/gate.ts';
import { showInert } from '../core/review/inert.ts';
import type { Unsent } from '../core/review/requestState.ts';
import { howToSend } from '../core/review/standingWords.ts';
import { rules } from '../core/rules/index.ts';
import type { Verdict } from '../core/review/verdict.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { gitText, RepositoryError } from '../node/git.ts';
import { approvalsOfPull } from '../node/github/approvals.ts';
import { type GateQuestion, readGateFacts } from '../node/review/gateFacts.ts';
import { inTheWay } from '../node/inTheWay.ts';
import { recordPasses, recordRefusal } from '../node/review/gateLog.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { fetchReviews, holdToKnown, nameRemotes, unsentOf } from '../node/review/targetTip.ts';
import { atForge, baseUrlFor } from './forgePlace.ts';
import { warnOfLostHooks } from './lostHooks.ts';
import { rulePages } from './rulePages.ts';
import { ruleIds, signersIn, storeHere, withAnalyzer } from './reviewStore.ts';
import { counted, print, printJson, warn } from './terminal.ts';
import { UsageError } from './usageError.ts';
import { readVersion } from './version.ts';

export interface GateOptions {
  readonly base: string;
  readonly head: string;
  readonly target: string;
  readonly requester?: string;
  readonly bootstrapSigners?: string;
  readonly optional?: boolean;
  readonly pull?: number;
  readonly remote?: string;
  readonly apiUrl?: string;
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly fetch: boolean;
}

/** @returns 0 when the branch may move, 1 when it may not */
export async function gate({ base, head, target, requester, bootstrapSigners, optional = false, pull, remote: named, apiUrl, format, fetch: isFetching }: GateOptions): Promise<number> {
  if (!target.startsWith('refs/')) throw new UsageError(`--target takes a full name, and ${JSON.stringify(target)} is none; write refs/heads/${target}`);
  if (requester?.trim() === '') throw new UsageError('--requester is empty; name who pushes, or leave it out');
  // Who pushes to a pull request is told by GitHub, with their login there.
  const pusher = pull !== undefined && requester?.includes('@') === false ? atGithub(requester) : requester;
  const store = await storeHere();
  await warnOfLostHooks(store);
  if (named !== undefined) await holdToRemote(store, named);
  if (isFetching) await fetchRecords(store);
  if (!/^0+$/.test(base)) await holdToKnown(store, target, isFetching);
  const now = new Date();
  const question = { base, head, targetRef: target, pusher, bootstrapSigners: await signersIn(bootstrapSigners), isOptional: optional, ruleIds, now, readForgeApprovals: pull === undefined ? undefined : forgeApprovals(store, pull, { remote: named ?? 'origin', apiUrl, now }) };
  const verdict = await verdictOn(store, question, isFetching ? await unsentOf(store) : undefined);
  // Before what is said: its last line is all that editors show.
  if (!verdict.passed) await logRefusal(store, refusalOf(verdict, { at: now.toISOString(), targetRef: target, base, head, ...(pusher !== undefined && { pusher }) }));
  await printVerdict(verdict, format);
  return verdict.passed ? 0 : 1;
}

/** Judges without what only this clone has; where nothing else is missing, it says to send that. */
export async function verdictOn(store: ReviewStore, question: GateQuestion, unsent: Unsent | undefined): Promise<Verdict> {
  const judge = (each: GateQuestion) => withAnalyzer(store, each.head, async (analyzer) => judgeByEach(await readGateFacts(store, each, analyzer)));
  if (unsent === undefined) return judge(question);
  const verdict = await judge({ ...question, unsent: unsent.refs });
  if (verdict.passed || !(await judge(question)).passed) return verdict;
  return { ...verdict, nextStep: `Nobody else has what was decided here, so send it, and try again: ${howToSend(unsent)}` };
}

/** What nobody has here may take an approval back. What is pushed to gets its records by pushes. */
async function fetchRecords(store: ReviewStore): Promise<void> {
  const answer = store.isBare ? undefined : await fetchReviews(store);
  const unchosen = answer === 'no remote' ? await nameRemotes(store) : undefined;
  if (unchosen !== undefined) throw new RepositoryError(`the gate could not look, so it is closed: nothing says which remote's records count; ${unchosen}, or judge by what is here: --no-fetch`);
  if (typeof answer === 'object') throw new RepositoryError(`the gate could not look, so it is closed: the records of ${answer.remote} could not be fetched (${answer.why}); try again, or judge by what is here: --no-fetch`);
}

/** One that is named and not there would be looked at by nobody. */
async function holdToRemote({ root }: ReviewStore, remote: string): Promise<void> {
  const remotes = (await gitText(root, ['remote'])).split('\n').filter((name) => name !== '');
  if (!remotes.includes(remote)) throw new UsageError(`there is no remote ${JSON.stringify(remote)}; ${remotes.length === 0 ? 'there is none at all, so leave --remote out' : `name one that is there: ${remotes.join(', ')}`}`);
}

/** Asks GitHub only when the policy counts what it says; what it does not answer is an error, and the gate closed. */
function forgeApprovals(store: ReviewStore, number: number, { remote, apiUrl, now }: { readonly remote: string; readonly apiUrl: string | undefined; readonly now: Date }): NonNullable<GateQuestion['readForgeApprovals']> {
  return async (policy, isJudged) => {
    const token = process.env.GITHUB_TOKEN ?? '';
    if (token === '') throw new UsageError('the policy counts approvals at GitHub, and GITHUB_TOKEN is not set; put a token in it that may read pull requests');
    const { host, owner, name } = await atForge(store, remote);
    return approvalsOfPull({ baseUrl: baseUrlFor(host, apiUrl), token, fetch }, { repository: { owner, name }, number, policy, now: now.getTime(), isJudged });
  };
}

/** A log that cannot be written changes nothing of what the gate says. */
export async function logRefusal({ commonDir }: ReviewStore, refusal: Refusal): Promise<void> {
  await recordRefusal(commonDir, refusal).catch((error: unknown) => {
    warn(showInert(`the refusal could not be written to the log: ${messageOf(inTheWay(error))}`));
  });
}

/** Without it, an audit judges again what came in. */
export async function logPasses({ commonDir }: ReviewStore, passes: readonly Pass[]): Promise<void> {
  await recordPasses(commonDir, passes).catch((error: unknown) => {
    warn(showInert(`what passed could not be written to the log: ${messageOf(inTheWay(error))}`));
  });
}

async function printVerdict(verdict: Verdict, format: GateOptions['format']): Promise<void> {
  if (format === 'json') printJson({ version: 1, ...verdict });
  else if (format === 'sarif') printJson((await import('../core/report/verdictReports.ts')).verdictSarifOf(verdict, { version: readVersion(), rules, pageOf: rulePages() }));
  else {
    if (format === 'github') for (const line of (await import('../core/report/verdictReports.ts')).verdictCommandsOf(verdict)) print(line);
    for (const line of verdictLines(verdict)) print(line);
  }
}

const mostWarned = 20;

/** What the policy lets pass and wants told, a line each; of many the first ones. */
export function warningLines(warned: Verdict['warned']): string[] {
  const left = warned.length - mostWarned;
  return [...warned.slice(0, mostWarned).map((concern) => showInert(`Warning: ${concern.path}:${concern.line} ${concern.severity} ${concern.rule}: ${concern.blastRadius.description}`)), ...(left > 0 ? [`and ${counted(left, 'more warning')}`] : [])];
}

/** The last line of a refusal is the sentence that says what to do: editors show only that of a refused push. */
export function verdictLines(verdict: Verdict): string[] {
  const notes = [...verdict.notes.map(showInert), ...warningLines(verdict.warned)];
  if (verdict.passed) {
    const covered = verdict.covered.map(({ concern, by }) => showInert(`${concern.path}:${concern.line} ${concern.severity} ${concern.rule}: approved by ${by.join(', ')}`));
    return [...notes, ...(verdict.unjudged === undefined ? [] : [showInert(verdict.unjudged)]), ...covered, `The gate is open: ${verdict.covered.length === 0 ? 'nothing needs an approval' : `${counted(verdict.covered.length, 'approval')} looked at, none missing`}.`];
  }
  const blocked = verdict.blocked.flatMap(({ what, coverage, because }) => [showInert(`Blocked${coverage === undefined ? '' : ` (${coverage})`}: ${what}`), ...because.map((reason) => `  ${showInert(reason)}`)]);
  return [...notes, ...blocked, showInert(verdict.nextStep)];
}
