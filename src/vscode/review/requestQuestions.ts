import * as vscode from 'vscode';
import { describeBriefly } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import type { RequestedFinding, ReviewRequest } from '../../core/review/request.ts';
import { type FindingReference, referenceTo } from '../findings/findingReference.ts';
import { label, plain } from '../inert.ts';
import type { LiveFile } from '../liveFile.ts';
import { reviewersOf } from './reviewWords.ts';
import { lookOf } from '../findings/severityLook.ts';

const title = 'Request Senior Review';

export interface Candidate {
  readonly live: LiveFile;
  readonly finding: Finding;
  /** That was made for this very code before. */
  readonly request: ReviewRequest | undefined;
}

/** What the gate will ask about besides, which no file that is followed shows. */
export interface OfChange {
  readonly reference: FindingReference;
  readonly concern: RequestedFinding;
}

/** Which findings to ask about; with one there is nothing to pick. Undefined when the person left. */
export async function pickFindings(candidates: readonly Candidate[], others: readonly OfChange[], isPicked: (candidate: Candidate | OfChange) => boolean): Promise<readonly FindingReference[] | undefined> {
  const items = [
    ...candidates.map((candidate) => ({
      label: `$(${lookOf(candidate.finding.severity).icon}) ${label(candidate.finding.title)}`,
      description: label(`${candidate.finding.path}:${lineOf(candidate)}${candidate.request === undefined ? '' : ', review requested'}`),
      detail: label(describeBriefly(candidate.finding.blastRadius)),
      picked: isPicked(candidate),
      reference: referenceTo(candidate.live, candidate.finding),
    })),
    ...others.map((other) => ({
      label: `$(${lookOf(other.concern.severity).icon}) ${label(other.concern.title)}`,
      description: label(`${other.concern.path}:${other.concern.line}`),
      detail: label(other.concern.blastRadius.description),
      picked: isPicked(other),
      reference: other.reference,
    })),
  ];
  if (items.length === 1) return items.map(({ reference }) => reference);
  const placeHolder = 'Which findings should a senior look at?';
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true, matchOnDescription: true, matchOnDetail: true });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ reference }) => reference);
}

/** Which branch the change is for. @param branches full names, the likeliest first. Undefined when the person left */
export async function pickTarget(branches: readonly string[]): Promise<string | undefined> {
  const items = branches.map((targetRef) => ({ label: label(targetRef.replace(/^refs\/heads\//, '')), targetRef }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which branch is it for? An approval counts for no other one', ignoreFocusOut: true }))?.targetRef;
}

/** 1-based. */
export function lineOf({ live, finding }: Pick<Candidate, 'live' | 'finding'>): number {
  return live.toRange(finding.range).start.line + 1;
}

/** Who should look: people picked from the suggestions, or typed. Empty for any senior; undefined when the person left. */
export async function pickReviewers(suggestions: readonly string[]): Promise<readonly string[] | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.placeholder = suggestions.length === 0 ? 'Who should look? Type an address; none means any senior' : 'Who should look? Pick or type; none means any senior';
  pick.canSelectMany = true;
  pick.items = suggestions.map((name) => ({ label: label(name), name }));
  // The walkthrough takes the focus when it ticks off the step that asked.
  pick.ignoreFocusOut = true;
  return shown(pick, () => namesIn(pick));
}

/** What is ticked, and what is typed: a name that the list shows, or new ones. Text that only served to find a ticked name is none. */
function namesIn(pick: vscode.QuickPick<vscode.QuickPickItem & { name?: string }>): string[] {
  const ticked = pick.selectedItems.map(({ label: text, name }) => name ?? text);
  const typed = pick.value.trim();
  if (typed === '' || ticked.some((name) => name.toLowerCase().includes(typed.toLowerCase()))) return ticked;
  const found = pick.activeItems.map(({ label: text, name }) => name ?? text);
  const added = found.length > 0 ? found : typed.split(/[\s,;]+/).filter((name) => name !== '');
  return [...new Set([...ticked, ...added])];
}

/** Why the change is needed. Undefined when the person left. */
export async function askReason(findings: number, reviewers: readonly string[]): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = title;
  box.prompt = `This asks ${plain(reviewersOf({ reviewers }))} to look at ${findings === 1 ? 'the finding' : `${findings} findings`}.`;
  box.placeholder = 'Why is this needed, and what did you check?';
  // A look at the code meanwhile must not cost what was written.
  box.ignoreFocusOut = true;
  box.onDidChangeValue(() => {
    box.validationMessage = undefined;
  });
  return shown(box, () => {
    const reason = box.value.trim();
    box.validationMessage = reason === '' ? 'A reviewer decides by the reason: please write one.' : undefined;
    return reason === '' ? undefined : reason;
  });
}

/** Shows an input until `read` gives a value on Enter, or the person leaves. */
function shown<T>(input: vscode.QuickInput & { readonly onDidAccept: vscode.Event<void> }, read: () => T | undefined): Promise<T | undefined> {
  return new Promise<T | undefined>((resolve) => {
    input.onDidAccept(() => {
      const value = read();
      if (value === undefined) return;
      resolve(value);
      input.hide();
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}
