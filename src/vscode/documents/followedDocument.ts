import type * as vscode from 'vscode';
import { Authorship } from '../../core/attribution/authorship.ts';
import type { Departures } from '../../core/attribution/departures.ts';
import type { AiRegion } from '../../core/attribution/region.ts';
import type { Checker } from '../../core/check/checker.ts';
import type { Finding } from '../../core/check/finding.ts';
import { bySuppression } from '../../core/check/suppression.ts';
import { largestFileBytes } from '../../core/text/decode.ts';
import type { OffsetEdit } from '../../core/text/offsetEdit.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import { toOffsets, toRange } from '../documentRange.ts';
import type { LiveDocument } from '../liveFile.ts';
import type { Ports, Repository } from '../ports.ts';
import type { EditSignals } from '../signals/editSignals.ts';
import type { AtHead } from './atHead.ts';
import { AttributedText } from './attributedText.ts';
import type { ClosedFile } from './closedFile.ts';
import { Delay } from './delay.ts';
import { pathOf } from './documentPath.ts';
import { FileCheck } from './fileCheck.ts';
import { Looks } from './looks.ts';
import { moveFindings } from './movedFindings.ts';
import { RepositoryLookup } from './repositoryLookup.ts';
import type { Scans } from './scans.ts';
import { findingsInScope } from './scope.ts';
import type { ShownScope } from './settings.ts';
import { whyUnread } from './unread.ts';

export interface Surroundings {
  readonly ports: Pick<Ports, 'now' | 'newId' | 'repositoryOf'>;
  readonly signals: EditSignals;
  readonly scans: Scans;
  readonly loadChecker: () => Promise<Checker>;
  readonly atHead: AtHead;
  /** What left one document may arrive in another. */
  readonly departures: Departures;
  /** Something of what a document says is another than before. */
  readonly changed: (document: FollowedDocument) => void;
}

interface Opened {
  readonly attributed: AttributedText;
  readonly check: FileCheck;
}

/** What a look came to: the findings, and why there can be none. */
interface Seen {
  readonly findings: readonly Finding[];
  readonly why: string | undefined;
}

const nothing: readonly never[] = [];

/** One open document: who wrote what in it, and the findings in the scope that the user chose. A change event costs upkeep only; looking comes later. */
export class FollowedDocument {
  readonly openedAt: number;
  private opened: Opened | undefined;
  private findings: readonly Finding[] = nothing;
  private why: string | undefined;
  private readonly lookup: RepositoryLookup;
  private snapshot: LiveDocument | undefined;
  private readonly looks = new Looks<Seen>({
    look: (isStale) => this.lookOnce(isStale),
    take: (seen) => {
      this.show(seen);
    },
  });
  private readonly reconsiderSoon = new Delay(1000, 5000, () => {
    this.reconsider();
  });
  private chosenScope: ShownScope | undefined;

  constructor(
    readonly document: vscode.TextDocument,
    private readonly around: Surroundings,
  ) {
    this.openedAt = around.ports.now();
    this.lookup = new RepositoryLookup(document.uri, around.ports, () => {
      this.snapshot = undefined;
    });
    this.open();
  }

  get live(): LiveDocument {
    this.snapshot ??= this.say();
    return this.snapshot;
  }

  get regions(): readonly AiRegion[] {
    return this.authorship?.regions ?? nothing;
  }

  get hasRegions(): boolean {
    return (this.authorship?.regionCount ?? 0) > 0;
  }

  get authorship(): Authorship | undefined {
    return this.opened?.attributed.authorship;
  }

  get path(): string {
    return pathOf(this.document, this.lookup.known);
  }

  /** Of the text that the regions belong to; undefined for a document that is not looked at. */
  get text(): string | undefined {
    return this.opened?.attributed.text.toString();
  }

  /** Whether the findings are those of the present text. */
  get isLookedAt(): boolean {
    return this.looks.areDone;
  }

  /** Starts git at the first call. */
  findRepository(): Promise<Repository | undefined> {
    return this.lookup.find();
  }

  take(event: vscode.TextDocumentChangeEvent): void {
    if (this.opened === undefined) {
      this.reconsiderSoon.start();
      return;
    }
    const { attributed } = this.opened;
    const hadRegions = this.hasRegions;
    attributed.take(event, this.around.signals);
    if (attributed.text.length > largestFileBytes) this.reconsiderSoon.start();
    this.afterChange(hadRegions);
  }

  copy(ranges: readonly vscode.Range[]): void {
    this.opened?.attributed.copy(ranges.map((range) => toOffsets(this.document, range)));
  }

  /** Somebody says who wrote what; false for a document that is not looked at. */
  attribute(change: (authorship: Authorship) => void): boolean {
    const { authorship } = this;
    if (authorship === undefined) return false;
    const { hasRegions } = this;
    change(authorship);
    this.afterChange(hasRegions);
    return true;
  }

  /** What was known of the same text under another name or in another language, its history included. */
  inherit(authorship: Authorship): void {
    const { hasRegions } = this;
    this.open(authorship);
    this.afterChange(hasRegions);
  }

  /** What was known of the file while it was closed, when it still has that text. */
  resume({ repository, last }: ClosedFile): void {
    if (repository !== undefined) this.lookup.adopt(repository);
    if (last === undefined || last.text !== this.text) return;
    if (!this.hasRegions) this.authorship?.restore(last.regions);
    this.findings = last.findings;
    this.afterChange(false);
  }

  settingsChanged(): void {
    this.chosenScope = undefined;
    this.mustLook();
  }

  saved(): void {
    this.opened?.attributed.saved();
    this.lookup.lookAgain();
  }

  /** The repository may be asked now. */
  trusted(): void {
    this.lookup.lookAgain();
    this.mustLook();
  }

  headMoved(root: string): void {
    if (this.lookup.known?.root === root) this.mustLook();
  }

  /** Brings the findings up to the present text. */
  refresh(): Promise<void> {
    return this.looks.finish();
  }

  dispose(): void {
    this.looks.dispose();
    this.reconsiderSoon.cancel();
    this.opened?.check.dispose();
  }

  private say(): LiveDocument {
    const { document } = this;
    const { version } = document;
    return {
      uri: document.uri,
      document,
      path: this.path,
      repository: this.lookup.known,
      ...bySuppression(this.findings),
      regions: this.regions,
      ...(this.why !== undefined && { unread: this.why }),
      text: () => document.getText(),
      toRange: (range) => toRange(document, range),
      isCurrent: () => document.version === version,
    };
  }

  private open(inherited?: Authorship): void {
    this.opened?.check.dispose();
    this.opened = undefined;
    this.findings = nothing;
    this.why = whyUnread(this.document.getText());
    if (this.why === undefined) {
      const { ports, loadChecker, atHead, departures } = this.around;
      const authorship = inherited ?? new Authorship({ nextId: ports.newId, now: ports.now, departures });
      const attributed = new AttributedText(this.document, authorship, ports.now, (edit) => {
        this.willChange(edit);
      });
      this.opened = { attributed, check: new FileCheck({ text: attributed.text, editorId: this.document.languageId, loadChecker, atHead }) };
    }
    this.mustLook();
  }

  /** An edit can make a document too long to look at, or short enough again. */
  private reconsider(): void {
    const isReadable = whyUnread(this.document.getText()) === undefined;
    if (isReadable === (this.opened !== undefined)) return;
    this.open();
    this.around.changed(this);
  }

  private willChange(edit: OffsetEdit): void {
    this.opened?.check.willChange(edit);
    if (this.findings.length > 0) this.findings = moveFindings(this.findings, edit);
  }

  private afterChange(hadRegions: boolean): void {
    if (this.findings.length > 0) this.findings = this.inScope(this.findings);
    this.mustLook();
    if (this.hasRegions) void this.findRepository();
    if (this.findings.length > 0 || this.hasRegions || hadRegions) this.around.changed(this);
  }

  private mustLook(): void {
    this.snapshot = undefined;
    const isIdle = this.opened?.check.isOpen === false && this.findings.length === 0 && this.why === undefined;
    this.looks.start(this.hasNothingToSee && isIdle);
  }

  private get hasNothingToSee(): boolean {
    return this.scope === 'ai' && !this.hasRegions;
  }

  private get scope(): ShownScope {
    this.chosenScope ??= this.around.scans.scopeOf(this.document.uri);
    return this.chosenScope;
  }

  /** Undefined when it was given up. */
  private async lookOnce(isStale: () => boolean): Promise<Seen | undefined> {
    const { opened } = this;
    if (opened === undefined) return { findings: nothing, why: this.why };
    try {
      const findings = await this.findIn(opened, isStale);
      return findings && { findings, why: undefined };
    } catch (error) {
      opened.check.close();
      return { findings: nothing, why: `looking at it failed: ${messageOf(error)}` };
    }
  }

  private show({ findings, why }: Seen): void {
    const isNews = findings.length + this.findings.length > 0 || why !== this.why;
    this.findings = findings;
    this.why = why;
    this.snapshot = undefined;
    if (isNews) this.around.changed(this);
  }

  private async findIn({ attributed, check }: Opened, isStale: () => boolean): Promise<readonly Finding[] | undefined> {
    if (this.hasNothingToSee) {
      check.close();
      return nothing;
    }
    const repository = await this.findRepository();
    const { hasRegions } = this;
    if (attributed.verify()) {
      this.afterChange(hasRegions);
      return undefined;
    }
    return check.findings({ path: this.path, repository, scope: this.scope, regions: () => this.regions }, isStale);
  }

  private inScope(findings: readonly Finding[]): readonly Finding[] {
    return findingsInScope(this.scope, findings, this.regions);
  }
}
