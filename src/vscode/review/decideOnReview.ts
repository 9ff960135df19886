import * as vscode from 'vscode';
import type { DecisionKind } from '../../core/review/decision.ts';
import type { RequestState } from '../../core/review/requestState.ts';
import { nounOf, stillStands } from '../../core/review/standingWords.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { fieldsOf } from '../findings/findingReference.ts';
import { message, plain } from '../inert.ts';
import type { Ports } from '../ports.ts';
import { pickReview } from './openReview.ts';
import type { RequestReference } from './requestDocument.ts';
import type { FoundKey, ReviewDesk, Unsigned } from './reviewDesk.ts';
import type { ReviewState } from './reviewState.ts';
import { wordShared } from './reviewWords.ts';
import { describeUnsigned } from './stateWords.ts';

type Kind = Exclude<DecisionKind, 'emergency'>;

const words = {
  approve: { title: 'Approve Review', button: 'Approve and Sign', question: 'Approve exactly this code?', reason: 'What did you look at?', done: 'Approved' },
  reject: { title: 'Reject Review', button: 'Reject and Sign', question: 'Reject exactly this code?', reason: 'What has to be changed?', done: 'Rejected' },
  revoke: { title: 'Take Back Decision', button: 'Take Back and Sign', question: 'Take back what you decided on this?', reason: 'Why do you take it back?', done: 'Taken back' },
} as const;

const showCode = 'Show the Code';

/**
 * "Approve Review", "Reject Review" and "Take Back Decision". Nothing is signed but what a window showed and a person confirmed there: there is no argument that confirms, since
 * other extensions and models can run commands. Each gives the ref of the decision, or undefined.
 */
export function registerDecideOnReview(ports: Pick<Ports, 'deskOf' | 'now'>, reviews: ReviewState, { loadEngine, version }: { readonly loadEngine: () => Promise<Engine>; readonly version: string }): vscode.Disposable {
  const command = (name: string, kind: Kind, isOffered: (state: RequestState) => boolean) =>
    vscode.commands.registerCommand(name, async (argument: unknown) => {
      if (!vscode.workspace.isTrusted) {
        void vscode.window.showWarningMessage('Nothing is signed in a workspace that you do not trust: its configuration can say which programs git runs. Trust the workspace first.');
        return undefined;
      }
      const { root, id, reason } = fieldsOf(argument);
      const reference = typeof root === 'string' && typeof id === 'string' ? { root, id } : await pickReview(reviews, words[kind].title, isOffered);
      if (reference === undefined) return undefined;
      try {
        return await decide(ports, reviews, { kind, reference, reason: typeof reason === 'string' ? reason : undefined, engine: { ...(await loadEngine()), version } });
      } catch (error) {
        void vscode.window.showErrorMessage(message(`Nothing was signed: ${messageOf(error)}`, 800));
        return undefined;
      }
    });
  return vscode.Disposable.from(
    command('firebreak.approveReview', 'approve', ({ group }) => group === 'needs me'),
    command('firebreak.rejectReview', 'reject', ({ group }) => group === 'needs me'),
    command('firebreak.revokeReview', 'revoke', ({ decisions }) => decisions.length > 0),
  );
}

interface Wish {
  readonly kind: Kind;
  readonly reference: RequestReference;
  readonly reason: string | undefined;
  readonly engine: Engine & { readonly version: string };
}

async function decide({ deskOf, now }: Pick<Ports, 'deskOf' | 'now'>, reviews: ReviewState, { kind, reference, reason: given, engine }: Wish): Promise<string | undefined> {
  const desk = await deskOf(reference.root);
  const key = await desk.signingKey();
  if ('why' in key) throw new Error(key.isConfigured ? `${key.why}; name another key, or have one made: firebreak init --signing` : key.why);
  const reviewer = await reviewerOf(key, desk);
  if (reviewer === undefined) return undefined;
  const reason = given?.trim() ? given.trim() : await askReason(kind);
  if (reason === undefined) return undefined;
  const looking = { location: vscode.ProgressLocation.Notification, title: 'Firebreak looks at the change again' };
  const unsigned = await vscode.window.withProgress(looking, () => desk.prepare({ requestId: reference.id, kind, reviewer, reason }, engine));
  if (!(await isConfirmed({ kind, reference }, unsigned, key, now()))) return undefined;
  const ref = await sign(unsigned, key);
  const answer = await desk.push([ref]);
  await reviews.refreshRoot(reference.root);
  const left = kind === 'revoke' ? (await unsigned.stillStands()).map((each) => stillStands(each, reviewer, 'take it back too')) : [];
  const told = message([`${words[kind].done}: ${unsigned.takesBack.length === 0 ? '' : `the ${[...new Set(unsigned.takesBack.map((each) => nounOf(each.kind)))].join(' and the ')} of `}request ${reference.id}. ${wordShared(answer, [ref])}`, ...left].join(' '), 800);
  // What others decided may let it pass all the same.
  if (answer === undefined && left.length === 0) void vscode.window.showInformationMessage(told);
  else void vscode.window.showWarningMessage(told);
  return ref;
}

/** The one that allowed_signers names for the key; where it names none or several, the person says which. Undefined when they left. */
async function reviewerOf({ principals }: FoundKey, desk: ReviewDesk): Promise<string | undefined> {
  const [only, ...others] = principals;
  if (only !== undefined && others.length === 0) return only;
  const names = principals.length > 0 ? principals : [...new Set(await desk.ownAddresses())];
  if (names.length === 0) return vscode.window.showInputBox({ title: 'As whom do you sign?', prompt: 'Your name in .firebreak/allowed_signers, which does not list your key yet', ignoreFocusOut: true });
  const placeHolder = principals.length > 0 ? 'Your key stands for several people' : 'Your key does not stand in .firebreak/allowed_signers; who are you there?';
  const items = names.map((name) => ({ label: plain(name).replaceAll('$(', '\\$('), name }));
  return (await vscode.window.showQuickPick(items, { title: 'As whom do you sign?', placeHolder, ignoreFocusOut: true }))?.name;
}

async function askReason(kind: Kind): Promise<string | undefined> {
  const reason = await vscode.window.showInputBox({
    title: words[kind].title,
    prompt: words[kind].reason,
    placeHolder: 'It is signed with the decision',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? 'A decision needs a reason: please write one.' : undefined),
  });
  return reason?.trim();
}

async function isConfirmed({ kind, reference: { root } }: Pick<Wish, 'kind' | 'reference'>, unsigned: Unsigned, { source, fingerprint }: FoundKey, now: number): Promise<boolean> {
  const { button, question } = words[kind];
  const detail = describeUnsigned(unsigned, `${fingerprint} (${source})`, now).replaceAll('](', '] (');
  // The first button is the one that Enter presses: a key too many must sign nothing.
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, showCode, button);
  if (answer === showCode) await vscode.commands.executeCommand('firebreak.openReview', { root, id: unsigned.request.id });
  return answer === button;
}

/** A touch may never come: the person can give up. */
function sign(unsigned: Unsigned, { key }: FoundKey): Thenable<string> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Signing', cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const given = new AbortController();
    token.onCancellationRequested(() => {
      given.abort();
    });
    return unsigned.sign(unsigned.digest, key, {
      signal: given.signal,
      onTouchNeeded: () => {
        progress.report({ message: 'touch your security key' });
      },
    });
  });
}
