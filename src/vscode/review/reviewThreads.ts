import * as vscode from 'vscode';
import type { RequestedFinding } from '../../core/review/request.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { lookOf } from '../findings/severityLook.ts';
import { markdown, plain } from '../inert.ts';

/** Where a finding stands in what is shown. */
export interface Place {
  readonly finding: RequestedFinding;
  readonly uri: vscode.Uri;
  /** Counted from 0; not the finding's own where a diff does not show that. */
  readonly line: number;
}

/** What Firebreak says beside each finding of the request that is open: threads that nobody can write into. */
export class ReviewThreads implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController('firebreak.reviews', 'Firebreak');
  private threads: readonly vscode.CommentThread[] = [];

  constructor(private readonly loadEngine: () => Promise<Engine>) {}

  /** Takes the place of what was shown before. */
  async show(places: readonly Place[]): Promise<void> {
    const { ruleOf } = await this.loadEngine();
    this.clear();
    this.threads = places.map(({ finding, uri, line }) => {
      // VS Code's list of comments shows how each begins: several findings of one rule are told apart by what they would do.
      const body = [`**What it would do:** ${markdown(finding.blastRadius.description, 1000)}`];
      const rule = ruleOf(finding.rule);
      if (rule !== undefined) body.push(`**Why:** ${markdown(rule.why, 600)}`, `**Instead:** ${markdown(rule.instead, 600)}`);
      body.push(`Rule ${markdown(finding.rule)}${line === finding.line - 1 ? '' : `, at line ${finding.line}`}`);
      const comment: vscode.Comment = { author: { name: 'Firebreak' }, mode: vscode.CommentMode.Preview, body: new vscode.MarkdownString(body.join('\n\n')) };
      const thread = this.controller.createCommentThread(uri, new vscode.Range(line, 0, line, 0), [comment]);
      thread.canReply = false;
      thread.label = `${lookOf(finding.severity).name} · ${plain(finding.title, 120)}`;
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
      return thread;
    });
  }

  dispose(): void {
    this.clear();
    this.controller.dispose();
  }

  private clear(): void {
    for (const thread of this.threads) thread.dispose();
    this.threads = [];
  }
}
