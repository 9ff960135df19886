import * as vscode from 'vscode';
import type { AiRegion } from '../../core/attribution/region.ts';
import type { Checker } from '../../core/check/checker.ts';
import type { Finding } from '../../core/check/finding.ts';
import { bySuppression } from '../../core/check/suppression.ts';
import { languageOf } from '../../core/language/language.ts';
import { LineText } from '../../core/text/lineText.ts';
import type { OffsetRange } from '../../core/text/offsetRange.ts';
import { messageOf } from '../../core/text/messageOf.ts';
import type { LiveFile } from '../liveFile.ts';
import type { Repository } from '../ports.ts';
import type { AtHead } from './atHead.ts';
import { FileCheck } from './fileCheck.ts';
import type { Scans } from './scans.ts';
import { textOnDisk } from './textOnDisk.ts';

export interface ClosedFileInit {
  readonly scans: Scans;
  readonly loadChecker: () => Promise<Checker>;
  readonly atHead: AtHead;
  readonly warn: (why: string) => void;
  /** Something of what a file says is another than before. */
  readonly changed: (uri: vscode.Uri) => void;
}

/** What is known of one text of a file. */
export interface KnownText {
  readonly text: string;
  readonly regions: readonly AiRegion[];
  readonly findings: readonly Finding[];
  /** Why it could not be looked at, when it could not. */
  readonly unread?: string;
}

/** A file that is not open, and in which an AI wrote or something was found: what is known of the text that is on disk. */
export class ClosedFile {
  private known: KnownText | undefined;
  private snapshot: LiveFile | undefined;
  /** A text whose findings may be others now is looked at again. */
  private isOutdated = false;
  /** More may be known of who wrote the text than was. */
  private isToldMore = false;
  private checking: Promise<void> = Promise.resolve();
  private isDisposed = false;

  constructor(
    readonly uri: vscode.Uri,
    readonly path: string,
    readonly repository: Repository | undefined,
    private readonly init: ClosedFileInit,
  ) {}

  get live(): LiveFile | undefined {
    return this.snapshot;
  }

  get last(): KnownText | undefined {
    return this.known;
  }

  /** What the document said when it was closed. */
  adopt(known: KnownText): void {
    this.say(known);
  }

  outdate(): void {
    this.isOutdated = true;
  }

  /** Somebody told of the file since. */
  outdateRegions(): void {
    this.isOutdated = true;
    this.isToldMore = true;
  }

  /** Reads the file, and looks at its text when it is another than before. */
  refresh(): Promise<void> {
    this.checking = this.checking.then(() => this.check());
    return this.checking;
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private async check(): Promise<void> {
    const text = await textOnDisk(this.uri);
    if (this.isDisposed || (text === this.known?.text && !this.isOutdated)) return;
    this.isOutdated = false;
    const known = text === undefined ? undefined : await this.look(text);
    const isNews = hasNews(this.known) || hasNews(known);
    this.say(known);
    if (isNews) this.init.changed(this.uri);
  }

  private say(known: KnownText | undefined): void {
    // A text of which there is nothing to say is not kept.
    this.known = hasNews(known) || (known?.regions.length ?? 0) > 0 ? known : undefined;
    this.snapshot = this.known && this.liveOf(this.known);
  }

  private liveOf({ text, ...said }: KnownText): LiveFile {
    const { uri, path, repository } = this;
    let lines: LineText | undefined;
    const toRange = ({ start, endExclusive }: OffsetRange) => {
      lines ??= new LineText(text);
      return new vscode.Range(placeAt(lines, start), placeAt(lines, endExclusive));
    };
    return { uri, path, repository, text: () => text, ...said, ...bySuppression(said.findings), toRange, isCurrent: () => this.known?.text === text };
  }

  private async look(text: string): Promise<KnownText> {
    const { loadChecker, atHead, scans } = this.init;
    const isKnown = this.known?.text === text && !this.isToldMore;
    this.isToldMore = false;
    const regions = isKnown && this.known !== undefined ? this.known.regions : await this.savedRegions(text);
    const scope = scans.scopeOf(this.uri);
    const lines = new LineText(text);
    if (languageOf(this.uri.path, lines.line(0)) === undefined || (scope === 'ai' && regions.length === 0)) return { text, regions, findings: [] };
    const check = new FileCheck({ text: lines, editorId: '', loadChecker, atHead });
    try {
      const findings = await check.findings({ path: this.path, repository: this.repository, scope, regions: () => regions }, () => this.isDisposed);
      return { text, regions, findings: findings ?? [] };
    } catch (error) {
      return { text, regions, findings: [], unread: `looking at it failed: ${messageOf(error)}` };
    } finally {
      check.dispose();
    }
  }

  private async savedRegions(text: string): Promise<readonly AiRegion[]> {
    try {
      const { regions = [], told = [] } = (await this.repository?.attribute({ path: this.path, text })) ?? {};
      told.forEach(this.init.warn);
      return regions;
    } catch (error) {
      this.init.warn(`The AI regions of ${this.path} could not be read: ${messageOf(error)}`);
      return [];
    }
  }
}

/** Whether there is something to show. */
function hasNews(known: KnownText | undefined): boolean {
  return known !== undefined && (known.findings.length > 0 || known.unread !== undefined);
}

function placeAt(text: LineText, offset: number): vscode.Position {
  const { line, column } = text.positionAt(offset);
  return new vscode.Position(line, column);
}
