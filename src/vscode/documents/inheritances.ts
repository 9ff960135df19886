import * as vscode from 'vscode';
import type { Authorship } from '../../core/attribution/authorship.ts';
import { Delay } from './delay.ts';
import type { FollowedDocument } from './followedDocument.ts';

/** Between the two halves of a rename or of a change of language lie some milliseconds; a slow line makes more of them. */
const windowMs = 2000;

interface Inheritance {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly authorship: Authorship;
}

/**
 * What is known of a document goes with its text when the document is renamed or moved, gets another language or is saved for the first
 * time. VS Code then opens a document and closes one, in either order, and both have the same text.
 */
export class Inheritances {
  private left: Inheritance[] = [];
  private renames: { readonly from: string; readonly to: string }[] = [];
  private readonly forgetSoon = new Delay(windowMs, 10 * windowMs, () => {
    this.left = [];
    this.renames = [];
  });
  private readonly listener = vscode.workspace.onWillRenameFiles(({ files }) => {
    this.renames.push(...files.map(({ oldUri, newUri }) => ({ from: oldUri.toString(), to: newUri.toString() })));
    this.forgetSoon.start();
  });

  constructor(private readonly now: () => number) {}

  opened(followed: FollowedDocument): void {
    if (this.left.length === 0) return;
    const { text } = followed;
    const index = this.left.findIndex((each) => each.text === text && this.isSuccessor(followed.document.uri, each.uri));
    const [found] = index === -1 ? [] : this.left.splice(index, 1);
    if (found !== undefined) followed.inherit(found.authorship);
  }

  closed(followed: FollowedDocument, open: readonly FollowedDocument[]): void {
    const { authorship, text, document } = followed;
    if (authorship === undefined || text === undefined || authorship.regionCount === 0) return;
    const since = this.now() - windowMs;
    const heir = open.find((each) => each.openedAt >= since && !each.hasRegions && this.isSuccessor(each.document.uri, document.uri) && each.text === text);
    if (heir === undefined) {
      this.left.push({ uri: document.uri, text, authorship });
      this.forgetSoon.start();
    } else {
      heir.inherit(authorship);
    }
  }

  dispose(): void {
    this.listener.dispose();
    this.forgetSoon.cancel();
  }

  private isSuccessor(uri: vscode.Uri, of: vscode.Uri): boolean {
    const [successor, old] = [uri.toString(), of.toString()];
    // A renamed folder takes its files along.
    return successor === old || of.scheme === 'untitled' || this.renames.some(({ from, to }) => old.startsWith(from) && successor === to + old.slice(from.length));
  }
}
