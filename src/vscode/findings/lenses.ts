import * as vscode from 'vscode';
import { isRemovedByAi } from '../../core/check/attribute.ts';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { removedByAi } from '../../core/check/originWords.ts';
import type { ReviewRequest } from '../../core/review/request.ts';
import { collectBurst } from '../burst.ts';
import { toRange } from '../documentRange.ts';
import { referenceTo } from './findingReference.ts';
import { label, plain } from '../inert.ts';
import type { LiveDocument, LiveDocuments } from '../liveFile.ts';
import type { ReviewState } from '../review/reviewState.ts';
import { reviewersOf } from '../review/reviewWords.ts';
import { wordLenses } from './lensWords.ts';
import { lookOf } from './severityLook.ts';

/** Above each finding: what it would do, and how to have somebody look at it, or who was asked. */
export function registerLenses(documents: LiveDocuments, reviews: ReviewState): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const burst = collectBurst<'changed'>(0, () => {
    changed.fire();
  });
  const change = () => {
    burst.add('changed');
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const live = documents.get(document.uri);
      if (live === undefined || !vscode.workspace.getConfiguration('firebreak', document).get<boolean>('showLenses', true)) return [];
      return byLine(live).flatMap((findings) => lensesFor(live, findings, reviews));
    },
  };
  return vscode.Disposable.from(
    changed,
    burst,
    vscode.languages.registerCodeLensProvider('*', provider),
    documents.onDidChange(change),
    reviews.onDidChange(change),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('firebreak.showLenses')) change();
    }),
  );
}

function byLine({ document, findings }: LiveDocument): (readonly Finding[])[] {
  const lines = new Map<number, Finding[]>();
  for (const finding of findings) {
    const { line } = document.positionAt(finding.range.start);
    lines.set(line, [...(lines.get(line) ?? []), finding]);
  }
  return [...lines.values()];
}

/** For the findings of one line, which share the space above it: a lens for each, and one to request the review of all that wait for one. */
function lensesFor(live: LiveDocument, findings: readonly Finding[], reviews: ReviewState): vscode.CodeLens[] {
  const requested = new Map<string, vscode.CodeLens>();
  const waiting: Finding[] = [];
  for (const finding of findings) {
    const request = reviews.requestFor(live.repository, finding.fingerprint);
    if (request === undefined || live.repository === undefined) waiting.push(finding);
    else requested.set(request.id, showLens(toRange(live.document, finding.range), live.repository.root, request));
  }
  const words = wordLenses(findings);
  const details = findings.map((finding, index) => detailLens(live, finding, words[index] ?? ''));
  return [...details, ...requested.values(), ...waiting.slice(0, 1).map((finding) => askLens(live, finding, waiting))];
}

function detailLens(live: LiveDocument, finding: Finding, words: string): vscode.CodeLens {
  const { name, icon } = lookOf(finding.severity);
  return new vscode.CodeLens(toRange(live.document, finding.range), {
    title: `$(${icon})\u00A0${name} · ${label(words)}${isRemovedByAi(finding) ? ` · ${removedByAi}` : ''}`,
    tooltip: `${plain(describe(finding.blastRadius), 600)}.\nClick to see why, and what to do instead.`,
    command: 'firebreak.showFinding',
    arguments: [{ ...referenceTo(live, finding), hover: true }],
  });
}

function askLens(live: LiveDocument, { range }: Finding, waiting: readonly Finding[]): vscode.CodeLens {
  const picked = waiting.map(({ fingerprint }) => fingerprint);
  return new vscode.CodeLens(toRange(live.document, range), {
    title: 'Request Senior Review',
    tooltip: 'Ask a senior to look at exactly this code',
    command: 'firebreak.requestReview',
    arguments: [{ uri: live.uri.toString(), picked }],
  });
}

function showLens(range: vscode.Range, root: string, request: ReviewRequest): vscode.CodeLens {
  const title = `$(eye)\u00A0Review requested from ${label(reviewersOf(request), 40)}`;
  return new vscode.CodeLens(range, { title, tooltip: 'Show the request', command: 'firebreak.showRequest', arguments: [{ root, id: request.id }] });
}
