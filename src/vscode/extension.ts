import * as vscode from 'vscode';
import { createPorts } from '../node/ports.ts';
import type { FirebreakApi } from './api.ts';
import { registerAiEditsTree } from './aiEditsTree.ts';
import { registerDecorations } from './decorations.ts';
import { engineLoader } from './documents/engineLoader.ts';
import { createLiveDocuments } from './documents/followedDocuments.ts';
import { settings } from './documents/settings.ts';
import { Callers } from './findings/callers.ts';
import { registerDiagnostics } from './findings/diagnostics.ts';
import { registerFindingsTree } from './findings/findingsTree.ts';
import { registerGoToFinding } from './findings/goToFinding.ts';
import { registerHovers } from './findings/hovers.ts';
import { registerLenses } from './findings/lenses.ts';
import { registerQuickFixes } from './findings/quickFixes.ts';
import { rulePagesOf } from './findings/rulePage.ts';
import { registerScan } from './findings/scan.ts';
import { registerSetRuleSeverity } from './findings/setRuleSeverity.ts';
import { registerShowFinding } from './findings/showFinding.ts';
import { registerStatusBar } from './findings/statusBar.ts';
import { registerSuppressFinding } from './findings/suppressFinding.ts';
import { registerToggleLenses } from './findings/toggleLenses.ts';
import { registerMcpServer } from './mcpServer.ts';
import { registerAnnounceReview } from './review/announceReview.ts';
import { registerDecideOnReview } from './review/decideOnReview.ts';
import { standingsIn } from './review/findStanding.ts';
import { registerExportAudit } from './review/exportAudit.ts';
import { registerOpenReview } from './review/openReview.ts';
import { registerRefusedPush } from './review/refusedPush.ts';
import { registerRequestDocuments } from './review/requestDocument.ts';
import { registerRequestReview } from './review/requestReview.ts';
import { registerReviewsTree } from './review/reviewsTree.ts';
import { ReviewState } from './review/reviewState.ts';
import { registerVerifyReviews } from './review/verifyReviews.ts';
import { registerWatchForReviews } from './review/watchForReviews.ts';
import { createApi } from './signals/createApi.ts';
import { registerCommits } from './signals/commits.ts';
import { createEditSignals } from './signals/editSignals.ts';
import { registerMarkCommands } from './signals/markCommands.ts';
import { onlyInTrust, whenTrusted } from './trust.ts';
import { registerUnknownLenses } from './unknownLenses.ts';
import { registerWalkthrough } from './walkthrough/walkthrough.ts';

/** `deactivate` gets no argument, so what it has to wait for is left here. */
let flush: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): FirebreakApi {
  const ports = onlyInTrust(createPorts(vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath));
  const signals = createEditSignals(ports.now);
  const loadEngine = engineLoader(ports);
  const documents = createLiveDocuments(ports, signals, settings, loadEngine);
  const { files } = documents;
  const reviews = new ReviewState(ports, loadEngine);
  const rulePage = rulePagesOf(context.extension.packageJSON);
  const standingOf = standingsIn(reviews, ports.digest);
  const callers = new Callers(ports.now);
  const signing = { loadEngine, version: versionOf(context.extension.packageJSON) };
  context.subscriptions.push(
    signals,
    documents,
    registerMarkCommands(documents),
    whenTrusted(() => registerCommits(ports, documents.flush)),
    registerDecorations(documents, settings),
    reviews,
    callers,
    registerDiagnostics(files, rulePage, callers),
    // Of two rows in one line VS Code begins with that of who came last: what would be destroyed stands before the question whose it is, which a narrow window cuts.
    registerUnknownLenses(documents),
    registerLenses(documents, { standingOf, onDidChange: reviews.onDidChange, callers }),
    registerToggleLenses(),
    registerHovers(documents, { standingOf, loadEngine, pageOf: rulePage, callers }),
    registerQuickFixes(documents, loadEngine),
    registerSuppressFinding(documents, loadEngine),
    registerSetRuleSeverity(files),
    registerStatusBar(files),
    registerFindingsTree(files, reviews, standingOf, context.workspaceState),
    registerAiEditsTree(files),
    registerGoToFinding(files),
    registerScan(ports, documents),
    registerWalkthrough(ports, documents, context),
    registerShowFinding(files),
    registerRequestReview(ports, files, reviews, signing),
    registerRequestDocuments(reviews),
    registerReviewsTree(reviews, ports.now),
    registerOpenReview(ports, reviews, loadEngine),
    registerDecideOnReview(ports, reviews, signing),
    registerAnnounceReview(ports, reviews, context.secrets, loadEngine),
    registerWatchForReviews(ports, reviews),
    registerVerifyReviews(ports, reviews, loadEngine),
    registerExportAudit(ports, reviews),
    whenTrusted(() => registerRefusedPush(ports, reviews, signing)),
    // Its tools ask git.
    whenTrusted(() => registerMcpServer(context.extension)),
  );
  flush = documents.flush;
  return createApi(documents);
}

function versionOf(manifest: unknown): string {
  const { version } = manifest as { version: string };
  return version;
}

export async function deactivate(): Promise<void> {
  await flush?.();
}
