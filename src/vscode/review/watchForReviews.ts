import * as vscode from 'vscode';
import { wordUnfetched } from '../../core/review/declined.ts';
import { followUpWords } from '../../core/review/standingWords.ts';
import { message } from '../inert.ts';
import type { Ports } from '../ports.ts';
import { waitMs } from './lookInterval.ts';
import type { RequestReference } from './requestDocument.ts';
import type { ReviewState } from './reviewState.ts';

const settingName = 'firebreak.checkForReviewsMinutes';
/** A window that opens has other things to do first. */
const firstLookMs = 15_000;
/** Whoever changes the interval may go on typing. */
const changedMs = 1000;

/** Asks each repository's remote at an interval whether there is something new, and only then fetches. Where there is no network nothing is asked, and a remote that is not reached is left in peace: nothing is said. */
export function registerWatchForReviews({ deskOf }: Pick<Ports, 'deskOf'>, reviews: ReviewState): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isDisposed = false;
  const schedule = (ms: number) => {
    clearTimeout(timer);
    if (!isDisposed) timer = setTimeout(() => void look(), ms);
  };
  const look = async () => {
    const everyMs = intervalMs();
    if (everyMs === undefined) return;
    const areReached = await lookOnce(deskOf, reviews).catch(() => false);
    failures = areReached ? 0 : failures + 1;
    schedule(waitMs(everyMs, failures));
  };
  schedule(firstLookMs);
  return vscode.Disposable.from(
    vscode.commands.registerCommand('firebreak.refreshReviews', () => refresh(deskOf, reviews)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(settingName)) schedule(changedMs);
    }),
    new vscode.Disposable(() => {
      isDisposed = true;
      clearTimeout(timer);
    }),
  );
}

/** Undefined when it is switched off. */
function intervalMs(): number | undefined {
  const minutes = vscode.workspace.getConfiguration().get<unknown>(settingName, 5);
  return typeof minutes === 'number' && minutes > 0 && vscode.workspace.isTrusted ? minutes * 60_000 : undefined;
}

/** @returns whether every remote answered */
async function lookOnce(deskOf: Ports['deskOf'], reviews: ReviewState): Promise<boolean> {
  await reviews.discover();
  let areReached = true;
  for (const { root } of reviews.all) {
    const desk = await deskOf(root);
    const answer = await desk.lookForReviews();
    if (typeof answer === 'object') areReached = false;
    if (answer !== 'news') continue;
    const known = needing(reviews);
    if (typeof (await desk.fetch({ asksNobody: true })) === 'object') areReached = false;
    await reviews.refreshRoot(root);
    const isKnown = ({ id }: RequestReference) => known.some((each) => each.id === id);
    void tellNew(reviews, needing(reviews).filter((each) => !isKnown(each)));
  }
  return areReached;
}

/** Somebody asks for it: what goes wrong is said. */
async function refresh(deskOf: Ports['deskOf'], reviews: ReviewState): Promise<void> {
  await reviews.discover();
  await vscode.window.withProgress({ location: { viewId: 'firebreak.reviews' } }, async () => {
    for (const { root } of reviews.all) {
      const desk = await deskOf(root);
      const answer = vscode.workspace.isTrusted ? await desk.fetch() : undefined;
      if (typeof answer === 'object') void vscode.window.showWarningMessage(message(`${wordUnfetched(answer)}, so the Reviews view shows what was known before. Refresh it again when that is put right.`, 600));
      await reviews.refreshRoot(root);
    }
  });
}

function needing({ all }: ReviewState): RequestReference[] {
  return all.flatMap(({ root, states }) => states.flatMap(({ request: { id }, group }) => (group === 'needs me' ? [{ root, id }] : [])));
}

async function tellNew(reviews: ReviewState, [first, ...others]: readonly RequestReference[]): Promise<void> {
  if (first === undefined) return;
  const request = reviews.request(first.root, first.id);
  if (others.length > 0) {
    if ((await vscode.window.showInformationMessage(`${others.length + 1} new requests need your review.`, 'Show Reviews')) !== undefined) await vscode.commands.executeCommand('firebreak.reviews.focus');
  } else if (request !== undefined) {
    const { followUp } = reviews.state(first.root, first.id) ?? {};
    const told = message(followUp === undefined ? `${request.requester.name} asks for your review: ${request.reason}` : followUpWords(followUp), 600);
    if ((await vscode.window.showInformationMessage(told, 'Open')) !== undefined) await vscode.commands.executeCommand('firebreak.openReview', first);
  }
}
