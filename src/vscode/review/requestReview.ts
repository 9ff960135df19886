import * as vscode from 'vscode';
import type { Finding } from '../../core/check/finding.ts';
import { type RequestDraft, type RequestedFinding, type ReviewRequest, toRequested } from '../../core/review/request.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import { heldWords } from '../../core/review/standingWords.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { type FindingReference, fieldsOf, parseUri } from '../findings/findingReference.ts';
import { message } from '../inert.ts';
import type { LiveFile, LiveFiles } from '../liveFile.ts';
import type { Ports, Repository } from '../ports.ts';
import { askReason, type Candidate, lineOf, type OfChange, pickFindings, pickReviewers, pickTarget } from './requestQuestions.ts';
import { describeDraft } from './requestText.ts';
import type { DeskEngine } from './reviewDesk.ts';
import type { ReviewState } from './reviewState.ts';
import { asSentence, reviewersOf, wordShared } from './reviewWords.ts';
import { unsavedTexts } from './unsavedTexts.ts';

/** What a keybinding, a lens or a test says beforehand. What is left out is asked for. */
interface Wish {
  readonly uri?: vscode.Uri;
  /** Ticked when findings are picked: one, as a link or a node names it, or several. */
  readonly picked?: readonly string[];
  /** Exactly these, without asking. */
  readonly fingerprints?: readonly string[];
  readonly reviewers?: readonly string[];
  readonly reason?: string;
  /** Full name of the branch that the change is for. */
  readonly targetRef?: string;
}

interface Work {
  readonly ports: Pick<Ports, 'deskOf' | 'repositoryOf'>;
  readonly files: LiveFiles;
  readonly reviews: ReviewState;
  readonly loadEngine: () => Promise<DeskEngine>;
}

/** "Firebreak: Request Senior Review". The command gives the id of the request, or undefined when none was made. */
export function registerRequestReview(ports: Work['ports'], files: LiveFiles, reviews: ReviewState, { loadEngine, version }: { readonly loadEngine: () => Promise<Engine>; readonly version: string }): vscode.Disposable {
  const work: Work = { ports, files, reviews, loadEngine: async () => ({ ...(await loadEngine()), version }) };
  return vscode.commands.registerCommand('firebreak.requestReview', async (argument: unknown) => {
    const request = await requestReview(work, parseWish(argument));
    return request?.id;
  });
}

function parseWish(argument: unknown): Wish {
  const { uri, fingerprint, picked, fingerprints, reviewers, reason, targetRef } = fieldsOf(argument);
  const place = typeof uri === 'string' ? parseUri(uri) : vscode.window.activeTextEditor?.document.uri;
  return {
    ...(place !== undefined && { uri: place }),
    ...(typeof fingerprint === 'string' ? { picked: [fingerprint] } : isTexts(picked) && { picked }),
    ...(isTexts(fingerprints) && { fingerprints }),
    ...(isTexts(reviewers) && { reviewers }),
    ...(typeof reason === 'string' && reason.trim() !== '' && { reason }),
    ...(typeof targetRef === 'string' && { targetRef }),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

async function requestReview(work: Work, wish: Wish): Promise<ReviewRequest | undefined> {
  const { ports, files, reviews } = work;
  const source = (await lookAgain(files, wish.uri)) ?? firstWithFindings(files);
  const repository = source?.repository ?? (source === undefined ? await repositoryInFront(ports, wish.uri) : undefined);
  const candidates = await candidatesBeside(files, reviews, source);
  const target = repository === undefined ? {} : await targetOf(work, repository, wish);
  if (target === undefined) return undefined;
  const others = repository === undefined || areNamed(wish, candidates) ? [] : await othersOfChange(work, repository, candidates, target);
  if (candidates.length + others.length === 0) {
    tell(source?.unread === undefined ? 'Firebreak found nothing risky here that could be reviewed.' : `Firebreak could not look at this file: ${source.unread}.`);
    return undefined;
  }
  const chosen = wish.fingerprints === undefined ? await pickFindings(candidates, others, isPicked(wish, candidates, source)) : namedBy(wish.fingerprints, candidates, others);
  if (chosen === undefined) return undefined;
  if (repository === undefined) {
    void offerAsText(files, chosen, wish);
    return undefined;
  }
  const reviewers = wish.reviewers ?? (await pickReviewers(await repository.suggestReviewers().catch(() => [])));
  if (reviewers === undefined) return undefined;
  const reason = wish.reason ?? (await askReason(chosen.length, reviewers));
  if (reason === undefined) return undefined;
  const progress = { location: vscode.ProgressLocation.Notification, title: 'Requesting a senior review' };
  return vscode.window.withProgress(progress, async () => {
    const looked = unsavedTexts(repository.root, files);
    const isOther = ({ fingerprint }: FindingReference) => others.some(({ concern }) => concern.fingerprint === fingerprint);
    const again = chosen.some(isOther) ? await concernsOf(work, repository.root, { buffers: looked, ...target }) : [];
    const findings = await unchanged(files, chosen, again);
    const buffers = unsavedTexts(repository.root, files);
    if (findings === undefined || (again.length > 0 && !areSameTexts(looked, buffers))) {
      tellChanged();
      return undefined;
    }
    // Nothing may come between the comparison and this line: the texts handed over are those that were compared.
    return writeRequest(ports, reviews, repository, { findings, reviewers, reason, buffers, ...target });
  });
}

/** The repository of a file that is not looked at, as a link's, or of the workspace. */
async function repositoryInFront(ports: Work['ports'], uri: vscode.Uri | undefined): Promise<Repository | undefined> {
  const place = [uri, vscode.workspace.workspaceFolders?.[0]?.uri].find((each) => each?.scheme === 'file');
  return place && ports.repositoryOf(place.fsPath).catch(() => undefined);
}

/** Whoever names exactly what is shown beside the code wants nothing else. */
function areNamed({ fingerprints, picked }: Wish, candidates: readonly Candidate[]): boolean {
  const isKnown = (fingerprint: string) => candidates.some(({ finding }) => finding.fingerprint === fingerprint);
  return fingerprints?.every(isKnown) ?? (candidates.length === 1 && picked?.every(isKnown) === true);
}

/** The branch that was named, or found out when it is empty. */
interface Target {
  readonly targetRef?: string;
}

/** Where the policy watches several branches, the person says which one the change is for; whoever named the findings is asked nothing. Undefined when they left. */
async function targetOf({ ports }: Work, { root }: Repository, { targetRef, fingerprints }: Wish): Promise<Target | undefined> {
  if (targetRef !== undefined) return { targetRef };
  if (fingerprints !== undefined) return {};
  // What stands in its way is said where the request is made.
  const branches = await ports.deskOf(root).then((desk) => desk.watchedBranches()).catch(() => []);
  if (branches.length < 2) return {};
  const picked = await pickTarget(branches);
  return picked === undefined ? undefined : { targetRef: picked };
}

/** What the gate will ask about of the change as it is now, and no candidate is: links, submodules, what decides what is checked, and files that are not open. */
async function othersOfChange(work: Work, { root }: Repository, candidates: readonly Candidate[], target: Target): Promise<readonly OfChange[]> {
  const progress = { location: vscode.ProgressLocation.Window, title: 'Firebreak looks at the change' };
  try {
    const concerns = await vscode.window.withProgress(progress, () => concernsOf(work, root, { buffers: unsavedTexts(root, work.files), ...target }));
    const known = new Set(candidates.map(({ finding }) => finding.fingerprint));
    return concerns.filter(({ fingerprint }) => !known.has(fingerprint)).map((concern) => ({ concern, reference: { uri: vscode.Uri.joinPath(vscode.Uri.file(root), concern.path).toString(), fingerprint: concern.fingerprint } }));
  } catch (error) {
    void vscode.window.showWarningMessage(message(`The change as a whole could not be looked at, so only what open files show is offered: ${messageOf(error)}`, 600));
    return [];
  }
}

async function concernsOf({ ports, loadEngine }: Work, root: string, change: Target & { readonly buffers: ReadonlyMap<string, string> }): Promise<readonly RequestedFinding[]> {
  const [desk, engine] = [await ports.deskOf(root), await loadEngine()];
  return desk.changeToRequest(engine, change);
}

function areSameTexts(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}

async function lookAgain(files: LiveFiles, uri: vscode.Uri | undefined): Promise<LiveFile | undefined> {
  return uri && files.refresh(uri);
}

/** Where no file that is looked at is in front. */
function firstWithFindings(files: LiveFiles): LiveFile | undefined {
  return [...files.all()].find(({ findings }) => findings.length > 0);
}

/** The findings in all known files of the source's repository, those of the source first; without one only its own. */
async function candidatesBeside(files: LiveFiles, reviews: ReviewState, source: LiveFile | undefined): Promise<Candidate[]> {
  if (source === undefined) return [];
  const root = source.repository?.root;
  const others = [...files.all()].filter(({ uri, repository }) => root !== undefined && repository?.root === root && !isSame(uri, source.uri));
  const refreshed = await Promise.all(others.map(({ uri }) => files.refresh(uri)));
  return [source, ...refreshed].flatMap((live) => (live === undefined ? [] : allOf(live).map((finding) => ({ live, finding, request: reviews.requestFor(live.repository, finding.fingerprint) }))));
}

/** A senior answers for what a comment speaks for, too. */
function allOf({ findings, suppressed }: LiveFile): Finding[] {
  return [...findings, ...suppressed];
}

/** Where nothing is named: what is in the file in front, or else in all, and what belongs to no file that is shown, since the gate will ask about it too. */
function isPicked(wish: Wish, candidates: readonly Candidate[], source: LiveFile | undefined): (candidate: Candidate | OfChange) => boolean {
  const isInFront = ({ live }: Candidate) => source !== undefined && isSame(live.uri, source.uri);
  const isAny = !candidates.some(isInFront);
  return (each) => wish.picked?.includes('finding' in each ? each.finding.fingerprint : each.concern.fingerprint) ?? ('concern' in each || isAny || isInFront(each));
}

/** A fingerprint that no candidate has is kept, so that the comparison finds it missing. */
function namedBy(fingerprints: readonly string[], candidates: readonly Candidate[], others: readonly OfChange[]): FindingReference[] {
  return fingerprints.map((fingerprint) => {
    const candidate = candidates.find(({ finding }) => finding.fingerprint === fingerprint);
    const other = others.find(({ concern }) => concern.fingerprint === fingerprint);
    return { uri: candidate?.live.uri.toString() ?? other?.reference.uri ?? '', fingerprint };
  });
}

/** The chosen findings as the text of this very moment holds them; undefined when one is no longer what was chosen. @param ofChange what the change as a whole was found to hold just now */
async function unchanged(files: LiveFiles, chosen: readonly FindingReference[], ofChange: readonly RequestedFinding[] = []): Promise<RequestedFinding[] | undefined> {
  const uris = [...new Set(chosen.map(({ uri }) => uri))].map((uri) => parseUri(uri));
  await Promise.all(uris.map((uri) => lookAgain(files, uri)));
  const findings = chosen.map(({ uri, fingerprint }) => {
    const other = ofChange.find((each) => each.fingerprint === fingerprint);
    if (other !== undefined) return other;
    const place = parseUri(uri);
    const live = place && files.get(place);
    if (live?.isCurrent() !== true) return undefined;
    const finding = allOf(live).find((each) => each.fingerprint === fingerprint);
    return finding && toRequested(finding, lineOf({ live, finding }));
  });
  return findings.length > 0 && findings.every((finding) => finding !== undefined) ? findings : undefined;
}

/** Writes a request, and sends it to the remote. Undefined when it could not be written, which is said. */
export async function writeRequest({ deskOf }: Pick<Ports, 'deskOf'>, reviews: ReviewState, repository: Repository, draft: RequestDraft): Promise<ReviewRequest | undefined> {
  try {
    if (!vscode.workspace.isTrusted) throw new Error('nothing is written to the repository of a workspace that you do not trust; trust the workspace first');
    const request = await repository.requestReview(draft);
    await reviews.refresh(repository);
    void tellRequested(repository.root, request, await share(deskOf, repository.root, request.id), reviews.state(repository.root, request.id));
    return request;
  } catch (error) {
    void vscode.window.showErrorMessage(message(`The review was not requested: ${messageOf(error)}`, 600));
    return undefined;
  }
}

/** @returns what became of it, in words: the request is written, whatever the remote says */
async function share(deskOf: Ports['deskOf'], root: string, id: string): Promise<string> {
  try {
    const desk = await deskOf(root);
    const refs = [desk.refOf(id)];
    return wordShared(await desk.push(refs), refs);
  } catch (error) {
    return `Nothing is lost, but it was not sent to a remote: ${messageOf(error)}`;
  }
}

/** @param state where it stands; a rejection of the same code holds whatever others approve now */
async function tellRequested(root: string, request: ReviewRequest, shared: string, state: RequestState | undefined): Promise<void> {
  const isRejected = state?.coverage === 'rejected';
  const held = isRejected ? ` ${heldWords(state.because, state, 'others').map(asSentence).join('. ')}` : '';
  const text = message(`Review ${request.id} requested from ${reviewersOf(request)}. ${shared}${held}`, 1200);
  const answer = await (isRejected ? vscode.window.showWarningMessage(text, 'Show Request', 'Copy Command') : vscode.window.showInformationMessage(text, 'Show Request', 'Copy Command'));
  if (answer === 'Show Request') await vscode.commands.executeCommand('firebreak.showRequest', { root, id: request.id });
  if (answer === 'Copy Command') await vscode.env.clipboard.writeText(`firebreak show ${request.id}`);
}

async function offerAsText(files: LiveFiles, chosen: readonly FindingReference[], wish: Wish): Promise<void> {
  const text = 'This file is in no git repository, which would keep the request. Copy the request as text, and send it yourself.';
  if ((await vscode.window.showWarningMessage(text, 'Copy Request')) === undefined) return;
  const reviewers = wish.reviewers ?? [];
  const reason = wish.reason ?? (await askReason(chosen.length, reviewers));
  if (reason === undefined) return;
  const findings = await unchanged(files, chosen);
  if (findings === undefined) tellChanged();
  else await vscode.env.clipboard.writeText(describeDraft({ findings, reviewers, reason }));
}

function isSame(one: vscode.Uri, other: vscode.Uri): boolean {
  return one.toString() === other.toString();
}

function tellChanged(): void {
  void vscode.window.showWarningMessage('The code changed since the findings were picked, so no review was requested. Look at it again, then request the review.');
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(message(text));
}
