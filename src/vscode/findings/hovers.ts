import * as vscode from 'vscode';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { describeCause } from '../../core/check/originWords.ts';
import type { Rule } from '../../core/check/rule.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { toRange } from '../documentRange.ts';
import { referenceTo } from './findingReference.ts';
import { markdown } from '../inert.ts';
import type { LiveDocument, LiveDocuments } from '../liveFile.ts';
import type { ReviewState } from '../review/reviewState.ts';
import { reviewersOf } from '../review/reviewWords.ts';
import type { RulePage } from './rulePage.ts';
import { lookOf } from './severityLook.ts';

/** Everything there is to say about a finding, where the mouse is on it. */
export function registerHovers(documents: LiveDocuments, reviews: ReviewState, loadEngine: () => Promise<Engine>, pageOf: RulePage): vscode.Disposable {
  // A pattern ranks as high as a language: what we say comes among the first, and not behind long documentation.
  return vscode.languages.registerHoverProvider({ pattern: '**' }, {
    async provideHover(document, position) {
      const live = documents.get(document.uri);
      const offset = document.offsetAt(position);
      const under = live?.findings.filter(({ range }) => range.start <= offset && offset <= range.endExclusive) ?? [];
      const [first] = under;
      if (live === undefined || first === undefined) return undefined;
      // Where there is a finding, the engine is there already.
      const { ruleOf } = await loadEngine();
      const texts = under.map((finding) => toMarkdown(live, finding, { rule: ruleOf(finding.ruleId), page: pageOf(finding.ruleId), reviews }));
      return new vscode.Hover(texts, toRange(document, first.range));
    },
  });
}

interface Around {
  readonly rule: Rule | undefined;
  readonly page: vscode.Uri | undefined;
  readonly reviews: ReviewState;
}

function toMarkdown(live: LiveDocument, finding: Finding, { rule, page, reviews }: Around): vscode.MarkdownString {
  const { title, severity, confidence, blastRadius } = finding;
  const cause = describeCause(finding);
  const request = reviews.requestFor(live.repository, finding.fingerprint);
  const ask = link('Request Senior Review', 'firebreak.requestReview', referenceTo(live, finding));
  // The links come first: a long text would push them out of sight.
  const head = [
    `**${markdown(title)}**`,
    `${lookOf(severity).name.toLowerCase()} severity, ${confidence} confidence`,
    request && live.repository ? link(`Review requested from ${reviewersOf(request)}`, 'firebreak.showRequest', { root: live.repository.root, id: request.id }) : ask,
    ...(page === undefined ? [] : [`[The rule](${page.toString()})`]),
  ];
  const paragraphs = [
    head.join(' · '),
    sentence(markdown(describe(blastRadius), 1000)),
    ...(rule === undefined ? [] : [`**Why:** ${markdown(rule.why, 600)}`, `**Instead:** ${markdown(rule.instead, 600)}`]),
    ...(cause === undefined ? [] : [`**Origin:** ${markdown(cause)}`]),
  ];
  const shown = new vscode.MarkdownString(paragraphs.join('\n\n'));
  shown.isTrusted = { enabledCommands: ['firebreak.requestReview', 'firebreak.showRequest'] };
  return shown;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function link(text: string, command: string, argument: object): string {
  // A parenthesis would end the link; encodeURIComponent leaves them as they are.
  const query = encodeURIComponent(JSON.stringify([argument])).replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${markdown(text)}](command:${command}?${query})`;
}
