import * as vscode from 'vscode';
import { isRemovedByAi } from '../../core/check/attribute.ts';
import { describe } from '../../core/check/blastRadius.ts';
import type { Finding } from '../../core/check/finding.ts';
import { removedByAi } from '../../core/check/originWords.ts';
import { toRange } from '../documentRange.ts';
import { type Callers, countCallers } from './callers.ts';
import { referenceTo } from './findingReference.ts';
import { label, plain } from '../inert.ts';
import { registerLensProvider } from '../lensProvider.ts';
import type { LiveDocument, LiveDocuments } from '../liveFile.ts';
import type { FindStanding, FoundStanding } from '../review/findStanding.ts';
import { wordLenses } from './lensWords.ts';
import { lookOf } from './severityLook.ts';

export interface LensesInit {
  readonly standingOf: FindStanding;
  /** What was asked or decided is another. */
  readonly onDidChange: vscode.Event<void>;
  readonly callers: Callers;
}

/** A language's extension that takes longer is not waited for: its answer comes into the same row later. */
const callersWithinMs = 250;

/** A row that stands before its words are known: the editor makes room for it once, and asks for the words of what it shows. */
class Row extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly word: () => vscode.Command | Promise<vscode.Command>,
  ) {
    super(range);
  }
}

/** Above each finding: what it would do, and how to have somebody look at it, or who was asked. */
export function registerLenses(documents: LiveDocuments, init: LensesInit): vscode.Disposable {
  return registerLensProvider(documents, {
    lensesOf: (live) => byLine(live).flatMap((findings) => rowsFor(live, findings, init)),
    async resolve(lens) {
      if (lens instanceof Row) lens.command = await lens.word();
    },
    causes: [init.onDidChange, init.callers.onDidFind],
  });
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
function rowsFor(live: LiveDocument, findings: readonly Finding[], { standingOf, callers }: LensesInit): vscode.CodeLens[] {
  const requested = new Map<string, vscode.CodeLens>();
  const waiting: Finding[] = [];
  let isFirst = true;
  for (const finding of findings) {
    const standing = standingOf(live, finding.fingerprint);
    if (standing !== undefined) {
      isFirst = false;
      requested.set(`${standing.id} ${standing.words}`, new Row(toRange(live.document, finding.range), () => wordStanding(standing)));
    }
    // What is no longer covered is to be asked for again.
    if (standing === undefined || standing.kind === 'stale' || standing.kind === 'rejected') waiting.push(finding);
  }
  const details = findings.map((finding, index) => new Row(toRange(live.document, finding.range), async () => {
    const beside = [countCallers(await callers.within(callersWithinMs, live, finding)) ?? [], findings.length === 1 && isRemovedByAi(finding) ? [removedByAi] : []].flat();
    return wordDetail(live, finding, [findings[index - 1]?.severity === finding.severity ? [] : `$(warning)\u00A0${lookOf(finding.severity).name}`, label(wordLenses(findings, beside)[index] ?? ''), ...beside].flat());
  }));
  const asking = waiting.slice(0, 1).map((finding) => new Row(toRange(live.document, finding.range), () => wordAsking(live, { waiting, isFirst })));
  const removal = removalRow(live, findings);
  // In a narrow window a row is cut at its end: what became of a request is news, what was asked about is known.
  return requested.size > 0 ? [...requested.values(), ...asking, ...details, ...removal] : [...details, ...asking, ...removal];
}

/** Said once for all findings of a line, last: in a narrow window it may be cut, and the request must not be. */
function removalRow(live: LiveDocument, findings: readonly Finding[]): vscode.CodeLens[] {
  const removed = findings.filter(isRemovedByAi);
  const [first] = removed;
  if (first === undefined || findings.length === 1) return [];
  const which = removed.length < findings.length ? `${removed.length} of ${findings.length} ` : '';
  return [new Row(toRange(live.document, first.range), () => ({ title: `${which}by an AI`, tooltip: 'Show what is lost with it', command: 'firebreak.showFinding', arguments: [{ ...referenceTo(live, first), hover: true }] }))];
}

function wordDetail(live: LiveDocument, finding: Finding, parts: readonly string[]): vscode.Command {
  return {
    title: parts.join(' · '),
    tooltip: `${plain(describe(finding.blastRadius), 600)}.\nClick to see why, and what to do instead.`,
    command: 'firebreak.showFinding',
    arguments: [{ ...referenceTo(live, finding), hover: true }],
  };
}

function wordAsking(live: LiveDocument, { waiting, isFirst }: { readonly waiting: readonly Finding[]; readonly isFirst: boolean }): vscode.Command {
  const picked = waiting.map(({ fingerprint }) => fingerprint);
  return {
    // Beside what became of the first request there is little room.
    title: isFirst ? 'Request Senior Review' : 'Request Again',
    tooltip: 'Ask a senior to look at exactly this code',
    command: 'firebreak.requestReview',
    arguments: [{ uri: live.uri.toString(), picked }],
  };
}

const icons = { requested: 'eye', approved: 'pass', stale: 'history', rejected: 'circle-slash' } as const;

function wordStanding({ kind, words, command, argument }: FoundStanding): vscode.Command {
  const title = `$(${icons[kind]})\u00A0${label(words)}${kind === 'stale' ? ' · Show Change' : ''}`;
  return { title, tooltip: command === 'firebreak.showResidual' ? 'Show what changed since it was approved' : 'Show the request', command, arguments: [argument] };
}
