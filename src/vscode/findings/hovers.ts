import * as vscode from 'vscode';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { describeCause } from '../../core/check/originWords.ts';
import type { Rule } from '../../core/check/rule.ts';
import { describeSuppression } from '../../core/check/suppression.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { toRange } from '../documentRange.ts';
import { referenceTo } from './findingReference.ts';
import { markdown } from '../inert.ts';
import type { LiveDocument, LiveDocuments } from '../liveFile.ts';
import type { FindStanding } from '../review/findStanding.ts';
import type { RulePage } from './rulePage.ts';
import { lookOf } from './severityLook.ts';

/** Everything there is to say about a finding, where the mouse is on it. */
export function registerHovers(documents: LiveDocuments, standingOf: FindStanding, loadEngine: () => Promise<Engine>, pageOf: RulePage): vscode.Disposable {
  // A pattern ranks as high as a language: what we say comes among the first, and not behind long documentation.
  return vscode.languages.registerHoverProvider({ pattern: '**' }, {
    async provideHover(document, position) {
      const live = documents.get(document.uri);
      const offset = document.offsetAt(position);
      const under = [...(live?.findings ?? []), ...(live?.suppressed ?? [])].filter(({ range }) => range.start <= offset && offset <= range.endExclusive);
      const [first] = under;
      if (live === undefined || first === undefined) return undefined;
      // Where there is a finding, the engine is there already.
      const { ruleOf } = await loadEngine();
      const texts = under.map((finding) => toMarkdown(live, finding, { rule: ruleOf(finding.ruleId), page: pageOf(finding.ruleId), standingOf }));
      return new vscode.Hover(texts, toRange(document, first.range));
    },
  });
}

interface Around {
  readonly rule: Rule | undefined;
  readonly page: vscode.Uri | undefined;
  readonly standingOf: FindStanding;
}

function toMarkdown(live: LiveDocument, finding: Finding, { rule, page, standingOf }: Around): vscode.MarkdownString {
  const { title, severity, confidence, blastRadius } = finding;
  const [cause, suppression] = [describeCause(finding), describeSuppression(finding)];
  const standing = standingOf(live, finding.fingerprint);
  const ask = link('Request Senior Review', 'firebreak.requestReview', referenceTo(live, finding));
  // The links come first: a long text would push them out of sight.
  const head = [
    `**${markdown(title)}**`,
    `${lookOf(severity).name.toLowerCase()} severity, ${confidence} confidence`,
    ...(standing === undefined ? [] : [link(standing.words, standing.command, standing.argument)]),
    ...(standing === undefined || standing.kind === 'stale' || standing.kind === 'rejected' ? [ask] : []),
    ...(page === undefined ? [] : [`[The rule](${page.toString()})`]),
  ];
  const paragraphs = [
    head.join(' · '),
    sentence(markdown(describe(blastRadius), 1000)),
    ...(suppression === undefined ? [] : [`**${sentence(markdown(suppression, 600))}**`]),
    ...(rule === undefined ? [] : [`**Why:** ${markdown(rule.why, 600)}`, `**Instead:** ${markdown(rule.instead, 600)}`]),
    ...(cause === undefined ? [] : [`**Origin:** ${markdown(cause)}`]),
  ];
  const shown = new vscode.MarkdownString(paragraphs.join('\n\n'));
  shown.isTrusted = { enabledCommands: ['firebreak.requestReview', 'firebreak.showRequest', 'firebreak.showResidual'] };
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
