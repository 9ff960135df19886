import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Pass } from '../core/report/audit.ts';
import { refusalOf } from '../core/report/gateLog.ts';
import { showInert } from '../core/review/inert.ts';
import { kindOf, parsePrePush, parsePreReceive, type RefUpdate } from '../core/review/pushedRefs.ts';
import type { Verdict } from '../core/review/verdict.ts';
import { messageOf } from '../core/text/messageOf.ts';
import { gitAnswer, RepositoryError } from '../node/git.ts';
import { resolveCommit } from '../node/objects.ts';
import { ownAddresses } from '../node/reviewers.ts';
import type { GateQuestion } from '../node/review/gateFacts.ts';
import { authenticatedPusher } from '../node/review/pusher.ts';
import { refusalOfNotes } from '../node/review/receivedNotes.ts';
import { refusalOfNames } from '../node/review/refNames.ts';
import { refusalsOfRecords } from '../node/review/receivedRecords.ts';
import type { ReviewStore } from '../node/review/store.ts';
import { fetchReviews, unsentOf } from '../node/review/targetTip.ts';
import { logPasses, logRefusal, verdictLines, verdictOn, warningLines } from './gate.ts';
import { warnOfLostHooks } from './lostHooks.ts';
import { ruleIds, storeHere } from './reviewStore.ts';

/** Where `firebreak init --server` keeps whose approvals admit the first policy, below the repository. */
export const bootstrapSignersFile = path.join('firebreak', 'bootstrap_signers');
/** And the name of the variable that says who pushes. */
export const pusherFile = path.join('firebreak', 'pusher');

/**
 * What git calls before a push, in a clone (`pre-push`) or in the repository that is pushed to (`pre-receive`). The last line of a refusal is the sentence that says what to do.
 * What goes wrong here refuses too: a gate that cannot look is closed.
 * @returns the exit code
 */
export async function gateHook(hook: 'pre-push' | 'pre-receive', [remote = 'origin']: readonly string[]): Promise<number> {
  try {
    const input = await readInput();
    return hook === 'pre-push' ? await beforePush(parsePrePush(input), remote) : await beforeReceiving(parsePreReceive(input));
  } catch (error) {
    tell([`the gate could not look, so it is closed: ${messageOf(error)}`]);
    return 1;
  }
}

/** A convenience: whoever owns the clone can pass it by, and the server judges again. */
async function beforePush(updates: readonly RefUpdate[], remote: string): Promise<number> {
  const store = await storeHere();
  await warnOfLostHooks(store);
  const [pusher] = await ownAddresses(store.root);
  const notes: string[] = [];
  for (const update of updates.filter(({ ref }) => ref.startsWith('refs/heads/'))) {
    if (update.from !== undefined && (await resolveCommit(store.root, update.from)) === undefined) {
      tell([`${showInert(update.ref)} has moved on at ${showInert(remote)}, and what is there now is not here.`, `Fetch it and rebase onto it (git pull --rebase ${showInert(remote)}), and push again.`]);
      return 1;
    }
    const question = { ...questionOf(update), pusher, isOptional: true };
    const judged = async () => verdictOn(store, { ...question, ruleIds, now: new Date() }, await unsentOf(store));
    let verdict = await judged();
    // A senior may have approved meanwhile.
    if ((!verdict.passed || verdict.notes.length > 0) && (await fetchReviews(store)) === undefined) verdict = await judged();
    if (!verdict.passed) return await refuse(store, verdict, update, pusher);
    notes.push(...verdict.notes.map(showInert), ...warningLines(verdict.warned));
  }
  tellNotes(notes);
  return 0;
}

async function beforeReceiving(updates: readonly RefUpdate[]): Promise<number> {
  const store = await storeHere();
  const records = updates.filter(({ ref }) => kindOf(ref) !== 'other');
  const bootstrapSigners = await readTold(store, bootstrapSignersFile);
  const refusals = await refusalsOfRecords(store, records, { ruleIds, now: new Date(), bootstrapSigners });
  if (refusals.length > 0) {
    tell([...refusals, 'Push records only as firebreak made them: firebreak request, firebreak approve; each is new and stays.']);
    return 1;
  }
  const { name: pusher, unbelieved } = authenticatedPusher(process.env, (await readTold(store, pusherFile))?.trim());
  const passes: Pass[] = [];
  const notes: string[] = unbelieved === undefined ? [] : [showInert(`${unbelieved} names who pushes, and this repository was not told that the server sets it, so ${pusher}, the account, is taken for them; where it does: firebreak init --server --pusher ${unbelieved}`)];
  const others: RefUpdate[] = [];
  for (const update of updates) if (kindOf(update.ref) === 'other') others.push({ ...update, ref: await movedBranch(store, update.ref) });
  const ofNames = others.length === 0 ? undefined : await refusalOfNames(store, others, ruleIds);
  if (ofNames !== undefined) return refuseUnjudged(ofNames);
  for (const update of others) {
    const ofNotes = await refusalOfNotes(store.root, update);
    if (ofNotes !== undefined) return refuseUnjudged(ofNotes);
    const isDefault = await isDefaultBranch(store, update.ref);
    const verdict = await verdictOn(store, { ...questionOf(update), pusher, ...(isDefault && { bootstrapSigners }), isOptional: !isDefault, ruleIds, now: new Date() }, undefined);
    if (!verdict.passed) {
      tellNotes(notes);
      return await refuse(store, verdict, update, pusher);
    }
    notes.push(...verdict.notes.map(showInert), ...warningLines(verdict.warned));
    if (update.to !== undefined && update.ref.startsWith('refs/heads/')) passes.push({ at: new Date().toISOString(), targetRef: update.ref, base: update.from ?? '', head: update.to, pusher });
  }
  await logPasses(store, passes);
  tellNotes(notes);
  return 0;
}

function questionOf({ ref, from, to }: RefUpdate): Pick<GateQuestion, 'base' | 'head' | 'targetRef'> {
  return { base: from ?? '0', head: to ?? '0', targetRef: ref };
}

/** git moves what a symbolic ref stands for, and tells its hook only the name that was pushed to. */
async function movedBranch({ root }: ReviewStore, ref: string): Promise<string> {
  const { stdout, exitCode } = await gitAnswer(root, ['symbolic-ref', '--quiet', ref], { answers: [1, 128] });
  return exitCode === 0 ? stdout.toString('utf8').trim() : ref;
}

/** The branch without whose policy nothing is held. */
async function isDefaultBranch({ root }: ReviewStore, ref: string): Promise<boolean> {
  const { stdout, exitCode } = await gitAnswer(root, ['symbolic-ref', '--quiet', 'HEAD'], { answers: [1] });
  return exitCode !== 0 || stdout.toString('utf8').trim() === ref;
}

async function refuse(store: ReviewStore, verdict: Extract<Verdict, { passed: false }>, { ref, from = '', to = '' }: RefUpdate, pusher: string | undefined): Promise<number> {
  await logRefusal(store, refusalOf(verdict, { at: new Date().toISOString(), targetRef: ref, base: from, head: to, ...(pusher !== undefined && { pusher }) }));
  tell(verdictLines(verdict));
  return 1;
}

function refuseUnjudged({ why, nextStep }: { readonly why: string; readonly nextStep: string }): number {
  tell([showInert(why), showInert(nextStep)]);
  return 1;
}

/** What passed may owe something all the same. */
function tellNotes(notes: readonly string[]): void {
  tell([...new Set(notes)]);
}

/** git shows its hooks' standard error to whoever pushes. */
function tell(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`firebreak: ${line}\n`);
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** What `firebreak init --server` was told; undefined where it was not. */
async function readTold({ commonDir }: ReviewStore, file: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(commonDir, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new RepositoryError(`what the server was told in ${file} could not be read: ${messageOf(error)}`);
  }
}
