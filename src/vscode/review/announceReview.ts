import * as vscode from 'vscode';
import type { Announced } from '../../core/forge/announcement.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { fieldsOf } from '../findings/findingReference.ts';
import { message } from '../inert.ts';
import type { Ports } from '../ports.ts';
import { findGithubAccess } from './githubAccess.ts';
import { pickReview } from './openReview.ts';
import type { ReviewState } from './reviewState.ts';

/** "Announce Review on the Pull Request": a comment with the findings, and the reviewers asked, on the pull request of the branch at GitHub. The command gives the comment's address, or undefined. */
export function registerAnnounceReview({ deskOf }: Pick<Ports, 'deskOf'>, reviews: ReviewState, secrets: vscode.SecretStorage, loadEngine: () => Promise<Engine>): vscode.Disposable {
  return vscode.commands.registerCommand('firebreak.announceReview', async (argument: unknown) => {
    const { root, id } = fieldsOf(argument);
    const reference = typeof root === 'string' && typeof id === 'string' ? { root, id } : await pickReview(reviews, 'Announce Review on the Pull Request', ({ group }) => group !== 'decided');
    if (reference === undefined) return undefined;
    try {
      if (!vscode.workspace.isTrusted) throw new Error('nothing is sent from a workspace that you do not trust; trust the workspace first');
      const desk = await deskOf(reference.root);
      const place = await desk.placeToAnnounce();
      const access = await findGithubAccess(place.host, secrets);
      if (access === undefined) return undefined;
      const progress = { location: vscode.ProgressLocation.Notification, title: `Announcing the review at ${place.host}` };
      const { ruleIds } = await loadEngine();
      const told = await vscode.window.withProgress(progress, () => desk.announce(reference.id, place, access, ruleIds));
      if ('why' in told) {
        // A token that is refused once is refused again.
        if (told.isTokenRefused) await access.forget();
        throw new Error(told.why);
      }
      void tellAnnounced(told);
      return told.commentUrl;
    } catch (error) {
      void vscode.window.showErrorMessage(message(`The review was not announced: ${messageOf(error)}`, 800));
      return undefined;
    }
  });
}

async function tellAnnounced({ isNewComment, pullRequest, commentUrl, askedLogins, shortfalls }: Announced): Promise<void> {
  const asked = askedLogins.length === 0 ? 'Nobody was asked there.' : `Asked: ${askedLogins.join(', ')}.`;
  const text = message([`${isNewComment ? 'Announced' : 'Announced again'} on pull request #${pullRequest.number}.`, asked, ...shortfalls.map((each) => `${each}.`)].join(' '), 800);
  const show = shortfalls.length === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  if ((await show(text, 'Open')) !== 'Open') return;
  const address = vscode.Uri.parse(commentUrl);
  if (address.scheme === 'https') await vscode.env.openExternal(address);
}
