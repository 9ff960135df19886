import * as vscode from 'vscode';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { message } from '../inert.ts';
import type { Ports, Repository } from '../ports.ts';
import { askReason, pickReviewers } from './requestQuestions.ts';
import type { ReviewState } from './reviewState.ts';
import { writeRequest } from './requestReview.ts';
import { pushedTo, refusalIn } from './stateWords.ts';

/** As much of the built-in git extension's API as is used here: https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts */
interface GitExtension {
  readonly getAPI: (version: 1) => {
    readonly registerPushErrorHandler: (handler: {
      readonly handlePushError: (repository: { readonly rootUri: vscode.Uri }, remote: unknown, refspec: string, error: Error & { readonly stderr?: string }) => Promise<boolean>;
    }) => vscode.Disposable;
  };
}

/** A push of VS Code's own git that our gate refused says what to do, and offers to ask for the review. */
export function registerRefusedPush(ports: Pick<Ports, 'deskOf' | 'repositoryOf'>, reviews: ReviewState, { loadEngine, version }: { readonly loadEngine: () => Promise<Engine>; readonly version: string }): vscode.Disposable {
  let registered: vscode.Disposable | undefined;
  let isDisposed = false;
  const offer = async (root: string, refusal: string, targetRef: string | undefined) => {
    const button = 'Request Senior Review';
    if ((await vscode.window.showErrorMessage(message(`The push was refused. ${refusal}`, 600), button)) !== button) return;
    try {
      await requestChange(ports, reviews, { root, targetRef }, { ...(await loadEngine()), version });
    } catch (error) {
      void vscode.window.showErrorMessage(message(`The review was not requested: ${messageOf(error)}`, 600));
    }
  };
  const register = async () => {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    const git = await extension?.activate();
    if (git === undefined || isDisposed) return;
    registered = git.getAPI(1).registerPushErrorHandler({
      handlePushError: ({ rootUri }, _remote, refspec, error) => {
        const refusal = refusalIn(error.stderr ?? error.message);
        if (refusal === undefined) return Promise.resolve(false);
        void offer(rootUri.fsPath, refusal, pushedTo(refspec));
        return Promise.resolve(true);
      },
    });
  };
  // git is switched off, or its model is disabled: then nothing is pushed from here either.
  void register().catch(() => undefined);
  return new vscode.Disposable(() => {
    isDisposed = true;
    registered?.dispose();
  });
}

/** Asks for what the gate found: all that is committed on the branch, against the one that was pushed to. */
async function requestChange(ports: Pick<Ports, 'deskOf' | 'repositoryOf'>, reviews: ReviewState, { root, targetRef }: { readonly root: string; readonly targetRef: string | undefined }, engine: Engine & { readonly version: string }): Promise<void> {
  const repository: Repository | undefined = await ports.repositoryOf(root);
  if (repository === undefined) throw new Error(`${root} is in no git repository any more`);
  const desk = await ports.deskOf(root);
  const findings = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: 'Firebreak looks at the change' }, () => desk.changeToRequest(engine, { targetRef }));
  if (findings.length === 0) throw new Error('the change has nothing that needs a review as it is committed here; fetch, and push again');
  const reviewers = await pickReviewers(await repository.suggestReviewers().catch(() => []));
  if (reviewers === undefined) return;
  const reason = await askReason(findings.length, reviewers);
  if (reason === undefined) return;
  await writeRequest(ports, reviews, repository, { findings, reviewers, reason, buffers: new Map(), targetRef });
}
