import * as vscode from 'vscode';
import type { ChangedFile } from '../../core/check/changeSet.ts';
import type { RequestedFinding } from '../../core/review/request.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import { movedOnWords } from '../../core/review/standingWords.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { fieldsOf } from '../findings/findingReference.ts';
import { message, plain } from '../inert.ts';
import type { Ports } from '../ports.ts';
import type { RequestReference } from './requestDocument.ts';
import type { Rest, ReviewDesk } from './reviewDesk.ts';
import { KeptTexts, registerReviewDocuments, textOf, toReviewUri } from './reviewDocuments.ts';
import type { ReviewState } from './reviewState.ts';
import { flaggedFirst } from './reviewWords.ts';
import { type Place, ReviewThreads } from './reviewThreads.ts';
import { shownLine } from './shownLine.ts';

/** A file of a multi-file diff: what it is called by, and its sides. */
type Triple = readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined];

/** "Open Review" and "Show Change Since Approval": a request as VS Code's own multi-file diff, with what was found beside the code. */
export function registerOpenReview(ports: Pick<Ports, 'deskOf'>, reviews: ReviewState, loadEngine: () => Promise<Engine>): vscode.Disposable {
  const kept = new KeptTexts();
  const threads = new ReviewThreads(loadEngine);
  const opener = new Opener(ports, reviews, { kept, threads, loadEngine });
  const command = (name: string, open: (reference: RequestReference, path: string | undefined) => Promise<void>) =>
    vscode.commands.registerCommand(name, async (argument: unknown) => {
      const { root, id, path } = fieldsOf(argument);
      const reference = typeof root === 'string' && typeof id === 'string' ? { root, id } : await pickReview(reviews, 'Open a review', () => true);
      if (reference === undefined) return;
      try {
        await open(reference, typeof path === 'string' ? path : undefined);
      } catch (error) {
        void vscode.window.showErrorMessage(message(`The review was not opened: ${messageOf(error)}`, 600));
      }
    });
  return vscode.Disposable.from(
    threads,
    registerReviewDocuments(ports, kept),
    command('firebreak.openReview', (reference, path) => opener.open(reference, path)),
    command('firebreak.showResidual', (reference, path) => (path === undefined ? opener.openRest(reference) : opener.openEdit(reference, path))),
  );
}

/** Which of the known requests; undefined when the person left, or there is none. */
export async function pickReview(reviews: ReviewState, title: string, isOffered: (state: RequestState) => boolean): Promise<RequestReference | undefined> {
  await reviews.discover();
  const items = reviews.all.flatMap(({ root, states }) =>
    states.filter(isOffered).map(({ request, coverage }) => ({ label: plain(request.reason, 120).replaceAll('$(', '\\$('), description: `${plain(request.requester.name, 40)}, ${coverage}`, reference: { root, id: request.id } })),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage('There is no such review here. Refresh the Reviews view to fetch what was asked meanwhile.');
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.reference;
}

class Opener {
  constructor(
    private readonly ports: Pick<Ports, 'deskOf'>,
    private readonly reviews: ReviewState,
    private readonly shown: { readonly kept: KeptTexts; readonly threads: ReviewThreads; readonly loadEngine: () => Promise<Engine> },
  ) {}

  /** Of one that was approved and is stale, only what differs from what was approved. */
  async open({ root, id }: RequestReference, first: string | undefined): Promise<void> {
    const desk = await this.ports.deskOf(root);
    const engine = await this.shown.loadEngine();
    const state = this.reviews.state(root, id) ?? (await desk.states(engine, id)).states[0];
    if (state === undefined) throw new Error(`request ${id} is not here; refresh the Reviews view`);
    const rest = state.coverage === 'stale' ? await desk.rest(id, engine.ruleIds) : undefined;
    if (rest !== undefined && 'approved' in rest && rest.files.length > 0) await this.showRest({ root, id }, state, rest);
    else await this.showAll(desk, root, state, first);
  }

  async openRest({ root, id }: RequestReference): Promise<void> {
    const desk = await this.ports.deskOf(root);
    const engine = await this.shown.loadEngine();
    const state = this.reviews.state(root, id) ?? (await desk.states(engine, id)).states[0];
    const rest = await desk.rest(id, engine.ruleIds);
    if (state === undefined || !('approved' in rest)) throw new Error(`nothing of it has an approval that counts here${'because' in rest && rest.because.length > 0 ? ` (${rest.because.join('; ')})` : ''}, so all of it is to be looked at; open the review instead`);
    if (rest.files.length > 0) await this.showRest({ root, id }, state, rest);
    else void vscode.window.showInformationMessage(message(`Nothing differs from what ${rest.approved.reviewer} approved, byte by byte.${state.because.length === 0 ? '' : ` It does not count all the same: ${state.because.join('; ')}.`}`, 600));
  }

  /** What a file of the work tree has beyond what was asked about. */
  async openEdit({ root, id }: RequestReference, path: string): Promise<void> {
    const request = this.reviews.request(root, id);
    if (request === undefined) throw new Error(`request ${id} is not here; refresh the Reviews view`);
    const [asked, now] = [toReviewUri({ root, commit: request.head }, path), vscode.Uri.joinPath(vscode.Uri.file(root), path)];
    await vscode.commands.executeCommand('vscode.diff', asked, now, `${plain(path, 200)}: approved and now`);
  }

  private async showAll(desk: ReviewDesk, root: string, { request }: RequestState, first: string | undefined): Promise<void> {
    const { base, head, findings } = request;
    const files = (await desk.changedPaths(base, head)).map(({ path, isAdded, isRemoved }) => ({
      path,
      before: isAdded ? undefined : toReviewUri({ root, commit: base }, path),
      after: isRemoved ? undefined : toReviewUri({ root, commit: head }, path),
    }));
    await this.show(`Review: ${plain(request.reason, 80)} (${plain(request.requester.name, 40)})`, root, files, findings, first);
  }

  private async showRest({ root, id }: RequestReference, { request }: RequestState, { approved, files, movedOn }: Rest): Promise<void> {
    const { kept } = this.shown;
    const side = (name: 'before' | 'after') => {
      const key = kept.keep(id, name, new Map(files.flatMap((file) => (file[name] === undefined ? [] : [[file.path, textOf(file[name])]]))));
      return (file: ChangedFile) => (file[name] === undefined ? undefined : toReviewUri({ root, kept: key }, file.path));
    };
    const [before, after] = [side('before'), side('after')];
    const sides = files.map((file) => ({ path: file.path, before: before(file), after: after(file) }));
    await this.show(`Since the approval by ${plain(approved.reviewer, 40)}: ${plain(request.reason, 80)}`, root, sides, request.findings, undefined);
    if (movedOn.length > 0) void vscode.window.showWarningMessage(message(movedOn.map(movedOnWords).join('. '), 600));
  }

  private async show(title: string, root: string, files: readonly { readonly path: string; readonly before: vscode.Uri | undefined; readonly after: vscode.Uri | undefined }[], findings: readonly RequestedFinding[], first: string | undefined): Promise<void> {
    const triples = flaggedFirst(files, findings, first).map(({ path, before, after }): Triple => [vscode.Uri.joinPath(vscode.Uri.file(root), path), before, after]);
    const places = await Promise.all(findings.map(async (finding): Promise<Place[]> => {
      const { before, after } = files.find(({ path }) => path === finding.path) ?? {};
      const uri = after ?? before;
      if (uri === undefined) return [];
      const line = finding.line - 1;
      return [{ finding, uri, line: before === undefined || after === undefined ? line : shownLine(await textAt(before), await textAt(after), line) }];
    }));
    await this.shown.threads.show(places.flat());
    await vscode.commands.executeCommand('vscode.changes', title, triples);
  }
}

async function textAt(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}
