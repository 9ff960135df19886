import * as vscode from 'vscode';
import { describeBriefly } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { describeCause } from '../../core/check/originWords.ts';
import { describeRelated, relatedPlaces } from '../../core/check/relatedPlaces.ts';
import type { Rule } from '../../core/check/rule.ts';
import { describeSuppression } from '../../core/check/suppression.ts';
import type { Engine } from '../documents/engineLoader.ts';
import { toRange } from '../documentRange.ts';
import { type Caller, type Callers, countCallers } from './callers.ts';
import { referenceTo } from './findingReference.ts';
import { markdown, plainLines } from '../inert.ts';
import type { LiveDocument, LiveDocuments } from '../liveFile.ts';
import type { FindStanding } from '../review/findStanding.ts';
import type { RulePage } from './rulePage.ts';
import { lookOf } from './severityLook.ts';

export interface HoversInit {
  readonly standingOf: FindStanding;
  readonly loadEngine: () => Promise<Engine>;
  readonly pageOf: RulePage;
  readonly callers: Callers;
}

/** The rest is said by the lens and the problem: a hover that comes late is not read. */
const callersWithinMs = 150;
const mostCallers = 5;
/** More of what an AI removed shows the region itself. */
const mostRemovedLines = 12;

/** Everything there is to say about a finding, where the mouse is on it. */
export function registerHovers(documents: LiveDocuments, { standingOf, loadEngine, pageOf, callers }: HoversInit): vscode.Disposable {
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
      const known = await Promise.all(under.map((finding) => callers.within(callersWithinMs, live, finding)));
      const isAlone = under.length === 1;
      const texts = under.map((finding, index) => toMarkdown(live, finding, { isAlone, rule: ruleOf(finding.ruleId), page: pageOf(finding.ruleId), standingOf, callers: known[index] ?? [] }));
      return new vscode.Hover(texts, toRange(document, first.range));
    },
  });
}

interface Around {
  /** No other finding is told beside it. */
  readonly isAlone: boolean;
  readonly rule: Rule | undefined;
  readonly page: vscode.Uri | undefined;
  readonly standingOf: FindStanding;
  readonly callers: readonly Caller[];
}

function toMarkdown(live: LiveDocument, finding: Finding, { isAlone, rule, page, standingOf, callers }: Around): vscode.MarkdownString {
  const { title, severity, confidence, blastRadius } = finding;
  const suppression = describeSuppression(finding);
  const standing = standingOf(live, finding.fingerprint);
  const ask = link('Request Senior Review', 'firebreak.requestReview', referenceTo(live, finding));
  const isMarked = live.findings.includes(finding);
  // The links come first: a long text would push them out of sight. The problem, which VS Code shows above, says what it is.
  const head = [
    ...(isAlone && isMarked ? [] : [`**${markdown(title)}**`]),
    `${lookOf(severity).name.toLowerCase()} severity, ${confidence} confidence`,
    ...(standing === undefined ? [] : [link(standing.words, standing.command, standing.argument)]),
    ...(standing === undefined || standing.kind === 'stale' || standing.kind === 'rejected' ? [ask] : []),
    ...(page === undefined ? [] : [`[The rule](${page.toString()})`]),
  ];
  const places = [...factorsOf(live, finding), ...callersIn(callers)];
  const effect = sentence(markdown(describeBriefly(blastRadius), 1000));
  // There is room for some lines until somebody scrolls: first what to do, then why.
  const paragraphs = [
    head.join(' · '),
    ...(suppression === undefined ? [] : [`**${sentence(markdown(suppression, 600))}**`]),
    ...(isMarked ? [] : [effect]),
    ...(rule === undefined ? [] : [`**Instead:** ${markdown(rule.instead, 600)}`, `**Why:** ${markdown(rule.why, 600)}`]),
    ...(isMarked ? [effect] : []),
    ...(places.length === 0 ? [] : [places.map((place) => `- ${place}`).join('\n')]),
    ...originOf(finding),
  ];
  const shown = new vscode.MarkdownString(paragraphs.join('\n\n'));
  shown.isTrusted = { enabledCommands: ['firebreak.requestReview', 'firebreak.showRequest', 'firebreak.showResidual'] };
  return appendRemoved(shown, finding, live.document.languageId);
}

/** What led to the judgement, each with a link to where it can be seen. */
function factorsOf(live: LiveDocument, finding: Finding): string[] {
  const text = live.text();
  return [
    ...finding.blastRadius.factors.map((factor) => markdown(factor.text, 400) + (factor.range === undefined ? '' : placeLink(live.uri, live.toRange(factor.range)))),
    ...relatedPlaces(finding, text).map((place) => markdown(describeRelated(place, text), 200) + placeLink(live.uri, live.toRange(place.range))),
  ];
}

function callersIn(callers: readonly Caller[]): string[] {
  const count = countCallers(callers);
  if (count === undefined) return [];
  const shown = callers.slice(0, mostCallers).map(({ name, location }) => `${markdown(name, 60)}${placeLink(location.uri, location.range)}`);
  return [`${count}: ${shown.join(', ')}${callers.length > mostCallers ? ', …' : ''}`];
}

function placeLink(uri: vscode.Uri, { start }: vscode.Range): string {
  return ` ([line ${start.line + 1}](${uri.with({ fragment: `L${start.line + 1},${start.character + 1}` }).toString()}))`;
}

/** Who wrote it, how that is known, since when, and in which conversation. */
function originOf(finding: Finding): string[] {
  const cause = describeCause(finding);
  if (cause === undefined || finding.region === undefined) return [];
  const { origin, insertedAt } = finding.region;
  const session = origin.kind === 'ai' && origin.session !== undefined ? ` Session ${markdown(origin.session, 80)}.` : '';
  return [`**Origin:** ${markdown(cause)} ${markdown(new Date(insertedAt).toLocaleString())}.${session}`];
}

function appendRemoved(shown: vscode.MarkdownString, { region }: Finding, languageId: string): vscode.MarkdownString {
  if (region?.removedText === undefined) return shown;
  const lines = plainLines(region.removedText);
  const code = [...lines.slice(0, mostRemovedLines), ...(lines.length > mostRemovedLines ? ['…'] : [])].join('\n');
  // A fence in the code must not end ours.
  const fence = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return shown.appendMarkdown(`\n\n**Removed:**\n${fence}${languageId}\n${code}\n${fence}\n`);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function link(text: string, command: string, argument: object): string {
  // A parenthesis would end the link; encodeURIComponent leaves them as they are.
  const query = encodeURIComponent(JSON.stringify([argument])).replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${markdown(text)}](command:${command}?${query})`;
}
